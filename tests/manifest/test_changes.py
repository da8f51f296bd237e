"""What changed between the inputs of two renders, as values and as sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests.report.make import a_spec
from vizspec.manifest.changes import Change, Event, Subject, changes, worded
from vizspec.manifest.inputs import InputFile, Inputs, LogInput, inputs_of

SHA = "0" * 64
OTHER = "1" * 64
BY_TASK = {"view": "scores_by_task"}


def inputs(*views: dict[str, Any], **parts: Any) -> Inputs:
    logs = tuple(LogInput(name=name, sha256=digest) for name, digest in parts.pop("logs", {}).items())
    versions = parts.pop("versions", (("vizspec", "0.1.0"),))
    return inputs_of(a_spec(views=list(views), **parts), logs=logs, versions=versions)


def sentences(old: Inputs, new: Inputs, places: Sequence[str] = ()) -> list[str]:
    return list(worded(changes(old, new), places))


def test_a_change_is_a_value_with_its_subject_and_place() -> None:
    assert changes(inputs(), inputs(BY_TASK)) == (
        Change(Subject.ENTRY, "scores_by_task", Event.NEW, place=0),
    )
    old, new = inputs(logs={"a": SHA}), inputs(logs={"a": OTHER})
    assert changes(old, new) == (Change(Subject.LOG, "a", Event.REPLACED),)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (inputs(), inputs(metrics={"ci": 0.9}), "'metrics' of the spec changed"),
        (inputs(), inputs(BY_TASK), "views: 'scores_by_task' is new at a.yaml:3"),
        (
            inputs(BY_TASK),
            inputs({**BY_TASK, "title": "x"}),
            "views: 'scores_by_task' is changed at a.yaml:3",
        ),
        (inputs(BY_TASK), inputs(), "views: 'scores_by_task' is gone"),
        (inputs(), inputs(logs={"a": SHA}), "the log 'a' is new"),
        (inputs(logs={"a": SHA}), inputs(), "the log 'a' is gone"),
        (
            inputs(logs=dict.fromkeys("cba", SHA)),
            inputs(logs=dict.fromkeys("abc", OTHER)),
            "the logs were replaced: 3, such as 'a'",
        ),
        (inputs(), inputs(versions=(("vizspec", "0.2.0"),)), "vizspec 0.1.0 became 0.2.0"),
        (
            inputs(),
            inputs(versions=(("vizspec", "0.1.0"), ("pandas", "3"))),
            "pandas not there became 3",
        ),
    ],
)
def test_every_change_between_two_renders_is_a_sentence(old: Inputs, new: Inputs, expected: str) -> None:
    assert sentences(old, new, ["a.yaml:3"]) == [expected]


def test_an_entry_without_a_known_line_is_named_by_its_place() -> None:
    assert sentences(inputs(), inputs(BY_TASK)) == ["views: 'scores_by_task' is new at views[0]"]


def test_the_experiment_is_an_input() -> None:
    old = inputs().model_copy(update={"experiment": InputFile(name="e.yaml", sha256=SHA)})
    new = inputs().model_copy(update={"experiment": InputFile(name="e.yaml", sha256=OTHER)})
    assert sentences(old, new) == ["the experiment 'e.yaml' was replaced"]
    assert sentences(inputs(), new) == ["the experiment 'e.yaml' is new"]


def test_another_order_of_entries_makes_what_follows_it_stale() -> None:
    one, two = {**BY_TASK, "id": "one"}, {**BY_TASK, "id": "two"}
    assert sentences(inputs(one, two), inputs(two, one)) == ["views: their order changed"]
    assert sentences(inputs(one, two), inputs(two)) == ["views: 'one' is gone"]


def test_a_name_that_comes_of_the_folder_alone_is_told_with_the_key_that_keeps_it() -> None:
    spec = a_spec()
    here = inputs_of(spec, name="caps", is_name_of_folder=True)
    copy = inputs_of(spec, name="caps-2", is_name_of_folder=True)
    why = "its name is its folder's, 'caps-2', and was 'caps': give `name: caps`"
    assert sentences(here, copy) == [why]
    assert sentences(here, inputs_of(spec, name="hats")) == ["'name' of the spec changed"]
    assert all(change.is_of_display for change in changes(here, copy))
