"""YAML text with the place of everything in it, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from vizspec.errors import Loc, Mark, Problem, Problems, format_problem
from vizspec.parsing.yaml_source import YamlDocument, parse

KEYS = st.text(alphabet="abcxyz_é🎉", min_size=1, max_size=6)
SCALARS = st.one_of(st.booleans(), st.integers(), st.text(max_size=10), st.none())
TREES = st.dictionaries(
    KEYS,
    st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
        max_leaves=8,
    ),
    max_size=4,
)


def problems(text: str, *, one_dialect: bool = True) -> tuple[Problem, ...]:
    with pytest.raises(Problems) as caught:
        parse(text, one_dialect=one_dialect)
    return caught.value.problems


def places(value: Any, loc: Loc = ()) -> dict[Loc, Any]:
    """Every path of a tree, with the value there."""
    found = {loc: value}
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in pairs:
        found |= places(item, (*loc, step))
    return found


def test_keys_and_items_are_marked_where_they_stand() -> None:
    document = parse("a: 1\nb:\n  - x\n  - k: v\n", one_dialect=True)
    assert document.data == {"a": 1, "b": ["x", {"k": "v"}]}
    assert document.marks == {
        (): Mark(1, 1),
        ("a",): Mark(1, 1),
        ("b",): Mark(2, 1),
        ("b", 0): Mark(3, 5),
        ("b", 1): Mark(4, 5),
        ("b", 1, "k"): Mark(4, 5),
    }


@settings(max_examples=50)
@given(TREES, st.sampled_from([None, False]))
def test_every_place_of_any_document_has_a_mark_that_points_at_it(
    tree: dict[str, Any], flow: bool | None
) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow, width=1000)
    # PyYAML writes some texts, such as a lone next-line character, as it does not read them.
    assume(yaml.safe_load(text) == tree)
    document = parse(text, one_dialect=False)
    assert document.data == tree
    assert set(document.marks) == set(places(tree))
    for loc in document.marks:
        if loc and isinstance(loc[-1], str):
            mark = document.mark(loc)
            assert (
                document.lines[mark.line - 1][mark.column - 1 :].lstrip("?\"'").startswith((loc[-1][0], "\\"))
            )


def test_steps_that_name_nothing_are_passed_over() -> None:
    document = parse("views:\n  - view: bars\n    ci: 1\n", one_dialect=True)
    assert document.mark(("views", 0, "bars", "ci")) == Mark(3, 5)
    assert document.mark(("views", 0, "missing")) == Mark(2, 5)
    assert document.mark(("nothing",)) == Mark(1, 1)


def test_a_key_given_twice_is_refused_where_it_stands_again() -> None:
    assert [format_problem(problem) for problem in problems("a: 1\nb: 2\na: 3")] == [
        "<input>:3:1: error: a: 'a' is given twice; first on line 1\n"
        "    3 | a: 3\n"
        "      | ^ keep one of the two"
    ]


def test_equal_keys_in_different_mappings_are_fine() -> None:
    assert parse("a: {k: 1}\nb: {k: 1}\n1: x\n'1': y", one_dialect=True).data[1] == "x"


def test_a_scalar_that_readers_take_differently_is_refused_in_our_own_files() -> None:
    (problem,) = problems("lr: 1e-5")
    assert problem.message == "'1e-5' is text to some YAML readers and a number to others"
    assert (problem.loc, problem.mark) == (("lr",), Mark(1, 5))
    assert problem.hint == 'write 1.0e-5, or quote it ("1e-5")'


def test_other_peoples_files_are_read_as_their_other_readers_do() -> None:
    assert parse("lr: 1e-5\nbalanced: yes", one_dialect=False).data == {"lr": "1e-5", "balanced": True}


@pytest.mark.parametrize("text", ['a: "yes"', "a: 'no'", "a: !!str 1e-5", "a: |\n  on\n", "a: true"])
def test_quoted_and_tagged_scalars_have_one_meaning(text: str) -> None:
    assert set(parse(text, one_dialect=True).data) == {"a"}


def test_an_anchored_scalar_is_looked_at_once() -> None:
    assert len(problems("a: &x yes\nb: *x")) == 1


def test_all_refusals_are_told_in_the_order_of_the_file() -> None:
    found = problems("a: yes\nb: 1\nb: 2\nd: 2026-13-45")
    assert [problem.mark for problem in found] == [Mark(1, 4), Mark(3, 1), Mark(4, 4)]
    assert found[2].message == "'2026-13-45' cannot be read as a YAML timestamp"


@pytest.mark.parametrize("text", ["a: &x [*x]", "a: &x {b: *x}", "a: &x {<<: *x}"])
def test_an_anchor_that_holds_itself_is_refused(text: str) -> None:
    assert problems(text)[0].message == "this anchor holds an alias of itself"


@pytest.mark.parametrize(("start", "row"), [("[1, 1]", "[{}]"), ("{x: 1}", "{{<<: [{}]}}")])
def test_aliases_that_multiply_are_refused(start: str, row: str) -> None:
    rows = [f"a{n}: &a{n} " + row.format(", ".join([f"*a{n - 1}"] * 10)) for n in range(1, 9)]
    (problem,) = problems("\n".join([f"a0: &a0 {start}", *rows]))
    assert problem.message == "the aliases in this file stand for more than 50000 values"


def test_a_few_aliases_and_merged_keys_are_read_and_keep_their_places() -> None:
    document = parse("base: &b {k: 1, z: 2}\nown:\n  <<: *b\n  k: 3\nsame: *b\n", one_dialect=True)
    assert document.data["own"] == {"k": 3, "z": 2}
    assert document.mark(("own", "k")) == Mark(4, 3)
    assert document.mark(("own", "z")) == document.mark(("same", "z")) == Mark(1, 17)


def test_of_several_merged_mappings_the_first_wins_as_in_the_data() -> None:
    document = parse("a: &a {k: 1}\nb: &b {k: 2}\nc: {<<: [*a, *b]}", one_dialect=True)
    assert document.data["c"]["k"] == 1
    assert document.mark(("c", "k")) == Mark(1, 8)


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "  \n"])
def test_an_empty_file_is_refused(text: str) -> None:
    (problem,) = problems(text)
    assert "empty" in problem.message


def test_the_root_must_be_a_mapping_unless_told_otherwise() -> None:
    (problem,) = problems("- 1")
    assert problem.message == "expected keys with values, found a list"
    assert parse("- 1", one_dialect=True, mapping=False).data == [1]


def test_nesting_without_end_is_refused() -> None:
    (problem,) = problems("- " * 600)
    assert problem.message == "the YAML is nested too deeply"


def test_no_tag_makes_objects() -> None:
    (problem,) = problems("a: !!python/object/apply:os.system [ls]")
    assert "could not determine a constructor" in problem.message


@pytest.mark.parametrize(
    "text",
    [
        *[
            "a: !!int x",
            "a: !!int ''",
            "a: !!float ''",
            "a: !!int '_'",
            "a: !!bool maybe",
            "a: !!timestamp x",
        ],
        *["a: " + "9" * 5000, "a: 0x" + "f" * 5000, "a: " + ":".join(["1"] * 100_000)],
    ],
)
def test_a_value_that_its_type_cannot_hold_is_refused(text: str) -> None:
    (problem,) = problems(text)
    assert "cannot be read as a YAML" in problem.message
    assert len(problem.message) < 150


@pytest.mark.parametrize("text", ["a: {}", "? {}\n: 1", "a: ['{}']", "a: |\n {}"])
def test_a_text_that_would_fill_every_output_is_refused(text: str) -> None:
    (problem,) = problems(text.format("x" * 100_001))
    assert problem.message == f"'{'x' * 60}…' has more than 100,000 characters"
    assert parse(text.format("x" * 99_999), one_dialect=False).data


@pytest.mark.parametrize("text", ["? !!set\n: 1", "{!!omap : 1}", "!!set x: 1"])
def test_a_key_whose_tag_makes_something_that_is_no_key_is_refused(text: str) -> None:
    (problem,) = problems(text)
    assert "with its tag is no key" in problem.message


@pytest.mark.parametrize("text", ["a: !!timestamp {=: x}", "a: !!int {=: ''}"])
def test_a_tag_that_its_values_do_not_fit_is_refused(text: str) -> None:
    with pytest.raises(Problems):
        parse(text, one_dialect=True)


def test_a_marked_line_is_shown_without_its_control_characters() -> None:
    (problem,) = problems('"a\u202e": 1\n"b":\t!x 2')
    assert problem.excerpt == '"b": !x 2'


def outcome(text: str, one_dialect: bool) -> YamlDocument | list[str]:
    try:
        return parse(text, one_dialect=one_dialect)
    except Problems as found:
        return [format_problem(problem) for problem in found.problems]


@settings(max_examples=50)
@given(st.text(max_size=60), st.booleans())
def test_any_text_is_read_or_refused_with_problems(text: str, one_dialect: bool) -> None:
    assert outcome(text, one_dialect)


@pytest.mark.parametrize(
    ("text", "message", "mark"),
    [
        ("a: 1\ndata:\u00a0{logs: [a]}", "a no-break space (U+00A0) stands after 'data:'", Mark(2, 6)),
        ("a:\n  b:\u202f[1]\n  c: 2", "a narrow no-break space (U+202F) stands after 'b:'", Mark(2, 5)),
        ("a:\n \u00a0b: 1\n  c: 2", "a no-break space (U+00A0) stands where a word begins", Mark(2, 2)),
        ("a: \u00a0all", "a no-break space (U+00A0) stands where a word begins", Mark(1, 4)),
        ("a:\n  -\u00a0{b: 1}", "a no-break space (U+00A0) stands after '-'", Mark(2, 3)),
    ],
)
def test_a_character_that_only_looks_like_a_space_is_named(text: str, message: str, mark: Mark) -> None:
    (problem,) = problems(text)
    assert (problem.message, problem.hint, problem.mark) == (message, "write a plain space", mark)


def test_a_no_break_space_within_a_text_is_part_of_it() -> None:
    text = "a: Jean\u00a0Paul\nb: '\u00a0c'"
    assert parse(text, one_dialect=True).data == {"a": "Jean\u00a0Paul", "b": "\u00a0c"}


def test_a_text_with_braces_inside_of_braces_is_told_to_be_quoted() -> None:
    (problem,) = problems("views:\n  - {view: scores_by_task, name: sup_{metric}}")
    assert problem.hint == 'a text that holds braces needs quotes, as in: name: "{view}_{metric}"'
