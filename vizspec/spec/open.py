"""From the path a user gives to a checked spec with its experiment, every problem at its line."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vizspec.errors import Loc, Mark, Problem, Problems, UserError
from vizspec.experiment.load import EXPERIMENT_FILE, load_experiment
from vizspec.limits.files import TEXT_MB, read_file
from vizspec.parsing.partial import Partial, validate_partially
from vizspec.parsing.yaml_file import locate, read_yaml
from vizspec.spec.checks import check
from vizspec.spec.checks.known_names import Surroundings
from vizspec.spec.model import Spec
from vizspec.spec.reach import HOW_TO_TRUST, home_of, leads_out, outside
from vizspec.text.messages import nearest, shown

if TYPE_CHECKING:
    from vizspec.experiment.model import Experiment
    from vizspec.parsing.yaml_source import YamlDocument

SPEC_NAME = "analysis.yaml"


@dataclass(frozen=True)
class Opened:
    """A valid spec, its experiment where it names one, and the warnings on both.

    `base` is the folder that log patterns start from: the experiment's, else the spec's.
    """

    path: Path
    spec: Spec
    yaml: YamlDocument
    base: Path
    experiment: Experiment | None = None
    experiment_path: Path | None = None
    warnings: tuple[Problem, ...] = ()
    home: Path | None = None
    """The repository of the spec, else its folder; None where nobody looked."""
    in_texts: tuple[Problem, ...] = ()
    """What is wrong in files of prose: a render tells it, and makes the rest all the same."""
    outside: tuple[Problem, ...] = ()
    """What it names outside of its home; nothing, where it is not trusted."""
    is_trusted: bool = True

    @property
    def name(self) -> str:
        """The spec's own `name`, else the experiment's, else that of the folder."""
        return self.given_name or self.base.resolve().name or "experiment"

    @property
    def given_name(self) -> str | None:
        """The name that the spec or the experiment gives, wherever their folder lies."""
        return self.spec.name or (self.experiment.name if self.experiment is not None else None)

    @property
    def shown_path(self) -> str:
        return shown_path(self.path)

    def located(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Problems of the spec, found after it was opened, at their lines."""
        as_written = (replace(problem, loc=_as_in_yaml(problem.loc, self.yaml)) for problem in problems)
        return locate(as_written, self.yaml, self.shown_path)


class _ReadDesign(NamedTuple):
    """The experiment that a spec names, as far as it could be read; `problems` are of both files."""

    experiment: Experiment | None
    path: Path | None
    of_spec: tuple[Problem, ...] = ()
    of_experiment: tuple[Problem, ...] = ()


def open_spec(path: Path, *, is_trusted: bool = True) -> Opened:
    """Read and check the spec at `path` (a file, or a folder that holds `analysis.yaml`).

    Raises:
        Problems: the spec or the experiment is wrong: every problem of both, warnings included. Or the spec
            is not trusted, and names what lies outside of its repository: nothing of it is read then.
        UserError: the spec is missing or cannot be read.
    """
    file = spec_file(path)
    name = shown_path(file)
    home = home_of(file)
    if not is_trusted and leads_out(file, home):
        raise UserError(f"'{name}' is a link that leads out of '{home}'", HOW_TO_TRUST)
    yaml = _read(file, name)
    partial = validate_partially(Spec, yaml.data, {"vizspec": 1})
    if not is_trusted:
        _refuse_outside(partial.value, file, file.parent, home, yaml)
    design = _design(file, partial.value.experiment)
    around = _surroundings(file.parent)
    found = check(partial.value, design.experiment, around, partial.left_out)
    in_texts = tuple(
        replace(one, file=shown_path(file.parent / one.file)) for one in found if one.file is not None
    )
    found = tuple(one for one in found if one.file is None)
    own = (*partial.problems, *design.of_spec, *_as_written(found, partial, yaml))
    placed = locate(_once(own, yaml.problems), yaml, name)
    as_yaml = _with_choices(yaml.problems, partial.problems)
    problems = (*design.of_experiment, *_in_order((*as_yaml, *placed)))
    problems = tuple(replace(problem, file=problem.file or name) for problem in problems)
    if any(problem.severity == "error" for problem in problems):
        raise Problems((*problems, *in_texts))
    base = design.path.parent if design.path is not None else file.parent
    around_it = outside(partial.value, file.parent, base, home)
    if not is_trusted:
        _refuse_outside(partial.value, file, base, home, yaml)
    where = (home, in_texts, locate(around_it, yaml, name), is_trusted)
    return Opened(file, partial.value, yaml, base, design.experiment, design.path, problems, *where)


def _refuse_outside(spec: Spec, file: Path, base: Path, home: Path, yaml: YamlDocument) -> None:
    """Raises `Problems` where the spec names what lies outside of its home; before any of it is read."""
    found = outside(spec, file.parent, base, home)
    if found:
        raise Problems(locate(found, yaml, shown_path(file)))


