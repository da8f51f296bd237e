"""The effects of factors and checkpoints, from logs on disk."""

from __future__ import annotations

from pathlib import Path

from tests.disk import write_log
from tests.gather.test_comparisons import LOGS, write
from tests.gather.test_gather import gathered
from tests.samples.logs import write_eval
from vizspec.spec.model import Spec


def test_the_effect_of_the_checkpoint_is_told_though_the_latest_alone_is_shown(tmp_path: Path) -> None:
    for epoch in (0, 1):
        write(tmp_path, "r4", [1] * (20 + 10 * epoch) + [0] * (20 - 10 * epoch), metadata={"epoch": epoch})
    write(tmp_path, "r8", [1] * 20 + [0] * 20, metadata={"epoch": 1})
    (effect,) = gathered(Spec.model_validate({"vizspec": 1, **LOGS}), tmp_path).comparisons.effects
    assert (effect.column, effect.high, effect.low, effect.value) == ("epoch", "1", "0", 0.25)


def test_a_factor_that_a_view_shows_is_told_of_in_logs_of_a_header_alone(tmp_path: Path) -> None:
    for place, hint in enumerate((True, False)):
        write_log(tmp_path / f"{place}.eval", task_args={"hint": hint})
    view = {"view": "scores_by_factor", "factor": "task_args.hint"}
    spec = Spec.model_validate({"vizspec": 1, "data": {"logs": ["*.eval"]}, "views": [view]})
    (effect,) = gathered(spec, tmp_path).comparisons.effects
    assert (effect.column, effect.pairs, effect.is_shown) == ("task_args.hint", 1, False)
    assert effect.unpaired == "0.eval holds no samples"


def test_a_factor_of_which_no_effect_can_be_told_has_the_reason(tmp_path: Path) -> None:
    for place, hint in enumerate((True, False)):
        write_log(tmp_path / f"{place}.eval", task=f"task{place}", task_args={"hint": hint})
    view = {"view": "scores_by_factor", "factor": "task_args.hint"}
    spec = Spec.model_validate({"vizspec": 1, "data": {"logs": ["*.eval"]}, "views": [view]})
    found = gathered(spec, tmp_path).comparisons
    reason = "no two evaluations on one task differ in it and are alike in all else"
    assert (found.effects, [one.reason for one in found.no_effects]) == ((), [reason])


def test_the_checkpoints_of_a_lone_run_have_an_effect(tmp_path: Path) -> None:
    for epoch in (0, 1):
        write(tmp_path, "r4", [1] * (10 + 25 * epoch) + [0] * (30 - 25 * epoch), metadata={"epoch": epoch})
    facts = gathered(Spec.model_validate({"vizspec": 1, **LOGS}), tmp_path)
    assert len(facts.cells) == 1
    (effect,) = facts.comparisons.effects
    assert (effect.column, effect.high, effect.low, effect.is_shown) == ("epoch", "1", "0", True)


def test_the_clusters_of_checkpoints_that_are_not_shown_are_read_too(tmp_path: Path) -> None:
    error = {"name": "stderr", "value": 0.1, "params": {"cluster": "document"}}
    for epoch, right in ((0, 20), (1, 30)):
        samples = [
            {
                "id": n,
                "epoch": 1,
                "scores": {"match": {"value": int(n < right)}},
                "metadata": {"document": n // 4},
            }
            for n in range(40)
        ]
        metrics = {"accuracy": {"name": "accuracy", "value": right / 40}, "stderr": error}
        score = {"name": "match", "scorer": "match", "scored_samples": 40, "metrics": metrics}
        path = tmp_path / "r4" / f"{epoch}.eval"
        path.parent.mkdir(exist_ok=True)
        write_eval(path, samples, scores=[score], created="2026-01-29T10:00:00Z", metadata={"epoch": epoch})
    found = gathered(Spec.model_validate({"vizspec": 1, **LOGS}), tmp_path).comparisons
    assert found.no_effects == ()
    assert [(effect.column, effect.value, effect.unpaired) for effect in found.effects] == [
        ("epoch", 0.25, None)
    ]
