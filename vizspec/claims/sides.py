"""Which evaluations a claim speaks of: one on each side, for each combination of `for_each`. Pure.

The same is asked of the design before any log exists, and of the logs' cells afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Generic, TypeVar

from vizspec.cells.column_texts import Labels, column_text
from vizspec.claims.model import Claim, Relation
from vizspec.comparisons.questions import Evaluated, is_level, levels_text
from vizspec.expressions import is_true_of
from vizspec.text.messages import counted, listed
from vizspec.text.values import value_key
from vizspec.views.sample_matching import Levels

E = TypeVar("E", bound=Evaluated)

NAMES_A_RUN = frozenset({"run", "run.type"})
"""Columns by which a side names one run for all, such as a base that all combinations are held against."""

OF_RUNS = ("model", "run")
"""Columns of `for_each` that such a side need not share."""

TELLING = ("task", "vis_label", "run", "model", "epoch")
"""The columns that a hint proposes where several evaluations are meant."""


@dataclass(frozen=True)
class Case(Generic[E]):
    """One combination of a claim: the evaluations of each side, or why it cannot be tested.

    `of` and `than` are one evaluation each; `others` are the rivals of a best, `steps` the evaluations along
    an ordered column, in its order, `gains` the sides of a difference of differences. `lacking`: rivals and
    steps that are planned, and have no log.
    """

    name: str
    of: E | None = None
    than: E | None = None
    others: tuple[E, ...] = ()
    steps: tuple[tuple[object, E], ...] = ()
    gains: tuple[E, ...] = ()
    missing: str | None = None
    lacking: tuple[str, ...] = ()
    is_ambiguous: bool = False
    hint: str | None = field(default=None, compare=False)


def cases(
    claim: Claim,
    cells: Sequence[E],
    orders: Mapping[str, Sequence[object]] | None = None,
    labels: Labels | None = None,
) -> tuple[Case[E], ...]:
    """Every combination that the claim speaks of; one without a name where it has no `for_each`.

    `orders` has the levels of ordered columns, from low to high, `labels` what people read instead of values.

    Raises:
        ExpressionError: its `where` cannot be worked out over a cell.
    """
    if claim.where is not None:
        cells = [cell for cell in cells if is_true_of(claim.where, cell.columns)]
    of = _picked(cells, claim.of)
    if not of:
        return (Case("", missing=f"no evaluation is {levels_text(claim.of) or 'there'}"),)
    found: dict[tuple[object, ...], list[E]] = {}
    for cell in of:
        found.setdefault(tuple(_key(cell, name) for name in claim.for_each), []).append(cell)
    names = _names([own[0] for own in found.values()], claim.for_each, labels)
    return tuple(
        _case(claim, cells, own, name, orders or {}) for own, name in zip(found.values(), names, strict=True)
    )


def _case(
    claim: Claim, cells: Sequence[E], own: Sequence[E], name: str, orders: Mapping[str, Sequence[object]]
) -> Case[E]:
    if claim.over is not None:
        return _along(claim, name, own, orders)
    if claim.within is not None and claim.versus is not None:
        return _gains(claim, name, cells, own)
    if len(own) > 1:
        return _several(name, "of", own, claim.for_each)
    if claim.relation is Relation.BEST:
        return _rivals(claim, name, cells, own[0])
    if claim.than is None:
        return Case(name, own[0])
    return _against(claim, name, cells, own[0])


def _against(claim: Claim, name: str, cells: Sequence[E], own: E) -> Case[E]:
    found = _partners(claim, cells, claim.than or {}, own)
    if len(found) > 1:
        return _several(name, "than", found, claim.for_each)
    if not found:
        return Case(name, own, missing=f"no evaluation is {levels_text(claim.than or {})}")
    if found[0] is own:
        return Case(name, own, missing="both sides are the same evaluation")
    return Case(name, own, found[0])


def _partners(claim: Claim, cells: Sequence[E], wanted: Levels, own: E) -> list[E]:
    """The evaluations of the other side that are like `own` in what of `for_each` the side leaves open."""
    open_ = [name for name in claim.for_each if name not in wanted]
    if NAMES_A_RUN & set(wanted):
        open_ = [name for name in open_ if name.partition(".")[0] not in OF_RUNS]
    return [
        cell for cell in _picked(cells, wanted) if all(_key(cell, name) == _key(own, name) for name in open_)
    ]


def _rivals(claim: Claim, name: str, cells: Sequence[E], own: E) -> Case[E]:
    among = claim.among or ()
    others = [
        cell
        for cell in cells
        if all(_key(cell, column) == _key(own, column) for column in claim.for_each)
        and any(_key(cell, column) != _key(own, column) for column in among)
        and (cell.task == own.task or "task" in among or "task_name" in among)
    ]
    if not others:
        return Case(name, own, missing=f"no other evaluation differs in {' and '.join(among)}")
    return Case(name, own, others=tuple(others))


def _along(claim: Claim, name: str, own: Sequence[E], orders: Mapping[str, Sequence[object]]) -> Case[E]:
    over = claim.over or ""
    levels: dict[object, list[E]] = {}
    for cell in own:
        if cell.columns.get(over) is not None:
            levels.setdefault(_key(cell, over), []).append(cell)
    for members in levels.values():
        if len(members) > 1:
            return _several(name, "of", members, (*claim.for_each, over))
    if len(levels) < 2:
        return Case(name, missing=f"there {_are(len(levels))} of '{over}' among its evaluations")
    order = [value_key(level) for level in orders.get(over, ())]
    unknown = [key for key in levels if key not in order]
    if unknown and not all(_number(key) is not None for key in levels):
        return Case(name, missing=f"the levels of '{over}' have no order that the design tells")
    # where some level is unknown to the design, all are numbers: the check above
    place = {key: order.index(key) if not unknown else _number(key) or 0.0 for key in levels}
    ordered = sorted(levels, key=place.__getitem__)
    return Case(name, steps=tuple((levels[key][0].columns[over], levels[key][0]) for key in ordered))


def _are(number: int) -> str:
    return "is no level" if number == 0 else f"is {counted(number, 'level')} only"


def _number(key: object) -> float | None:
    """The number that a level's key stands for; None for a text."""
    match key:
        case ("number", Decimal() as number):
            return float(number)
    return None


