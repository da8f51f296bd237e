"""Samples are read where the results of the logs do not tell enough."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.gather.test_gather import gathered
from tests.samples.logs import write_eval
from vizspec.gather.options import Reading
from vizspec.spec.model import Spec
from vizspec.statistics.method import Method

SPEC = Spec.model_validate({"vizspec": 1, "data": {"logs": "*.eval"}, "report": False})
WITHOUT_CACHE = Reading(use_cache=False)


def write(folder: Path, metrics: dict[str, dict[str, Any]], **spec: Any) -> None:
    """Eight samples of two subjects, two and two of one document."""
    samples = [
        {
            "id": at,
            "epoch": 1,
            "target": "1",
            "scores": {"match": {"value": "I" if at == 7 else "C"}},
            "metadata": {"subject": "law" if at < 2 else "art", "document": at // 2},
            "limit": "token" if at == 0 else None,
        }
        for at in range(8)
    ]
    entry = {"name": "match", "scorer": "match", "scored_samples": 8, "metrics": metrics}
    write_eval(folder / "a.eval", samples, scores=[entry], created="2026-01-29T10:00:00Z", **spec)


def grouped(name: str, value: float) -> dict[str, Any]:
    params = {"metric": {"type": "metric", "name": "accuracy"}, "group_key": "subject"}
    return {"name": name, "group": "grouped", "value": value, "params": params}


def test_the_samples_of_groups_are_counted(tmp_path: Path) -> None:
    write(tmp_path, {"law": grouped("law", 1.0), "art": grouped("art", 5 / 6), "all": grouped("all", 7 / 8)})
    rows = gathered(SPEC, tmp_path, WITHOUT_CACHE).table.rows
    assert [(row.metric.name, row.n, row.method) for row in rows] == [
        ("all", 8, Method.WILSON),
        ("law", 2, Method.WILSON),
        ("art", 6, Method.WILSON),
    ]


def test_samples_that_a_limit_ended_are_told_of(tmp_path: Path) -> None:
    config = {"epochs": 1, "token_limit": 100}
    write(tmp_path, {"accuracy": {"name": "accuracy", "value": 7 / 8}}, config=config)
    assert "1 of 8 samples of 'a.eval' was ended by a limit (token 1)" in gathered(SPEC, tmp_path).warnings


def test_answers_to_samples_of_two_classes_are_a_classification(tmp_path: Path) -> None:
    samples = [
        {"id": at, "epoch": 1, "target": "yes" if at < 4 else "no", "scores": {"match": {"value": value}}}
        for at, value in enumerate("CCCICCII")
    ]
    metrics = {"accuracy": {"name": "accuracy", "value": 5 / 8}}
    entry = {"name": "match", "scorer": "match", "scored_samples": 8, "metrics": metrics}
    write_eval(tmp_path / "a.eval", samples, scores=[entry], created="2026-01-29T10:00:00Z")
    table = gathered(SPEC, tmp_path, WITHOUT_CACHE).table
    values = {row.metric.name: row.value for row in table.rows if row.metric.family == "classification"}
    assert (values["recall"], values["specificity"], values["base_rate"]) == (0.75, 0.5, 0.5)
    of_no = SPEC.model_copy(update={"metrics": SPEC.metrics.model_copy(update={"positive": "no"})})
    rows = gathered(of_no, tmp_path, WITHOUT_CACHE).table.rows
    assert [row.value for row in rows if row.metric.id == "classification/recall"] == [0.5]
