"""Which place of a YAML document the path of a pydantic error names, and what the model lets stand there.

pydantic writes steps into its paths that no document has: the tag or the type of the union member it tried.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, Discriminator, Tag
from pydantic.fields import FieldInfo

from vizspec.errors import Loc

_LABELS: Mapping[str, tuple[Any, ...]] = {
    "list": (list, Sequence),
    "tuple": (tuple,),
    "frozenset": (frozenset, Set),
    "dict": (dict, Mapping),
    "literal": (Literal,),
}


@dataclass(frozen=True)
class Place:
    """A place in the document. `unions` are those on the way that have no tag, each with the member tried."""

    loc: Loc
    annotation: Any
    """What the model says may stand there; None where it says nothing."""
    unions: tuple[tuple[Loc, str], ...] = ()
    parent: Any = None
    """What the model says of the mapping or list that holds this place."""


def place_of(model: type[BaseModel], error_loc: Loc) -> Place:
    """The document's place of an error that `model` raised at `error_loc`."""
    place = Place((), model)
    for step in error_loc:
        place = _descend(place, step)
    return place


def known_keys(annotation: Any) -> tuple[str, ...]:
    """The keys that may stand in a mapping of this type, as the file spells them; none if any may."""
    keys = [
        _spelling(name, field)
        for member in map(_bare, members(annotation))
        if isinstance(member, type) and issubclass(member, BaseModel)
        for name, field in member.model_fields.items()
    ]
    return tuple(dict.fromkeys(keys))


def known_tags(annotation: Any, key: str) -> tuple[str, ...]:
    """The values that the discriminating `key` may have in a union of models."""
    return tuple(tag for member in members(annotation) for tag in _tags(member, key))


def only_value(annotation: Any) -> str | None:
    """The one value that may stand in this place, as its text; None where there are others."""
    kind = _bare(annotation)
    values = get_args(kind) if get_origin(kind) is Literal else ()
    return str(values[0]) if len(values) == 1 else None


def upper_bound(annotation: Any) -> float | None:
    """The number that a value in this place must stay below, or None."""
    if isinstance(annotation, FieldInfo):
        parts: tuple[Any, ...] = (*annotation.metadata, annotation.annotation)
    else:
        parts = get_args(annotation)
    bounds = (getattr(part, "lt", None) or upper_bound(part) for part in parts)
    return next((bound for bound in bounds if bound is not None), None)


def members(annotation: Any) -> tuple[Any, ...]:
    """The types a union is made of, None left out; a type that is no union is its only member."""
    annotation = _bare(annotation)
    if not _is_union(annotation):
        return (annotation,)
    options = [option for option in get_args(annotation) if option is not type(None)]
    if len(options) == 1:
        return members(options[0])
    return tuple(options)


def _descend(place: Place, step: str | int) -> Place:
    options = members(place.annotation)
    if len(options) > 1:
        return _into_member(place, options, str(step))
    if step == "[key]":
        return Place(place.loc, str, place.unions, options[0])
    return Place((*place.loc, step), _child(options[0], step), place.unions, options[0])


def _into_member(place: Place, options: tuple[Any, ...], label: str) -> Place:
    key = _discriminator(place.annotation)
    if key is not None:
        chosen = next((option for option in options if label in _tags(option, key)), None)
        return Place(place.loc, chosen, place.unions, place.parent)
    chosen = next((option for option in options if _is_labelled(option, label)), None)
    return Place(place.loc, chosen, (*place.unions, (place.loc, label)), place.parent)


def _child(annotation: Any, step: str | int) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        fields = annotation.model_fields.items()
        return next((field for name, field in fields if step in (name, _spelling(name, field))), None)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if not arguments or not isinstance(origin, type):
        return None
    if issubclass(origin, Mapping):
        return arguments[-1]
    if issubclass(origin, tuple) and isinstance(step, int) and Ellipsis not in arguments:
        return arguments[step] if step < len(arguments) else None
    return arguments[0]


def _discriminator(annotation: Any) -> str | None:
    """The key that tells the union's members apart: `""` where a function does, None where nothing does."""
    for part in _metadata(annotation):
        found = part.discriminator if isinstance(part, FieldInfo | Discriminator) else None
        if isinstance(found, Discriminator):
            found = found.discriminator
        if found is not None:
            return found if isinstance(found, str) else ""
    inner = _inner(annotation)
    if inner is None:
        options = [option for option in get_args(annotation) if option is not type(None)]
        inner = options[0] if _is_union(annotation) and len(options) == 1 else None
    return None if inner is None else _discriminator(inner)


def _tags(option: Any, key: str) -> tuple[str, ...]:
    tags = [part.tag for part in _metadata(option) if isinstance(part, Tag)]
    for member in members(option):
        if isinstance(member, type) and issubclass(member, BaseModel):
            field = _child(member, key)
            literal = _bare(field) if field is not None else None
            tags += [str(value) for value in get_args(literal) if get_origin(literal) is Literal]
    return tuple(tags)


def _is_labelled(option: Any, label: str) -> bool:
    """Whether pydantic calls this member so: `str`, `list[int]`, `function-after[check(), Entry]`."""
    while label.startswith("function-"):
        label = label.partition("(), ")[2].removesuffix("]")
    label = label.removeprefix("constrained-")
    kind = _bare(option)
    head = label.partition("[")[0]
    return label == getattr(kind, "__name__", None) or get_origin(kind) in _LABELS.get(head, ())


def _is_union(annotation: Any) -> bool:
    return get_origin(annotation) in (Union, UnionType)


def _spelling(name: str, field: FieldInfo) -> str:
    alias = field.validation_alias if isinstance(field.validation_alias, str) else field.alias
    return alias or name


def _metadata(annotation: Any) -> tuple[Any, ...]:
    if isinstance(annotation, FieldInfo):
        return (annotation, *annotation.metadata)
    return get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()


def _bare(annotation: Any) -> Any:
    """The annotation without what wraps it: field, alias, `Annotated`."""
    inner = _inner(annotation)
    return annotation if inner is None else _bare(inner)


def _inner(annotation: Any) -> Any:
    if isinstance(annotation, FieldInfo):
        return annotation.annotation
    if get_origin(annotation) is Annotated:
        return get_args(annotation)[0]
    return getattr(annotation, "__value__", None)
