"""What a reader is told of each number: a function of the true rows and of the policy alone.

Numbers of persons are rounded to the policy's base, and those that are small once rounded are not told, zero among
them. Shares, differences and their intervals are made of the rounded numbers. A released row says in `state` how it
is told, and the words of a page follow that (docs/disclosure.md): empty, as it is, at the digits that `value` has;
`about`, rounded; `under` or `over`, no `value` but its `bound`; `hidden`, not at all. `suppressed` is true where
`value` is not told, `n` is rounded where it counts persons, and a hidden row has no number.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from resultatbok.release import telling
from resultatbok.release.populations import ORGANISATIONS, PERSONS, populations
from resultatbok.release.rows import LEDGER_COLUMNS, LedgerError, cell_of, group_keys
from resultatbok.release.statistics import EXTREMES, Kind, is_known, kinds
from resultatbok.release.telling import ABOUT, HIDDEN, OVER, UNDER, told
from resultatbok.settings import DisclosurePolicy

__all__ = ["ABOUT", "HIDDEN", "OVER", "RELEASED_COLUMNS", "UNDER", "base_steps", "counted", "read_kinds", "released"]

RELEASED_COLUMNS: Final = (*LEDGER_COLUMNS, "state", "bound")
TOP_TWO: Final = "top_two"
"""Column that true rows of amounts may have: the share of the amount that its two largest units make up."""

_AS: Final = {
    **dict.fromkeys(("rounded_count", "sample_size"), Kind.COUNT),
    **dict.fromkeys(("rounded_share", "actual", "expected"), Kind.SHARE),
}
_NEVER: Final = EXTREMES | {"rank", "rank_max", "nobody"}
_ENDS: Final = frozenset({"highest", "lowest", "largest", "smallest"})  # values of a group that is one unit
_EFFECTS: Final = frozenset({"average_effect", "average_marginal_effect"})
_OF_PERSONS: Final = (Kind.COUNT, Kind.SHARE, Kind.SUMMARY)


def released(rows: pd.DataFrame, policy: DisclosurePolicy, steps: pd.DataFrame | None = None) -> pd.DataFrame:
    """The rows as they may be shown.

    Args:
        rows: True rows of a whole edition, as `rows.normalise` makes them, with an index of their own.
        policy: What may be published.
        steps: Where the gate tells numbers more coarsely: what the `value` and the `n` of each row are rounded to.

    Returns:
        The same rows with the columns `RELEASED_COLUMNS`, and `rule`, which says for the audit what decided.

    Raises:
        LedgerError: A statistic or a key that no rule is known for.
    """
    _refuse_unknown(rows)
    shown = rows[list(LEDGER_COLUMNS)].assign(state="", bound=np.nan, rule="")
    if policy.policy == "exact":
        return shown
    steps = base_steps(rows, policy) if steps is None else steps
    kind, what = read_kinds(rows), counted(rows)
    of_units = (what == ORGANISATIONS) & (kind != Kind.COUNT)
    n, few = told(rows["n"], steps["n"], policy)
    shown["n"] = rows["n"].where(of_units, n.mask(few))
    persons, units = what == PERSONS, what == ORGANISATIONS
    share = kind == Kind.SHARE
    for rule, where, tell in (
        ("R1", persons & (kind == Kind.COUNT), lambda own: telling.counts(own, steps.loc[own.index], policy)),
        ("R2", persons & share, lambda own: telling.shares(own, steps.loc[own.index], policy)),
        ("R7", units & kind.isin([Kind.COUNT, Kind.SHARE]), lambda own: telling.units(own, share[own.index], policy)),
        ("R4", (kind == Kind.SUMMARY) | (kind == Kind.SETTING) & rows["n"].notna(), telling.digits),
        ("R5", kind == Kind.MODEL, telling.digits),
    ):
        _put(shown, tell(rows[where]), rule)
    for rule, where in _refusals(rows, kind, of_units, n, few, policy).items():
        shown.loc[where, ["value", "bound"]] = np.nan
        shown.loc[where, ["state", "rule"]] = HIDDEN, rule
    _put(shown, telling.differences(rows[(kind == Kind.DIFFERENCE) & (shown["state"] != HIDDEN)], shown), "R3")
    shown["suppressed"] = rows["value"].notna() & shown["value"].isna()
    shown.loc[shown["suppressed"], ["std_error", "low", "high"]] = np.nan
    shown.loc[shown["state"] == HIDDEN, "n"] = np.nan
    return shown


def base_steps(rows: pd.DataFrame, policy: DisclosurePolicy) -> pd.DataFrame:
    """What each row's `value` and `n` are rounded to if nothing is told more coarsely."""
    return pd.DataFrame(policy.base, index=rows.index, columns=["value", "n"])


def read_kinds(rows: pd.DataFrame) -> pd.Series:
    """What each row is told as."""
    known = populations()
    result = rows["statistic"].map(_AS).where(rows["statistic"].isin(_AS), kinds(rows))
    parts = rows["group"].str.split(";")
    modelled = parts.map(lambda own: not known.modelled.isdisjoint([*own, *(part.partition("=")[0] for part in own)]))
    result = result.mask((result == Kind.DIFFERENCE) & modelled, Kind.MODEL)
    return result.mask(rows["statistic"].isin(_EFFECTS) & _of_table(rows), Kind.DIFFERENCE)


