"""What outputs are made of, by hash."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from vizspec.manifest.inputs import InputFile, LogInput, inputs_of, json_sha256
from vizspec.spec.model import Spec


def a_spec(*views: dict[str, Any], **sections: Any) -> Spec:
    return Spec.model_validate({"vizspec": 1, "views": list(views), **sections})


BY_TASK = {"view": "scores_by_task"}
HEATMAP = {"view": "scores_heatmap"}


def test_a_changed_entry_changes_its_hash_and_no_other() -> None:
    before = inputs_of(a_spec(BY_TASK, HEATMAP)).entries
    after = inputs_of(a_spec({**BY_TASK, "height": 300}, HEATMAP)).entries
    assert before[0].sha256 != after[0].sha256
    assert before[1] == after[1]


def test_entries_are_named_as_in_the_plan() -> None:
    entries = inputs_of(a_spec(BY_TASK, BY_TASK)).entries
    assert [(entry.place, entry.id) for entry in entries] == [(0, "scores_by_task"), (1, "scores_by_task_2")]


def test_a_changed_section_changes_its_hash_and_no_other() -> None:
    before = inputs_of(a_spec()).settings
    after = inputs_of(a_spec(metrics={"ci": 0.9})).settings
    assert {name for name in before if before[name] != after[name]} == {"metrics"}
    assert "views" not in before


def test_spelling_out_a_default_changes_nothing() -> None:
    spelled = inputs_of(a_spec({**BY_TASK, "metrics": "accuracy"}, output={"directory": "analysis"}))
    assert spelled == inputs_of(a_spec(BY_TASK))


def test_files_are_sorted_and_listed_together() -> None:
    files = [LogInput(name=name, sha256=name) for name in ("b.eval", "a.eval", "x.md")]
    inputs = inputs_of(
        a_spec(),
        spec_file=InputFile(name="analysis.yaml", sha256="1"),
        logs=(files[0], files[1]),
        texts=(files[2],),
    )
    assert [file.name for file in inputs.files] == ["analysis.yaml", "x.md", "a.eval", "b.eval"]


def test_an_absolute_path_is_refused() -> None:
    with pytest.raises(ValidationError, match="absolute"):
        InputFile(name="/home/me/analysis.yaml", sha256="1")


def test_the_order_of_keys_does_not_matter() -> None:
    assert json_sha256({"a": 1, "b": [2]}) == json_sha256({"b": [2], "a": 1})
    assert json_sha256([1, 2]) != json_sha256([2, 1])
