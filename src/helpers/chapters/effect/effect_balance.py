"""Exhibits of who can be compared: overlap of the schemes, balance before and after, what the weights cost."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from helpers.chapters.common.tell import in_words, percent_phrases, scheme_group, spoken
from helpers.cohort.settings import SCHEMES
from helpers.study.fits.programme_effect.balance import (
    LATER,
    WEIGHTS,
    covariate_balance,
    effective_sizes,
    propensity_bins,
)
from resultatbok.charts.bars import paired_bars
from resultatbok.charts.intervals import interval_plot
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.balance import GOOD_BALANCE
from resultatbok.release.ledger import group_keys, group_of, row
from resultatbok.tables.table import Column, Table, hidden_note
from resultatbok.words.numbers import HIDDEN
from resultatbok.words.wording import Wording

SAMPLE: Final = "women"


@exhibit("propensity_overlap", phrases="introduction_out_of_reach jobbsjansen_out_of_reach")
def overlap(desk: Desk) -> Exhibit:
    """How likely the women of each scheme were to be in Jobbsjansen, given what was known at entry."""
    words = desk.wording
    rows = desk.rows("propensity_overlap", lambda: _overlap_rows(desk))
    told = rows.assign(
        label=[_bin_label(words, group) for group in rows["group"]],
        scheme_label=[words.label(scheme) for scheme in rows["scheme"]],
    )
    figure = paired_bars(
        told,
        series="scheme",
        x_label=words.text("Share of the scheme's women"),
        format=words.percent,
    )
    listed = in_words(
        told["scheme_label"] + ", " + told["label"], [spoken(words, words.percent(value)) for value in told["value"]]
    )
    ends = {
        "introduction_out_of_reach": scheme_group("introduction", propensity="0..10"),
        "jobbsjansen_out_of_reach": scheme_group("jobbsjansen", propensity="90..100"),
    }
    return Exhibit(
        key="propensity_overlap",
        rows=rows,
        caption=words.text(
            "The probability that a woman was in Jobbsjansen, given what was known of her at entry, among the women of "
            "each scheme. The schemes can only be compared where both have women."
        ),
        svg=to_svg(figure),
        alt=words.text("Share of the women by probability of being in Jobbsjansen. {values}.", values=listed),
        phrases=percent_phrases(words, rows, ends),
    )


@exhibit("covariate_balance", phrases="largest_imbalance largest_imbalance_of balance_finding")
def love_plot(desk: Desk) -> Exhibit:
    """Standardised differences between the schemes' women, as they are and as each method weighs them."""
    words = desk.wording
    rows = desk.rows("covariate_balance", lambda: _difference_rows(desk))
    told = rows.assign(
        label=[words.label(term) for term in rows["term"]],
        weights=[group_keys(group)["weights"] for group in rows["group"]],
        heading=[_heading(words, term) for term in rows["term"]],
    )
    told["weights_label"] = [words.label(f"weights={w}") for w in told["weights"]]
    figure = interval_plot(
        told,
        one_lane=True,
        group="heading",
        series="weights",
        x_label=words.text("Jobbsjansen minus introduction programme, standard deviations"),
        format=lambda x: words.number(x, 1),
        reference=0.0,
        reference_label=words.text("Alike"),
    )
    listed = in_words(
        told["weights_label"] + ", " + told["label"], [spoken(words, words.number(value, 2)) for value in told["value"]]
    )
    return Exhibit(
        key="covariate_balance",
        rows=rows,
        caption=words.text(
            "How alike the women of the two schemes are: standardised differences, as they are and as the methods "
            "match or weigh them on what was known at entry."
        ),
        svg=to_svg(figure),
        alt=words.text("Standardised differences. {values}.", values=listed),
        phrases=_balance_phrases(words, told),
    )


@exhibit("balance_table")
def balance_table(desk: Desk) -> Exhibit:
    """The balance in numbers, with ratios of variances and what the weights leave of the sample."""
    words = desk.wording
    rows = desk.rows("balance_table", lambda: pd.concat([_difference_rows(desk), _ratio_rows(desk), _size_rows(desk)]))
    present = [w for w in WEIGHTS if (rows["group"] == group_of(weights=w)).any()]
    terms = list(dict.fromkeys(rows.loc[rows["statistic"] == "standardised_difference", "term"]))
    lines, headings = [], {0: words.text("Standardised difference")}
    lines += [_line(words, rows, "standardised_difference", term, present) for term in terms]
    headings[len(lines)] = words.text("Ratio of variances")
    ratio_terms = list(dict.fromkeys(rows.loc[rows["statistic"] == "variance_ratio", "term"]))
    lines += [_line(words, rows, "variance_ratio", term, present) for term in ratio_terms]
    headings[len(lines)] = words.text("Effective number of women")
    lines += [_size_line(words, rows, scheme, present) for scheme in SCHEMES]
    columns = [Column(words.text("Variable"), numeric=False), *(Column(words.label(f"weights={w}")) for w in present)]
    return Exhibit(
        key="balance_table",
        rows=rows,
        caption=words.text(
            "Balance in numbers. A difference within a tenth of a standard deviation and a ratio near one are commonly "
            "called balanced. The effective number says how many equally weighted women the weights are worth."
        ),
        table=Table(columns, lines, group_rows=headings, note=hidden_note(rows, words)),
    )


