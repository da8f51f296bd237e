"""Live numbers in titles, captions and prose against the design: functions, metrics, levels and ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from vizspec.errors import Loc, Mark, Problem
from vizspec.parsing.template_calls import (
    FUNCTIONS,
    RAW,
    TABLES,
    UNKNOWN,
    FunctionCall,
    NotATemplate,
    calls_in,
    is_live,
    lines_of,
    stranger,
    strangers_in,
)
from vizspec.parsing.yaml_source import with_excerpts
from vizspec.spec.checks.comparisons import levels
from vizspec.spec.checks.known_names import KnownNames, Surroundings
from vizspec.spec.checks.known_values import KnownValues, values_of
from vizspec.spec.checks.text import where
from vizspec.spec.entries import entry_ids
from vizspec.spec.texts import SpecText, prose_of, titles_of
from vizspec.text.messages import shown, suggestion

if TYPE_CHECKING:
    from vizspec.experiment.model import Experiment
    from vizspec.spec.model import Spec
    from vizspec.views.sample_matching import Levels

PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "value": ("metric",),
    "interval": ("metric",),
    "difference": ("metric", "of", "than"),
    "verdict": ("claim",),
    "best": ("metric",),
    "effect": ("column",),
    "table": ("name", "where", "metric"),
    "figure": ("name",),
}
"""What each function takes besides levels of columns."""

PLAIN = frozenset({"value", "interval", "difference", "verdict", "best", "effect"})
"""What a title or a caption may call."""


@dataclass(frozen=True)
class _KnownDesign:
    """What calls may speak of, as far as it is known before any log is read."""

    known: KnownNames
    values: KnownValues
    claims: Sequence[str]
    entries: Sequence[str]


def check(
    spec: Spec, known: KnownNames, experiment: Experiment | None, around: Surroundings
) -> Iterator[Problem]:
    """Problems of every text; those of a file have its name, and their places in it."""
    values = {**values_of(experiment, spec.data.columns)}
    for column, names in spec.data.labels.items():
        if values.get(column):
            values[column] = (*values[column], *names.values())
    claims = [claim.id for claim in spec.stated_claims]
    design = _KnownDesign(known, values, claims, entry_ids(spec.views))
    for one in titles_of(spec):
        yield from _inline(_of_text(one.text or "", one.loc, design, PLAIN))
    for one in prose_of(spec):
        if one.text is not None:
            yield from _inline(_of_text(one.text, one.loc, design, frozenset(FUNCTIONS)))
        elif one.file is not None and around.is_file(one.file):
            yield from _of_file(one, one.file, design, around)


def _inline(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Problems of a text that stands in the spec: at its key there."""
    return (replace(problem, mark=None) for problem in problems)


def _of_file(one: SpecText, file: str, design: _KnownDesign, around: Surroundings) -> Iterator[Problem]:
    try:
        text = around.text_of(file)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        column = error.start - (error.object.rfind(b"\n", 0, error.start) + 1) + 1
        yield Problem(
            one.loc, "this is not UTF-8 text", "save it as UTF-8", file=file, mark=Mark(line, column)
        )
        return
    except (OSError, ValueError) as error:
        yield Problem(one.loc, f"'{file}' cannot be read: {error}", "correct the path", file=file)
        return
    found = [replace(problem, file=file) for problem in _of_text(text, one.loc, design, frozenset(FUNCTIONS))]
    yield from with_excerpts(found, tuple(lines_of(text)))


def _of_text(text: str, loc: Loc, design: _KnownDesign, allowed: frozenset[str]) -> Iterator[Problem]:
    """Problems of one text, with their places in it."""
    if not is_live(text):
        return
    try:
        calls, strangers = calls_in(text), strangers_in(text)
    except NotATemplate as error:
        yield Problem(loc, error.message, RAW, mark=error.mark)
        return
    for name, mark in strangers:
        message, hint = stranger(name)
        yield Problem(loc, message, hint, mark=mark)
    for call in calls:
        problems = _of_call(call, loc, design) if call.name in allowed else _not_here(call, loc)
        yield from (replace(problem, loc=loc, mark=call.mark) for problem in problems)


def _not_here(call: FunctionCall, loc: Loc) -> Iterator[Problem]:
    yield Problem(loc, f"a title or a caption can hold no {call.name}", "show it in the interpretation")


def _of_call(call: FunctionCall, loc: Loc, design: _KnownDesign) -> Iterator[Problem]:
    parameters = PARAMETERS[call.name]
    if len(call.arguments) > len(parameters):
        yield Problem(loc, f"{call.name} takes {', '.join(parameters)}, and levels by their columns' names")
        return
    given = {**dict(zip(parameters, call.arguments, strict=False)), **call.named}
    missing = [name for name in parameters if name not in given and call.name != "table"]
    if missing:
        yield Problem(loc, f"{call.name} needs {' and '.join(missing)}")
    if isinstance(metric := given.get("metric"), str):
        yield from design.known.metric(loc, metric)
    named = {name: value for name, value in given.items() if name not in parameters}
    if call.name in ("value", "interval", "difference", "best", "table"):
        yield from _levels(loc, named, design)
    if call.name == "difference":
        yield from _sides(loc, given, design)
    yield from _names(call.name, loc, given, design)


def _levels(loc: Loc, wanted: Mapping[str, Any], design: _KnownDesign) -> Iterator[Problem]:
    plain: Levels = {
        name: value for name, value in wanted.items() if isinstance(value, str | int | float | bool)
    }
    yield from levels(loc, plain, design.known, design.values)


def _sides(loc: Loc, given: Mapping[str, Any], design: _KnownDesign) -> Iterator[Problem]:
    """Each side is a mapping of levels, or the name of a model or a run."""
    names = [str(name) for column in ("model", "run") for name in design.values.get(column, ())]
    for side in (given.get("of"), given.get("than")):
        if isinstance(side, Mapping):
            yield from _levels(loc, side, design)
        elif isinstance(side, str) and names and side.casefold() not in map(str.casefold, names):
            message = f"the design has no model or run {shown(side)}"
            yield Problem(loc, message, suggestion(side, names), "warning")


def _names(function: str, loc: Loc, given: Mapping[str, Any], design: _KnownDesign) -> Iterator[Problem]:
    """Names of claims, entries and tables, which the spec alone tells."""
    if function == "verdict":
        yield from _known(loc, given.get("claim"), design.claims, "claim")
    elif function == "effect" and isinstance(column := given.get("column"), str):
        yield from design.known.column(loc, column)
    elif function == "figure" and isinstance(name := given.get("name"), str):
        if not any(name.startswith(f"{entry}:") for entry in design.entries):
            yield from _known(loc, name, design.entries, "entry of views")
    elif function == "table":
        yield from _known(loc, given.get("name"), TABLES, "table")
        if isinstance(expression := given.get("where"), str):
            yield from where(loc, expression, design.known, design.values)


def _known(loc: Loc, name: Any, names: Sequence[str], what: str) -> Iterator[Problem]:
    if name is not None and name is not UNKNOWN and name not in names:
        yield Problem(loc, f"there is no {what} {shown(name)}", suggestion(str(name), names))
