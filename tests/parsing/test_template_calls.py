"""Calls in texts that are templates: their arguments and places."""

from __future__ import annotations

import pytest

from vizspec.errors import Mark
from vizspec.parsing.template_calls import (
    UNKNOWN,
    FunctionCall,
    NotATemplate,
    calls_in,
    environment,
    strangers_in,
    template_of,
)


def test_a_text_without_placeholders_has_no_calls() -> None:
    assert calls_in("plain {text} with {braces} and {#anchor}\n") == ()


def test_a_call_has_its_arguments_and_its_place() -> None:
    text = 'One.\n\nForest has {{ value("match", model="forest", epoch=1) }} there.\n'
    assert calls_in(text) == (
        FunctionCall("value", ("match",), {"model": "forest", "epoch": 1}, Mark(3, 15)),
    )


def test_calls_of_one_name_in_one_line_have_their_own_places() -> None:
    text = '{{ value("a") }} and {{ value("b") }}'
    assert [call.mark for call in calls_in(text)] == [Mark(1, 4), Mark(1, 25)]


def test_what_is_known_later_is_no_constant() -> None:
    (inner,) = calls_in('{% for m in ["a", "b"] %}{{ value("match", model=m) }}{% endfor %}')
    assert inner.named == {"model": UNKNOWN}


def test_a_call_inside_a_call_is_one_too() -> None:
    names = [call.name for call in calls_in('{{ value("match", model=best("match")) }}')]
    assert names == ["value", "best"]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("a\n\nb {{ value( }} c", Mark(3, 3)),
        ("{% for x in y %}", Mark(1, 1)),
        ("a\n  {% nonsense %}", Mark(2, 3)),
        ("{{ unclosed", Mark(1, 1)),
        ("{{ " + "(" * 2000 + "1" + ")" * 2000 + " }}", Mark(1, 1)),
    ],
)
def test_what_jinja_cannot_read_is_told_with_its_place(text: str, mark: Mark) -> None:
    with pytest.raises(NotATemplate) as found:
        calls_in(text)
    assert found.value.mark == mark


def test_a_call_that_is_filled_in_knows_its_number() -> None:
    template = environment().from_string(
        template_of('{{ best("a") }}, {{ range(2) | length }}, {{ best("b") }}')
    )
    assert template.render(best=lambda name, place_: f"{name}{place_}") == "a0, 2, b1"


def test_names_that_nothing_stands_for_are_told_with_their_places() -> None:
    text = "a valu\n{% set x = 1 %}{{ x }} {{ valu('match') }}\n  {{ modl }}"
    assert strangers_in(text) == (("valu", Mark(2, 27)), ("modl", Mark(3, 6)))


@pytest.mark.parametrize("argument", ["9**9**9", "'a' * 10**10", "range(10**9) | list", "1 + 1", "{[]: 1}"])
def test_nothing_is_worked_out_where_a_text_is_only_read(argument: str) -> None:
    (call,) = calls_in(f"{{{{ value({argument}) }}}}")
    assert call.arguments == (UNKNOWN,)


def test_written_values_are_constants() -> None:
    (call,) = calls_in("{{ difference(-1, ['a', (2, 3)], {'b': none}) }}")
    assert call.arguments == (-1, ["a", (2, 3)], {"b": None})


@pytest.mark.parametrize(
    ("text", "message", "mark"),
    [
        ("{{ 1 }}\n{{ 2 | nosuch }}", "there is no filter 'nosuch'", Mark(2, 1)),
        ("{{ 1 is nosuch }}", "there is no test 'nosuch'", Mark(1, 1)),
        ("{{ 1 }}" + " " * 100_000, "more than 100,000 characters", Mark(1, 1)),
    ],
)
def test_what_cannot_be_filled_in_is_told_before(text: str, message: str, mark: Mark) -> None:
    with pytest.raises(NotATemplate, match=message) as found:
        strangers_in(text)
    assert found.value.mark == mark


def test_a_text_may_be_as_odd_as_it_likes() -> None:
    assert calls_in("{{ " + "+".join(["1"] * 3000) + " }}") == ()
    assert len(calls_in("{{value(1)}}" * 8000)) == 8000
    strangers = strangers_in("".join(f"{{{{ x{number} }}}}" for number in range(8000)))
    assert strangers[0] == ("x0", Mark(1, 4))
    assert len(strangers) == 20


@pytest.mark.parametrize(
    "text",
    [
        "{% set a = 1 %}{{ a }}",
        "{% for a in [1] %}{{ loop.index }}{{ a }}{% endfor %}",
        "{% macro a(b) %}{{ b }}{{ varargs }}{% endmacro %}{{ a(1) }}",
        "{% set a = namespace(b=1) %}{% set a.b = 2 %}{{ a.b }}{{ range(2) }}",
    ],
)
def test_what_a_text_names_itself_is_no_stranger(text: str) -> None:
    assert strangers_in(text) == ()
