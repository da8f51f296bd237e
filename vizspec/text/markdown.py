"""Hostile text on its way into Markdown: running text, table cells, link targets.

Markdown is read by CommonMark readers, GitHub and pandoc; what any of them takes for markup is escaped.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal
from urllib.parse import quote

Align = Literal["left", "right"]
"""The side of its column on which a text of a table stands."""

_MARKUP = re.compile(r"[\\`*\[\]|~$^{}]")
_SCHEMES = ("data", "file", "ftp", "http", "https", "javascript", "mailto", "sms", "tel", "vbscript", "xmpp")
_DOMAINS = ("biz", "com", "coop", "edu", "gov", "info", "name", "net", "org", "pro", "shop", "web")
_ADDRESS = re.compile(
    "|".join(
        [
            r"(?<=\w):(?=//)",
            r"(?<![:/])/(?=/\w)",
            rf"(?<=\w)\.(?=(?:{'|'.join(_DOMAINS)})(?!\w)|[a-z]{{2}}/)",
            r"(?<=www)(?<![^\W_]www)\.(?=\w)",
            *[rf"(?<={scheme})(?<![^\W_]{scheme}):(?=\S)" for scheme in _SCHEMES],
            "@",
            r":(?=[\w+-]*[a-z+-][\w+-]*:)",
        ]
    ),
    re.IGNORECASE,
)
"""The sign by which readers tell an address, a citation (`@`) or an emoji (`:smile:`); as an entity it is
shown and makes nothing."""
_OUTER_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_FIRST_HASH = re.compile(r"(?<!\S)#")
"""`#` makes a heading where it begins a line."""
_LAST_HASHES = re.compile(r"(?<!#)#+$")
"""`#` is dropped where it ends a heading."""

_BLOCK_START = re.compile(r"[=:]|[-+](?![\w.])")
"""What begins a list, a rule or a definition where it begins a line."""
_NUMBERED = re.compile(r"\(?(?:\d{1,9}|[a-z]|[A-Z](?!\. \S)|(?i:[ivxlcdm]+)|\\?#)(?=[.)](?:\s|$))")
"""What begins a list that is numbered, also by letters and Roman numerals (`iv.`, `(a)`), as pandoc has them;
it takes `R. Name` for an initial."""

_SAFE_IN_LINKS = "/-._~"

REMEMBERED = 10_000
"""Texts of which the escaped form is kept: a table's cells are measured some times, then written."""


def text(value: object) -> str:
    """The value as running text on one line: whatever it holds, readers show just these characters.

    White space and control characters become single spaces.
    """
    escaped = _inline(str(value))
    if numbered := _NUMBERED.match(escaped):
        return f"{numbered[0]}\\{escaped[numbered.end() :]}"
    return f"\\{escaped}" if _BLOCK_START.match(escaped) else escaped


def cell(value: object) -> str:
    """The value as a cell of a table: as running text, where nothing begins a block."""
    return _inline(str(value))


def link(path: object) -> str:
    """A relative path as a link's target: spaces, brackets, quotes and all but plain letters are encoded."""
    encoded = quote(str(path).encode("utf-8", "replace"), safe=_SAFE_IN_LINKS)
    return f"./{encoded}" if encoded.startswith("//") else encoded


@lru_cache(REMEMBERED)
def _inline(value: str) -> str:
    plain = " ".join("".join(map(_printable, value)).split())
    escaped = _MARKUP.sub(r"\\\g<0>", _ENTITY.sub("&amp;", plain))
    escaped = _LAST_HASHES.sub(lambda found: r"\#" * len(found[0]), _OUTER_UNDERSCORE.sub(r"\\_", escaped))
    escaped = _FIRST_HASH.sub(r"\\#", escaped)
    escaped = _ADDRESS.sub(lambda found: f"&#{ord(found[0])};", escaped)
    return escaped.replace("<", "&lt;").replace(">", "&gt;")


def _printable(character: str) -> str:
    """Control characters, line separators and halves of characters cannot stand in a line of UTF-8."""
    category = unicodedata.category(character)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    return "�" if category == "Cs" else character
