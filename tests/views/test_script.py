"""A program of the user's as an output: what it is given, and what identifies it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from tests.make import a_log, some_facts
from vizspec.errors import Problems
from vizspec.plan.plan import Skipped, Step, plan
from vizspec.render.execute import fingerprint
from vizspec.spec.model import Spec
from vizspec.views.entry import Need
from vizspec.views.program import ProgramFile
from vizspec.views.script import Script, numbers

HERE = ProgramFile(Path("/here/figure.py"), "abc")


def planned(programs: dict[str, ProgramFile] | None = None, accuracy: float = 0.8, **entry: Any) -> Any:
    given = {"view": "script", "run": "figure.py", "files": ["a.png"], **entry}
    spec = Spec.model_validate({"vizspec": 1, "views": [given]})
    known = {"figure.py": HERE} if programs is None else programs
    return plan(spec, replace(some_facts([a_log("r4", accuracy=accuracy)]), programs=known)).outputs


def test_a_program_is_given_the_frames_and_names_its_files() -> None:
    (step,) = planned(files=["a.png", "a.svg"])
    assert isinstance(step, Step)
    assert step.files == ("a.png", "a.svg")
    program = step.content.program
    assert (program.name, program.makes, program.seconds) == ("figure.py", ("a.png", "a.svg"), 60)
    (table,) = program.tables
    columns = dict(table.columns)
    assert columns["metric"] == ("match/accuracy",)
    assert columns["value"] == (0.8,)


def test_files_of_different_names_are_outputs_of_their_own_by_one_program() -> None:
    first, second = planned(files=["a.png", "b.png", "a.csv"])
    assert (first.files, second.files) == (("a.png", "a.csv"), ("b.png",))
    assert first.content.program == second.content.program
    assert (first.id, second.id) == ("script:a", "script:b")


def test_another_text_of_the_program_or_other_numbers_make_another_output() -> None:
    (step,) = planned()
    (moved,) = planned({"figure.py": ProgramFile(Path("/elsewhere/figure.py"), "abc")})
    (edited,) = planned({"figure.py": ProgramFile(Path("/here/figure.py"), "def")})
    (changed,) = planned(accuracy=0.5)
    prints = [fingerprint(one, ()) for one in (step, moved, edited, changed)]
    assert prints[0] == prints[1]
    assert len(set(prints)) == 3


def test_a_file_that_another_view_makes_is_a_problem() -> None:
    views = [
        {"view": "scores_by_task", "name": "mine"},
        {"view": "script", "run": "figure.py", "files": ["a.png", "a.csv", "mine.png"]},
    ]
    facts = replace(some_facts([a_log("r4")]), programs={"figure.py": HERE})
    with pytest.raises(Problems) as raised:
        plan(Spec.model_validate({"vizspec": 1, "views": views}), facts)
    (problem,) = raised.value.problems
    assert problem.message.startswith("its file 'mine.png' is also that of views[0]")


def test_a_program_that_is_not_there_is_told() -> None:
    (skip,) = planned({})
    assert isinstance(skip, Skipped)
    assert skip.reason == "there is no program 'figure.py'"


@pytest.mark.parametrize(
    "name", ["../a.png", "a/b.png", "/etc/a.png", "a.exe", "a.html", ".png", "a b.png", "index"]
)
def test_only_plain_names_of_images_and_data_can_be_made(name: str) -> None:
    with pytest.raises(ValidationError, match="no name for a file"):
        Script.model_validate({"view": "script", "run": "figure.py", "files": [name]})


@pytest.mark.parametrize(
    ("frames", "need"),
    [("samples", Need.EVERY_SAMPLE), ("comparisons", Need.SCORES), ("jobs", Need.COMPUTE)],
)
def test_samples_comparisons_and_jobs_are_read_only_where_it_needs_them(frames: str, need: Need) -> None:
    entry = {"view": "script", "run": "figure.py", "files": "a.png"}
    assert Script.model_validate(entry).needs == frozenset()
    assert Script.model_validate({**entry, "needs": frames}).needs == {need}


def test_the_page_shows_the_first_rows_of_what_the_program_was_given() -> None:
    (step,) = planned()
    grid = numbers(step.content)
    assert grid.rows[0][grid.headers.index("value")] == "0.8"
    assert len(grid.rows) == 1
