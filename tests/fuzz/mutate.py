"""Mutants: what becomes of a good text or value after a few unkind changes, decided by a seed alone."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

ODD_CHARACTERS = "\0\x07\x1b\x7f\x9b\u2028\u202e\ufeff\ud800é漢😀'\"`{}[]()|<>&*!%@#:;,-_=+\\/\n\r\t $"

ODD_TEXTS = (
    *[
        "",
        " ",
        "~",
        "null",
        "nan",
        ".inf",
        "1e999",
        "-1e999",
        "true",
        "yes",
        "0x",
        "1_000",
        "9" * 400,
        "00:01:60",
    ],
    *[
        "class",
        "None",
        "inf",
        "__class__",
        "..",
        "../..",
        "/etc/passwd",
        "/dev/zero",
        "{run}",
        "{view}",
        "{",
        "%s",
    ],
    *[
        "**/**/**",
        "[",
        "[!]",
        "(a+)+$",
        "(?P<run>x)",
        "\\",
        "a" * 3000,
        "<script>alert(1)</script>",
        "\x1b[31mred",
    ],
    *[
        "s3://b/*",
        "http://[",
        "file:///etc/passwd",
        "!!set {a}",
        "!!omap [a: 1]",
        "!!int ''",
        "&a [*a]",
        "? [x]: y",
    ],
    *["2001-01-01", "2001-99-99", "'" * 7, "n_models <", "1 if 2", "x is y", "x|nosuch", "a.b.c[0]", "not"],
)

ODD_VALUES: tuple[Any, ...] = (
    *[None, True, False, 0, -1, 1, 10**30, 0.5, float("nan"), float("inf"), -0.0, [], {}, [[]], {"": ""}],
    *[[None], [1, "a"], {"a": {"b": {"c": []}}}, {1: 2}, ["x"] * 50, {"view": "scores_by_task"}, *ODD_TEXTS],
)


def mutated_text(text: str, random: Random, most: int = 4) -> str:
    """The text after up to `most` changes of its characters and lines."""
    for _ in range(random.randint(1, most)):
        text = random.choice(_TEXT_CHANGES)(text, random)
    return text


def mutated_bytes(content: bytes, random: Random, most: int = 6) -> bytes:
    """The bytes after up to `most` of them were changed, or parts were cut out or doubled."""
    changed = bytearray(content)
    for _ in range(random.randint(1, most)):
        if not changed:
            break
        at = random.randrange(len(changed))
        end = min(len(changed), at + random.choice([1, 2, 8, 200]))
        match random.randrange(4):
            case 0:
                changed[at] = random.randrange(256)
            case 1:
                del changed[at:end]
            case 2:
                changed[at:at] = changed[at:end]
            case _:
                del changed[at:]
    return bytes(changed)


def mutated_value(value: Any, random: Random, most: int = 3) -> Any:
    """Plain data (mappings, lists, scalars) after up to `most` parts were replaced, removed or doubled."""
    changed = copy.deepcopy(value)
    for _ in range(random.randint(1, most)):
        places = list(_places(changed))
        if not places:
            return random.choice(ODD_VALUES)
        holder, key = random.choice(places)
        random.choice(_VALUE_CHANGES)(holder, key, random)
    return changed


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Each part of a value: what holds it, and its key or index there."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield value, key
        yield from _places(part)


def _replace(holder: Any, key: Any, random: Random) -> None:
    holder[key] = copy.deepcopy(random.choice(ODD_VALUES))


def _spoil(holder: Any, key: Any, random: Random) -> None:
    part = holder[key]
    holder[key] = mutated_text(part, random, 2) if isinstance(part, str) else [part]


def _remove(holder: Any, key: Any, _: Random) -> None:
    del holder[key]


def _rename(holder: Any, key: Any, random: Random) -> None:
    if isinstance(holder, dict):
        holder[mutated_text(str(key), random, 1)] = holder.pop(key)


def _add(holder: Any, key: Any, random: Random) -> None:
    part = copy.deepcopy(random.choice(ODD_VALUES))
    if isinstance(holder, list):
        holder.insert(key, part)
    else:
        holder[random.choice(["", "x", "view", "metrics", "where", "1"])] = part


def _double(holder: Any, key: Any, _: Random) -> None:
    if isinstance(holder, list):
        holder.append(copy.deepcopy(holder[key]))


_VALUE_CHANGES: Sequence[Callable[[Any, Any, Random], None]] = (
    *[_replace, _replace, _replace, _spoil, _spoil, _remove, _rename, _add, _double],
)


def _splice(text: str, random: Random) -> str:
    at = random.randint(0, len(text))
    return text[:at] + random.choice((random.choice(ODD_CHARACTERS), random.choice(ODD_TEXTS))) + text[at:]


def _cut(text: str, random: Random) -> str:
    at = random.randint(0, len(text))
    return text[:at] + text[at + random.choice([1, 1, 2, 10, 100]) :]


def _lines(text: str, random: Random) -> str:
    lines = text.split("\n")
    at, other = random.randrange(len(lines)), random.randrange(len(lines))
    match random.randrange(4):
        case 0:
            lines.insert(other, lines[at])
        case 1:
            del lines[at]
        case 2:
            lines[at] = " " * random.randint(1, 5) + lines[at]
        case _:
            lines[at], lines[other] = lines[other], lines[at]
    return "\n".join(lines)


def _value_of_a_line(text: str, random: Random) -> str:
    lines = text.split("\n")
    at = random.randrange(len(lines))
    key, colon, _ = lines[at].partition(":")
    lines[at] = f"{key}{colon} {random.choice(ODD_TEXTS)}" if colon else random.choice(ODD_TEXTS)
    return "\n".join(lines)


_TEXT_CHANGES: Sequence[Callable[[str, Random], str]] = (_splice, _splice, _cut, _lines, _value_of_a_line)