def _overlap_rows(desk: Desk) -> pd.DataFrame:
    return pd.DataFrame(
        [
            row(
                "share",
                entry["count"] / entry["total"],
                scheme=entry["scheme"],
                group=group_of(propensity=entry["propensity"]),
                term="participant_share",
                sample=SAMPLE,
                n=entry["total"],
                unit="fraction",
            )
            for entry in propensity_bins(desk.study).to_dict("records")
        ]
    )


def _difference_rows(desk: Desk) -> pd.DataFrame:
    balance = covariate_balance(desk.study)
    return _balance_rows(balance, "standardised_difference", "difference")


def _ratio_rows(desk: Desk) -> pd.DataFrame:
    """Ratios of variances; for a 0/1 characteristic they say the same as the difference, so these are left out."""
    balance = covariate_balance(desk.study)
    dummies = balance["covariate"].str.startswith("origin_") | balance["covariate"].isin(["male", "absence_high"])
    return _balance_rows(balance[~dummies & np.isfinite(balance["variance_ratio"])], "variance_ratio", "variance_ratio")


def _balance_rows(balance: pd.DataFrame, statistic: str, column: str) -> pd.DataFrame:
    return pd.DataFrame(
        [
            row(
                statistic,
                round(entry[column], 6) + 0.0,
                group=group_of(weights=entry["weights"]),
                term=entry["covariate"],
                sample=SAMPLE,
                n=entry["n"],
            )
            for entry in balance.to_dict("records")
        ]
    )


def _size_rows(desk: Desk) -> pd.DataFrame:
    return pd.DataFrame(
        [
            row(
                "effective_sample_size",
                entry["size"],
                scheme=entry["scheme"],
                group=group_of(weights=entry["weights"]),
                term="participants",
                sample=SAMPLE,
                n=entry["n"],
            )
            for entry in effective_sizes(desk.study).to_dict("records")
        ]
    )


def _balance_phrases(words: Wording, told: pd.DataFrame) -> dict[str, str]:
    """The largest difference as they are and under each method, among what the methods know."""
    known = told[~told["term"].isin(LATER) & ~told["suppressed"]]
    largest = known.assign(size=known["value"].abs()).groupby("weights")["size"].max()
    before = known[known["weights"] == "none"].assign(size=lambda t: t["value"].abs())
    worst = before.sort_values("size").iloc[-1]
    weighted = [w for w in WEIGHTS[1:] if w in largest.index]
    sentence = words.text("No method could match or weigh the women.")
    if weighted:
        good = [w for w in weighted if largest[w] <= GOOD_BALANCE]
        sentence = _balance_sentence(words, good, weighted, float(largest[weighted].max()))
    return {
        "largest_imbalance": words.number(float(worst["size"]), 1),
        "largest_imbalance_of": _inside(words.label(str(worst["term"]))),
        "balance_finding": sentence,
    }


def _balance_sentence(words: Wording, good: list[str], weighted: list[str], largest: float) -> str:
    if len(good) == len(weighted):
        return words.text("Matched or weighted, no difference is larger than a tenth of a standard deviation.")
    if not good:
        return words.text(
            "Matched or weighted, differences of up to {largest} standard deviations remain.",
            largest=words.number(largest, 2),
        )
    return words.text(
        "Differences stay within a tenth of a standard deviation by some methods ({good}); by others ({rest}) "
        "differences of up to {largest} remain.",
        good=words.list([_inside(words.label(f"weights={w}")) for w in good]),
        rest=words.list([_inside(words.label(f"weights={w}")) for w in weighted if w not in good]),
        largest=words.number(largest, 2),
    )


def _inside(label: str) -> str:
    """A label within a sentence."""
    return label[:1].lower() + label[1:]


def _heading(words: Wording, term: str) -> str:
    return words.text("Later, unknown to the weights") if term in LATER else words.text("Known at entry")


def _bin_label(words: Wording, group: str) -> str:
    low, high = group_keys(group)["propensity"].split("..")
    return words.interval(float(low) / 100, float(high) / 100, "percent")


def _line(words: Wording, rows: pd.DataFrame, statistic: str, term: str, present: list[str]) -> list[str]:
    found = rows[(rows["statistic"] == statistic) & (rows["term"] == term)].set_index("group")["value"]
    cells = [_number(words, found, group_of(weights=w), 2) for w in present]
    return [words.label(term), *cells]


def _size_line(words: Wording, rows: pd.DataFrame, scheme: str, present: list[str]) -> list[str]:
    of_scheme = rows[(rows["statistic"] == "effective_sample_size") & (rows["scheme"] == scheme)]
    found = of_scheme.set_index("group")["value"]
    return [words.label(scheme), *(_number(words, found, group_of(weights=w), 0) for w in present)]


def _number(words: Wording, values: pd.Series, group: str, decimals: int) -> str:
    if group not in values.index:
        return ""
    value = float(values[group])
    return HIDDEN if np.isnan(value) else words.number(value, decimals)
