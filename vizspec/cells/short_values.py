"""Values of columns as labels have room for them: a path by its end, a long text by a code. Pure."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping

LONGEST = 28
"""Characters of a value that a label has room for."""

CODE_DIGITS = 4

_FILE_ENDING = re.compile(r"\.(?:csv|tsv|jsonl?|parquet|txt|md|ya?ml|py)$", re.IGNORECASE)
_NAMES = {"dataset_name": "dataset", "task_version": "version", "epochs_reducer": "reducer"}
"""What labels call a column whose own name says more than they need."""


def short_values(texts: Iterable[str]) -> Mapping[str, str]:
    """A short form of each text; different texts have different ones, and a code where nothing else is short.

    `data/words by hand.csv` is `words by hand`; `{"policy": "fixed", …}` is `#3f2a`, from a hash of it.
    """
    distinct = list(dict.fromkeys(texts))
    words = {text: in_words(text) for text in distinct}
    short = {text: code_of(text) if form is None else form for text, form in words.items()}
    times = Counter(short.values())
    codes = {
        text: text if times[short[text]] > 1 and len(text) <= LONGEST else short[text] for text in distinct
    }
    times = Counter(codes.values())
    return {text: code_of(text) if times[form] > 1 else form for text, form in codes.items()}


def short_column(column: str, columns: Iterable[str]) -> str:
    """What labels call a column: the end of its name, `scale` for `task_args.scale`, if no other has it."""
    ends = Counter(_end(name) for name in dict.fromkeys(columns))
    return _end(column) if ends[_end(column)] <= 1 else column


def code_of(text: str) -> str:
    """The code of a text: `#` and some digits of its hash."""
    return f"#{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:CODE_DIGITS]}"


def in_words(text: str) -> str | None:
    """The text in as many characters as a label has room for; None where only a code is so short."""
    if "\n" in text or text.startswith("{"):
        return None
    if len(text) <= LONGEST and _FILE_ENDING.search(text) is None:
        return text
    end = _FILE_ENDING.sub("", re.split(r"[/\\]", text.rstrip("/\\"))[-1])
    return end if 0 < len(end) <= LONGEST else None


def _end(column: str) -> str:
    return _NAMES.get(column, column.removeprefix("task_arg_").rpartition(".")[2])
