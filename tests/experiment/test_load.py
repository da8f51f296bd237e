"""Experiment files from disk: warnings at their lines, errors that say what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from vizspec.errors import Problems, UserError, format_problem
from vizspec.experiment.load import EXPERIMENT_FILE, load_experiment


def written(folder: Path, text: str) -> Path:
    path = folder / EXPERIMENT_FILE
    path.write_text(text, encoding="utf-8")
    return path


def test_an_experiment_is_loaded_with_its_warnings_at_their_lines(tmp_path: Path) -> None:
    folder = tmp_path / "rank_study"
    folder.mkdir()
    path = written(folder, "experiment: {question: Why}\nruns:\n  - {name: r4, parameters: 3}\n")
    loaded = load_experiment(path)
    assert loaded.experiment.name == "rank_study"
    assert loaded.yaml.data["experiment"] == {"question": "Why"}
    assert [format_problem(problem).splitlines()[0] for problem in loaded.problems] == [
        f"{path}:1:1: warning: evaluation: this section is missing",
        f"{path}:3:16: warning: runs[0].parameters: expected a mapping, found the number 3",
    ]


def test_a_missing_experiment_says_what_to_run_first(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        load_experiment(tmp_path / EXPERIMENT_FILE)
    assert caught.value.hint is not None
    assert "design step" in caught.value.hint


def test_a_malformed_experiment_is_refused_at_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, "runs:\n  - name: r4\n  - name: r8\n  runs: [\n")
    with pytest.raises(Problems) as caught:
        load_experiment(path)
    (problem,) = caught.value.problems
    assert (problem.file, problem.mark and problem.mark.line) == (str(path), 4)


def test_the_dialect_of_other_peoples_files_is_theirs(tmp_path: Path) -> None:
    path = written(tmp_path, "variables: {lr: [1e-5, 2e-5], balanced: [yes, no]}\n")
    variables = load_experiment(path).experiment.variables
    assert [variable.levels for variable in variables] == [(1e-5, 2e-5), (True, False)]
