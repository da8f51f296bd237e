"""Markdown of a user's as HTML that can do no harm."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

TOP_HEADING = 3
"""The level at which headings of the text begin: it stands in a section of a page."""


_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def html_of(markdown: str, folder: str = "") -> str:
    """The text (CommonMark, with tables) as HTML; its relative links start from the folder.

    HTML in it is shown as text, but for comments, which are left out; links to scripts and to data stay
    texts, pictures of other places become links.
    """
    return str(_reader().render(_COMMENT.sub("", markdown), {"folder": folder}))


@cache
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.core.ruler.push("headings", _lower_headings)
    reader.core.ruler.push("links", _start_from_folder)
    reader.add_render_rule("image", _picture)
    return reader


def _lower_headings(state: Any) -> None:
    """Headings begin at `TOP_HEADING`, whatever the text begins with."""
    marks = [token for token in state.tokens if token.type in ("heading_open", "heading_close")]
    first = min((int(token.tag[1]) for token in marks), default=1)
    for token in marks:
        token.tag = f"h{min(int(token.tag[1]) - first + TOP_HEADING, 6)}"


def _start_from_folder(state: Any) -> None:
    """Relative addresses of links and pictures, as seen from where the text is shown."""
    folder = state.env.get("folder", "")
    inline = (child for token in state.tokens for child in token.children or ())
    for token in inline if folder else ():
        for name in ("href", "src"):
            address = str(token.attrs.get(name, ""))
            if address and not address.startswith(("#", "/")) and not _is_elsewhere(address):
                token.attrs[name] = posixpath.normpath(posixpath.join(folder, address))


def _is_elsewhere(address: str) -> bool:
    return address.startswith("//") or ":" in address.split("/")[0]


def _picture(self: Any, tokens: Sequence[Token], place: int, options: Any, env: Any) -> str:
    """A picture beside the page; of one elsewhere the link, for a page loads nothing from other places."""
    from markdown_it.common.utils import escapeHtml

    token = tokens[place]
    source = str(token.attrs.get("src", ""))
    alt = self.renderInlineAsText(token.children or [], options, env)
    if _is_elsewhere(source):
        return f'<a href="{escapeHtml(source)}">{escapeHtml(alt or source)}</a>'
    return f'<img src="{escapeHtml(source)}" alt="{escapeHtml(alt)}">'
