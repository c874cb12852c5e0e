"""What the models of the context chapter, their levels and the situations of its example are called."""

from __future__ import annotations

from typing import Final

MODELS: Final = ("full", "individual", "municipality", "project")
"""The models side by side, in the order they are shown."""
MULTILEVEL: Final = ("full", "municipality", "project")
LEVELS: Final = ("municipality", "project")

WOMAN: Final = "profile=municipality_average_woman"
STEPS: Final = {
    "average": "",
    "immigrant_share": "municipality_immigrant_share",
    "net_in_migration": "municipality_net_in_migration",
    "scheme": "scheme",
}
"""The woman's situations, each with the term that is one higher in it: a standard deviation, or the other scheme."""


def step_keys(step: str) -> dict[str, str]:
    """The ledger keys of one of the woman's situations."""
    more = "" if step in ("average", "scheme") else f";more={step}"
    return {"group": f"{WOMAN}{more}", "scheme": "jobbsjansen" if step == "scheme" else "introduction"}
