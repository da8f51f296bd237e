"""The scores of every sample are read from the cheapest member that has them, once for a log's content."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.samples.logs import write_eval
from vizspec.cache import Cache
from vizspec.samples.kept import content_hash
from vizspec.samples.question_hashes import TRUNCATED, input_hash
from vizspec.samples.read_scores import read_log_scores, read_scores
from vizspec.samples.scored import NoScores, SampleScores


def a_sample(number: int | str, value: Any = "C", epoch: int = 1, **named: Any) -> dict[str, Any]:
    scores = {"match": {"value": value}}
    return {
        "id": number,
        "epoch": epoch,
        "input": f"question {number}",
        "target": "1",
        "scores": scores,
        **named,
    }


def read(path: Path, *metadata: str) -> SampleScores:
    found = read_log_scores(str(path), metadata)
    assert isinstance(found, SampleScores), found
    return found


def test_scores_are_numbers_by_scorer_and_sample(tmp_path: Path) -> None:
    values = ["C", "I", "P", 0.25, True, float("nan"), "no number", [1, 2], None]
    samples = [a_sample(number, value) for number, value in enumerate(values, 1)]
    found = read(write_eval(tmp_path / "a.eval", samples))
    assert found.sample == tuple("123456789")
    assert found.scores == {"match": (1.0, 0.0, 0.5, 0.25, 1.0, None, None, None, None)}


def test_a_sample_with_messages_whose_score_is_no_number_costs_no_other(tmp_path: Path) -> None:
    messages = [{"role": "user", "content": "?"}, {"role": "assistant", "content": []}]
    samples = [a_sample(number, value, messages=messages) for number, value in ((1, float("nan")), (2, 1))]
    found = read(write_eval(tmp_path / "a.eval", samples, members=("header.json", "samples/")))
    assert found.scores == {"match": (None, 1.0)}
    assert found.messages == (2.0, 2.0)


def test_a_score_that_is_a_mapping_is_one_for_each_key(tmp_path: Path) -> None:
    found = read(write_eval(tmp_path / "a.eval", [a_sample(1, {"clear": 1, "true": "C"})]))
    assert found.scores == {"clear": (1.0,), "true": (1.0,)}


def test_a_sample_that_failed_has_no_score(tmp_path: Path) -> None:
    failed = {**a_sample(2), "scores": None, "error": "out of memory"}
    found = read(write_eval(tmp_path / "a.eval", [a_sample(1), {**failed, "scores": {}}]))
    assert found.scores == {"match": (1.0, None)}


def test_each_repeat_is_an_entry_and_a_second_one_of_its_name_is_passed_over(tmp_path: Path) -> None:
    samples = [a_sample(1, 1, epoch=1), a_sample(1, 0, epoch=2), a_sample(1, 0.5, epoch=2)]
    found = read(
        write_eval(tmp_path / "a.eval", samples, epochs=2, members=("header.json", "summaries.json"))
    )
    assert (found.sample, found.epoch, found.scores["match"]) == (("1", "1"), (1, 2), (1.0, 0.0))


def test_summaries_that_cut_an_input_are_not_believed(tmp_path: Path) -> None:
    cut = [{**a_sample(n), "input": f"long{TRUNCATED}"} for n in (1, 2)]
    path = write_eval(tmp_path / "a.eval", cut)
    _replace(path, "samples/1_epoch_1.json", {**a_sample(1), "input": "the long one"})
    assert read(path).question[0] == input_hash("the long one")


def test_summaries_without_choices_are_not_believed_where_samples_have_them(tmp_path: Path) -> None:
    path = write_eval(tmp_path / "a.eval", [a_sample(1)])
    without = read(path).answer
    _replace(path, "samples/1_epoch_1.json", {**a_sample(1), "choices": ["no", "yes"]})
    assert read(path).answer != without


def test_metadata_is_read_by_key_and_every_key_is_named(tmp_path: Path) -> None:
    samples = [a_sample(1, metadata={"patient": 7, "ward": ["b"]}), a_sample(2, metadata={})]
    found = read(write_eval(tmp_path / "a.eval", samples), "patient")
    assert found.metadata == {"patient": (7, None)}
    assert found.metadata_keys == ("patient", "ward")
    assert found.groups("patient", "match") == {}, "a sample without the key is of no group"
    assert read(tmp_path / "a.eval", "ward").metadata == {"ward": ("['b']", None)}


@pytest.mark.parametrize("cut", ["a long text...", "Key removed from summary (> 1k)"])
def test_metadata_that_a_summary_cut_is_read_of_the_sample(cut: str, tmp_path: Path) -> None:
    path = write_eval(tmp_path / "a.eval", [a_sample(1, metadata={"note": cut})])
    _replace(path, "samples/1_epoch_1.json", a_sample(1, metadata={"note": "all of it"}))
    assert read(path, "note").metadata == {"note": ("all of it",)}


def test_messages_are_counted_and_errors_told_in_summaries_and_samples_alike(tmp_path: Path) -> None:
    summary = {**a_sample(1), "message_count": 2, "error": "it broke"}
    path = write_eval(tmp_path / "a.eval", [summary])
    of_summary = read(path)
    whole = {**a_sample(1), "messages": [{"role": "user"}, {"role": "assistant"}]}
    _replace(path, "samples/1_epoch_1.json", {**whole, "error": {"message": "it broke"}})
    _replace(path, "summaries.json", [{**summary, "input": "cut...\n(content truncated)"}])
    of_sample = read(path)
    assert (of_summary.messages, of_summary.error) == ((2,), ("it broke",))
    assert (of_sample.messages, of_sample.error) == ((2,), ("it broke",))


def test_a_json_log_is_read_alike(tmp_path: Path) -> None:
    samples = [a_sample(1), a_sample(2, "I")]
    (tmp_path / "a.json").write_text(json.dumps({"status": "success", "samples": samples}))
    assert read(tmp_path / "a.json") == read(write_eval(tmp_path / "a.eval", samples))


@pytest.mark.parametrize(
    ("status", "samples", "reason"),
    [
        ("error", [a_sample(1)], "did not succeed: its status is 'error'"),
        ("x" * 1000, [], f"did not succeed: its status is '{'x' * 199}…'"),
        ("success", [], "holds no samples"),
    ],
)
def test_why_there_are_no_scores(status: str, samples: list[Any], reason: str, tmp_path: Path) -> None:
    path = write_eval(tmp_path / "a.eval", samples, status=status)
    assert read_log_scores(str(path)) == NoScores(reason)


def test_a_header_alone_holds_no_samples(tmp_path: Path) -> None:
    path = write_eval(tmp_path / "a.eval", [a_sample(1)], members=("header.json",))
    assert read_log_scores(str(path)) == NoScores("holds no samples")


@pytest.mark.parametrize("name", ["a.eval", "a.json"])
def test_a_log_that_is_gone_or_damaged_is_told(name: str, tmp_path: Path) -> None:
    gone = read_log_scores(str(tmp_path / name))
    assert isinstance(gone, NoScores)
    assert "No such file" in gone.reason
    (tmp_path / name).write_bytes(b"{ no log")
    damaged = read_log_scores(str(tmp_path / name))
    assert isinstance(damaged, NoScores)


def test_metadata_longer_than_any_number_is_text_and_can_be_kept(tmp_path: Path) -> None:
    sample = a_sample(1, metadata={"seed": 2**128}, total_time=10**400)
    path = write_eval(tmp_path / "a.eval", [sample])
    for _ in range(2):
        found = read_log_scores(str(path), ("seed",), Cache(tmp_path / "cache"))
        assert isinstance(found, SampleScores)
        assert (found.metadata["seed"], found.seconds) == ((str(2**128),), (None,))


def test_a_scorer_whose_name_would_fill_every_output_is_told(tmp_path: Path) -> None:
    sample = a_sample(1) | {"scores": {"x" * 2000: {"value": "C"}}}
    path = write_eval(tmp_path / "a.eval", [sample])
    assert read_log_scores(str(path)) == NoScores("names a scorer in more than 1,000 characters")


def test_a_repeat_that_is_no_number_of_one_is_told(tmp_path: Path) -> None:
    path = write_eval(tmp_path / "a.eval", [a_sample(1, epoch=10**30)])
    found = read_log_scores(str(path), cache=Cache(tmp_path / "cache"))
    assert isinstance(found, NoScores)
    assert "is not what Inspect writes" in found.reason


def test_a_log_of_one_content_is_read_once(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    path = write_eval(tmp_path / "a.eval", [a_sample(1, metadata={"ward": "b"})])
    first = read_scores([str(path)], cache=cache)
    path.rename(tmp_path / "b.eval")
    assert read_scores([str(tmp_path / "b.eval")], cache=cache) == first
    (with_ward,) = read_scores([str(tmp_path / "b.eval")], ["ward"], cache=cache)
    assert isinstance(with_ward, SampleScores)
    assert with_ward.metadata == {"ward": ("b",)}


def test_what_is_kept_of_a_known_content_is_taken_without_the_log(tmp_path: Path) -> None:
    log, cache = (
        str(write_eval(tmp_path / "a.eval", [a_sample(1, metadata={"group": "x"})])),
        Cache(tmp_path / "c"),
    )
    contents = {log: content_hash(log)}
    (read,) = read_scores([log], ["group"], cache=cache, contents=contents)
    Path(log).unlink()
    assert read_scores([log], ["group"], cache=cache, contents=contents) == [read]
    assert isinstance(read_scores([log], cache=cache, contents=contents)[0], NoScores)


def _replace(path: Path, member: str, content: Any) -> None:
    import zipfile

    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    held[member] = json.dumps(content).encode()
    with zipfile.ZipFile(path, "w", 93) as archive:
        for name, data in held.items():
            archive.writestr(name, data)


def test_numbers_that_a_scorer_compares_answers_and_limits_are_read(tmp_path: Path) -> None:
    compared = {"value": 2, "answer": "12", "metadata": {"prediction": 12.0, "target_value": 10}}
    unread = {"value": "I", "answer": None, "metadata": {"prediction": None, "target_value": 10}}
    samples = [
        a_sample(1, scores={"near": compared}, limit="token"),
        a_sample(2, scores={"near": unread}, limit={"type": "time", "limit": 3}, target=["10"]),
    ]
    found = read(write_eval(tmp_path / "a.eval", samples))
    assert found.pairs == {"near": ((10.0, 12.0), None)}
    assert found.said == {"near": ("12", None)}
    assert found.wanted == ("1", "10")
    assert found.limited() == {"1": "token", "2": "time"}


def test_numbers_are_those_that_the_scorer_tells_else_the_targets_and_the_scores(tmp_path: Path) -> None:
    numbers = {"prediction": 3.5, "target_value": 4.0}
    scores = {"numbers": {"value": 1, "metadata": numbers}, "own": {"value": 7.25}, "letter": {"value": "C"}}
    found = read(write_eval(tmp_path / "a.eval", [a_sample(1, target="8", scores=scores)]))
    assert found.pairs == {"numbers": ((4.0, 3.5),), "own": ((8.0, 7.25),)}
