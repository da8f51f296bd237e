"""The positive class must be an option of every log, and the logs must agree on it."""

from __future__ import annotations

from tests.risk.make import log_samples
from vizspec.risk.positive import positive_problems
from vizspec.samples.record import LogSamples

ROW = ("a", 1, 0.2, 0, 1.0, None)


def options(*names: str, orders: tuple[tuple[str, ...], ...] | None = None) -> LogSamples:
    return log_samples(ROW, options=names, orders=orders or (names,))


def test_logs_with_the_same_last_option_agree() -> None:
    assert positive_problems({"x": options("0", "1"), "y": options("0", "1")}, None) == []


def test_logs_that_ask_another_question_have_their_own_positive_class() -> None:
    assert positive_problems({"x": options("0", "1"), "y": options("No", "Yes")}, None) == []


def test_logs_with_turned_options_disagree() -> None:
    [problem] = positive_problems({"x.eval": options("0", "1"), "y.eval": options("1", "0")}, None)
    assert problem.loc == ("metrics", "positive")
    assert problem.message == (
        "the logs disagree on the positive class, their last option: "
        "'1' in x.eval (of '0', '1') and '0' in y.eval (of '1', '0')"
    )
    assert problem.hint


def test_a_positive_class_in_the_spec_settles_it() -> None:
    assert positive_problems({"x": options("0", "1"), "y": options("1", "0")}, "1") == []


def test_samples_of_one_log_may_disagree_too() -> None:
    mixed = options("0", "1", orders=(("0", "1"), ("1", "0")))
    [problem] = positive_problems({"x.eval": mixed}, None)
    assert "the samples of x.eval give the options in different orders" in problem.message
    assert positive_problems({"x.eval": mixed}, "0") == []


def test_a_class_that_is_no_option_is_told_with_the_logs_and_their_options() -> None:
    logs = {f"{n}.eval": options("No", "Yes") for n in range(5)} | {"z.eval": options("0", "1")}
    [problem] = positive_problems(logs, "1")
    assert problem.message == (
        "the positive class '1' is not among the options of 0.eval, 1.eval, 2.eval and 2 more, "
        "which are 'No', 'Yes'"
    )


def test_logs_without_two_options_have_no_say() -> None:
    assert positive_problems({"x": options(), "y": options("A", "B", "C")}, "1") == []
