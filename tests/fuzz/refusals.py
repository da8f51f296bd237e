"""What may come of a mutant of a file that a user writes: it is good, or it is refused at its place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vizspec.errors import Problems, UserError, format_problem


@contextmanager
def mutant_in(path: Path, text: str) -> Iterator[None]:
    """The file says this within the block, which may refuse it, with a place; then it is as it was before."""
    good = path.read_bytes()
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        yield
    except UserError:
        pass
    except Problems as found:
        for problem in found.problems:
            format_problem(problem)
            assert problem.mark is not None or "is empty" in problem.message, problem.message
    finally:
        path.write_bytes(good)
