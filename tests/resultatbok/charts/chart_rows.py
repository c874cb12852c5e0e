"""Rows with long Norwegian labels and printed numbers as a Norwegian reader sees them."""

import pandas as pd
from layout_checks import shown_texts

SCHEMES = {"introduction": "Introduksjonsprogrammet", "jobbsjansen": "Jobbsjansen"}
LONG_LABELS = (
    "Godkjenning/Realkompetansevurdering av tidligere utdanning",
    "Ordinært arbeid/Deltidsarbeid gjennom deltakelsen",
    "Arbeidsmarkedsopplæringskvalifiseringsprogramdeltakelse",
    "Mann",
)


def percent(share):
    return f"{share * 100:.0f} %".replace("-", "−")


def decimal(number):
    return f"{number:.2f}".replace(".", ",").replace("-", "−")


def two_schemes():
    """One record per label and scheme; the women's number in Jobbsjansen is suppressed."""
    records = [
        {
            "label": label,
            "heading": "Kjennetegn" if place < 2 else "Tiltak",
            "series": key,
            "series_label": name,
            "value": 0.4 + 0.1 * place + (0.1 if key == "jobbsjansen" else 0),
            "low": 0.35 + 0.1 * place,
            "high": 0.6 + 0.1 * place,
            "suppressed": label == "Mann" and key == "jobbsjansen",
        }
        for place, label in enumerate(LONG_LABELS)
        for key, name in SCHEMES.items()
    ]
    rows = pd.DataFrame(records)
    rows["text"] = [f"{percent(v)} ({decimal(a)}–{decimal(b)})" for v, a, b in rows[["value", "low", "high"]].values]
    return rows


def readable(figure):
    """Every text of a figure, without its line breaks."""
    return [text.replace("\n", " ") for text, _ in shown_texts(figure)]
