"""What only the samples of a log tell: invalidations, and how many have a score."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from typing import Any

from vizspec.logs.header import EvalSpec, Header, Logged, Results, ScoreEntry
from vizspec.logs.sample_counts import counts_of

PROVENANCE = {"author": "me", "reason": "wrong prompt"}


def a_header(invalidated: bool = False, **results: Any) -> Header:
    spec = EvalSpec(created="2026-01-29T10:00:00Z", task="income", model="hf/1B")
    return Header(eval=spec, version=2, status="success", results=Results(**results), invalidated=invalidated)


def a_zip(samples: list[dict[str, Any]], summaries: object = None) -> BytesIO:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        if summaries is not None:
            archive.writestr("summaries.json", json.dumps(summaries))
        for at, sample in enumerate(samples):
            archive.writestr(f"samples/{at}_epoch_1.json", json.dumps(sample))
    return file


def test_invalidated_samples_are_counted_once_whatever_their_repeats() -> None:
    samples: list[dict[str, Any]] = [
        {"id": 1, "invalidation": PROVENANCE},
        {"id": 1, "invalidation": PROVENANCE},
        {"id": 2},
    ]
    assert counts_of(a_zip(samples, []), a_header(invalidated=True), is_json=False) == Logged(2, 1, [])


def test_samples_with_a_score_are_counted_where_the_header_does_not_count_them() -> None:
    entries = [ScoreEntry("match"), ScoreEntry("tone", "judge")]
    samples: list[dict[str, Any]] = [
        {"id": 1, "scores": {"match": {"value": "C"}, "judge": {"value": {"tone": 0.5}}}},
        {"id": 2, "scores": {"match": {"value": float("nan")}, "judge": {"value": {"tone": None}}}},
        {"id": 3, "scores": None},
    ]
    header = a_header(scores=entries)
    text = BytesIO(json.dumps({"samples": samples}).encode())
    assert counts_of(text, header, is_json=True) == Logged(3, 0, [1, 1])
    assert counts_of(a_zip([], samples), header, is_json=False) == Logged(3, 0, [1, 1])


def test_nothing_is_read_where_the_header_tells_all() -> None:
    whole = a_header(scores=[ScoreEntry("match", scored_samples=3)], total_samples=4, completed_samples=3)
    assert counts_of(BytesIO(b"no log"), whole, is_json=True) is None


def test_samples_that_cannot_be_read_count_nothing() -> None:
    assert counts_of(BytesIO(b"no log"), a_header(invalidated=True), is_json=True) is None
    assert counts_of(a_zip([{"id": []}]), a_header(invalidated=True), is_json=False) is None
