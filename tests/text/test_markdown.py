"""Hostile labels in Markdown: readers see exactly their characters, and nothing becomes markup."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report.markdown import parse, shown, tables, targets
from vizspec.text.markdown import cell, link, text

HOSTILE = st.text(
    alphabet=st.sampled_from("ab1 \t\n\\`*_[]()<>|~$^#+-=.:!&;&amp;{}@w\"'/\u2028é🎉"), max_size=30
)
ANY = st.one_of(HOSTILE, st.text(max_size=30))


def plain(label: str) -> str:
    """The label as one line: white space and control characters are single spaces."""
    return " ".join("".join(" " if ord(c) < 32 or 127 <= ord(c) < 160 else c for c in label).split())


@given(ANY)
def test_running_text_shows_the_label_and_nothing_else(label: str) -> None:
    tokens = parse(text(label))
    if plain(label):
        assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
        assert shown(tokens[1]) == plain(label)
    else:
        assert tokens == []


@given(ANY)
def test_a_list_item_shows_the_label_and_nothing_else(label: str) -> None:
    tokens = parse(f"- x: {text(label)}\n- {text(label)}")
    assert [shown(token) for token in tokens if token.type == "inline"] == [
        f"x: {plain(label)}".strip(),
        *([plain(label)] if plain(label) else []),
    ]


@given(ANY, ANY)
def test_a_table_stays_a_table(first: str, second: str) -> None:
    markdown = f"| a | b |\n| --- | --- |\n| {cell(first)} | {cell(second)} |\n"
    assert tables(markdown) == [[["a", "b"], [plain(first), plain(second)]]]


@given(ANY)
def test_a_heading_shows_the_label(label: str) -> None:
    tokens = parse(f"## {text(label)}")
    assert [token.type for token in tokens] == ["heading_open", "inline", "heading_close"]
    assert shown(tokens[1]) == plain(label)


@given(st.text(min_size=1, max_size=30))
def test_a_link_leads_to_its_path_and_to_no_other_place(path: str) -> None:
    address = link(path)
    assert unquote(address.removeprefix("./")) == path.removeprefix("./")
    assert ":" not in address
    assert not address.startswith("//")
    assert targets(f"[x]({address})") == [unquote(address)]


@pytest.mark.parametrize(
    ("label", "markdown"),
    [
        ("scores_by_task", "scores_by_task"),
        ("_private_", r"\_private\_"),
        ("a|b", r"a\|b"),
        ("two\nlines", "two lines"),
        ("<script>", "&lt;script&gt;"),
        ("R&D", "R&D"),
        ("&lt;", "&amp;lt;"),
        ("3. of May", r"3\. of May"),
        ("3.14", "3.14"),
        ("-5", "-5"),
        ("- item", r"\- item"),
        ("# 1 in C# #", r"\# 1 in C# \#"),
        ("C#", r"C\#"),
        ("iv. of May", r"iv\. of May"),
        ("(a) May", r"(a\) May"),
        ("R. Searcher", "R. Searcher"),
        ("etc. and so on", "etc. and so on"),
        ("12:30:45", "12:30:45"),
        (":smile:", "&#58;smile:"),
        ("[@a] @b", r"\[&#64;a\] &#64;b"),
        ("javascript:a", "javascript&#58;a"),
        ("model: a", "model: a"),
        ("{#x .y onclick=alert(1)}", r"\{#x .y onclick=alert(1)\}"),
        ("a {=html}", r"a \{=html\}"),
        ("see http://evil.example", "see http&#58;//evil.example"),
        ("www.evil.example", "www&#46;evil.example"),
        ("//evil.example/a", "&#47;/evil.example/a"),
        ("evil.com", "evil&#46;com"),
        ("a.ai/b", "a&#46;ai/b"),
        ("1.5", "1.5"),
        ("me@evil.example", "me&#64;evil.example"),
        ("half \ud800 character", "half � character"),
    ],
)
def test_only_what_would_be_markup_is_escaped(label: str, markdown: str) -> None:
    assert text(label) == markdown


def test_a_path_with_spaces_brackets_and_umlauts_is_encoded() -> None:
    assert link("a b/(1) [x] ü.png") == "a%20b/%281%29%20%5Bx%5D%20%C3%BC.png"
