"""What may reach a terminal: text whose characters show something, and steer nothing."""

from __future__ import annotations

import re

_CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
"""Control characters but tab and line feed, those that turn the direction of text, lone surrogates."""

_STEERING = re.compile(f"[{_CONTROLS}]")
_STEERING_OR_BREAKING = re.compile(rf"[\t\n{_CONTROLS}]")


def harmless(text: str) -> str:
    """The text with an escape for each character that could steer a terminal; its lines stay."""
    return _STEERING.sub(_escaped, text)


def in_one_line(text: str) -> str:
    """The same for what must stay in its line, and in its cell of a table."""
    return _STEERING_OR_BREAKING.sub(_escaped, text)


def harmless_json(text: str) -> str:
    """JSON that says the same, with an escape of JSON for each such character: all stand within texts."""
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode()
