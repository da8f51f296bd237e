"""The section `variables` of an experiment file, flat or nested, becomes one tuple of variables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from vizspec.errors import Loc, Problem
from vizspec.experiment.variables import Level, Variable, make_variable
from vizspec.parsing.lenient import LEFT_OUT
from vizspec.text.values import plain_value

_NESTED = ("independent", "dependent")


class VariableSection(NamedTuple):
    """The independent variables, and a warning for each entry in no known form."""

    variables: tuple[Variable, ...]
    warnings: tuple[Problem, ...]


def variables_of(section: Any, parameters: Iterable[Mapping[str, Any]]) -> VariableSection:
    """The variables of `{name: levels}` or `{independent: [{name, values}]}`.

    One that is named without levels has those that the runs' `parameters` give it.
    """
    variables: dict[str, Variable] = {}
    warnings: list[Problem] = []
    given = list(parameters)
    for loc, name, levels in _entries(section):
        if name is None or not (levels is None or isinstance(levels, list)):
            message = "expected a name with a list of levels"
            warnings.append(Problem(loc, message, LEFT_OUT, severity="warning"))
            continue
        found = levels if levels is not None else [own[name] for own in given if name in own]
        variables.setdefault(name, make_variable(name, map(_level, found)))
    return VariableSection(tuple(variables.values()), tuple(warnings))


def _entries(section: Any) -> Iterator[tuple[Loc, str | None, Any]]:
    """Each variable's place, name and levels as the file has them; None for a name or levels it lacks."""
    loc: Loc = ("variables",)
    if isinstance(section, dict) and any(key in section for key in _NESTED):
        section, loc = section.get("independent"), ("variables", "independent")
    if isinstance(section, dict):
        for name, entry in section.items():
            levels = entry.get("values", entry.get("levels")) if isinstance(entry, dict) else entry
            yield (*loc, str(name)), str(name), levels
    elif isinstance(section, list):
        for index, entry in enumerate(section):
            yield (*loc, index), *_listed(entry)
    elif section is not None or len(loc) > 1:
        yield loc, None, None


def _listed(entry: Any) -> tuple[str | None, Any]:
    if not isinstance(entry, dict):
        return (entry if isinstance(entry, str) else None), None
    if "name" in entry:
        return str(entry["name"]), entry.get("values", entry.get("levels"))
    return next(((str(name), levels) for name, levels in entry.items()), (None, None))


def _level(value: Any) -> Level:
    plain = plain_value(value)
    return plain if isinstance(plain, str | int | float | bool) else _joined(plain)


def _joined(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(str(_level(item)) for item in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_level(item)}" for key, item in value.items())
    return "none" if value is None else str(value)
