"""What can be wrong, as values: places, problems, and the two exceptions that mean "already explained".

A problem names its place by the path of keys that leads to it (`("views", 3, "metrics")`); the document that
was read makes a line of it (`parsing.yaml_file.locate`). Only `cli` prints.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Loc = tuple[str | int, ...]
"""A path of keys and list indexes from the root of a YAML document."""

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Mark:
    """A position in a text file, both numbers counted from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in one file.

    `file` is the name to show; `mark` is filled in where the document's positions are known.
    `is_choice`: only certain words may stand there, which the message names.
    """

    loc: Loc
    message: str
    hint: str | None = None
    severity: Severity = "error"
    file: str | None = None
    mark: Mark | None = None
    excerpt: str | None = None
    is_choice: bool = field(default=False, compare=False)


class Problems(Exception):
    """The spec, the experiment, or their match is wrong; carries every problem found, not the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.message for problem in self.problems))


class UserError(Exception):
    """Something outside the files is wrong: no logs, a folder not writable. `hint` is the next step."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        self.message = message
        self.hint = hint
        super().__init__(message)


class NeverRendered(UserError):
    """There is no manifest yet, so that nothing can be said of outputs."""


def path_text(loc: Loc) -> str:
    """The path as people write it: `("views", 3, "metrics")` is `views[3].metrics`."""
    text = ""
    for step in loc:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{step}" if text else step
    return text


def format_problem(problem: Problem) -> str:
    """The problem in the compilers' form: `file:line:column: severity: path: message`, excerpt, hint."""
    place = problem.file or "<input>"
    if problem.mark:
        place += f":{problem.mark.line}:{problem.mark.column}"
    path = path_text(problem.loc)
    lines = [f"{place}: {problem.severity}: {path + ': ' if path else ''}{problem.message}"]
    if problem.excerpt is not None and problem.mark:
        lines.append(f"{problem.mark.line:>5} | {problem.excerpt}")
        lines.append(
            f"      | {' ' * (problem.mark.column - 1)}^" + (f" {problem.hint}" if problem.hint else "")
        )
    elif problem.hint:
        lines.append(f"    {problem.hint}")
    return "\n".join(lines)
