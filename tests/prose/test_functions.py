"""What texts may ask for: each answer as the tables have it, each refusal with a next step."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.prose.make import NUMBERS
from vizspec.parsing.template_calls import FUNCTIONS
from vizspec.prose.functions import EXAMPLES, Functions, Noted
from vizspec.prose.numbers import ClaimNumbers, Numbers


def ask(name: str, *given: Any, numbers: Numbers = NUMBERS, **named: Any) -> str:
    """The answer to a call that can be answered."""
    functions = Functions(numbers)
    answer = functions.by_name()[name](*given, **named)
    assert functions.noted == []
    return answer


def refusal(name: str, *given: Any, is_markdown: bool = True, **named: Any) -> tuple[str, str | None]:
    """What is said of a call that cannot be answered; a remark stands in its place."""
    functions = Functions(NUMBERS, is_markdown)
    remark = functions.by_name()[name](*given, **named, place_=7)
    (noted,) = functions.noted
    assert noted == Noted(7, noted.message, noted.hint)
    assert remark.startswith("*(unknown: " if is_markdown else "(unknown)")
    return noted.message, noted.hint


def test_every_function_has_an_example() -> None:
    assert tuple(EXAMPLES) == tuple(Functions(NUMBERS).by_name()) == FUNCTIONS


def test_a_value_and_its_interval_are_those_of_the_tables() -> None:
    assert ask("value", "match", model="forest", task="Size") == "0.850"
    assert ask("interval", "match", model="forest", task="Size") == "0.752–0.914"
    assert ask("value", "auc_score", model="forest", task="Size") == "0.930"


def test_levels_are_meant_however_they_are_spelled() -> None:
    assert ask("value", "match/accuracy", run="logistic_tuned", task="surface", epoch="1") == "0.875"
    assert ask("value", "match", model="FOREST", vis_label="Size") == "0.850"


def test_a_difference_is_that_of_the_comparison_whichever_side_comes_first() -> None:
    assert ask("difference", "match", "forest", "logistic", task="Size") == "+0.150 (95 % CI 0.033 to 0.263)"
    turned = ask("difference", "match", of={"model": "logistic"}, than={"model": "forest"}, task="Size")
    assert turned == "-0.150 (95 % CI -0.263 to -0.033)"


def test_the_best_is_one_or_all_that_cannot_be_told_apart() -> None:
    assert ask("best", "match", task="Size") == "forest"
    assert ask("best", "match", task="Surface") == "forest and logistic"


def test_an_effect_is_the_gain_with_its_interval() -> None:
    assert ask("effect", "epoch") == "+0.042 (95% CI -0.018 to 0.098)"
    assert refusal("effect", "epochs") == ("no effect of 'epochs' is known", "did you mean 'epoch'?")


def test_a_verdict_is_a_word() -> None:
    assert ask("verdict", "forest_leads") == "Inconclusive"


def test_tables_hold_the_rows_that_are_meant() -> None:
    assert ask("table", "estimates", where="task == 'size'", metric="match") == (
        "| Model | Task | Metric | Value | 95% CI | n |\n"
        "| -------- | ---- | -------------- | ----: | ----------: | --: |\n"
        "| forest | Size | Match Accuracy | 0.850 | 0.752–0.914 | 80 |\n"
        "| logistic | Size | Match Accuracy | 0.700 | 0.585–0.795 | 80 |"
    )
    assert ask("table", "comparisons", task="Size").splitlines()[2] == (
        "| forest on Size | logistic on Size | Match Accuracy | +0.150 | 0.033 to 0.263 | 0.012 | 80 |"
    )
    assert "| forest\\_leads" not in ask("table", "claims")
    assert "| forest_leads | Inconclusive | 1 of 2 |" in ask("table", "claims")


def test_a_table_that_is_wide_is_printed_in_parts_as_those_of_the_report() -> None:
    long = {f"claim_{at}": ClaimNumbers("Inconclusive", "s", "0 of 3; least " + "1 " * 60) for at in range(2)}
    functions = Functions(replace(NUMBERS, verdicts=long))
    text = functions.by_name()["table"]("claims")
    assert not [line for line in text.splitlines() if line.startswith("|") and len(line) > 110]
    assert "- **claim_0, Inconclusive**: Numbers: 0 of 3; least 1 1" in text


def test_a_figure_is_its_picture_seen_from_the_text() -> None:
    assert ask("figure", "by_task") == "![Match Accuracy](by%20task.png)"
    functions = Functions(NUMBERS, folder="../")
    assert functions.by_name()["figure"]("by_task") == "![Match Accuracy](../by%20task.png)"


@pytest.mark.parametrize(
    ("call", "message", "hint"),
    [
        (("value", "mtch"), "no log has the metric 'mtch'", "did you mean 'match'?"),
        (("value", "match", {"modl": "forest"}), "there is no column 'modl'", "did you mean 'model'?"),
        (("value", "match", {"model": "forst"}), "no evaluation has model 'forst'", "did you mean 'forest'?"),
        (
            ("value", "match", {"model": "forest"}),
            "it means 2 evaluations, which differ in task, vis_label",
            "name one by task=…",
        ),
        (
            ("value", "auc_score", {"model": "forest", "task": "Surface"}),
            "risk_scorer/auc_score of forest on Surface is not known: the log holds no finite value",
            None,
        ),
        (
            ("interval", "auc_score", {"model": "forest", "task": "Size"}),
            "no interval of risk_scorer/auc_score of forest on Size is known: "
            "a class has one sample: no interval",
            None,
        ),
        (
            ("value", "auc_score", {"model": "logistic", "task": "Size"}),
            "no evaluation (model logistic, task Size) has the metric 'auc_score'",
            None,
        ),
        (
            ("difference", "match", "forest", "logstic", {"task": "Size"}),
            "there is no model or run 'logstic'",
            "did you mean 'logistic'?",
        ),
        (
            ("difference", "auc_score", "forest", "logistic", {"task": "Size"}),
            "forest and logistic are not compared in AUC for task Size",
            "each side has to mean one evaluation, both of one task",
        ),
        (
            ("difference", "match", "forest", "logistic"),
            "it means 2 evaluations, which differ in task, vis_label",
            "name one by task=…",
        ),
        (("verdict", "forest_lead"), "there is no claim 'forest_lead'", "did you mean 'forest_leads'?"),
        (
            ("best", "match"),
            "there are 2 tasks, each with a best of its own",
            "name one by task=…",
        ),
        (("best", "auc_score", {"task": "Size"}), "nothing is ranked by AUC there", None),
        (
            ("best", "match", {"task": "Size", "model": "forest"}),
            "the best of a part of a task's evaluations is not known",
            "name the task alone",
        ),
        (("table", "estimate"), "there is no table 'estimate'", "did you mean 'estimates'?"),
        (
            ("table", "estimates", {"where": "epoch > 7"}),
            "no row of the table of estimates is meant",
            "loosen `where`, or leave it out",
        ),
        (("figure", "by_taks"), "there is no entry 'by_taks' in views", "did you mean 'by_task'?"),
        (
            ("figure", "radar"),
            "the figure 'radar' is not drawn: there are fewer than three tasks",
            None,
        ),
        (
            ("value",),
            "value() missing 1 required positional argument: 'metric'",
            f"as in: {EXAMPLES['value']}",
        ),
    ],
)
def test_what_cannot_be_answered_is_told_with_a_next_step(
    call: tuple[Any, ...], message: str, hint: str | None
) -> None:
    levels = call[-1] if isinstance(call[-1], dict) else {}
    given = call[:-1] if levels else call
    assert refusal(*given, **levels) == (message, hint)


def test_a_title_can_hold_no_table_and_no_figure() -> None:
    assert refusal("table", "estimates", is_markdown=False)[0] == "a title or a caption can hold no table"
    functions = Functions(replace(NUMBERS, figures=None), is_markdown=False)
    assert functions.by_name()["figure"]("by_task") == "(unknown)"


def test_names_are_escaped_where_a_text_is_markdown() -> None:
    leaders = replace(NUMBERS.leaders[0], names=("a*b*",))
    numbers = replace(NUMBERS, leaders=(leaders,))
    assert ask("best", "match", task="Size", numbers=numbers) == "a\\*b\\*"
    assert Functions(numbers, is_markdown=False).by_name()["best"]("match", task="Size") == "a*b*"
