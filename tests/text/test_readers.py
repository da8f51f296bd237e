"""Hostile labels through readers that know more markup than CommonMark: all show the label alone."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from random import Random
from typing import Any

import pytest
from markdown_it import MarkdownIt

from vizspec.text.markdown import cell, text

PARTS = (
    *"ab1 \\`*_[]()<>|~$^#+-=.:!&;{}@\"'/é🎉,",
    *[
        "{#x .y onclick=a}",
        "{: .x}",
        "{=html}",
        "{.python}",
        "&amp;",
        "&#58;",
        "www.",
        "_www.x.yz",
        "http://x.yz",
    ],
    *["_https:/x.yz", "ftp://x.yz", "mailto:x@y.zz", "javascript:a", "xmpp:a@b.cc", "x@y.zz", "[^1]", "[@a]"],
    *[
        "@a",
        "(@) x",
        ":smile:",
        "~~",
        "^^",
        "==",
        "$$",
        "\\(",
        "\\textbf{x}",
        "\\newpage",
        "---",
        ":::",
        "<b>",
    ],
    *[
        "-->",
        "<!--",
        "[[x]]",
        "!!! note",
        "*[a]:",
        "[a]: b",
        "1. x",
        "(1) x",
        "#. x",
        "i. x",
        "mix. x",
        "B) x",
    ],
    *["R. x", "C#", "a_b_c", "__init__", "12:30:45", "![a](b)"],
)
FORMS = ("{text}", "## {text}", "- x: {text}", "| a | b |\n| --- | --- |\n| {cell} | x |")
PANDOC = shutil.which("pandoc")
OWN_TAGS = re.compile(r'</?(p|h2|ul|li|table|thead|tbody|tr|th|td)( id="[^"<>]*")?>')


def labels(count: int) -> list[str]:
    """The parts alone, and so many random rows of them, as one line each."""
    random = Random("labels")
    rows = ("".join(random.choices(PARTS, k=random.randint(2, 7))) for _ in range(count))
    return [" ".join(label.split()) for label in (*PARTS, *rows) if label.strip()]


def written(label: str, form: str) -> str:
    return form.format(text=text(label), cell=cell(label))


@pytest.mark.slow
@pytest.mark.skipif(PANDOC is None, reason="there is no pandoc")
@pytest.mark.parametrize("reader", ["markdown-smart", "commonmark_x-smart", "gfm"])
def test_pandoc_shows_the_label_and_nothing_else(reader: str) -> None:
    tried = [(label, form) for label in labels(300) for form in FORMS]
    # A rule stands after each, so that no two lists become one.
    document = "\n\n***\n\n".join(written(label, form) for label, form in tried)
    words = [str(PANDOC), "-f", reader, "-t", "json"]
    done = subprocess.run(words, input=document, capture_output=True, check=True, encoding="utf-8")
    blocks = [block for block in json.loads(done.stdout)["blocks"] if block["t"] != "HorizontalRule"]
    assert len(blocks) == len(tried)
    wrong = [
        (label, written(label, form))
        for (label, form), block in zip(tried, blocks, strict=True)
        if plain(block, form) != label
    ]
    assert wrong == []


def plain(block: dict[str, Any], form: str) -> str | None:
    """The plain text in a block of pandoc's; None where it has markup or attributes, or another kind."""
    content = block["c"]
    match form, block["t"]:
        case "{text}", "Para":
            return shown(content)
        case "## {text}", "Header":
            return None if content[1][1] or content[1][2] else shown(content[2])
        case "- x: {text}", "BulletList":
            found = shown(content[0][0]["c"])
            return found and found.removeprefix("x: ")
        case _, "Table":
            return shown(content[4][0][3][0][1][0][4][0]["c"])
        case _:
            return None


def shown(inlines: list[dict[str, Any]]) -> str | None:
    if any(each["t"] not in ("Str", "Space") for each in inlines):
        return None
    return "".join(each["c"] if each["t"] == "Str" else " " for each in inlines)


def test_python_markdown_makes_no_tag_or_attribute_of_a_label() -> None:
    markdown = pytest.importorskip("markdown")
    for label in labels(300):
        for form in FORMS:
            html = markdown.markdown(written(label, form), extensions=["extra", "toc", "sane_lists"])
            assert [tag for tag in re.findall("<[^>]*>", html) if not OWN_TAGS.fullmatch(tag)] == [], label


def test_markdown_it_makes_no_link_of_a_label() -> None:
    pytest.importorskip("linkify_it")
    reader = MarkdownIt("gfm-like")
    for label in labels(300):
        for form in FORMS:
            assert "<a" not in reader.render(written(label, form)), label