def _surroundings(folder: Path) -> Surroundings:
    def text_of(named: str) -> str:
        return read_file(folder / named, TEXT_MB).decode("utf-8-sig")

    def is_there(named: str) -> bool:
        return os.path.lexists(folder / named)

    return Surroundings(folder.resolve(), lambda named: _is_file(folder / named), is_there, text_of)


def _is_file(path: Path) -> bool:
    return os.path.isfile(path)  # noqa: PTH113 - Path.is_file raises where a name is too long


def spec_file(path: Path) -> Path:
    """The spec that a path means: itself, or the `analysis.yaml` of a folder.

    Raises:
        UserError: there is none; says how to make one.
    """
    file = path / SPEC_NAME if path.is_dir() else path
    if not file.exists():
        raise UserError(f"there is no '{shown_path(file)}'", _how_to_begin(path))
    if file.is_dir():
        raise UserError(f"'{shown_path(file)}' is a folder, not a spec", "name the YAML file")
    return file


def specs_above(files: Iterable[Path]) -> tuple[Path, ...]:
    """The `analysis.yaml` of the nearest folder that each file lies in, each once; of some there is none.

    A link lies where it stands, not where it leads.
    """
    places = (Path(os.path.abspath(file)) for file in files)  # noqa: PTH100 - Path.resolve follows links
    found = (next((f / SPEC_NAME for f in one.parents if (f / SPEC_NAME).is_file()), None) for one in places)
    return tuple(dict.fromkeys(spec for spec in found if spec is not None))


def shown_path(path: Path) -> str:
    """The path as messages show it: relative to the current folder where it lies below it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _how_to_begin(path: Path) -> str:
    if path.is_dir():
        return f"write one with: vizspec init {path}"
    return f"check the path; `vizspec init FOLDER` writes an {SPEC_NAME} into an experiment's folder"


def _read(file: Path, name: str) -> YamlDocument:
    try:
        return read_yaml(file, one_dialect=True, keep_problems=True)
    except Problems as found:
        raise Problems(replace(problem, file=name) for problem in found.problems) from None


def _design(file: Path, named: str | None) -> _ReadDesign:
    if named is None:
        return _ReadDesign(None, None)
    path = file.parent / named
    if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises where a name is too long
        path = path / EXPERIMENT_FILE
    try:
        experiment, _, problems = load_experiment(path)
    except UserError as error:
        hint = _near_file(file, named) or error.hint
        return _ReadDesign(None, None, of_spec=(Problem(("experiment",), error.message, hint),))
    except Problems as found:
        return _ReadDesign(None, None, of_experiment=_named(found.problems))
    return _ReadDesign(experiment, path, of_experiment=_named(problems))


def _near_file(file: Path, named: str) -> str | None:
    """The file, or the folder with a design, that may be meant where there is nothing of this name."""
    path = file.parent / named
    try:
        if path.exists():
            return None
        beside = [other for other in sorted(path.parent.iterdir()) if _may_be_design(other, file)]
    except (OSError, ValueError):
        return None
    names = {other.stem: other.name for other in beside}  # endings are alike, whatever stands before them
    near = nearest(path.stem, names)
    return f"did you mean {shown(Path(named).parent / names[near])}?" if near is not None else None


def _may_be_design(path: Path, spec: Path) -> bool:
    if path.is_dir():
        return (path / EXPERIMENT_FILE).is_file()
    return path.suffix in (".yaml", ".yml") and path.name != spec.name


def _named(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems of the experiment's file, which is shown as the spec is: relative to the current folder."""
    return tuple(
        replace(problem, file=shown_path(Path(problem.file)) if problem.file else None)
        for problem in problems
    )


def _as_written(found: Iterable[Problem], partial: Partial[Spec], yaml: YamlDocument) -> Iterator[Problem]:
    """Problems of what was left out, at their places in the document: one text is no list there.

    A place of which a part was left out is not complained of: the complaint may come of that.
    """
    for problem in found:
        loc = partial.original(problem.loc)
        if not any(part[: len(loc)] == loc for part in partial.left_out):
            yield replace(problem, loc=_as_in_yaml(loc, yaml))


def _as_in_yaml(loc: Loc, yaml: YamlDocument) -> Loc:
    """The place of a list's item, which in the document may be one text and no list."""
    is_item = bool(loc) and isinstance(loc[-1], int) and loc not in yaml.marks
    return loc[:-1] if is_item else loc


def _once(problems: Iterable[Problem], said: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems without those at places of which the YAML itself was found wrong."""
    places: set[Loc] = {problem.loc for problem in said}
    return tuple(problem for problem in problems if problem.loc not in places)


def _with_choices(problems: Iterable[Problem], own: Iterable[Problem]) -> Iterator[Problem]:
    """Problems of the YAML; where only certain words may stand, these are the hint and not how to quote."""
    choices = {problem.loc: problem.message for problem in own if problem.is_choice}
    for problem in problems:
        yield replace(problem, hint=choices.get(problem.loc, problem.hint))


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems of one file, in the order of their places; those without one first."""
    return tuple(sorted(problems, key=lambda problem: problem.mark or Mark(0, 0)))
