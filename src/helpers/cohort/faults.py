"""What can be wrong with a cohort file, said to whoever wrote it."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from typing import Any


def sentence(error: Any, settings: Collection[str]) -> str:  # noqa: ANN401 - pydantic's own error type is private
    """One of pydantic's errors in plain words: where, what was found, what was expected.

    Args:
        error: An element of `ValidationError.errors()`.
        settings: The names of all settings, from which the nearest is suggested for an unknown one.
    """
    parts = [str(part) for part in error["loc"] if part != "[key]"]
    where, found = ".".join(parts), error.get("input")
    context: dict[str, Any] = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return f"{where}: is missing"
        case "extra_forbidden":
            return f"{where}: is no setting (found {found!r}){_hint(parts[-1], settings)}"
        case "literal_error":
            return f"{where}: found {found!r}; expected {context['expected']}{_hint(found, _options(context))}"
        case "model_type" | "dict_type":
            return f"{where}: found {found!r}; expected settings of its own, indented below it"
        case "string_pattern_mismatch" if where == "name":
            return f"{where}: found {found!r}; expected small letters (a-z), digits and hyphens"
        case "string_pattern_mismatch" if where == "contents":
            return f"{where}: found {found!r}; expected the name of a file such as _toc.yml or _toc_mine.yml"
    said = str(error["msg"]).removeprefix("Value error, ")
    return f"{where}: {said} (found {found!r})" if parts else said


def _options(context: dict[str, Any]) -> list[str]:
    return [option.strip(" '") for option in str(context["expected"]).replace(" or ", ",").split(",")]


def _hint(found: object, valid: Collection[str]) -> str:
    by_lower = {name.casefold(): name for name in valid}
    near = difflib.get_close_matches(str(found).casefold(), list(by_lower), n=1)
    return f"; did you mean {by_lower[near[0]]!r}?" if near else ""
