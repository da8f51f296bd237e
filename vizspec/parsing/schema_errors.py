"""pydantic's validation errors in YAML's words: one problem a place, with its path as the document has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Protocol, runtime_checkable

from pydantic import BaseModel, ValidationError

from vizspec.errors import Loc, Problem
from vizspec.parsing.model_paths import Place, known_keys, known_tags, only_value, place_of, upper_bound
from vizspec.text.messages import did_you_mean, joined, nearest, shown
from vizspec.text.values import as_number

EXPECTED: Mapping[str, str] = {
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "dict_type": "a mapping",
    "enum": "{expected}",
    "finite_number": "a finite number",
    "float_parsing": "a number",
    "float_type": "a number",
    "frozen_set_type": "a list",
    "greater_than": "a number above {gt:g}",
    "greater_than_equal": "a number of at least {ge:g}",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "int_parsing_size": "a smaller whole number",
    "int_type": "a whole number",
    "iterable_type": "a list",
    "less_than": "a number below {lt:g}",
    "less_than_equal": "a number of at most {le:g}",
    "list_type": "a list",
    "literal_error": "{expected}",
    "mapping_type": "a mapping",
    "model_attributes_type": "a mapping",
    "model_type": "a mapping",
    "multiple_of": "a multiple of {multiple_of}",
    "none_required": "nothing",
    "set_type": "a list",
    "string_pattern_mismatch": "text that matches {pattern}",
    "string_too_long": "text of at most {max_length} characters",
    "string_too_short": "text of at least {min_length} characters",
    "string_type": "text",
    "too_long": "a list of at most {max_length}",
    "too_short": "a list of at least {min_length}",
    "tuple_type": "a list",
}
"""What each of pydantic's error types expected, in YAML's words; `{…}` are of the error's context."""

_CHOICE = re.compile(r"'(?:[^'\\]|\\.)*'|[^\s,']+")
_YAML_WORDS = {"True": "true", "False": "false", "None": "null"}


@runtime_checkable
class KnowsOthers(Protocol):
    """A model that tells what to write instead of keys which it does not have."""

    instead_of: ClassVar[Mapping[str, str]]


@dataclass(frozen=True)
class _Found:
    """One error of pydantic's, placed; `expected` is None where it is not about a type or a range.

    `is_choice`: what is expected is one of certain words.
    """

    place: Place
    message: str
    hint: str | None
    expected: str | None
    value: Any
    is_choice: bool = False


def problems_of(error: ValidationError, model: type[BaseModel]) -> list[Problem]:
    """What `error`, raised by `model`, means to the author of the document.

    Unknown keys and kinds come with the nearest known one, or all of them. Of a union's complaints (one a
    member) those of the member that was meant are kept, else one that names what all of them expected.
    """
    found = [_found(details, model) for details in error.errors(include_url=False)]
    return [
        Problem(one.place.loc, one.message, one.hint, is_choice=one.is_choice) for one in _folded(found, 0)
    ]


