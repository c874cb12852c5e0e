"""Who bought something, by shop and weekday."""

import pandas as pd

from resultatbok.methods.shares import share_by
from shops.report import Study


def bought(study: Study) -> pd.DataFrame:
    return _rows(study.customers, ["shop"])


def by_day(study: Study) -> pd.DataFrame:
    return _rows(study.customers, ["shop", "day"])


def _rows(customers: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    shares = share_by(customers, "bought", by)
    numbers = {name: shares[name] for name in ("value", "n", "std_error", "low", "high")}
    groups = "day=" + shares["day"] if "day" in by else ""
    return pd.DataFrame({"statistic": "share", "scheme": shares["shop"], "group": groups, "term": "bought"} | numbers)
