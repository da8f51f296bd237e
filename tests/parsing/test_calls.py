"""Calls in texts that are templates: their arguments and places."""

from __future__ import annotations

import pytest

from vizspec.errors import Mark
from vizspec.parsing.calls import (
    UNKNOWN,
    Call,
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
    assert calls_in(text) == (Call("value", ("match",), {"model": "forest", "epoch": 1}, Mark(3, 15)),)


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
