"""Exhibit on the countries that the participants came from (figure 2.1)."""

from __future__ import annotations

import pandas as pd
from babel import Locale

from helpers.chapters.common.rounding import rounding_note
from helpers.chapters.evaluation.evaluation_charts import parts_compared
from helpers.chapters.evaluation.evaluation_rows import SCHEME, details, level, sample, share_of, spread_rows
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.shares import share_by
from resultatbok.project import coding_folder
from resultatbok.release.ledger import group_keys, group_of, lookup
from resultatbok.release.rounding import to_be_rounded
from resultatbok.words.wording import Wording

COUNTRIES_FILE = "countries.csv"
MOST_COMMON = 10
B_LEVEL = (4, 5)
START_KNOWN = {"eritrea": ("ER",), "sudan|kenya|uganda": ("SD", "KE", "UG")}
"""Groups of countries whose Norwegian at the start the evaluation tells."""
REUNIFIED = {"philippines_and_thailand": ("PH", "TH")}
"""Groups of countries whose women the evaluation tells of."""


OTHER = "other"
"""Every country but the most common ones."""


@exhibit("evaluation_countries", phrases="share_top_countries n_top_countries")
def countries(desk: Desk) -> Exhibit:
    """The ten countries that most of part A came from, and what the evaluation tells of some of them."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        data = details(desk, "country", "norwegian_start").assign(iso=lambda table: table["country"].map(_codes()))
        own = data[data["part"] == "a"]
        top = own["iso"].value_counts().head(MOST_COMMON)
        named = own.assign(iso=own["iso"].where(own["iso"].isin(top.index), OTHER).where(own["country"].notna()))
        shares = spread_rows(desk, named, "iso", "country", ["a"])
        return pd.concat(
            [
                to_be_rounded(shares, pd.Series("a", index=shares.index)),
                to_be_rounded(_together(desk, own, top.index)),
                *_told_of(desk, own),
            ],
            ignore_index=True,
        )

    rows = desk.rows("evaluation_countries", numbers)
    told = rows[[keys.keys() == {"country"} and keys["country"] != OTHER for keys in rows["group"].map(group_keys)]]
    names = {group: country_name(words, group_keys(group)["country"]) for group in told["group"]}
    svg, alt = parts_compared(desk, told, labels=pd.Series(names))
    together = lookup(rows, group="country_of_origin=ten_most_common_countries")
    return Exhibit(
        key="evaluation_countries",
        rows=rows,
        caption=words.text("The countries that most of part A came from.") + " " + rounding_note(words),
        svg=svg,
        alt=alt,
        phrases={"share_top_countries": words.percent(together["value"]), "n_top_countries": words.count(len(told))},
    )


def _together(desk: Desk, own: pd.DataFrame, countries: pd.Index) -> pd.DataFrame:
    """The share that the most common countries make up; beside theirs an exact one would tell of the others."""
    among = own["iso"].isin(countries).astype(float).where(own["country"].notna())
    group = {"country_of_origin": "ten_most_common_countries"}
    return share_of(desk, among, part="a", group=group, term="participant_share")


def country_name(words: Wording, iso: str) -> str:
    """A country's name in the reader's language, from its two-letter code."""
    return str(Locale.parse(words.language).territories.get(iso, iso))


def _told_of(desk: Desk, own: pd.DataFrame) -> list[pd.DataFrame]:
    frames = []
    for name, codes in START_KNOWN.items():
        known = own.loc[own["iso"].isin(codes), "norwegian_start"].dropna()
        high = known.isin(B_LEVEL).astype(float)
        group = {"country": name, "norwegian_level_at_start": "b_level"}
        if len(high):
            frames.append(share_of(desk, high, part="a", group=group, term="participant_share"))
    women = own[own["male"] == 0]
    for name, codes in REUNIFIED.items():
        inside = women.loc[women["iso"].isin(codes), ["reunified_nordic"]]
        shares = share_by(inside, "reunified_nordic", level=level(desk))
        if len(inside):
            keys = {
                "statistic": "share",
                "scheme": SCHEME,
                "group": group_of(gender="women", origin=name),
                "term": "reunified_with_norwegian_or_nordic_citizen",
                "sample": sample("a"),
                "unit": "fraction",
            }
            frames.append(shares[["value", "n", "std_error", "low", "high"]].assign(**keys))
    return frames


def _codes() -> pd.Series:
    table = pd.read_csv(coding_folder() / COUNTRIES_FILE, keep_default_na=False)
    return table[table["iso"] != ""].drop_duplicates("country").set_index("country")["iso"]
