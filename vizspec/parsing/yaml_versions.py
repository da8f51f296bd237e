"""Which plain YAML scalars mean one thing to YAML 1.1 readers (PyYAML) and another to YAML 1.2 readers."""

from __future__ import annotations

import re

_TAG = "tag:yaml.org,2002:"
_WORDS = {
    "bool": "true or false",
    "float": "a number",
    "int": "a whole number",
    "null": "nothing",
    "str": "text",
    "timestamp": "a date",
    "value": "a special sign",
}
_CORE_SCHEMA = [  # YAML 1.2.2, section 10.3.2
    ("null", re.compile(r"null|Null|NULL|~|")),
    ("bool", re.compile(r"true|True|TRUE|false|False|FALSE")),
    ("int", re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")),
    (
        "float",
        re.compile(
            r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
        ),
    ),
]
_OCTAL_OF_1_1 = re.compile(r"[-+]?0[0-7]+")
_OCTAL_OF_1_2 = re.compile(r"0o[0-7]+")
_DECIMAL = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"[1-9][0-9]*(_[0-9]+)+")
_BINARY = re.compile(r"0b[01_]*[01][01_]*")
_EXPONENT = re.compile(r"([-+]?)([0-9]*)(\.[0-9]*)?[eE]([-+]?)([0-9]+)")


def two_faces(text: str, tag: str) -> tuple[str, str] | None:
    """What `text`, which YAML 1.1 resolved to `tag`, is to 1.1 and to 1.2 readers; None where both agree.

    The two phrases complete "is … to some YAML readers". Tags are YAML's own long ones.
    """
    old = tag.removeprefix(_TAG)
    new = next((name for name, pattern in _CORE_SCHEMA if pattern.fullmatch(text)), "str")
    if old == new == "int" and _OCTAL_OF_1_1.fullmatch(text) and int(text, 8) != int(text):
        return f"the number {int(text, 8)}", f"the number {int(text)}"
    if old == new or old not in _WORDS:
        return None
    return _WORDS[old], _WORDS[new]


def one_face(text: str) -> str:
    """How to write a two-faced scalar so that every reader agrees: advice for its author."""
    quoted = f'quote it ("{text}")'
    numbers = _numbers(text)
    if numbers:
        return f"write {', or '.join(numbers)}; where text is meant, {quoted}"
    truth = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(text.lower())
    if truth:
        return f"{quoted}, or write {truth}"
    exponent = _EXPONENT.fullmatch(text)
    if exponent:
        sign, whole, fraction, direction, power = exponent.groups()
        fraction = fraction if fraction and len(fraction) > 1 else ".0"
        return f"write {sign}{whole or '0'}{fraction}e{direction or '+'}{power}, or {quoted}"
    return quoted


def _numbers(text: str) -> list[str]:
    """The whole numbers that a spelling with a zero before it, `_` or a base may mean, YAML 1.2's first.

    None of `12:30`: it is a time, whatever number YAML 1.1 makes of it.
    """
    sign, digits = ("-" if text.startswith("-") else ""), text.lstrip("+-")
    meanings = [
        int(digits) if _DECIMAL.fullmatch(digits) else None,
        int(digits, 8) if _OCTAL_OF_1_1.fullmatch(digits) else None,
        int(digits[2:], 8) if _OCTAL_OF_1_2.fullmatch(digits) else None,
        int(digits.replace("_", "")) if _GROUPED.fullmatch(digits) else None,
        int(digits.replace("_", "")[2:], 2) if _BINARY.fullmatch(digits) else None,
    ]
    return list(dict.fromkeys(f"{sign}{number}" for number in meanings if number is not None))
