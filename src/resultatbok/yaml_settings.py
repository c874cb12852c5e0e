"""Reading a cohort file, which may be another's work: plain YAML of a limited size, each setting once."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from resultatbok.limits import MOST_SETTINGS_BYTES, MOST_SIGNS, TooLarge, limited, unfit


class SettingsFault(ValueError):  # noqa: N818 - says what it is
    """A file of settings cannot be read; the message says why."""


class _Plain(yaml.SafeLoader):
    """YAML in which a key stands once, and no part stands for another: a few lines of those make gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """A part of the file, if it is plain."""
        line = self.peek_event().start_mark.line + 1  # type: ignore[no-untyped-call]
        if self.check_event(yaml.AliasEvent):
            raise SettingsFault(f"line {line}: found an alias (*name); expected what it stands for, written out")
        node = super().compose_node(parent, index)
        if isinstance(node, yaml.ScalarNode):
            if sign := unfit(node.value):
                raise SettingsFault(
                    f"line {line}: found the sign U+{ord(sign):04X}; expected text without control signs"
                )
            if len(node.value) > MOST_SIGNS:
                raise SettingsFault(f"line {line}: found {len(node.value):,} signs; expected at most {MOST_SIGNS:,}")
        return node

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """A mapping, if each of its keys stands once."""
        lines: dict[Any, int] = {}
        for key_node, _ in node.value:
            line = key_node.start_mark.line + 1
            if isinstance(key_node, yaml.ScalarNode) and lines.setdefault(key_node.value, line) != line:
                raise SettingsFault(f"{key_node.value} is set twice, on lines {lines[key_node.value]} and {line}")
        return super().construct_mapping(node, deep)


def read_settings(file: Path) -> Any:  # noqa: ANN401 - whatever YAML holds
    """The content of a file of settings.

    Raises:
        SettingsFault: It is too large, no plain YAML, or sets something twice.
        OSError: It cannot be read.
    """
    try:
        with file.open("rb") as stream:
            return yaml.load(limited(stream, MOST_SETTINGS_BYTES).decode("utf-8"), _Plain)
    except SettingsFault:
        raise
    except TooLarge as error:
        raise SettingsFault(f"holds {error}") from error
    except RecursionError as error:
        raise SettingsFault("is nested too deeply") from error
    except (yaml.YAMLError, ValueError) as error:
        raise SettingsFault(f"is not readable as YAML: {error}") from error
