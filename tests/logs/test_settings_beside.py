"""The task that the settings beside a log name."""

from __future__ import annotations

from pathlib import Path

import pytest

from vizspec.logs.settings_beside import task_named_beside


def a_cell(tmp_path: Path, settings: str | None, name: str = "eval.yaml") -> Path:
    folder = tmp_path / "r4" / "eval" / "words_epoch0"
    (folder / "logs").mkdir(parents=True)
    if settings is not None:
        (folder / name).write_text(settings, encoding="utf-8")
    return folder / "logs" / "a.eval"


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ("task_script: a.py@words\ntask_name: words_terse\n", "words_terse"),
        ("task_name: 'two words'  # as planned\n", "two words"),
        ("nested:\n  task_name: no\n", None),
        (": not yaml [", None),
        (None, None),
    ],
)
def test_the_settings_of_a_cell_name_its_task(
    tmp_path: Path, settings: str | None, named: str | None
) -> None:
    assert task_named_beside(a_cell(tmp_path, settings)) == named


def test_older_settings_have_another_name(tmp_path: Path) -> None:
    assert task_named_beside(a_cell(tmp_path, "task_name: words\n", "eval_config.yaml")) == "words"


def test_settings_that_all_tasks_of_a_run_share_name_none(tmp_path: Path) -> None:
    (tmp_path / "r4" / "eval" / "logs").mkdir(parents=True)
    (tmp_path / "r4" / "eval" / "eval.yaml").write_text("task_name: words\n")
    assert task_named_beside(tmp_path / "r4" / "eval" / "logs" / "a.eval") is None
