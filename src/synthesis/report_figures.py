"""The 2022 report's shares of participants who attain the goal as moments of the outcomes: chapter 3 and others."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from synthesis.draws import Bools, Floats, settled
from synthesis.moments import Block
from synthesis.parameters import Figure, Outcome, for_year
from synthesis.published import published
from synthesis.scene import Scene

_POINTS = 100.0  # gaps are printed in percentage points


def figure_blocks(scene: Scene, settings: Outcome) -> list[Block]:
    """One block per published share or gap, and those of the years and of the participants left out."""
    blocks = [_figure(scene, figure, settings.softness) for figure in settings.figures]
    return [*[b for b in blocks if b is not None], *_years(scene, settings), *total_blocks(scene, settings)]


def total_blocks(scene: Scene, settings: Outcome) -> list[Block]:
    """The totals by scheme alone, and by sex in the introduction programme: all that a small draw can be held to."""
    totals = settings.totals
    groups = (
        ("introduction_women", ~scene.jobbsjansen & scene.women),
        ("introduction_men", ~scene.jobbsjansen & ~scene.women),
        ("jobbsjansen_complete", scene.jobbsjansen),
    )
    blocks = [
        _share(f"total_{name}", "ch2, ch4", rows & scene.complete, scene.complete, totals[name], 0.0)
        for name, rows in groups
        if (rows & scene.complete).any()
    ]
    return blocks + _left_out(scene, settings)


def _figure(scene: Scene, figure: Figure, softness: float) -> Block | None:
    group = chosen(scene, figure.scheme, figure.where, figure.between, figure.part)
    if not (group & scene.complete).any():
        return None
    if not figure.minus:
        share = published(figure.id) if figure.value is None else figure.value
        return _share(f"figure_{figure.id}", figure.exhibit, group, scene.complete, share, softness)
    other = chosen(scene, figure.scheme, figure.minus, {}, {})
    gap = published(figure.id) / _POINTS if figure.value is None else figure.value
    return _gap(f"figure_{figure.id}", figure.exhibit, group, other, scene.complete, gap, softness)


def chosen(
    scene: Scene,
    scheme: str,
    where: Mapping[str, list[float | str]],
    between: Mapping[str, tuple[float, float]],
    part: Mapping[str, tuple[int, int]],
) -> Bools:
    """Who belongs to a group, whether or not the registers lack something about them."""
    people = scene.people
    group = np.ones(len(people), dtype=bool) if scheme == "both" else np.asarray(people["scheme"] == scheme)
    for name, values in where.items():
        group = group & people[name].isin(values).to_numpy()
    for name, (low, high) in between.items():
        group = group & people[name].between(low, high).to_numpy()
    for name, (number, of) in part.items():
        if (counted := group & scene.complete).any():
            along = people[name].to_numpy(dtype=float)
            cuts = settled(np.quantile(along[counted], np.arange(1, of) / of))
            group = group & (np.searchsorted(cuts, along) == number - 1)
    return group


def _share(name: str, source: str, group: Bools, counted: Bools, share: float, softness: float) -> Block:
    target = np.array([share * (group & counted).sum()])
    return Block(name, source, ("group",), group[:, None].astype(float), counted & group, target, softness)


def _gap(
    name: str, source: str, group: Bools, other: Bools, counted: Bools, gap: float, softness: float
) -> Block | None:
    first, second = (group & counted).sum(), (other & counted).sum()
    if first == 0 or second == 0:
        return None
    smaller = min(first, second)
    column: Floats = group * (smaller / first) - other * (smaller / second)
    return Block(name, source, ("gap",), column[:, None], counted, np.array([gap * smaller]), softness)


def _years(scene: Scene, settings: Outcome) -> list[Block]:
    """Table 1 counts other leavers than the models do, so only the differences between its years are used.

    They hold for those whom the models leave out too; in the introduction programme, as Jobbsjansen's are few.
    """
    blocks = []
    for scheme, by_year in settings.by_year.items():
        rows = np.asarray(scene.people["scheme"] == scheme)
        here = rows & scene.complete
        if here.any():
            total = sum(t * (r & here).sum() for r, t in scene.totals(settings.totals, here)) / here.sum()
            blocks += _by_year(f"year_{scheme}", scene, by_year, rows, here, total, settings.softness)
    rows = scene.incomplete & ~scene.jobbsjansen
    if rows.any():
        by_year, total = settings.by_year["introduction"], settings.totals["introduction_incomplete"]
        blocks += _by_year("left_out_year", scene, by_year, rows, rows, total, settings.softness)
    return blocks


def _by_year(
    name: str, scene: Scene, by_year: dict[int, float], group: Bools, counted: Bools, total: float, softness: float
) -> list[Block]:
    year = scene.people["year"].to_numpy()
    shares = np.array([for_year(by_year, int(y)) for y in year])
    shares += total - shares[counted].mean()
    blocks = []
    for one in sorted(set(year[counted].tolist())):
        rows = group & (year == one)
        share = float(shares[rows & counted][0])
        blocks.append(_share(f"{name}_{one}", "table 1", rows, counted, share, softness))
    return blocks


def _left_out(scene: Scene, settings: Outcome) -> list[Block]:
    """Those who lack education or Norwegian; women and men among them differ by as much as the others (ch2, ch4)."""
    blocks = []
    totals = settings.totals
    rows = scene.incomplete & ~scene.jobbsjansen
    if rows.any():
        men = float((~scene.women)[rows].mean())
        shift = totals["introduction_incomplete"] - (
            men * totals["introduction_men"] + (1 - men) * totals["introduction_women"]
        )
        for name, sex in (("women", scene.women), ("men", ~scene.women)):
            if (rows & sex).any():
                share = totals[f"introduction_{name}"] + shift
                blocks.append(_share(f"left_out_{name}", "ch2", rows & sex, rows, share, 0.0))
    rows = scene.incomplete & scene.jobbsjansen
    if rows.any():
        blocks.append(_share("left_out_jobbsjansen", "ch2", rows, rows, totals["jobbsjansen_incomplete"], 0.0))
    return blocks
