"""What expressions may say, and what they are refused."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec.expressions import ExpressionError, compared, is_true, is_true_of, unknown_names

VALUES: dict[str, Any] = {
    "n_models": 2,
    "n_samples": None,
    "model": "Llama-1B",
    "run": "r4",
    "run.parameters.rank": 8,
    "metadata.items": "x",
    "metrics": ["match/accuracy"],
}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("n_models < 2", False),
        ("n_models == 2 and not n_models > 3", True),
        ("1 < n_models <= 2", True),
        ("run in ['r4', 'r8']", True),
        ("run != 'r4' or n_models // 2 == 1", True),
        ("run.parameters.rank == 8", True),
        ("metadata.items == 'x'", True),
        ("'match/accuracy' in metrics", True),
        ("metrics|length == 1", True),
        ("model.startswith('Llama') and model|lower == 'llama-1b'", True),
        ("n_samples is none or n_samples >= 50", True),
        ("n_samples|default(0, true) >= 50", False),
        ("n_samples == 50", False),
        ("n_models % 2 == 0 and n_models * 1.5 == 3", True),
        ("(true if n_models > 1 else false)", True),
        ("model[:5] ~ '!' == 'Llama!'", True),
    ],
)
def test_an_expression_holds_or_not(expression: str, expected: bool) -> None:
    assert is_true(expression, VALUES) is expected


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("n_modles < 2", "speaks of 'n_modles', which nothing has; did you mean 'n_models'?"),
        ("zzz", "'zzz', which nothing has; known: n_models, n_samples, model, run"),
        ("run.parameters.rnk", "did you mean 'run.parameters.rank'?"),
        ("n_samples >= 50", "'n_samples >= 50' cannot be worked out: n_samples is not known"),
        ("n_samples.startswith('a')", "n_samples is not known"),
        ("n_models >= 'a'", "'>=' not supported between instances of 'int' and 'str'"),
        ("n_models / 0", "division by zero"),
        ("metrics[7] == 1", "list object has no element 7"),
        ("", "something is missing at its end"),
        ("n_models <", "something is missing at its end"),
        ("n_models < 2)", "unexpected ')'"),
        ("n_models = 2", "'=' comes unexpectedly (that two are equal is written ==)"),
        ("n_models }} {{ 1", "'}}' comes unexpectedly"),
        ("n_models ** 2", "'**' is not allowed"),
        ("9**9**9", "'**' is not allowed"),
        ("range(10**9)|list", "a call is not allowed"),
        ("lipsum(1)", "a call is not allowed"),
        ("model.format(1)", "a call is not allowed"),
        ("metrics|map('upper')", "the filter 'map' is not allowed"),
        ("model|default(*metrics)", "'*' before an argument is not allowed"),
        ("model is sameas 1", "the test 'sameas' is not allowed"),
        ("{1: 2}", "a mapping is not allowed"),
        ("'a' * 1000000000", "'*' needs numbers"),
        ("'%1000000000d' % 1", "'%' needs numbers"),
        ("model.__class__", "speaks of 'model.__class__', which nothing has"),
        ("model['__class__']", "access to attribute '__class__' of 'str' object is unsafe"),
        ("model['__class__'].__mro__", "'getattr' is not allowed"),
        ("self", "speaks of 'self'"),
        ("1 if n_models > 5", "'if' without 'else' is not allowed"),
        ("'x' * 1" + " " * 1000, "is longer than 1000 characters"),
        ("(" * 400 + "1" + ")" * 400, "more than 40 expressions inside each other"),
        ("n_models < 1e999", "a number that large is not allowed"),
        ("1e308 * 10 > -1e999 + 1", "a number that large is not allowed"),
        ("model|default(__debug__=1)", "is no expression"),
        ("not " * 100 + "1", "more than 40 expressions inside each other"),
        ("1 + " * 100 + "1", "more than 40 expressions inside each other"),
    ],
)
def test_what_cannot_be_worked_out_is_an_error_that_says_why(expression: str, message: str) -> None:
    begin = time.process_time()
    with pytest.raises(ExpressionError) as caught:
        is_true(expression, VALUES)
    assert message in str(caught.value)
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("rate < 1e-4", False),
        ("rate >= 1e-4", False),
        ("not rate < 1e-4", True),
        ("0 < rate < 1", False),
        ("rate < 1e-4 or run == 'r4'", True),
        ("rate * 10 + 1 < 1e-4", False),
        ("1 - rate / 2 < 1e-4 or rate // 2 % 2 == 0", False),
        ("rate == 1", False),
        ("rate != 1", True),
        ("rate is none", True),
        ("rate in [1, 2]", False),
        ("'x' in rate", False),
        ("rate.startswith('r')", False),
        ("rate.upper().startswith('R')", False),
        ("run.startswith('r') and run.upper() == 'R4'", True),
        ("1 < n <= 2 and n * 2 == 4 and run in ['r4']", True),
        ("'r' in run and 'x' not in run", True),
    ],
)
def test_of_an_evaluation_no_comparison_of_sizes_with_a_missing_value_is_true(
    expression: str, expected: bool
) -> None:
    assert is_true_of(expression, {"rate": None, "run": "r4", "n": 2}) is expected


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("rte < 1", "speaks of the column 'rte', which no evaluation has; did you mean 'rate'?"),
        ("n > 'a'", "'>' not supported between instances of 'int' and 'str'"),
        ("n.startswith('a')", "'startswith' needs a text"),
        ("'a' * 1000000000 == run", "'*' needs numbers"),
        ("run['__class__'] == 1", "access to attribute '__class__' of 'str' object is unsafe"),
    ],
)
def test_what_cannot_be_worked_out_of_an_evaluation_is_an_error(expression: str, message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        is_true_of(expression, {"rate": None, "run": "r4", "n": 2})
    assert message in str(caught.value)


@given(st.text(alphabet="an_models<>=()[]{}|.,'\"%*+-/~ 019\\#\n", max_size=40))
def test_any_text_holds_of_an_evaluation_or_not_or_is_an_error_for_the_user(text: str) -> None:
    with suppress(ExpressionError):
        assert is_true_of(text, {**VALUES, "a": None}) in (True, False)


def test_constants_are_told_with_the_names_that_are_compared_with_them() -> None:
    assert compared("run == 'r4'") == (("run", "r4"),)
    assert compared("run in ['r4', 'r8'] and not (epoch != 1 or n > 2)") == (
        ("run", "r4"),
        ("run", "r8"),
        ("epoch", 1),
    )
    assert compared("run == 'r4' and epoch != 1", ("eq",)) == (("run", "r4"),)


def test_the_names_that_nothing_has_are_listed() -> None:
    known = ("n_models", "run")
    assert unknown_names("n_models < 2 and run == 'r4'", known) == ()
    assert unknown_names("b.c > a and n_models in [d.e.f, 'g']", known) == ("a", "b.c", "d.e.f")
    assert unknown_names("run.startswith('x')", known) == ()


def test_expressions_as_deep_as_allowed_are_worked_out() -> None:
    assert is_true("n_models" + "|abs" * 38, VALUES)
    assert is_true("not " * 38 + "n_models", VALUES)
    assert is_true("n_models" + " and n_models" * 38, VALUES)


@given(st.text(alphabet="an_models<>=()[]{}|.,'\"%*+-/~ 019\\\n#", max_size=40))
def test_any_text_holds_or_not_or_is_an_error_for_the_user(text: str) -> None:
    with suppress(ExpressionError):
        assert is_true(text, VALUES) in (True, False)
