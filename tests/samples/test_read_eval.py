"""The same predictions come from every member of a log, and the cheapest that has them is read."""

from __future__ import annotations

import json
import math
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.samples.logs import risk_score, sample, write_eval
from vizspec.risk.compare import differences
from vizspec.risk.record import LogRisk
from vizspec.risk.reduce import log_risk
from vizspec.risk.statistics import risk_estimates
from vizspec.samples.read_eval import read_eval
from vizspec.samples.read_inspect import read_inspect
from vizspec.samples.record import LogSamples, Member, NoSamples, Reason

ALL_MEMBERS = ("header.json", "summaries.json", "reductions.json", "samples/")


def test_one_repeat_is_read_from_the_reductions(evaluated: dict[int, Path]) -> None:
    found = read_eval(evaluated[1])
    assert isinstance(found, LogSamples)
    assert found.member is Member.REDUCTIONS
    assert (found.scorer, found.options, found.total, found.epochs) == ("risk_scorer", ("0", "1"), 8, 1)
    assert found.predictions.last[:2] == pytest.approx((0.9, 0.2))
    assert found.predictions.target[:4] == (0, 1, None, 0)
    assert found.predictions.correct[:2] == (0.0, 0.0)
    assert found.predictions.reason[2] == Reason.NO_RISK_SCORE


def test_more_repeats_are_read_from_the_summaries(evaluated: dict[int, Path]) -> None:
    found = read_eval(evaluated[3])
    assert isinstance(found, LogSamples)
    assert found.member is Member.SUMMARIES
    assert found.predictions.epoch[:3] == (1, 2, 3)
    assert len(found.predictions.sample) == 24
    assert sorted((last or 0 for last in found.predictions.last[:3]), reverse=True) == pytest.approx(
        [0.9, 0.81, 0.729]
    )


@pytest.mark.parametrize("epochs", [1, 3])
def test_a_real_log_says_the_same_by_every_way(evaluated: dict[int, Path], epochs: int) -> None:
    found = read_eval(evaluated[epochs])
    ways = [Member.SUMMARIES, Member.SAMPLES] + [Member.REDUCTIONS] * (epochs == 1)
    others = [read_eval(evaluated[epochs], member) for member in ways] + [
        read_inspect(str(evaluated[epochs]))
    ]
    assert isinstance(found, LogSamples)
    for other in others:
        assert isinstance(other, LogSamples)
        assert other.predictions == found.predictions
        assert other.source == found.source


@pytest.mark.parametrize("epochs", [1, 3])
def test_the_metrics_a_real_log_stores_are_what_its_samples_say(
    evaluated: dict[int, Path], epochs: int
) -> None:
    """With repeats Inspect computes them from the first repeat only, and that is told."""
    from inspect_ai.log import read_eval_log

    risk = log_risk(read_eval(evaluated[epochs]))
    assert isinstance(risk, LogRisk)
    estimates = risk_estimates(risk)
    results = read_eval_log(str(evaluated[epochs]), header_only=True).results
    assert results is not None
    [score] = results.scores
    stored = {name: metric.value for name, metric in score.metrics.items()}
    assert len(stored) == len(estimates) == 5
    messages = differences(stored, risk, estimates)
    if epochs == 1:
        assert [one.value for one in estimates] == pytest.approx([stored[one.metric] for one in estimates])
        assert messages == []
    else:
        assert "mean_risk_score" in messages[-1]
        assert "first of the 3 repeats" in messages[-1]


probabilities = st.floats(0, 1, allow_subnormal=False) | st.sampled_from([None, math.nan, 1.5, "x"])
targets = st.sampled_from(["0", "1", 1, 0, "2", None, " 1"])
values = st.sampled_from(["C", "I", 1.0, 0.0])
scores = st.builds(risk_score, probabilities, targets, values) | st.none()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(scores, max_size=6), st.integers(1, 3))
def test_any_log_says_the_same_by_every_way(
    tmp_path: Path, scores: list[dict[str, Any] | None], epochs: int
) -> None:
    samples = [
        sample(number, score, epoch + 1) for number, score in enumerate(scores) for epoch in range(epochs)
    ]
    path = write_eval(tmp_path / "log.eval", samples, epochs=epochs, members=ALL_MEMBERS)
    found = read_eval(path)
    ways = [Member.SUMMARIES, Member.SAMPLES]
    # reductions hold no sample without a score
    ways += [Member.REDUCTIONS] * (epochs == 1 and None not in scores)
    for way in ways:
        other = read_eval(path, way)
        if isinstance(found, NoSamples):
            assert other == found
        else:
            assert isinstance(other, LogSamples)
            assert other.predictions == found.predictions
            assert (other.total, other.options, other.scorer) == (found.total, found.options, found.scorer)