def _gains(claim: Claim, name: str, cells: Sequence[E], own: Sequence[E]) -> Case[E]:
    """The four evaluations: both sides `in` one condition, and both `versus` another."""
    found: list[E] = []
    for condition in (claim.within or {}, claim.versus or {}):
        for side, wanted in (("of", claim.of), ("than", claim.than or {})):
            both = {**wanted, **condition}
            picked = [cell for cell in _picked(cells, both) if _alike(cell, own[0], claim.for_each, both)]
            if len(picked) > 1:
                return _several(name, side, picked, claim.for_each)
            if not picked:
                return Case(name, missing=f"no evaluation is {levels_text(both)}")
            found += picked
    return Case(name, gains=tuple(found))


def _alike(cell: E, own: E, columns: Sequence[str], but: Levels) -> bool:
    return all(_key(cell, name) == _key(own, name) for name in columns if name not in but)


def _several(name: str, side: str, picked: Sequence[E], for_each: Sequence[str]) -> Case[E]:
    varying = [
        column
        for column in TELLING
        if column not in for_each and len({_key(cell, column) for cell in picked}) > 1
    ]
    where = f" for {name}" if name else ""
    differ = listed(varying) or "nothing known"
    missing = f"'{side}' means {len(picked)} evaluations{where}, which differ in {differ}"
    hint = f"name one by {varying[0]}, or add {varying[0]} to for_each" if varying else "name one of them"
    return Case(name, missing=missing, is_ambiguous=True, hint=hint)


def _picked(cells: Sequence[E], wanted: Levels) -> list[E]:
    return [cell for cell in cells if is_level(cell, wanted)]


def _key(cell: Evaluated, name: str) -> object:
    value = cell.columns.get(name)
    return None if value is None else value_key(value)


def _names(firsts: Sequence[Evaluated], for_each: Sequence[str], labels: Labels | None) -> list[str]:
    """What the combinations are called; a task as views call it, where that tells tasks apart."""
    as_shown = ["task_name" if column == "task" else column for column in for_each]
    names, plain = ([_name(first, columns, labels) for first in firsts] for columns in (as_shown, for_each))
    return names if len(set(names)) == len(names) else plain


def _name(cell: Evaluated, columns: Sequence[str], labels: Labels | None) -> str:
    return ", ".join(column_text(cell, column, labels) or "-" for column in columns)
