"""Numbers written by a format of d3 (`.0%`, `,.2f`, `~s`), as pages write them.

The language is https://d3js.org/d3-format: `[[fill]align][sign][symbol][0][width][,][.precision][~][type]`.
"""

from __future__ import annotations

import re
from math import floor, isfinite, log10

_LANGUAGE = re.compile(
    r"(?:(?P<fill>.)?(?P<align>[<>=^]))?(?P<sign>[-+( ])?(?P<symbol>[$#])?(?P<zero>0)?(?P<width>\d+)?"
    r"(?P<comma>,)?(?:\.(?P<precision>\d+))?(?P<trim>~)?(?P<type>[a-zA-Z%])?",
    re.ASCII,
)
_PREFIXES = ("y", "z", "a", "f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E", "Z", "Y")
_NO_PREFIX = _PREFIXES.index("")
_MINUS = "\N{MINUS SIGN}"
MOST_PLACES, MOST_DIGITS = 20, 21
"""Digits behind the point, and digits that tell, which a format may ask for: d3 cuts others to these."""
MOST_WIDTH = 1_000
"""Characters to which a number is filled up: a format comes from a file that may not be trusted."""
_BASES = {"b": "b", "o": "o", "x": "x", "X": "X"}


def formatted(value: float, how: str) -> str:
    """The number in this format; one that d3 would not take writes it as `,` does."""
    found = _LANGUAGE.fullmatch(how)
    if found is None:
        return formatted(value, ",")
    given = found.groupdict()
    body, suffix = _digits(abs(value), given) if isfinite(value) else (str(abs(value)), "")
    if given["comma"] or given["type"] == "n":
        body = _grouped(body)
    is_negative = value < 0 and re.search("[1-9a-zA-Z]", body) is not None
    before, after = _signs(given["sign"] or "-", is_negative=is_negative)
    prefix = before + ("$" if given["symbol"] == "$" else "")
    return _padded(prefix, body + suffix + after, given)


def _digits(value: float, given: dict[str, str | None]) -> tuple[str, str]:
    """The digits of a number that is not negative, and what follows them."""
    kind = given["type"] or ""
    most = MOST_PLACES if kind in ("e", "f", "%") else MOST_DIGITS
    precision = _count(given["precision"], most) if given["precision"] is not None else (6 if kind else 12)
    trims = given["trim"] is not None or not kind
    if kind == "s":
        text, unit = _with_prefix(value, max(1, precision))
        return (_trimmed(text) if trims else text), unit
    if kind in _BASES:
        sign = f"0{kind.lower()}" if given["symbol"] == "#" else ""
        return sign + format(round(value), _BASES[kind]), ""
    if kind in ("d", "c"):
        return f"{value:.0f}", ""
    if kind in ("%", "p"):
        text = f"{value * 100:.{precision}f}" if kind == "%" else _significant(value * 100, max(1, precision))
        return (_trimmed(text) if trims else text), "%"
    if kind == "r":
        text = _significant(value, max(1, precision))
    elif kind in ("e", "f"):
        text = _with_exponent(format(value, f".{precision}{kind}"))
    else:
        text = _with_exponent(format(value, f"#.{max(1, precision)}g")).removesuffix(".")
    return (_trimmed(text) if trims else text), ""


def _with_exponent(text: str) -> str:
    """The number with as few digits in its exponent as there can be."""
    return re.sub(r"e([+-])0+(?=\d)", r"e\1", text)


def _count(digits: str, most: int) -> int:
    """A number of a format, as far as it is no more than `most`."""
    return most if len(digits) > len(str(most)) else min(int(digits), most)


def _significant(value: float, digits: int) -> str:
    """In decimal notation, rounded to so many digits that tell."""
    rounded = float(f"{value:.{digits - 1}e}")
    if rounded == 0 or not isfinite(rounded):
        return f"{rounded:.{digits - 1}f}"
    places = digits - 1 - floor(log10(rounded))
    return f"{rounded:.{max(0, places)}f}"


def _with_prefix(value: float, digits: int) -> tuple[str, str]:
    """So many digits before a prefix of the SI."""
    if value == 0:
        return f"{0:.{digits - 1}f}", ""
    rounded = float(f"{value:.{digits - 1}e}")
    place = min(max(floor(log10(rounded) / 3 + 1e-12), -_NO_PREFIX), _NO_PREFIX)
    return _significant(rounded / 1000.0**place, digits), _PREFIXES[place + _NO_PREFIX]


def _trimmed(text: str) -> str:
    """Without zeros that say nothing."""
    mantissa, e, exponent = text.partition("e")
    return (mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa) + e + exponent


def _grouped(body: str) -> str:
    whole, point, rest = body.partition(".")
    return (f"{int(whole):,}" if whole.isdigit() else whole) + point + rest


def _signs(sign: str, *, is_negative: bool) -> tuple[str, str]:
    if is_negative:
        return ("(", ")") if sign == "(" else (_MINUS, "")
    return (sign, "") if sign in "+ " else ("", "")


def _padded(prefix: str, text: str, given: dict[str, str | None]) -> str:
    width = _count(given["width"] or "0", MOST_WIDTH)
    missing = max(0, width - len(prefix) - len(text))
    align = given["align"] or ("=" if given["zero"] else ">")
    fill = (given["fill"] or ("0" if given["zero"] else " ")) * missing
    if align == "<":
        return prefix + text + fill
    if align == "=":
        return prefix + fill + text
    if align == "^":
        return fill[: missing // 2] + prefix + text + fill[missing // 2 :]
    return fill + prefix + text
