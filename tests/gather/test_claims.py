"""The verdicts on a spec's claims, from logs on disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.claims.make import a_claim
from tests.disk import write_design, write_evaluation, write_log
from tests.gather.test_comparisons import LOGS
from tests.gather.test_gather import gathered
from vizspec.claims.record import CaseVerdict, ClaimOutcome, Verdict
from vizspec.errors import Problems
from vizspec.gather.claims import adjusted
from vizspec.spec.model import Spec


def a_spec(*claims: dict[str, Any], **sections: Any) -> Spec:
    return Spec.model_validate({"vizspec": 1, **LOGS, "claims": list(claims), **sections})


@pytest.fixture
def base(tmp_path: Path) -> Path:
    for run, right in (("r4", 90), ("r8", 40)):
        write_evaluation(tmp_path / run / "a.eval", [1] * right + [0] * (100 - right), model=f"hf/{run}")
    return tmp_path


BETTER = {"id": "higher", "of": {"run": "r4"}, "is": "better", "than": {"run": "r8"}}


def test_a_claim_is_judged_on_the_samples(base: Path) -> None:
    (verdict,) = gathered(a_spec(BETTER), base).verdicts
    assert (verdict.id, verdict.outcome, verdict.metric) == (
        "higher",
        ClaimOutcome.CONFIRMED,
        "match/accuracy",
    )
    assert verdict.sentence == "on Match Accuracy, r4 is better than r8, on the same samples"
    assert verdict.p_adjusted is not None


def test_a_threshold_is_judged_by_the_estimate(base: Path) -> None:
    spec = a_spec({"id": "good", "of": {"run": "r4"}, "is": "at_least", "value": 0.8})
    (verdict,) = gathered(spec, base).verdicts
    assert (verdict.outcome, verdict.cases[0].method) == (ClaimOutcome.CONFIRMED, "wilson")


def test_a_claim_at_its_own_level(base: Path) -> None:
    (verdict,) = gathered(a_spec({**BETTER, "level": 0.9}), base).verdicts
    assert verdict.cases[0].level == 0.9


def test_a_metric_that_no_log_has_is_not_testable(base: Path) -> None:
    (verdict,) = gathered(a_spec({**BETTER, "metric": "includes"}), base).verdicts
    assert (verdict.outcome, verdict.reason) == (
        ClaimOutcome.NOT_TESTABLE,
        "no log has the metric 'includes'",
    )


def test_logs_of_a_header_alone_are_judged_by_what_they_store(tmp_path: Path) -> None:
    for run in ("r4", "r8"):
        write_log(tmp_path / run / "a.eval", model=f"hf/{run}")
    (verdict,) = gathered(a_spec(BETTER), tmp_path).verdicts
    assert verdict.outcome is ClaimOutcome.INCONCLUSIVE
    assert verdict.cases[0].note == "by what the logs store, not on the same samples: a log holds no samples"


def test_checkpoints_are_meant_where_a_claim_names_epochs(tmp_path: Path) -> None:
    for epoch, right in ((0, 40), (1, 90)):
        path = tmp_path / "r4" / f"{epoch}.eval"
        write_evaluation(path, [1] * right + [0] * (100 - right), metadata={"epoch": epoch}, model="hf/r4")
    claim = {"id": "learns", "of": {"epoch": 1}, "is": "better", "than": {"epoch": 0}, "for_each": "run"}
    (verdict,) = gathered(a_spec(claim), tmp_path).verdicts
    assert (verdict.outcome, verdict.cases[0].value) == (ClaimOutcome.CONFIRMED, 0.5)


def test_a_filter_that_cannot_be_worked_out_is_told_at_its_place(base: Path) -> None:
    with pytest.raises(Problems) as raised:
        gathered(a_spec({**BETTER, "where": "run < 3"}), base)
    assert [problem.loc for problem in raised.value.problems] == [("claims", 0, "where")]


def test_p_values_of_directions_are_adjusted_over_all_claims() -> None:
    def verdict(p: float, value: float) -> Verdict:
        return Verdict(
            "c", "", "", ClaimOutcome.CONFIRMED, (CaseVerdict("", ClaimOutcome.CONFIRMED, value, p=p),)
        )

    claims = [a_claim(), a_claim("worse"), a_claim("at_least", value=1), a_claim()]
    found = adjusted(
        claims, [verdict(0.02, 0.1), verdict(0.04, -0.1), verdict(0.01, 0.1), verdict(0.5, -0.1)]
    )
    assert [one.p_adjusted for one in found] == pytest.approx([0.03, 0.04, None, 0.75])


def test_planned_evaluations_without_a_log_are_not_testable_by_name(tmp_path: Path) -> None:
    write_design(tmp_path, ["r4", "r8"], ["capitals", "rivers"])
    for run, right in (("r4", 90), ("r8", 40)):
        write_evaluation(tmp_path / run / "a.eval", [1] * right + [0] * (100 - right), model=f"hf/{run}")
    write_evaluation(tmp_path / "r8" / "b.eval", [1] * 40 + [0] * 60, task="rivers", model="hf/r8")
    low_claim = {"id": "low", "of": {"run": "r4"}, "is": "at_most", "value": 0.2, "for_each": "task"}
    both, low = gathered(a_spec({**BETTER, "for_each": "task"}, low_claim), tmp_path).verdicts
    assert [(case.name, str(case.outcome), case.reason) for case in both.cases] == [
        ("capitals", "Confirmed", None),
        ("rivers", "Not testable", "no log of r4 on rivers can be shown"),
    ]
    assert (both.outcome, low.outcome) == (ClaimOutcome.INCONCLUSIVE, ClaimOutcome.VIOLATED)


def test_what_the_spec_leaves_out_is_not_missed(tmp_path: Path) -> None:
    write_design(tmp_path, ["r4", "r8"], ["capitals", "rivers"])
    for run, right in (("r4", 90), ("r8", 40)):
        write_evaluation(tmp_path / run / "a.eval", [1] * right + [0] * (100 - right), model=f"hf/{run}")
    spec = a_spec(
        {**BETTER, "for_each": "task"}, data={"logs": "{run}/*.eval", "where": "task == 'capitals'"}
    )
    (verdict,) = gathered(spec, tmp_path).verdicts
    assert [case.name for case in verdict.cases] == ["capitals"]


def test_combinations_are_called_as_views_call_them(tmp_path: Path) -> None:
    for run, right in (("r4", 90), ("r8", 40)):
        for task, label in (("capitals", "Capitals of Europe"), ("rivers", "Rivers")):
            path, values = tmp_path / run / f"{task}.eval", [1] * right + [0] * (100 - right)
            write_evaluation(path, values, task, model=f"hf/{run}", task_args={"vis_label": label})
    (verdict,) = gathered(a_spec({**BETTER, "for_each": "task"}), tmp_path).verdicts
    assert [case.name for case in verdict.cases] == ["Capitals of Europe", "Rivers"]


def test_evaluations_of_different_data_sets_test_no_claim_that_names_none(tmp_path: Path) -> None:
    for run, right, name in (("r4", 90, "old"), ("r8", 40, "new")):
        values = [1] * right + [0] * (100 - right)
        write_evaluation(tmp_path / run / "a.eval", values, model=f"hf/{run}", dataset={"name": name})
    named = {**BETTER, "id": "named", "of": {"dataset": "old"}, "than": {"dataset": "new"}}
    plain, other = gathered(a_spec(BETTER, named), tmp_path).verdicts
    assert (
        plain.cases[0].reason == "its evaluations are of different data sets: capitals (new), capitals (old)"
    )
    assert other.outcome is not ClaimOutcome.NOT_TESTABLE
