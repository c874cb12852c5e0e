"""What a rebuild costs: wall and processor seconds after a change of each kind, and what was made again.

A copy of the project is built cold, then after each change, in both languages with PDFs. Processor seconds are all that
the build's processes used. To reach on two cores, wall time: cold 120 s, unchanged 3 s, a word 25 s, a drawing
30 s.

    python benchmarks/rebuild.py [COHORT] [--jobs N]
"""

import argparse
import ctypes
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("book", "cohorts", "data", "src", "_config.yml", "_toc.yml", "_toc_evaluation.yml")
SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER: processes whose parent has gone become ours, and so do their seconds


def edit(old: str, new: str) -> Callable[[Path], None]:
    def change(file: Path) -> None:
        text = file.read_text(encoding="utf-8")
        assert old in text, (file, old)
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def add_prose(file: Path) -> None:
    """A paragraph that needs no translation."""
    notebook = json.loads(file.read_text(encoding="utf-8"))
    cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    cell["source"] = [*cell["source"], "\n\n$a$"]
    file.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def touch_register(file: Path) -> None:
    import gzip

    lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    file.write_bytes(gzip.compress(b"".join(lines[:-1])))


CHANGES = {
    "cold": (None, None),
    "unchanged": (None, None),
    "a word of prose": ("book/effect.ipynb", add_prose),
    "a message": ("src/helpers/chapters/descriptives/exhibits.py", edit('"Left to"', '"Gone to"')),
    "a drawing": ("src/resultatbok/charts/dendrogram.py", edit("LINE: Final = 1.3", "LINE: Final = 1.4")),
    "a method": ("src/resultatbok/methods/matching.py", edit('"""', '"""Changed. ')),
    "a register file": ("data/synthetic/nir.csv.gz", touch_register),
}


def processor_seconds() -> float:
    with suppress(ChildProcessError):
        while os.waitpid(-1, 0)[0]:
            pass
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def build(root: Path, cohort: str, jobs: int) -> tuple[float, float, str]:
    environment = os.environ | {"PYTHONPATH": str(root / "src")}
    command = [sys.executable, "-W", "ignore", "-m", "helpers.cli", "build", cohort, "--jobs", str(jobs)]
    before, started = processor_seconds(), time.monotonic()
    ran = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    wall = time.monotonic() - started
    if ran.returncode:
        sys.exit(ran.stdout + ran.stderr)
    return wall, processor_seconds() - before, ran.stdout


def summary(text: str) -> str:
    numbers = sum(int(n) for n in re.findall(r"^  (\d+) made again", text, re.MULTILINE))
    notebooks = len(re.findall(r"^\[\d+/\d+\]", text, re.MULTILINE))
    books = re.search(r"^  made again: (.*)$", text, re.MULTILINE)
    return f"{numbers} numbers, {notebooks} notebooks, {books[1] if books else 'nothing'}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("cohort", nargs="?", default="cohorts/synthetic-2017-2020.yml")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory(prefix="rebuild-") as name:
        root = Path(name)
        for entry in COPIED:
            source = ROOT / entry
            if source.is_dir():
                shutil.copytree(
                    source, root / entry, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
                )
            else:
                shutil.copy(source, root / entry)
        print(f"{'change':<18}{'wall s':>8}{'CPU s':>8}  made again")
        for change, (file, make) in CHANGES.items():
            if file and make:
                make(root / file)
            wall, cpu, text = build(root, options.cohort, options.jobs)
            print(f"{change:<18}{wall:>8.1f}{cpu:>8.1f}  {summary(text)}", flush=True)


if __name__ == "__main__":
    main()
