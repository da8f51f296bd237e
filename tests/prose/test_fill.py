"""Texts with live numbers: what comes of them, and what is told of those that cannot be filled in."""

from __future__ import annotations

import re

import pytest

from tests.prose.make import NUMBERS
from vizspec.parsing.template_calls import RAW
from vizspec.prose.fill import FilledText, Wanted, Wrong, fill, fill_in

pytestmark = pytest.mark.slow


def test_texts_are_filled_in_and_others_are_left_as_they_are() -> None:
    texts = [
        Wanted('Forest: {{ value("match", model="forest", task="Size") }}.'),
        Wanted("No braces: {anchor} {#id}"),
        Wanted('{% for t in ["Size", "Surface"] %}{{ best("match", task=t) }}; {% endfor %}'),
    ]
    assert [one.text for one in fill(texts, NUMBERS)] == [
        "Forest: 0.850.",
        "No braces: {anchor} {#id}",
        "forest; forest and logistic; ",
    ]


def test_every_call_that_cannot_be_answered_is_told_at_its_place() -> None:
    text = 'a\n\nb {{ value("mtch") }} and {{ verdict("x") }}\n'
    found = fill_in(Wanted(text), NUMBERS)
    assert found == FilledText(
        "a\n\nb *(unknown: no log has the metric 'mtch')* and *(unknown: there is no claim 'x')*\n",
        (
            Wrong("no log has the metric 'mtch'", 3, 6, "did you mean 'match'?"),
            Wrong("there is no claim 'x'", 3, 30, "known: forest_leads"),
        ),
    )


def test_a_call_in_a_loop_is_told_once() -> None:
    text = '{% for t in "abc" %}{{ verdict("x") }}{% endfor %}'
    assert len(fill_in(Wanted(text), NUMBERS).wrong) == 1


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("a\n{{ valu('match') }}", Wrong("nothing is called 'valu'", 2, 4, "did you mean 'value'?")),
        ("{{ 1 / 0 }}", Wrong("division by zero", 1)),
        (
            "x {{ ''.__class__ }}",
            Wrong("access to attribute '__class__' of 'str' object is unsafe.", 1),
        ),
        ("{% if %}", Wrong("Expected an expression, got 'end of statement block'", 1, 1, RAW)),
        ("{% include 'secret' %}", Wrong("no loader for this environment specified", 1)),
    ],
)
def test_a_template_that_raises_is_told_with_its_line(text: str, wrong: Wrong) -> None:
    assert fill_in(Wanted(text), NUMBERS) == FilledText(None, (wrong,))


def test_of_texts_that_have_no_end_only_they_are_lost() -> None:
    loops = "{% for a in range(99999) %}" * 3 + "\n{% set x = a %}" + "{% endfor %}" * 3
    endless, whole = fill([Wanted(loops), Wanted("{{ 1 + 1 }}")], NUMBERS, seconds=1)
    assert whole == FilledText("2")
    assert endless.text is None
    # Of computing; on a busy machine the limit of waiting comes first.
    assert re.search("it takes more than [13] s", endless.wrong[0].message)


@pytest.mark.slow
def test_after_two_texts_without_an_end_the_rest_is_not_tried() -> None:
    loops = "{% for a in range(99999) %}" * 3 + "{% endfor %}" * 3
    *_, last = fill([Wanted(f"{number} {loops}") for number in range(3)], NUMBERS, seconds=1)
    assert last.wrong[0].message == "not tried, as 2 texts before it take too long"
