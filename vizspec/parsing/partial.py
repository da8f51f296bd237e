"""Validates our own file as far as it goes: what does not fit is left out, and the rest can be checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from vizspec.errors import Loc, Problem
from vizspec.parsing.schema_errors import problems_of

AnyModel = TypeVar("AnyModel", bound=BaseModel)

PlacesBefore = Mapping[Loc, tuple[int, ...]]
"""For each list that lost items, by its path: the places that the items left had before."""


@dataclass(frozen=True)
class Partial(Generic[AnyModel]):
    """What fits of a document, the problems of the rest, and the places that were left out for them."""

    value: AnyModel
    problems: tuple[Problem, ...] = ()
    left_out: frozenset[Loc] = frozenset()
    steps: PlacesBefore | None = None

    def original(self, loc: Loc) -> Loc:
        """A place in `value` as a place of the document: items before it may have been left out."""
        return _original(loc, self.steps or {})


def validate_partially(
    model: type[AnyModel], data: Mapping[str, Any], stand_in: Mapping[str, Any]
) -> Partial[AnyModel]:
    """As much of `data` as `model` accepts, with every problem that `model` has with the whole.

    `stand_in` has a value for each key without which nothing is accepted.
    """
    problems: tuple[Problem, ...] = ()
    left_out: frozenset[Loc] = frozenset()
    whole: dict[str, Any] = dict(data)
    while True:
        steps: dict[Loc, tuple[int, ...]] = {}
        try:
            rest = _without(whole, left_out, (), (), steps)
            return Partial(model.model_validate(rest), problems, left_out, steps)
        except ValidationError as error:
            found = problems_of(error, model)
            problems = problems or _innermost(found)  # later ones come of what was left out
            places = {_there(_original(problem.loc, steps), whole, left_out) for problem in found}
            left_out |= places - {()}
            if () in places:
                whole = dict(stand_in) if stand_in.items() <= whole.items() else {**whole, **stand_in}
                left_out = frozenset(loc for loc in left_out if loc[0] not in stand_in)


def _innermost(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems without those of places that have problems inside: a list of wrong items is not empty."""
    around = {problem.loc[:length] for problem in problems for length in range(len(problem.loc))}
    return tuple(problem for problem in problems if problem.loc not in around)


def _without(
    data: Any, left_out: frozenset[Loc], loc: Loc, now: Loc, steps: dict[Loc, tuple[int, ...]]
) -> Any:
    """`data` without these places; `loc` is where it stands, `now` where it comes to stand."""
    if isinstance(data, dict):
        return {
            key: _without(value, left_out, (*loc, key), (*now, key), steps)
            for key, value in data.items()
            if (*loc, key) not in left_out
        }
    if isinstance(data, list):
        kept = tuple(place for place in range(len(data)) if (*loc, place) not in left_out)
        steps[now] = kept
        return [
            _without(data[was], left_out, (*loc, was), (*now, place), steps) for place, was in enumerate(kept)
        ]
    return data


def _original(loc: Loc, steps: PlacesBefore) -> Loc:
    """The place before items were left out; steps into lists that are not there stay as they are."""
    return tuple(
        steps[loc[:place]][step]
        if isinstance(step, int) and 0 <= step < len(steps.get(loc[:place], ()))
        else step
        for place, step in enumerate(loc)
    )


def _there(loc: Loc, data: Any, left_out: Iterable[Loc]) -> Loc:
    """The place itself where it is in the data and not left out yet, else the nearest one around it."""
    at: Any = data
    there: Loc = ()
    for step in loc:
        is_in = step in at if isinstance(at, dict) else isinstance(at, list) and _is_index(step, at)
        if not is_in or (*there, step) in left_out:
            return there
        there, at = (*there, step), at[step]
    return there


def _is_index(step: str | int, items: list[Any]) -> bool:
    return isinstance(step, int) and step < len(items)