def described(value: object) -> str:
    """A value as a sentence names what was found: `the text 'high'`, `a list`, `nothing`."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        return f"the text {shown(value)}"
    if isinstance(value, list | tuple | set | frozenset):
        return "a list" if value else "an empty list"
    return "a mapping" if isinstance(value, Mapping) else f"the value {shown(value)}"


def _found(details: Any, model: type[BaseModel]) -> _Found:
    kind, value, context = details["type"], details["input"], details.get("ctx", {})
    place = place_of(model, details["loc"])
    if kind in _SPECIAL:
        return _SPECIAL[kind](place, value, context)
    if kind not in EXPECTED:
        reason = str(context.get("error") or details["msg"])
        return _Found(place, reason, context.get("hint"), None, value)
    expected, hint = EXPECTED[kind].format_map(context), _share(place, value) or _quoting(kind, value)
    if "expected" in context:
        choices = _choices(context["expected"])
        expected = joined(choices, "or")
        hint = _unquoted(value, choices) or _did_you_mean(value, [choice.strip("'") for choice in choices])
    is_key = details["loc"][-1:] == ("[key]",)
    expected = f"as a key {expected}" if is_key else expected
    message = f"expected {expected}, found {_measured(kind, value)}"
    return _Found(place, message, hint, expected, value, "expected" in context and not is_key)


def _share(place: Place, value: object) -> str | None:
    """How to write a percentage where a number between 0 and 1 is expected."""
    if upper_bound(place.annotation) != 1:
        return None
    percent = as_number(value.rstrip("% ") if isinstance(value, str) else value)
    return f"write {percent / 100:g}" if percent is not None and 50 <= percent < 100 else None


def _quoting(kind: str, value: object) -> str | None:
    """What to do about a text that should be a number or truth value, or the other way round."""
    if kind == "string_type" and isinstance(value, int | float):
        return "put it between quotes"
    if kind == "string_type" and isinstance(value, Mapping) and list(value.values()) == [None]:
        return f'put it between quotes: "{{{next(iter(value))}}}"'
    if not isinstance(value, str) or kind not in ("float_type", "int_type", "bool_type"):
        return None
    if as_number(value) is not None or value in ("true", "false"):
        return "write it without quotes"
    if kind == "float_type" and (number := as_number(value.replace(",", ".").rstrip("s "))) is not None:
        return f"write {number:g}"
    return f"write {int(value)} without quotes" if value.isdecimal() and value.isascii() else None


def _unquoted(value: object, choices: list[str]) -> str | None:
    """What to do about the text of a choice that is a number, a truth value or nothing."""
    return f"write {value} without quotes" if isinstance(value, str) and value in choices else None


def _unknown_key(place: Place, value: Any, context: Mapping[str, Any]) -> _Found:
    known = known_keys(place.parent)
    others = place.parent.instead_of if isinstance(place.parent, KnowsOthers) else {}
    hint = (
        others.get(str(place.loc[-1]))
        or _did_you_mean(place.loc[-1], known)
        or f"known keys: {', '.join(known)}"
    )
    return _Found(place, "unknown key", hint, None, value)


def _number_key(place: Place, value: Any, context: Mapping[str, Any]) -> _Found:
    hint = "put the key between quotes; a number has a decimal point, not a comma"
    return _Found(place, "keys are text here", hint, None, value)


def _missing(place: Place, value: Any, context: Mapping[str, Any]) -> _Found:
    step = place.loc[-1]
    if isinstance(step, str):
        only = only_value(place.annotation)
        hint = None if only is None else f"write: {step}: {only}"
        return _Found(place, "required, but missing", hint, None, value)
    message = f"expected a longer list: item {step + 1} is missing"
    return _Found(replace(place, loc=place.loc[:-1]), message, None, None, value)


def _no_tag(place: Place, value: Any, context: Mapping[str, Any]) -> _Found:
    key = context["discriminator"].strip("'")
    tags = known_tags(place.annotation, key)
    hint = _tag_elsewhere(key, tags, value) if isinstance(value, Mapping) else None
    message = f"required, but missing: one of {', '.join(tags)}"
    return _Found(_at_key(place, key), message, hint, None, value)


def _tag_elsewhere(key: str, tags: Sequence[str], value: Mapping[Any, Any]) -> str | None:
    """The key that was meant for the tag's: it has one of the tags, or a name much like."""
    holding = next((str(other) for other, held in value.items() if held in tags), None)
    near = holding or nearest(key, map(str, value))
    return f"did you mean '{key}' by {shown(near)}?" if near else None


def _unknown_tag(place: Place, value: Any, context: Mapping[str, Any]) -> _Found:
    key = context["discriminator"].strip("'")
    tags = [choice.strip("'") for choice in _choices(context["expected_tags"])]
    message = f"no {key} {shown(context['tag'])}; known: {', '.join(tags)}"
    return _Found(_at_key(place, key), message, _did_you_mean(context["tag"], tags), None, value)


_SPECIAL: Mapping[str, Callable[[Place, Any, Mapping[str, Any]], _Found]] = {
    "extra_forbidden": _unknown_key,
    "invalid_key": _number_key,
    "missing": _missing,
    "union_tag_invalid": _unknown_tag,
    "union_tag_not_found": _no_tag,
}


def _folded(found: Iterable[_Found], depth: int) -> Iterator[_Found]:
    """The errors with those of one union, at this depth of nested unions, brought down to what helps."""
    groups: dict[Loc | int, list[_Found]] = {}
    for number, one in enumerate(found):
        unions = one.place.unions
        groups.setdefault(unions[depth][0] if len(unions) > depth else number, []).append(one)
    for at, group in groups.items():
        if isinstance(at, int):
            yield from group
        else:
            yield from _of_union(at, group, depth)


def _of_union(at: Loc, group: list[_Found], depth: int) -> Iterator[_Found]:
    tried: dict[str, list[_Found]] = {}
    for one in group:
        tried.setdefault(one.place.unions[depth][1], []).append(one)
    meant = [errors for errors in tried.values() if all(len(one.place.loc) > len(at) for one in errors)]
    meant = meant or [errors for errors in tried.values() if all(one.expected is None for one in errors)]
    if meant:
        likeliest: list[_Found] = min(meant, key=len)
        yield from _folded(likeliest, depth + 1)
        return
    expecting = [one for one in group if one.expected]
    expected = list(dict.fromkeys(one.expected for one in expecting if one.expected))
    hint = next((one.hint for one in group if one.hint), None)
    value = group[0].value
    message = f"expected {joined(expected, 'or')}, found {described(value)}"
    is_choice = expecting[0].is_choice
    yield _Found(group[0].place, message, hint, joined(expected, "or"), value, is_choice)


def _at_key(place: Place, key: str) -> Place:
    return replace(place, loc=(*place.loc, key)) if key.isidentifier() else place


def _choices(text: str) -> list[str]:
    """The options in a list as pydantic writes it (`'a', 'b' or True`), in YAML's spelling."""
    words = [word for word in _CHOICE.findall(text) if word != "or"]
    return [_YAML_WORDS.get(word, word) for word in words]


def _did_you_mean(found: object, known: Iterable[str]) -> str | None:
    return did_you_mean(found, known) if isinstance(found, str) else None


def _measured(kind: str, value: Any) -> str:
    return f"a list of {len(value)}" if kind in ("too_long", "too_short") else described(value)
