"""What the preview tells its readers: how far it is, and what is wrong; all of them wait on one board."""

from __future__ import annotations

import threading
from dataclasses import asdict, dataclass, replace
from typing import Any

from vizspec.errors import Problem, format_problem


@dataclass(frozen=True)
class PreviewState:
    """What is to be seen: the number of the last good page, and what is wrong in it, or keeps a newer one
    away.
    """

    version: int = 0
    page: int = 0
    is_busy: bool = False
    problems: tuple[str, ...] = ()


class Board:
    """The present state, for any number of readers in threads of their own. `close` lets all of them go."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._state = PreviewState()
        self._is_closed = False

    @property
    def state(self) -> PreviewState:
        return self._state

    @property
    def is_closed(self) -> bool:
        return self._is_closed

    def busy(self) -> None:
        """A page is being made."""
        self._put(is_busy=True)

    def made(self, problems: tuple[str, ...] = ()) -> None:
        """There is a new page, with these problems in it."""
        self._put(page=self._state.page + 1, is_busy=False, problems=problems)

    def failed(self, problems: tuple[str, ...]) -> None:
        """There is no new page, for these reasons; the last good one stays."""
        self._put(is_busy=False, problems=problems)

    def close(self) -> None:
        """The preview ends."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def newer(self, version: int, seconds: float) -> PreviewState | None:
        """The state after this version, as soon as there is one; None where time runs out, or all ends."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_closed or self._state.version > version, seconds)
            return self._state if self._state.version > version and not self._is_closed else None

    def _put(self, **changes: Any) -> None:
        with self._changed:
            self._state = replace(self._state, version=self._state.version + 1, **changes)
            self._changed.notify_all()


def sentences_of(problems: tuple[Problem, ...]) -> tuple[str, ...]:
    """The problems as they stand over the page: `file:line:column: …`, with the line and what to do."""
    return tuple(format_problem(problem) for problem in problems)


def state_as_json(state: PreviewState) -> dict[str, Any]:
    """The state as the page in the browser reads it."""
    return asdict(state)
