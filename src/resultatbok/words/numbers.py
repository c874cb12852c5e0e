"""Numbers as they are printed: rounded half away from zero, with the signs of the language, never "-0"."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from babel import Locale
from babel.numbers import format_decimal

HIDDEN: Final = ":"
"""Printed for a number that is hidden or missing: Statistics Norway's sign for "cannot be published"."""

MINUS: Final = "\u2212"
NO_BREAK: Final = "\u00a0"

_NOISE: Final = 12  # significant digits kept, so that 0.285 * 100 is 28.5 and not 28.499999999999996


def is_hidden(number: float | None) -> bool:
    """Whether there is no number to print."""
    return number is None or not math.isfinite(float(number))


def rounded(number: float, decimals: int = 0, *, scale: int = 1) -> Decimal:
    """A number times `scale`, rounded half away from zero; minus zero becomes zero."""
    exact = Decimal(f"{float(number):.{_NOISE}g}") * scale
    result = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return abs(result) if result == 0 else result


def printed(number: Decimal, locale: Locale, *, plus: bool = False) -> str:
    """A rounded number with thousands separators and the language's decimal sign.

    Args:
        number: Rounded; its decimals are printed.
        locale: Whose signs to use.
        plus: Write a plus sign before a positive number.
    """
    decimals = max(0, -int(number.as_tuple().exponent))
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    digits = str(format_decimal(abs(number), format=pattern, locale=locale))
    sign = MINUS if number < 0 else "+" if plus and number > 0 else ""
    return sign + digits
