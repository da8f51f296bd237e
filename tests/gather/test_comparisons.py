"""The comparisons of a spec, from its logs on disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.disk import write_evaluation, write_log
from tests.gather.test_gather import gathered
from vizspec.comparisons.in_texts import InText
from vizspec.comparisons.record import Comparisons
from vizspec.errors import Problems
from vizspec.gather.gather import gather
from vizspec.gather.options import Reading
from vizspec.spec.model import Spec

LOGS = {"data": {"logs": "{run}/*.eval"}}


def a_spec(*entries: dict[str, Any], **sections: Any) -> Spec:
    return Spec.model_validate({"vizspec": 1, **LOGS, "comparisons": list(entries), **sections})


def summary_of(found: Comparisons) -> list[tuple[str, str, str, str]]:
    return [
        (table.asked.id, row.name_a, row.name_b, row.method) for table in found.tables for row in table.rows
    ]


def write(base: Path, run: str, values: Sequence[int | None], **named: Any) -> None:
    name = "_".join(str(part) for part in named.get("metadata", {}).values()) or "a"
    write_evaluation(base / run / f"{name}.eval", values, model=f"hf/{run}", **named)


def test_evaluations_are_compared_on_their_samples(tmp_path: Path) -> None:
    write(tmp_path, "r4", [1] * 36 + [0] * 4)
    write(tmp_path, "r8", [1] * 20 + [0] * 20)
    found = gathered(a_spec({"id": "runs", "among": "run"}), tmp_path).comparisons
    assert summary_of(found) == [("runs", "r4", "r8", "tango")]
    (row,) = found.tables[0].rows
    assert (row.wins, row.losses, row.ties) == (16, 0, 24)
    assert row.is_separate()


def test_no_sample_is_read_where_nothing_is_compared_and_no_metric_of_the_samples_is_included(
    tmp_path: Path,
) -> None:
    write(tmp_path, "r4", [1, 0])
    asked: list[str] = []
    reading = Reading(lambda what, done, total: asked.append(what), use_cache=False)
    metrics = {"include": ["match/*"]}
    spec = Spec.model_validate({"vizspec": 1, **LOGS, "metrics": metrics, "report": False})
    assert gathered(spec, tmp_path, reading).comparisons.tables == ()
    assert "reading scores" not in asked


def test_the_best_of_each_task_is_compared_with_each_other_unasked(tmp_path: Path) -> None:
    write(tmp_path, "r4", [1] * 20 + [0] * 20)
    write(tmp_path, "r8", [1] * 36 + [0] * 4)
    write(tmp_path, "r16", [1] * 30 + [0] * 10)
    facts = gathered(Spec.model_validate({"vizspec": 1, **LOGS}), tmp_path)
    assert facts.comparisons.tables == ()
    found = {(lead.a.run, lead.b.run): (lead.method, lead.samples.shared) for lead in facts.comparisons.leads}
    assert found == {("r8", "r4"): ("tango", 40), ("r8", "r16"): ("tango", 40)}
    best, other = facts.comparisons.leads[0].a, facts.comparisons.leads[0].b
    lead = facts.comparisons.lead(best, other, facts.comparisons.leads[0].metric)
    assert lead is not None
    assert lead.is_separate()
    assert facts.comparisons.lead(other, best, lead.metric) is None


def test_clusters_that_the_spec_states_hold_for_what_the_summary_and_texts_say_too(tmp_path: Path) -> None:
    write(tmp_path, "r4", [1] * 36 + [0] * 4)
    write(tmp_path, "r8", [1] * 20 + [0] * 20)
    asked = {"id": "runs", "among": "run", "cluster": "metadata.patient"}
    in_texts = [InText("match", "r8", "r4")]
    reading = Reading(use_cache=False)
    found = gather(a_spec(asked), None, tmp_path, "ranks", reading, in_texts=in_texts).comparisons
    (row,), (lead,), (in_text,) = found.tables[0].rows, found.leads, found.in_texts
    assert row.no_verdict == lead.no_verdict == in_text.no_verdict
    assert "no patient of its samples" in (row.no_verdict or "")


def test_checkpoints_are_compared_though_the_latest_alone_is_shown(tmp_path: Path) -> None:
    for epoch in (0, 1):
        write(tmp_path, "r4", [1] * (20 + 10 * epoch) + [0] * (20 - 10 * epoch), metadata={"epoch": epoch})
    facts = gathered(a_spec({"id": "epochs", "among": "epoch"}), tmp_path)
    assert len(facts.cells) == 1
    assert summary_of(facts.comparisons) == [("epochs", "epoch 1", "epoch 0", "tango")]


def test_logs_of_a_header_alone_are_told(tmp_path: Path) -> None:
    for run in ("r4", "r8"):
        write_log(tmp_path / run / "a.eval", model=f"hf/{run}")
    (row,) = gathered(a_spec({"id": "runs", "among": "run"}), tmp_path).comparisons.tables[0].rows
    assert (row.is_of_logged, row.samples.is_paired, row.no_verdict) == (True, False, None)
    assert row.note == "by what the logs store, not on the same samples: a log holds no samples"


def test_a_question_that_no_evaluations_answer_is_a_table_with_the_reason(tmp_path: Path) -> None:
    write(tmp_path, "r4", [1, 0])
    (table,) = gathered(a_spec({"id": "runs", "among": "run"}), tmp_path).comparisons.tables
    assert table.rows == ()
    assert table.left_out == ("no two evaluations differ in run and are alike in task",)


def test_a_filter_that_cannot_be_worked_out_is_told_at_its_place(tmp_path: Path) -> None:
    write(tmp_path, "r4", [1, 0])
    write(tmp_path, "r8", [1, 0])
    with pytest.raises(Problems) as raised:
        gathered(a_spec({"id": "runs", "among": "run", "where": "run < 3"}), tmp_path)
    assert [problem.loc for problem in raised.value.problems] == [("comparisons", 0, "where")]


def test_a_copied_log_is_noticed(tmp_path: Path) -> None:
    for run in ("r4", "r8"):
        write(tmp_path, run, [1, 0] * 20)
    found = gathered(Spec.model_validate({"vizspec": 1, **LOGS}), tmp_path).comparisons
    assert found.notable == (
        "r4, r8 on capitals are alike in every score of all 40 samples: is one the copy of another?",
    )


def test_a_difference_that_only_a_text_asks_for_is_compared(tmp_path: Path) -> None:
    for run, right in (("r4", 36), ("r8", 30), ("r16", 20)):
        write(tmp_path, run, [1] * right + [0] * (40 - right))
    spec = a_spec()
    asked = [InText("match", "r8", "r16")]
    facts = gather(spec, None, tmp_path, "ranks", Reading(use_cache=False), in_texts=asked)
    (row,) = facts.comparisons.in_texts
    assert (row.a.run, row.b.run, row.difference, row.method) == ("r8", "r16", 0.25, "tango")
