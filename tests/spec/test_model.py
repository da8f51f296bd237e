"""The language: what is accepted, what it becomes, and that texts are not taken for numbers."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from pydantic import Strict, ValidationError
from pydantic.fields import FieldInfo

from vizspec.parsing.partial import validate_partially
from vizspec.spec.model import SECTIONS, OwnSection, ReportSpec, Spec
from vizspec.spec.schema import models_of
from vizspec.views import KINDS


def spec(**sections: Any) -> Spec:
    return Spec.model_validate({"vizspec": 1, **sections})


def messages(**sections: Any) -> list[str]:
    return [
        problem.message
        for problem in validate_partially(Spec, {"vizspec": 1, **sections}, {"vizspec": 1}).problems
    ]


def test_all_but_the_version_may_be_left_out() -> None:
    assert spec().views == ()
    assert spec().data.epochs == "latest"
    assert isinstance(spec().report, ReportSpec)
    with pytest.raises(ValidationError):
        Spec.model_validate({})


def test_one_text_stands_for_a_list_of_one() -> None:
    made = spec(data={"logs": "logs", "identity": "run"}, output={"formats": "html"})
    assert (made.data.logs, made.data.identity, made.output.formats) == (("logs",), ("run",), ("html",))


@pytest.mark.parametrize(
    ("given", "epochs"), [("all", "all"), (0, (0,)), ([1, 0], (1, 0)), ("latest", "latest")]
)
def test_epochs_are_a_word_a_number_or_a_list(given: Any, epochs: Any) -> None:
    assert spec(data={"epochs": given}).data.epochs == epochs


@pytest.mark.parametrize("positive", ["1", 1, 1.5, True, None])
def test_the_positive_class_keeps_its_type(positive: Any) -> None:
    value = spec(metrics={"positive": positive}).metrics.positive
    assert (value, type(value)) == (positive, type(positive))


def test_false_leaves_the_report_or_its_interpretation_out() -> None:
    assert spec(report=False).report is False
    report = spec(report={"interpretation": False}).report
    assert isinstance(report, ReportSpec)
    assert report.interpretation is False


def test_a_section_may_be_the_users_own() -> None:
    report = spec(report={"sections": ["summary", {"title": "Limits", "text": "Few."}]}).report
    assert isinstance(report, ReportSpec)
    assert report.sections == ("summary", OwnSection(title="Limits", text="Few."))


def test_a_section_that_is_not_known_is_one_mistake() -> None:
    assert messages(report={"sections": ["summry"]}) == ["there is no section 'summry'"]


def test_every_section_is_known_once() -> None:
    assert len(set(SECTIONS)) == len(SECTIONS)


def test_levels_are_the_tables_first_then_the_entries_each_once() -> None:
    views = [{"view": "scores_by_task", "ci": ci} for ci in (0.5, 0.9, 0.5)]
    assert spec(metrics={"ci": 0.9}, views=views).levels() == (0.9, 0.5)


NEEDED: dict[str, Any] = {
    "factor": "rank",
    "x": "rank",
    "y": "a",
    "color": "b",
    "marks": [{"mark": "frame"}],
    "run": "figure.py",
    "files": ["figure.png"],
}
"""A value for each key that some kind of view needs."""


@pytest.mark.parametrize("view", KINDS)
def test_every_kind_of_view_is_an_entry_of_its_own_model(view: str) -> None:
    required = {name for name, key in KINDS[view].entry.model_fields.items() if key.is_required()}
    needed = {name: value for name, value in NEEDED.items() if name in required}
    (entry,) = spec(views=[{"view": view, **needed}]).views
    assert type(entry) is KINDS[view].entry


def test_nothing_can_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        spec().vizspec = 1


NUMBERS = (int, float, bool)


def numbers_in(annotation: Any, strict: bool) -> Iterator[bool]:
    """For each number or truth value in a type: whether a text that spells one is refused."""
    origin = get_origin(annotation)
    if annotation in NUMBERS:
        yield strict
    elif origin is Annotated:
        inner, *metadata = get_args(annotation)
        yield from numbers_in(inner, strict or is_strict(metadata))
    elif origin in (Union, types.UnionType) and str in get_args(annotation):
        return  # a text stays a text
    elif origin in (Union, types.UnionType, tuple, dict):
        for part in get_args(annotation):
            yield from numbers_in(part, strict)
    else:
        assert origin is Literal or isinstance(annotation, type) or annotation in (..., Any, None)


def is_strict(metadata: Any) -> bool:
    """Whether one of an annotation's marks, or of the marks inside one, forbids conversion."""
    return any(
        isinstance(mark, Strict) or (isinstance(mark, FieldInfo) and is_strict(mark.metadata))
        for mark in metadata
    )


LEAVES = [
    (model, name)
    for model in models_of(Spec)
    for name, field in model.model_fields.items()
    if list(numbers_in(field.annotation, is_strict(field.metadata)))
]


@pytest.mark.parametrize(("model", "name"), LEAVES, ids=lambda part: getattr(part, "__name__", part))
def test_a_text_is_never_taken_for_a_number(model: Any, name: str) -> None:
    field = model.model_fields[name]
    assert all(numbers_in(field.annotation, is_strict(field.metadata)))