def test_reductions_that_lack_a_sample_are_not_believed(tmp_path: Path) -> None:
    samples = [sample(1, risk_score(0.3)), sample(2, None), sample(3, risk_score(0.6))]
    found = read_eval(write_eval(tmp_path / "log.eval", samples, members=ALL_MEMBERS))
    assert isinstance(found, LogSamples)
    assert found.member is Member.SUMMARIES
    assert found.predictions.reason == (None, Reason.NOT_SCORED, None)


def test_summaries_that_dropped_a_value_are_passed_over(tmp_path: Path) -> None:
    path = write_eval(
        tmp_path / "log.eval", [sample(1, risk_score(0.3)), sample(2, risk_score(0.6))], epochs=2
    )
    _replace(path, "summaries.json", b'{"0": 0.7, "1": 0.3}', b'"Key removed from summary (> 1k)"')
    found = read_eval(path)
    assert isinstance(found, LogSamples)
    assert found.member is Member.SAMPLES
    assert found.predictions.last == (0.3, 0.6)


@pytest.mark.parametrize("metrics", [("auc_score",), ("cruijff_kit/auc_score",), ()])
def test_summaries_without_metadata_are_not_taken_for_a_log_without_risk(
    tmp_path: Path, metrics: tuple[str, ...]
) -> None:
    path = write_eval(
        tmp_path / "log.eval", [sample(1, risk_score(0.3), scorer="mine")], epochs=2, metrics=metrics
    )
    _replace(path, "summaries.json", b'"metadata": {', b'"nothing": {')
    found = read_eval(path)
    assert isinstance(found, LogSamples)
    assert found.member is Member.SAMPLES
    assert found.scorer == "mine"


def test_scores_that_are_bare_nan_in_the_file_are_read(tmp_path: Path) -> None:
    path = write_eval(tmp_path / "log.eval", [sample(1, risk_score(math.nan)), sample(2, risk_score(0.5))])
    with zipfile.ZipFile(path) as archive:
        assert b"NaN" in archive.read("summaries.json")
    found = read_eval(path)
    assert isinstance(found, LogSamples)
    assert found.predictions.reason == (Reason.NOT_A_NUMBER, None)


def test_of_duplicate_samples_the_first_is_used_and_the_others_counted(tmp_path: Path) -> None:
    samples = [sample(1, risk_score(0.3)), sample("1", risk_score(0.9)), sample(2, risk_score(0.6))]
    found = read_eval(write_eval(tmp_path / "log.eval", samples, members=("header.json", "summaries.json")))
    assert isinstance(found, LogSamples)
    assert (found.predictions.last, found.duplicates, found.total) == ((0.3, 0.6), 1, 2)


def test_samples_are_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    samples = [sample(number, risk_score(0.5)) for number in (10, 9, "b", "a", "010")]
    found = read_eval(write_eval(tmp_path / "log.eval", samples))
    assert isinstance(found, LogSamples)
    assert found.predictions.sample == ("9", "010", "10", "a", "b")


def test_a_known_risk_scorer_goes_before_others_and_these_are_named(tmp_path: Path) -> None:
    scores = {name: risk_score(0.5) for name in ("a_scorer", "numeric_risk_scorer", "risk_scorer")}
    both = sample(1, None) | {"scores": scores}
    found = read_eval(write_eval(tmp_path / "log.eval", [both]))
    assert isinstance(found, LogSamples)
    assert (found.scorer, found.other_scorers) == ("risk_scorer", ("numeric_risk_scorer", "a_scorer"))


def test_a_scorer_with_predictions_goes_before_one_without(tmp_path: Path) -> None:
    scores = {"risk_scorer": risk_score(None), "numeric_risk_scorer": risk_score(0.5)}
    found = read_eval(write_eval(tmp_path / "log.eval", [sample(1, None) | {"scores": scores}]))
    assert isinstance(found, LogSamples)
    assert found.scorer == "numeric_risk_scorer"


