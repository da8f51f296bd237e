"""Regular expressions of a spec, run with a bound: one that backtracks without end is an error.

They are those of the `regex` package: it has the same language as `re`, and a time limit. RE2, which needs
none, lacks look-around and back-references, so that patterns that people have would stop working.
"""

from __future__ import annotations

import warnings
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


class PatternError(ValueError):
    """A pattern that cannot be read, or that takes too long; the message is for the user."""


def check(pattern: str) -> None:
    """Raises `PatternError` where the pattern is no regular expression."""
    _compiled(pattern)


def first_group(pattern: str, text: str, seconds: float = SECONDS) -> str | None:
    """The first group of the first match in the text (the whole match without groups); None without a match.

    Raises:
        PatternError: the pattern is none, or the search takes more than `seconds`.
    """
    try:
        found = _compiled(pattern).search(text[:LONGEST_TEXT], timeout=seconds)
    except TimeoutError:
        reason = f"the search takes more than {seconds:g} s, as a repeat within a repeat may"
        raise PatternError(reason) from None
    except (MemoryError, RecursionError):
        raise PatternError("the search has no end") from None
    if found is None:
        return None
    matched: str | None = found.group(1) if found.re.groups else found.group(0)
    return matched


@lru_cache(256)
def _compiled(pattern: str) -> regex.Pattern[str]:
    import regex

    if len(pattern) > LONGEST:
        raise PatternError(f"it is longer than {LONGEST} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of what a later version may read differently
            return regex.compile(pattern)
    except (regex.error, RecursionError, OverflowError, MemoryError) as error:
        raise PatternError(str(error)) from error
