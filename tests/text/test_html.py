"""Markdown of a user's as HTML: what it shows, and what it never lets through."""

from __future__ import annotations

import pytest

from vizspec.text.html import html_of, with_pictures


def test_text_lists_and_tables_are_shown() -> None:
    markdown = "**Forest** leads.\n\n- one\n- two\n\n| Model | AUC |\n|---|---:|\n| forest | 0.9 |\n"
    found = html_of(markdown)
    assert "<p><strong>Forest</strong> leads.</p>" in found
    assert "<li>one</li>" in found
    assert '<td style="text-align:right">0.9</td>' in found


def test_headings_begin_below_those_of_the_page() -> None:
    assert html_of("# Findings\n\n## Details\n") == "<h3>Findings</h3>\n<h4>Details</h4>\n"
    assert html_of("### Findings\n") == "<h3>Findings</h3>\n"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "[a](javascript:alert(1))",
        "[a](data:text/html;base64,AAAA)",
        "![a](javascript:alert(1))",
        '<details open ontoggle="alert(1)">',
        '[a](b "x\\" onclick=alert(1)")',
        "<!-- > --><script>alert(1)</script>",
    ],
)
def test_what_could_run_is_text(hostile: str) -> None:
    found = html_of(hostile)
    assert "<script" not in found
    assert "<img" not in found
    assert "<details" not in found
    assert 'href="javascript' not in found
    assert 'href="data' not in found
    assert '" onclick' not in found


def test_pictures_of_other_places_are_links() -> None:
    assert html_of("![Chart](https://example.org/a.png)") == (
        '<p><a href="https://example.org/a.png">Chart</a></p>\n'
    )
    assert html_of("![Chart](//example.org/a.png)") == '<p><a href="//example.org/a.png">Chart</a></p>\n'
    assert html_of("![Chart](a%20b.png)") == '<p><img src="a%20b.png" alt="Chart"></p>\n'


def test_relative_links_start_from_the_folder_of_the_text() -> None:
    text = "![a](../a.png) [b](b.html#x) [c](#c) [d](https://example.org/d)"
    assert html_of(text, "text") == (
        '<p><img src="a.png" alt="a"> <a href="text/b.html#x">b</a> <a href="#c">c</a> '
        '<a href="https://example.org/d">d</a></p>\n'
    )


def test_pictures_that_are_known_stand_in_the_text_itself() -> None:
    files = {"a b.png": b"one", "c.svg": b"two", "notes.txt": b"three"}
    html = html_of("![A](a%20b.png) ![C](c.svg) ![D](d.png) ![N](notes.txt)")
    assert with_pictures(html, files.get) == (
        '<p><img src="data:image/png;base64,b25l" alt="A"> <img '
        'src="data:image/svg+xml;base64,dHdv" alt="C"> <img src="d.png" alt="D"> '
        '<img src="notes.txt" alt="N"></p>\n'
    )


def test_a_picture_is_found_by_its_name_whatever_signs_the_name_has() -> None:
    html = html_of("![A](r&d.png) ![B](r%26d.png) ![C](<r&amp;d.png>)")
    held = '<img src="data:image/png;base64,b25l"'
    assert with_pictures(html, {"r&d.png": b"one"}.get).count(held) == 3
