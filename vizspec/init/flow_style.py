"""Values in YAML's flow style. Pure."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Any


def flow(value: Any) -> str:
    """A value in YAML's flow style, on one line; texts that could be read as something else are quoted."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{flow(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _TWO_FACED:
        return value
    import yaml

    style = '"' if isinstance(value, str) else None
    text = yaml.safe_dump(value, default_style=style, allow_unicode=True, width=sys.maxsize)
    return text.removesuffix("\n").removesuffix("\n...")


_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TWO_FACED = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
