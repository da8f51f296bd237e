"""Whether two samples ask the same: hashes of the normalised input, and of the choices with the target. Pure.

White space says nothing, and a message of the user's alone is its text. Choices are taken as a set and the
target as the text of the choice that its letter names, so that shuffled choices are the same question.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any

TRUNCATED = "...\n(content truncated)"
"""What Inspect puts at the end of a text that it cut in a summary."""

DIGEST_BYTES = 8


def input_hash(given: Any) -> str:
    """The hash of a sample's input: a text, or a list of messages."""
    if isinstance(given, list):
        if len(given) == 1 and isinstance(given[0], dict) and given[0].get("role") in (None, "user"):
            given = _content(given[0].get("content"))
        else:
            given = [
                [one.get("role"), _content(one.get("content"))] for one in given if isinstance(one, dict)
            ]
    return _digest(_squeezed(given) if isinstance(given, str) else given)


def answer_hash(choices: Sequence[Any] | None, target: Any) -> str:
    """The hash of what a sample's answer is: its choices as a set, and the target."""
    targets = target if isinstance(target, list) else [target]
    return _answer(tuple(map(str, choices or ())), tuple(map(str, targets)))


def is_whole(given: Any) -> bool:
    """Whether a summary holds all of an input or target: cut texts and left out pictures are not."""
    if isinstance(given, str):
        return not given.endswith(TRUNCATED)
    if isinstance(given, list):
        return all(map(is_whole, given))
    if isinstance(given, dict):
        return is_whole(given.get("content", "")) and is_whole(given.get("text", ""))
    return True


@lru_cache(4096)
def _answer(choices: tuple[str, ...], targets: tuple[str, ...]) -> str:
    texts = [_squeezed(choice) for choice in choices]
    return _digest([sorted(texts), sorted(_target_text(target, texts) for target in targets)])


def _content(content: Any) -> Any:
    """The content of a message: its text, where it is all text."""
    if isinstance(content, str):
        return _squeezed(content)
    if isinstance(content, list):
        parts = [_part(part) for part in content]
        if all(isinstance(part, str) for part in parts):
            return _squeezed(" ".join(parts))
        return parts
    return content


def _part(part: Any) -> Any:
    is_text = isinstance(part, dict) and part.get("type") == "text"
    return _squeezed(str(part.get("text", ""))) if is_text else part


def _target_text(target: str, choices: Sequence[str]) -> str:
    """The choice that a letter names, else the target itself."""
    letter = target.strip()
    place = ord(letter) - ord("A") if len(letter) == 1 else -1
    return choices[place] if 0 <= place < len(choices) else _squeezed(target)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _digest(value: Any) -> str:
    text = (
        value if isinstance(value, str) else json.dumps(value, sort_keys=True, ensure_ascii=True, default=str)
    )
    return blake2b(text.encode("utf-8", "replace"), digest_size=DIGEST_BYTES).hexdigest()