def counted(rows: pd.DataFrame) -> pd.Series:
    """Whether a row counts `persons`, `organisations`, or things (empty)."""
    known = populations()
    unit = rows["unit"].where(rows["unit"].isin(known.counted), rows["term"])
    named = unit.isin(known.counted) & ~rows["sample"].isin(known.respondents)
    return unit.map(known.counted).where(named, PERSONS)


def _refuse_unknown(rows: pd.DataFrame) -> None:
    statistics = sorted({name for name in rows["statistic"].unique() if not is_known(name)})
    keys = sorted({key for group in rows["group"].unique() for key in group_keys(group)} - populations().keys)
    if statistics or keys:
        raise LedgerError(f"no rule for statistics {statistics} (statistics.py), keys {keys} (populations.csv)")


def _put(shown: pd.DataFrame, told_of: pd.DataFrame, rule: str) -> None:
    for name in told_of:
        shown.loc[told_of.index, name] = told_of[name]
    shown.loc[told_of.index, "rule"] = rule


def _refusals(
    rows: pd.DataFrame, kind: pd.Series, of_units: pd.Series, n: pd.Series, few: pd.Series, policy: DisclosurePolicy
) -> dict[str, pd.Series]:
    """The rows that are not told whatever their number is, by rule."""
    keys = rows["group"].map(group_keys)
    model, summary = (kind == Kind.MODEL) & ~of_units, (kind == Kind.SUMMARY)
    single = keys.map(lambda own: not populations().single.isdisjoint(own))
    return {
        "R4 few": summary & ~of_units & few,
        "R4 percentile": summary & _few_beyond(rows, keys, of_units, policy),
        "R5 few": model & ~rows["statistic"].isin(_AS) & (n < policy.model_least),
        "R5 freedom": model & (rows["n"] - _terms(rows) < policy.freedom),
        "R5 table": model & _of_table(rows) & ~rows["statistic"].isin(telling.P_VALUES),
        "R5 category": model & _of_small_category(rows, keys, policy),
        "R6": rows["statistic"].isin(_NEVER) | keys.map(lambda own: not _ENDS.isdisjoint(own.values())),
        "R7 units": of_units & (rows["n"] < policy.units_least),
        "R7 amounts": rows.get(TOP_TWO, pd.Series(0.0, rows.index)) >= policy.dominance,
        "R9": kind.isin(_OF_PERSONS) & _of_nested(rows, policy),
        "R7 single": single & ~(rows["n"] >= (policy.units.published_from or np.inf)),
    }


def _of_table(rows: pd.DataFrame) -> pd.Series:
    return rows["group"].map(lambda group: not populations().tables.keys().isdisjoint(group.split(";")))


def _few_beyond(rows: pd.DataFrame, keys: pd.Series, of_units: pd.Series, policy: DisclosurePolicy) -> pd.Series:
    """Whether fewer than the policy asks lie beyond a percentile; a median is the 50th."""
    q = keys.map(lambda own: float(own.get("percentile", "50"))) / 100
    least = of_units.map({True: policy.units_least, False: policy.beyond})
    return rows["statistic"].isin(["percentile", "median"]) & (rows["n"] * np.minimum(q, 1 - q) < least - 1e-9)


def _terms(rows: pd.DataFrame) -> pd.Series:
    """How many coefficients stand beside a row in its exhibit: at most so many degrees of freedom are used."""
    model = ["exhibit", "scheme", "group", "sample"]
    return (rows["statistic"] == "coefficient").groupby([rows[name] for name in model]).transform("sum")


def _of_small_category(rows: pd.DataFrame, keys: pd.Series, policy: DisclosurePolicy) -> pd.Series:
    """Whether a term is a category (`key_value` or `key=value`) that a row elsewhere says few persons are in."""
    one = (keys.map(len) == 1) & rows["n"].notna() & kinds(rows).isin([Kind.SHARE, Kind.SUMMARY])
    one &= ~rows["term"].isin(populations().members)
    found = rows[one].groupby(["group", "scheme", "sample"])["n"].max().groupby(["group", "sample"]).sum()
    small = found[found + policy.base / 2 < policy.share_least].index.to_list()
    names = {(group.replace("=", sign), sample) for group, sample in small for sign in "=_"}
    return pd.Series([key in names for key in zip(rows["term"], rows["sample"], strict=True)], rows.index)


def _of_nested(rows: pd.DataFrame, policy: DisclosurePolicy) -> pd.Series:
    """Whether a row breaks down a sample that leaves few persons of a larger one in its scheme, broken down alike."""
    known = populations()
    cells = pd.Series(
        [cell_of(*key) for key in zip(rows["scheme"], rows["group"], rows["sample"], strict=True)], rows.index
    )
    of_own = kinds(rows).isin([Kind.SHARE, Kind.SUMMARY]) & ~rows["term"].isin(known.members)
    sizes = rows[of_own].groupby(cells)["n"].max().to_dict()
    samples = [frozenset(keys.items()) for keys in known.cells.values()]
    told_of = frozenset(cells)
    pairs = [
        (own | scheme, larger | scheme)
        for scheme in ({("scheme", name)} for name in known.schemes)
        for own in samples
        for larger in samples
        if larger < own and 0 < sizes.get(larger | scheme, 0) - sizes.get(own | scheme, np.inf) < policy.nested
    ]
    return cells.map(lambda cell: any(own < cell and larger | (cell - own) in told_of for own, larger in pairs))
