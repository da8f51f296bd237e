"""The variables of an experiment: read from its file, their levels, what kind of scale these form, and their
order on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from vizspec.errors import Loc, Problem
from vizspec.parsing.lenient import LEFT_OUT
from vizspec.text.values import as_number, plain_value, same_value, value_key

VariableLevel = str | int | float | bool

_NESTED = ("independent", "dependent")
_TRUE = frozenset({"true", "yes", "on", "enabled", "present", "1"})
_FALSE = frozenset({"false", "no", "off", "disabled", "absent", "none", "0"})
_NEGATION = re.compile(r"(?:(?:no|not|non|without)[-_ ]?|un|im|in|dis)(.+)")
_AFFIRMATION = re.compile(r"(?:with|has|is)[-_ ](.+)")
_SCALES = (
    ("very low", "low", "medium", "high", "very high"),
    ("tiny", "small", "base", "medium", "large", "xl", "xxl", "huge"),
    ("very easy", "easy", "medium", "hard", "very hard"),
    ("short", "medium", "long"),
)
_MEASURE = re.compile(r"([a-z_ -]*?)([0-9]+(?:\.[0-9]+)?(?:e[-+]?[0-9]+)?)[ _-]?([a-z%]*)")
_MAGNITUDES = {"": 1.0, "k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12}


class ScaleType(StrEnum):
    """The scale that a variable's levels form."""

    BINARY = "binary"
    """Two levels, of which one says that the other is not so: yes and no, balanced and imbalanced."""
    ORDINAL = "ordinal"
    """Levels in an order: whole numbers, sizes such as `1B` and `3B`, low to high."""
    CONTINUOUS = "continuous"
    """Numbers of which some are not whole."""
    CATEGORICAL = "categorical"
    """Levels without an order."""


@dataclass(frozen=True)
class Variable:
    """One variable: its distinct levels in the file's order, with numbers as numbers, and their scale."""

    name: str
    kind: ScaleType
    levels: tuple[VariableLevel, ...]

    @property
    def ordered(self) -> tuple[VariableLevel, ...]:
        """The levels from false to true, or from low to high; categories as in the file."""
        if self.kind is ScaleType.BINARY:
            return tuple(sorted(self.levels, key=lambda level: self.truth(level) is True))
        if self.kind is ScaleType.CATEGORICAL:
            return self.levels
        return tuple(sorted(self.levels, key=_rank))

    def truth(self, value: object) -> bool | None:
        """Whether `value` is the level of a binary variable that says yes; None if it is no level of one."""
        known = next((level for level in self.levels if same_value(level, value)), None)
        if self.kind is not ScaleType.BINARY or known is None:
            return None
        return _says_yes(known, next(level for level in self.levels if level is not known))


def make_variable(name: str, levels: Iterable[VariableLevel]) -> Variable:
    """The variable with these levels, each counted once however it is spelled."""
    distinct: dict[object, VariableLevel] = {}
    for level in levels:
        distinct.setdefault(value_key(level), _as_level(level))
    values = tuple(distinct.values())
    return Variable(name, _kind(values), values)


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


def _as_level(level: VariableLevel) -> VariableLevel:
    number = as_number(level)
    return level if number is None else number


def _kind(levels: tuple[VariableLevel, ...]) -> ScaleType:
    if len(levels) == 2 and _says_yes(*levels) is not None:
        return ScaleType.BINARY
    numbers = [as_number(level) for level in levels]
    if levels and all(number is not None for number in numbers):
        whole = all(number == int(number) for number in numbers if number is not None)
        return ScaleType.ORDINAL if whole else ScaleType.CONTINUOUS
    return ScaleType.ORDINAL if levels and _on_one_scale(levels) else ScaleType.CATEGORICAL


def _says_yes(level: VariableLevel, other: VariableLevel) -> bool | None:
    """Whether `level` is the yes to `other`'s no; None if neither denies the other."""
    word, opposite = _word(level), _word(other)
    if word in _TRUE and opposite in _FALSE:
        return True
    if word in _FALSE and opposite in _TRUE:
        return False
    if _denies(opposite, word):
        return True
    return False if _denies(word, opposite) else None


def _denies(word: str, opposite: str) -> bool:
    negation, affirmation = _NEGATION.fullmatch(word), _AFFIRMATION.fullmatch(opposite)
    return bool(negation and negation[1] in (opposite, affirmation[1] if affirmation else None))


def _word(level: VariableLevel) -> str:
    return str(level).strip().casefold()


def _on_one_scale(levels: tuple[VariableLevel, ...]) -> bool:
    words = [_word(level) for level in levels]
    if any(set(words) <= set(scale) for scale in _SCALES):
        return True
    measures = [_MEASURE.fullmatch(word) for word in words]
    frames = {(measure[1], measure[3]) for measure in measures if measure}
    if not all(measures):
        return False
    return len(frames) == 1 or (
        len({start for start, _ in frames}) == 1 and {u for _, u in frames} <= set(_MAGNITUDES)
    )


def _rank(level: VariableLevel) -> tuple[float, str]:
    """Where a level of an ordinal or continuous variable stands among the others."""
    word, number = _word(level), as_number(level)
    measure = _MEASURE.fullmatch(word)
    if number is not None:
        return number, word
    if measure:
        return float(measure[2]) * _MAGNITUDES.get(measure[3], 1.0), word
    scale = next((scale for scale in _SCALES if word in scale), (word,))
    return float(scale.index(word)), word


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


def _level(value: Any) -> VariableLevel:
    plain = plain_value(value)
    return plain if isinstance(plain, str | int | float | bool) else _joined(plain)


def _joined(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(str(_level(item)) for item in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_level(item)}" for key, item in value.items())
    return "none" if value is None else str(value)