def test_a_log_without_risk_scores_names_its_scorers(tmp_path: Path) -> None:
    path = write_eval(
        tmp_path / "log.eval", [sample(1, {"value": "C"}, scorer="match")], metrics=("accuracy",)
    )
    found = read_eval(path)
    assert isinstance(found, NoSamples)
    assert found.usable
    assert found.reason == "has no risk scores (its scorers: match)"


def test_options_in_another_order_are_put_in_the_log_s_order(tmp_path: Path) -> None:
    turned = risk_score(0.2, "1", option_probs={"1": 0.8, "0": 0.2})
    samples = [sample(1, risk_score(0.3)), sample(2, risk_score(0.4)), sample(3, turned)]
    found = read_eval(write_eval(tmp_path / "log.eval", samples))
    assert isinstance(found, LogSamples)
    assert found.predictions.last == (0.3, 0.4, 0.8)
    assert found.predictions.target == (1, 1, 1)
    assert found.orders == (("0", "1"), ("1", "0"))


def test_options_of_another_question_are_not_mixed_in(tmp_path: Path) -> None:
    other = risk_score(0.2, "yes", options=("no", "yes"))
    samples = [sample(1, risk_score(0.3)), sample(2, risk_score(0.4)), sample(3, other)]
    found = read_eval(write_eval(tmp_path / "log.eval", samples))
    assert isinstance(found, LogSamples)
    assert found.predictions.reason == (None, None, Reason.OTHER_OPTIONS)


def test_the_source_tells_label_model_and_checkpoint(tmp_path: Path) -> None:
    path = write_eval(
        tmp_path / "log.eval",
        [sample(1, risk_score(0.3))],
        task_args={"vis_label": 16},
        metadata={"epoch": 2},
    )
    source = read_eval(path).source
    assert (source.vis_label, source.model, source.task, source.checkpoint) == ("16", "hf/one", "income", "2")


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    found = read_eval(tmp_path / "none.eval")
    assert found == NoSamples("cannot be read: No such file or directory", is_passing=True)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 0.99])
def test_a_log_cut_off_anywhere_says_so(tmp_path: Path, share: float) -> None:
    path = write_eval(
        tmp_path / "log.eval", [sample(n, risk_score(0.3)) for n in range(5)], members=ALL_MEMBERS
    )
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    found = read_eval(path)
    assert isinstance(found, NoSamples)
    assert "cut off or damaged" in found.reason


def test_a_log_still_being_written_is_unfinished(tmp_path: Path) -> None:
    path = write_eval(tmp_path / "log.eval", [sample(1, risk_score(0.3))], members=("samples/",))
    assert read_eval(path) == NoSamples("is unfinished: it has no header.json")


def test_a_failed_log_is_not_read_however_alive_it_looks(tmp_path: Path) -> None:
    found = read_eval(write_eval(tmp_path / "log.eval", [sample(1, risk_score(0.3))], status="error"))
    assert isinstance(found, NoSamples)
    assert found.reason == "did not succeed: its status is 'error'"


@pytest.mark.parametrize("content", [b'[{"id": null}]', b"[1, 2", b"\xff\xfe"])
def test_a_member_of_another_shape_is_damage(tmp_path: Path, content: bytes) -> None:
    path = write_eval(tmp_path / "log.eval", [sample(1, risk_score(0.3))])
    _rewrite(path, "summaries.json", content)
    found = read_eval(path)
    assert isinstance(found, NoSamples)
    assert "summaries.json is not what Inspect writes" in found.reason


def test_a_member_with_flipped_bytes_is_damage(tmp_path: Path) -> None:
    path = write_eval(tmp_path / "log.eval", [sample(1, risk_score(0.3))])
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("summaries.json")
    data = bytearray(path.read_bytes())
    for place in range(info.header_offset + 60, info.header_offset + 70):
        data[place] ^= 0xFF
    path.write_bytes(data)
    found = read_eval(path)
    assert isinstance(found, NoSamples)
    assert "is damaged: summaries.json" in found.reason


def _replace(path: Path, member: str, old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        content = archive.read(member)
    assert old in content
    _rewrite(path, member, content.replace(old, new))


def _rewrite(path: Path, member: str, content: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    contents[member] = content
    json.loads(contents["header.json"])
    with zipfile.ZipFile(path, "w", compression=93) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
