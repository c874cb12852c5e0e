"""The command line: `resultatbok synthesise | check | build | numbers | release | render | serve | fidelity`.

Nothing heavy is imported before a command needs it, so that help, mistakes and an unchanged build come at once.

Exit codes: 0 success, 1 a build that failed, 2 input that was refused.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from resultatbok.edition.console import say
from resultatbok.project import LANGUAGES

if TYPE_CHECKING:
    from resultatbok.edition.build import Order
    from resultatbok.edition.progress import Progress

SUCCESS, FAILED, REFUSED = 0, 1, 2
DEFAULT_PORT = 8000
DEFAULT_JOBS = 2


class _RefusedError(Exception):
    """Arguments that each make sense and cannot be used; the text says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: The words after the program's name; those of the process if not given.

    Returns:
        The exit code.
    """
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], None] = options.command
    try:
        command(options)
    except KeyboardInterrupt:
        return _complain("Stopped", [], FAILED)
    except Exception as error:
        return _refusal(error)
    return SUCCESS


def _refusal(error: Exception) -> int:
    """What to say of an error, and the exit code; what is no refusal of ours is raised again."""
    from helpers.registers.problems import InputRefused
    from resultatbok.edition.errors import BuildError
    from resultatbok.settings import CohortError

    if isinstance(error, _RefusedError):
        return _complain(f"Nothing was written: {error}", [], REFUSED)
    if isinstance(error, CohortError):
        return _complain(f"{error.path} cannot be used", error.problems, REFUSED)
    if isinstance(error, InputRefused):
        return _complain("The delivered files cannot be used", [str(p) for p in error.problems], REFUSED)
    if isinstance(error, BuildError):
        return _complain("The book was not built", error.problems, FAILED)
    if isinstance(error, FileNotFoundError):
        return _complain("Not found", [str(error)], REFUSED)
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return _complain("A file or folder cannot be used", [f"{where}{error.strerror or error}"], FAILED)
    raise error


def _complain(headline: str, problems: Sequence[str], code: int) -> int:
    count = f" ({len(problems)} problem{'s' if len(problems) != 1 else ''})" if problems else ""
    say(f"{headline}{count}{':' if problems else '.'}", sys.stderr)
    for problem in problems:
        say(f"  {problem}", sys.stderr)
    return code


def _synthesise(options: argparse.Namespace) -> None:
    from synthesis import DEFAULT_SEED, DEFAULT_YEARS, ScopeError, synthesise

    try:
        synthesise(
            options.out,
            seed=DEFAULT_SEED if options.seed is None else options.seed,
            scale=options.scale,
            years=options.years or DEFAULT_YEARS,
            truth=options.truth,
            progress=say,
        )
    except ScopeError as error:
        raise _RefusedError(str(error)) from error
    say(f"Wrote synthetic registers to {options.out}")


def _check(options: argparse.Namespace) -> None:
    from helpers import registers
    from helpers.cohort.settings import load_cohort

    cohort = load_cohort(options.cohort)
    loaded = registers.load(cohort)
    n, notes = len(loaded.participants), loaded.notes
    say(f"{cohort.name}: {n} participants left in {cohort.years.label}; the files can be used")
    for note in notes:
        say(f"  Note: {note}")


def _build(options: argparse.Namespace) -> None:
    from resultatbok.edition.unchanged import unchanged

    if published := unchanged("helpers", options.cohort, [options.language] if options.language else []):
        say(f"Nothing changed: {published}")
        return
    from resultatbok.edition.build import build

    build(*_order(options))


def _numbers(options: argparse.Namespace) -> None:
    from resultatbok.edition.build import make_all_numbers

    make_all_numbers(*_order(options))


def _release(options: argparse.Namespace) -> None:
    from resultatbok.edition.build import release_numbers

    say(f"Released to {release_numbers(*_order(options))}")


def _render(options: argparse.Namespace) -> None:
    from resultatbok.edition.build import render

    render(*_order(options))


def _order(options: argparse.Namespace) -> tuple[Order, Progress]:
    from helpers.report import REPORT
    from resultatbok.edition.build import Order
    from resultatbok.edition.progress import Progress

    languages = (options.language,) if getattr(options, "language", None) else ()
    return Order(REPORT, options.cohort, languages, options.jobs, getattr(options, "release", None)), Progress()


def _serve(options: argparse.Namespace) -> None:
    from helpers.cohort.settings import load_cohort
    from resultatbok.edition.publish import Shelf
    from resultatbok.edition.serve import server
    from resultatbok.project import project_root

    cohort = load_cohort(options.cohort)
    with server(Shelf(project_root(), cohort.name).link, options.port) as running:
        say(f"http://localhost:{running.server_port}/site/index.html  (Ctrl+C ends)")
        running.serve_forever()


def _fidelity(options: argparse.Namespace) -> None:
    from helpers.cohort.settings import load_cohort
    from helpers.fidelity.command import FIRST_SEED, judge_built, judge_seeds, report_of, save
    from helpers.fidelity.fresh import Draw
    from resultatbok.edition.publish import Shelf
    from resultatbok.project import project_root

    cohort = load_cohort(options.cohort)
    report = report_of(cohort, options.cohort)
    if options.seeds:
        draw = Draw(FIRST_SEED, cohort, report, options.balanced)
        judge_seeds(draw, options.seeds, options.jobs, options.json, say)
        return
    edition = Shelf(project_root(), cohort.name).link
    save(judge_built(report, edition, f"resultatbok build {options.cohort}"), edition, options.json, say)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="resultatbok", description="A report book on the introduction programme and Jobbsjansen."
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_synthesise(commands.add_parser("synthesise", help="write synthetic register files"))
    check = commands.add_parser("check", help="check the delivered files of a cohort")
    _add_cohort(check, _check)
    for name, command, text in (
        ("build", _build, "build the book of a cohort"),
        ("numbers", _numbers, "make the numbers of a cohort's book, and nothing else"),
        ("release", _release, "put the numbers through disclosure control and write the release folder"),
        ("render", _render, "make the book from a release folder, without any register"),
    ):
        stage = commands.add_parser(name, help=text)
        _add_cohort(stage, command)
        stage.add_argument("--jobs", type=_at_least_one, default=DEFAULT_JOBS, help="processes at once (default 2)")
        if name in ("build", "render"):
            stage.add_argument("--language", choices=LANGUAGES, help="build in this language only")
        if name == "render":
            stage.add_argument("--release", type=Path, metavar="DIR", help="the release folder (default the cohort's)")
    serve = commands.add_parser("serve", help="show a built book on this machine")
    _add_cohort(serve, _serve)
    serve.add_argument("--port", type=_port, default=DEFAULT_PORT, help=f"port (default {DEFAULT_PORT})")
    _add_fidelity(commands.add_parser("fidelity", help="hold the numbers of a cohort against the published ones"))
    return parser


def _add_fidelity(parser: argparse.ArgumentParser) -> None:
    _add_cohort(parser, _fidelity)
    parser.add_argument("--json", type=Path, default=None, metavar="FILE", help="save the verdict on each number here")
    parser.add_argument(
        "--seeds", type=_at_least_one, default=None, metavar="N", help="score N fresh draws instead of the built book"
    )
    parser.add_argument("--balanced", action="store_true", help="draw outcomes balanced to the published totals")
    parser.add_argument("--jobs", type=_at_least_one, default=DEFAULT_JOBS, help="draws scored at once (default 2)")


def _add_cohort(parser: argparse.ArgumentParser, command: Callable[[argparse.Namespace], None]) -> None:
    parser.add_argument("cohort", type=Path, metavar="COHORT", help="the cohort file, such as cohorts/NAME.yml")
    parser.set_defaults(command=command)


def _add_synthesise(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=_seed, default=None, help="seed of the random numbers")
    parser.add_argument(
        "--scale", type=_positive, default=1.0, help="size relative to the real registers, 0.01 to 10 (default 1)"
    )
    parser.add_argument(
        "--years",
        type=_years,
        default=None,
        metavar="A-B",
        help="first and last year of leaving, within 2010-2030 (default 2017-2020); scale times years at most 40",
    )
    parser.add_argument("--out", type=Path, default=Path("data/synthetic"), metavar="DIR", help="where to write")
    parser.add_argument("--truth", type=Path, default=None, metavar="DIR", help="where to write what was drawn from")
    parser.set_defaults(command=_synthesise)


def _at_least_one(text: str) -> int:
    return _whole(text, 1, "a whole number from 1")


def _seed(text: str) -> int:
    return _whole(text, 0, "a whole number from 0")


def _port(text: str) -> int:
    return _whole(text, 0, "a port from 0 to 65535", most=65_535)


def _whole(text: str, least: int, expected: str, most: int | None = None) -> int:
    if not text.isdigit() or int(text) < least or (most is not None and int(text) > most):
        raise argparse.ArgumentTypeError(f"{text!r}: expected {expected}")
    return int(text)


def _positive(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if value <= 0:
        raise argparse.ArgumentTypeError(f"{text!r}: expected a number above 0")
    return value


def _years(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    if not (first.isdigit() and (last or first).isdigit() and int(first) <= int(last or first)):
        raise argparse.ArgumentTypeError(f"{text!r}: expected two years such as 2017-2020")
    return int(first), int(last or first)


if __name__ == "__main__":
    sys.exit(main())
