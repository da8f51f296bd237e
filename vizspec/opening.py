"""From the path a user gives to a checked spec with its experiment, every problem at its line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from vizspec.checks import check
from vizspec.document import locate, read_document
from vizspec.errors import Problem, Problems, UserError
from vizspec.load import EXPERIMENT_FILE, load_experiment
from vizspec.schema_errors import problems_of
from vizspec.spec import Spec

if TYPE_CHECKING:
    from vizspec.experiment import Experiment
    from vizspec.yamlfile import Document

SPEC_NAME = "analysis.yaml"


@dataclass(frozen=True)
class Opened:
    """A valid spec, its experiment where it names one, and the warnings on both.

    `base` is the folder that log patterns start from: the experiment's, else the spec's.
    """

    path: Path
    spec: Spec
    document: Document
    base: Path
    experiment: Experiment | None = None
    experiment_path: Path | None = None
    warnings: tuple[Problem, ...] = ()

    @property
    def name(self) -> str:
        """The experiment's name, else that of the spec's folder."""
        own = self.experiment.name if self.experiment is not None else None
        return own or self.base.resolve().name or "experiment"

    @property
    def shown_path(self) -> str:
        return shown_path(self.path)

    def located(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Problems of the spec, found after it was opened, at their lines."""
        return locate(problems, self.document, self.shown_path)


def open_spec(path: Path) -> Opened:
    """Read and check the spec at `path` (a file, or a folder that holds `analysis.yaml`).

    Raises:
        Problems: the spec or the experiment is wrong: every problem, warnings included.
        UserError: a file is missing or cannot be read.
    """
    file = spec_file(path)
    document = read_document(file, one_dialect=True)
    name = shown_path(file)
    try:
        spec = Spec.model_validate(document.data)
    except ValidationError as error:
        raise Problems(locate(problems_of(error, Spec), document, name)) from None
    opened = _with_experiment(Opened(file, spec, document, file.parent))
    found = check(spec, opened.experiment, lambda named: (file.parent / named).is_file())
    problems = (*opened.warnings, *locate(found, document, name))
    if any(problem.severity == "error" for problem in problems):
        raise Problems(problems)
    return replace(opened, warnings=problems)


def spec_file(path: Path) -> Path:
    """The spec that a path means: itself, or the `analysis.yaml` of a folder.

    Raises:
        UserError: there is none; says how to make one.
    """
    file = path / SPEC_NAME if path.is_dir() else path
    if not file.exists():
        folder = path if path.is_dir() else path.parent
        raise UserError(f"there is no '{shown_path(file)}'", f"write one with: vizspec init {folder}")
    if file.is_dir():
        raise UserError(f"'{shown_path(file)}' is a folder, not a spec", "name the YAML file")
    return file


def shown_path(path: Path) -> str:
    """The path as messages show it: relative to the current folder where it lies below it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _with_experiment(opened: Opened) -> Opened:
    named = opened.spec.experiment
    if named is None:
        return opened
    path = opened.path.parent / named
    if path.is_dir():
        path = path / EXPERIMENT_FILE
    if not path.exists():
        problem = Problem(
            ("experiment",),
            f"there is no file '{named}'",
            "design the experiment first, correct the path, or leave `experiment` out",
        )
        raise Problems(opened.located([problem]))
    experiment, _, warnings = load_experiment(path)
    return replace(
        opened,
        experiment=experiment,
        experiment_path=path,
        base=path.parent,
        warnings=warnings,
    )
