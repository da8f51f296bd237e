"""What a spec names outside of its repository, and that a spec that is not trusted gets none of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.disk import write_log
from vizspec.errors import Problems, UserError, path_text
from vizspec.gather.options import Reading
from vizspec.render.pipeline import make_plan
from vizspec.render.plan_remarks import reach_of
from vizspec.spec.open import open_spec
from vizspec.spec.reach import all_leading_out, home_of

LOGS = {"logs": ["logs/*.eval"]}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with an experiment, beside a folder with secrets."""
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key.md").write_text("a secret")
    write_log(tmp_path / "secret" / "a.eval")
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    write_log(tmp_path / "repository" / "exp" / "logs" / "a.eval")
    return tmp_path / "repository"


def written(repository: Path, **sections: Any) -> Path:
    path = repository / "exp" / "analysis.yaml"
    path.write_text(yaml.safe_dump({"vizspec": 1, "data": LOGS, "views": [], **sections}))
    return path


def test_the_home_of_a_spec_is_its_repository_else_its_folder(repository: Path, tmp_path: Path) -> None:
    assert home_of(repository / "exp" / "analysis.yaml") == repository
    assert home_of(tmp_path / "analysis.yaml") == tmp_path


@pytest.mark.parametrize(
    ("sections", "place"),
    [
        ({"report": {"interpretation": "../../secret/key.md"}}, "report.interpretation"),
        ({"report": {"template": "/etc/passwd"}}, "report.template"),
        (
            {"report": {"sections": [{"title": "T", "file": "/etc/passwd"}]}},
            "report.sections[0].file",
        ),
        ({"views": [{"view": "compute_utilization", "from": "../../secret/key.md"}]}, "views[0].from"),
        ({"data": {"logs": ["../../secret/*.eval"]}}, "data.logs[0]"),
        ({"data": {"logs": ["file:///etc/*.eval"]}}, "data.logs[0]"),
        ({"data": {"logs": ["logs/*.eval", "http://example.org/a.eval"]}}, "data.logs[1]"),
        ({"data": {"logs": ["*/../../../secret/*.eval"]}}, "data.logs[0]"),
        ({"output": {"directory": "../../secret"}}, "output.directory"),
    ],
)
def test_what_lies_outside_is_refused_of_a_spec_that_is_not_trusted(
    sections: Mapping[str, Any], place: str, repository: Path
) -> None:
    path = written(repository, **sections)
    with pytest.raises(Problems) as raised:
        open_spec(path, is_trusted=False)
    (problem,) = raised.value.problems
    assert path_text(problem.loc) == place
    assert problem.mark is not None
    assert "leads out of the folder" in problem.message or "is an address" in problem.message


def test_an_experiment_outside_is_not_even_read(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "secret" / "experiment_summary.yaml").write_text("secret: [")
    path = written(repository, experiment="../../secret")
    with pytest.raises(Problems) as raised:
        open_spec(path, is_trusted=False)
    assert {path_text(problem.loc) for problem in raised.value.problems} == {"experiment"}
    assert all(problem.file == str(path) for problem in raised.value.problems)


@pytest.mark.parametrize(
    "link", ["interpretation.md", "logs/analyze-experiment.log", "run-inspect.log", "analysis"]
)
def test_a_link_that_leads_out_is_refused(link: str, repository: Path) -> None:
    (repository / "exp" / link).symlink_to(repository.parent / "secret")
    path = written(repository, report={"interpretation": "interpretation.md"})
    with pytest.raises(Problems, match="leads out of the folder"):
        open_spec(path, is_trusted=False)


def test_a_spec_that_is_a_link_out_is_refused(repository: Path) -> None:
    (repository / "exp" / "analysis.yaml").symlink_to(repository.parent / "secret" / "key.md")
    with pytest.raises(UserError, match="is a link that leads out"):
        open_spec(repository / "exp", is_trusted=False)


def test_logs_that_links_lead_to_out_there_are_told_and_refused_without_trust(repository: Path) -> None:
    (repository / "exp" / "logs" / "b.eval").symlink_to(repository.parent / "secret" / "a.eval")
    path = written(repository)
    with pytest.raises(UserError, match=r"the log 'logs/b.eval' leads out of the folder"):
        make_plan(open_spec(path, is_trusted=False), Reading(use_cache=False))
    opened = open_spec(path)
    facts, _ = make_plan(opened, Reading(use_cache=False))
    (warning,) = reach_of(opened, facts)
    assert warning == f"data.logs: 1 log out of the folder '{repository}', such as 'logs/b.eval'"


def test_a_spec_that_keeps_to_its_repository_needs_no_trust(repository: Path) -> None:
    (repository / "shared.md").write_text("Good.")
    path = written(repository, report={"interpretation": "../shared.md"})
    opened = open_spec(path, is_trusted=False)
    facts, _ = make_plan(opened, Reading(use_cache=False))
    assert (opened.outside, reach_of(opened, facts)) == ((), ())


def test_a_plan_tells_what_lies_outside(repository: Path) -> None:
    opened = open_spec(written(repository, report={"interpretation": "../../secret/key.md"}))
    facts, _ = make_plan(opened, Reading(use_cache=False))
    assert reach_of(opened, facts) == (
        f"report.interpretation: '../../secret/key.md' leads out of the folder '{repository}'",
    )


def test_of_many_places_those_are_told_that_a_folder_or_a_link_leads_out_by(tmp_path: Path) -> None:
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    for folder in (home / "run", elsewhere):
        folder.mkdir(parents=True)
        (folder / "a.eval").touch()
    (home / "run" / "b.eval").symlink_to(elsewhere / "a.eval")
    (home / "linked").symlink_to(elsewhere)
    (elsewhere / "back.eval").symlink_to(home / "run" / "a.eval")
    places = ["run/a.eval", "run/b.eval", "linked/a.eval", "linked/back.eval", "../elsewhere/a.eval"]
    assert list(all_leading_out(home, places, home)) == ["run/b.eval", "linked/a.eval", "../elsewhere/a.eval"]
