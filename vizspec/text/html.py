"""Markdown of a user's as HTML that can do no harm."""

from __future__ import annotations

import base64
import posixpath
import re
from collections.abc import Callable, Sequence
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from vizspec.text.headings import levels

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MEDIA_TYPES = {".png": "image/png", ".svg": "image/svg+xml", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
"""The pictures that a page may hold itself, by the ending of their file."""

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_SOURCE = re.compile(r'(?<=<img src=")[^"]*')


def html_of(markdown: str, folder: str = "") -> str:
    """The text (CommonMark, with tables) as HTML; its relative links start from the folder.

    HTML in it is shown as text, but for comments, which are left out; links to scripts and to data stay
    texts, pictures of other places become links.
    """
    return str(_reader().render(_COMMENT.sub("", markdown), {"folder": folder}))


def with_pictures(html: str, read: Callable[[str], bytes | None]) -> str:
    """What `html_of` made, with the pictures themselves in it, as far as `read` gives them."""

    def held(found: re.Match[str]) -> str:
        name = unquote(unescape(found[0]))
        content = read(name) if posixpath.splitext(name)[1].lower() in MEDIA_TYPES else None
        return found[0] if content is None else data_address(name, content)

    return _SOURCE.sub(held, html)


def data_address(name: str, content: bytes) -> str:
    """The address that is a picture's content, by the name of its file."""
    media_type = MEDIA_TYPES[posixpath.splitext(name)[1].lower()]
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


@cache
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.core.ruler.push("headings", _lower_headings)
    reader.core.ruler.push("links", _start_from_folder)
    reader.add_render_rule("image", _picture)
    return reader


def _lower_headings(state: Any) -> None:
    """Headings begin below that of the section, whatever the text begins with."""
    marks = [token for token in state.tokens if token.type in ("heading_open", "heading_close")]
    for token, level in zip(marks, levels([int(token.tag[1]) for token in marks]), strict=True):
        token.tag = f"h{level}"


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
