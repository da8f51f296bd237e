"""Comparisons and verdicts are worked out once, and known again by what they are made of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.gather.test_comparisons import LOGS, write
from tests.make import a_log, an_experiment
from vizspec.cells.select_logs import select_logs
from vizspec.comparisons.in_texts import InText
from vizspec.gather.answers import key_of
from vizspec.gather.gather import gather
from vizspec.gather.options import Reading
from vizspec.logs.record import Log
from vizspec.spec.model import Spec


def spec(**sections: Any) -> Spec:
    asked = {"comparisons": [{"id": "runs", "among": "run"}]}
    claims = [{"id": "better", "of": {"run": "r4"}, "is": "better", "than": {"run": "r8"}}]
    return Spec.model_validate({"vizspec": 1, **LOGS, **asked, "claims": claims, **sections})


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIZSPEC_CACHE", str(tmp_path / "cache"))
    write(tmp_path, "r4", [1] * 36 + [0] * 4)
    write(tmp_path, "r8", [1] * 20 + [0] * 20)
    return tmp_path


def answers(base: Path, **sections: Any) -> tuple[bool, str]:
    """Whether scores of samples were asked for, and all that comparisons and verdicts tell."""
    asked: list[str] = []
    reading = Reading(lambda what, done, total: asked.append(what))
    wanted = {"metrics": {"include": ["match/*"]}, **sections}
    facts = gather(spec(**wanted), None, base, "ranks", reading)
    return "reading scores" in asked, repr((facts.comparisons, facts.verdicts))


def test_what_is_known_is_not_worked_out_again_and_is_the_same(runs: Path) -> None:
    first = answers(runs)
    again = answers(runs)
    assert (first[0], again[0]) == (True, False)
    assert again[1] == first[1]
    fresh = gather(spec(metrics={"include": ["match/*"]}), None, runs, "ranks", Reading(use_cache=False))
    assert repr((fresh.comparisons, fresh.verdicts)) == first[1]


def test_a_changed_log_is_compared_anew(runs: Path) -> None:
    before = answers(runs)
    write(runs, "r8", [1] * 30 + [0] * 10)
    after = answers(runs)
    assert after[0]
    assert after[1] != before[1]


def test_what_the_answers_do_not_speak_of_changes_nothing(runs: Path) -> None:
    answers(runs)
    views = [{"view": "scores_by_task", "title": "Another title"}]
    assert answers(runs, views=views, name="other", output={"directory": "out"})[0] is False


LOG = a_log("r4")


@pytest.mark.parametrize(
    ("sections", "logs", "in_texts"),
    [
        ({"comparisons": [{"id": "runs", "among": "model"}]}, (LOG,), ()),
        ({"claims": []}, (LOG,), ()),
        ({"metrics": {"ci": 0.9}}, (LOG,), ()),
        ({"metrics": {"positive": "1"}}, (LOG,), ()),
        ({"data": {"labels": {"model": {"1B": "small"}}}}, (LOG,), ()),
        ({"report": False}, (LOG,), ()),
        ({"views": [{"view": "comparisons"}]}, (LOG,), ()),
        ({"views": [{"view": "scores_by_factor", "factor": "task_args.hint"}]}, (LOG,), ()),
        ({}, (replace(LOG, sha256="ab"),), ()),
        ({}, (replace(LOG, named_beside="rivers"),), ()),
        ({}, (LOG, a_log("r8")), ()),
        ({}, (LOG,), (InText("match", "r4", "r8"),)),
    ],
)
def test_all_that_answers_are_made_of_is_in_their_key(
    sections: dict[str, Any], logs: tuple[Log, ...], in_texts: tuple[InText, ...]
) -> None:
    assert key_of(spec(**sections), None, select_logs(logs), in_texts) != key_of(
        spec(), None, select_logs([LOG])
    )


def test_the_design_is_in_the_key_too() -> None:
    selected = select_logs([LOG])
    keys = {key_of(spec(), design, selected) for design in (None, an_experiment(), an_experiment(("r4",)))}
    assert len(keys) == 3


def test_what_was_kept_back_is_asked_for_again(runs: Path) -> None:
    log = runs / "r8" / "a.eval"
    content = log.read_bytes()

    def lose(what: str, done: int, total: int) -> None:
        if what == "reading logs" and done == total:
            log.unlink(missing_ok=True)

    gather(spec(metrics={"include": ["match/*"]}), None, runs, "ranks", Reading(lose))
    log.write_bytes(content)
    assert answers(runs)[0]
