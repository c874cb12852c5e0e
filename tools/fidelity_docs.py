"""Make the list of numbers that are not compared in docs/fidelity.md anew from the crosswalks.

python tools/fidelity_docs.py
"""

from pathlib import Path

from helpers.fidelity.documentation import FILE, documented

ROOT = Path(__file__).resolve().parent.parent

if __name__ == "__main__":
    file = ROOT / FILE
    file.write_text(documented(file.read_text(encoding="utf-8"), ROOT), encoding="utf-8")
