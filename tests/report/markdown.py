"""Reading the Markdown that was written, by the rules of CommonMark with GitHub's tables."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def parse(markdown: str) -> list[Token]:
    return READER.parse(markdown)


def shown(token: Token) -> str | None:
    """The characters that a reader sees of an inline token; None if there is any markup in it."""
    children = token.children or []
    plain = all(child.type in ("text", "text_special") for child in children)
    return "".join(child.content for child in children) if plain else None


def tables(markdown: str) -> list[list[list[str | None]]]:
    """Every table as rows of texts, the header row first."""
    found: list[list[list[str | None]]] = []
    tokens = parse(markdown)
    for place, token in enumerate(tokens):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type in ("td_open", "th_open"):
            found[-1][-1].append(shown(tokens[place + 1]))
    return found


def targets(markdown: str) -> list[str]:
    """The decoded targets of all links and pictures."""
    return [target for token in parse(markdown) for target in _targets(token)]


def headings(markdown: str) -> list[str]:
    tokens = parse(markdown)
    return [tokens[place + 1].content for place, token in enumerate(tokens) if token.type == "heading_open"]


def _targets(token: Token) -> Iterator[str]:
    for child in token.children or []:
        address = child.attrGet("href" if child.type == "link_open" else "src")
        if address:
            yield unquote(str(address))
        yield from _targets(child)
