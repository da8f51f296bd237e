"""Regular expressions of a spec, run with a bound: one that backtracks without end is an error.

They are those of the `regex` package: it has the same language as `re`, and a time limit. RE2, which needs
none, lacks look-around and back-references, so that patterns that people have would stop working.
"""

from __future__ import annotations

import math
import re
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex

LONGEST = 1000
"""Characters of a pattern: a longer one could take minutes to be read."""

LONGEST_TEXT = 10_000
"""Characters of a text that are looked at."""

SECONDS = 1.0
"""What one search may take."""
SECONDS_IN_ALL = 5.0
"""What the searches of one pattern may take together, counting those that take longer than any should."""
LONG_SECONDS = 0.05

MOST_REPEATS = 100_000
"""How many repeats a pattern may ask for by number: `((a{1000}){1000}){1000}` takes all memory there is."""
_COUNT = re.compile(r"\{(\d*)(?:,(\d*))?\}")


class PatternError(ValueError):
    """A pattern that cannot be read, or that takes too long; the message is for the user."""


def check(pattern: str) -> None:
    """Raises `PatternError` where the pattern is no regular expression."""
    _compiled(pattern)


def first_group(
    pattern: str, text: str, seconds: float = SECONDS, clock: Callable[[], float] = time.process_time
) -> str | None:
    """The first group of the first match in the text (the whole match without groups); None without a match.

    Raises:
        PatternError: the pattern is none, or the search takes more than `seconds`, or all of its searches so
            far, by the `clock`, more than `SECONDS_IN_ALL`.
    """
    bounded = _compiled(pattern)
    if bounded.spent > SECONDS_IN_ALL:
        raise PatternError(f"its searches take more than {SECONDS_IN_ALL:g} s together")
    began = clock()
    try:
        found = bounded.compiled.search(text[:LONGEST_TEXT], timeout=seconds)
    except TimeoutError:
        reason = f"the search takes more than {seconds:g} s, as a repeat within a repeat may"
        raise PatternError(reason) from None
    except (MemoryError, RecursionError):
        raise PatternError("the search has no end") from None
    finally:
        took = clock() - began
        bounded.spent += took if took > LONG_SECONDS else 0
    if found is None:
        return None
    matched: str | None = found.group(1) if found.re.groups else found.group(0)
    return matched


@dataclass
class _Bounded:
    """A pattern that can be read, and the seconds of its long searches so far."""

    compiled: regex.Pattern[str]
    spent: float = 0.0


@lru_cache(256)
def _compiled(pattern: str) -> _Bounded:
    import regex

    if len(pattern) > LONGEST:
        raise PatternError(f"it is longer than {LONGEST} characters")
    repeats = math.prod(max(1, *(int(number or 1) for number in pair)) for pair in _COUNT.findall(pattern))
    if repeats > MOST_REPEATS:
        raise PatternError(f"its counts multiply to more than {MOST_REPEATS:,} repeats")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of what a later version may read differently
            return _Bounded(regex.compile(pattern))
    except (regex.error, RecursionError, OverflowError, MemoryError) as error:
        raise PatternError(str(error)) from error
