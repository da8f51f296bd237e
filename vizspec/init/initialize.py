"""What `init` does: look at a folder, suggest a spec, and write it without losing one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from vizspec.cells.cell import IDENTITY
from vizspec.errors import UserError
from vizspec.experiment.load import EXPERIMENT_FILE, RUN_LOGS, load_experiment
from vizspec.gather.found_names import found_of
from vizspec.init.claims import suggested_claims
from vizspec.init.shape import Shape, shape_of_design, shape_of_facts
from vizspec.init.starter import starter
from vizspec.init.suggest import NOTHING_STATED, Stated, suggest
from vizspec.logs.find import DEFAULT_PATTERNS, find_logs
from vizspec.logs.location import FRAMES
from vizspec.output.folder import Folder
from vizspec.spec.model import JSON_LOGS, Spec
from vizspec.spec.open import SPEC_NAME, shown_path
from vizspec.spec.own_schema import NOTHING_FOUND, SCHEMA_FILE, FoundNames, schema_for
from vizspec.text.messages import counted, listed
from vizspec.views import KINDS

if TYPE_CHECKING:
    from vizspec.experiment.model import Experiment
    from vizspec.gather.facts import Facts

LOOSE_LOGS = (("logs",), ("*.eval", "*.json"))
"""Where logs lie in a folder without a design, tried in this order before all folders below it."""


@dataclass(frozen=True)
class WrittenSpec:
    """The spec that was written, how many views it has, and what was noticed on the way."""

    path: str
    views: int
    notes: tuple[str, ...] = ()


def initialize(
    folder: Path, logs: Sequence[str] = (), force: bool = False, stated: Stated = NOTHING_STATED
) -> WrittenSpec:
    """Write `analysis.yaml`, and the schema that editors check it with, into the folder.

    The path of a spec that is to be means its folder. Claims are there as comments, unless some are stated.

    Raises:
        UserError: there is a spec already, or nothing to suggest one from.
        Problems: the design cannot be read.
    """
    if folder.name == SPEC_NAME and not folder.is_dir():
        folder = folder.parent
    spec_path = folder / SPEC_NAME
    if not folder.is_dir():
        raise UserError(
            f"there is no folder '{folder}'", f"name the experiment's folder: {SPEC_NAME} goes there"
        )
    if spec_path.exists() and not force:
        raise UserError(f"'{shown_path(spec_path)}' is there already", "write over it with --force")
    design = folder / EXPERIMENT_FILE
    experiment = load_experiment(design)[0] if design.exists() else None
    patterns = tuple(logs) or _patterns(folder, experiment)
    shape, notes, found = _shape(folder, experiment, patterns)
    suggestions = tuple(s for s in suggest(shape, stated) if s.view in KINDS)
    text = starter(
        suggestions,
        name=folder.resolve().name or "experiment",
        experiment=EXPERIMENT_FILE if experiment is not None else None,
        logs=None if patterns == DEFAULT_PATTERNS else patterns,
        schema=SCHEMA_FILE,
        suggested_claims=suggested_claims(experiment) if experiment is not None else (),
        stated=stated,
    )
    _write(folder, text, schema_for(Spec(vizspec=1), experiment, found))
    return WrittenSpec(shown_path(spec_path), len(suggestions), notes)


def _write(folder: Path, text: str, schema: str) -> None:
    target = Folder(folder)
    try:
        target.write(SCHEMA_FILE, schema.encode())
        target.write(SPEC_NAME, text.encode())
    except OSError as error:
        reason = error.strerror or str(error)
        hint = "make room, or see to the folder's permissions; nothing was changed"
        raise UserError(f"'{folder / SPEC_NAME}' cannot be written: {reason}", hint) from error


def _patterns(folder: Path, experiment: Experiment | None) -> tuple[str, ...]:
    """The default patterns where the folder is an experiment, else the folder that holds logs."""
    named = _named(experiment)
    has_default = bool(find_logs(DEFAULT_PATTERNS, folder, *named).files)
    if not has_default and find_logs(JSON_LOGS, folder, *named).files:
        return JSON_LOGS
    if experiment is not None or has_default:
        return DEFAULT_PATTERNS
    for patterns in LOOSE_LOGS:
        found = find_logs(patterns, folder)
        if found.files:
            return tuple(pattern for pattern in patterns if pattern not in found.patterns_without_match)
    deep = _deep_patterns(folder)
    if deep:
        return deep
    frames = sorted(path.name for path in folder.iterdir() if path.suffix in FRAMES)
    if frames:
        return tuple(frames)
    raise UserError(
        f"'{folder}' holds neither an {EXPERIMENT_FILE} nor logs",
        "name the experiment's folder, or say where the logs are with --logs",
    )


def _named(experiment: Experiment | None) -> tuple[Sequence[str] | None, Sequence[str]]:
    """The names of the design's runs and tasks."""
    if experiment is None:
        return None, ()
    return [run.name for run in experiment.runs], experiment.every_task


def _deep_patterns(folder: Path) -> tuple[str, ...]:
    """Patterns for logs anywhere below the folder: those of JSON look only where such logs lie.

    A pattern for all JSON would find the outputs too, and tell of each that it is no log.
    """
    of_json = find_logs(["**/*.json"], folder).files
    tops = dict.fromkeys(PurePosixPath(found.location).parts[0] for found in of_json)
    patterns = ["**/*.eval"] if find_logs(["**/*.eval"], folder).files else []
    return (*patterns, *(f"{top}/**/*.json" for top in tops))


def _shape(
    folder: Path, experiment: Experiment | None, patterns: tuple[str, ...]
) -> tuple[Shape, tuple[str, ...], FoundNames]:
    """What the views are chosen by, what to tell the user of it, and what the logs told."""
    has_compute = any((folder / place).is_file() for place in chain.from_iterable(RUN_LOGS.values()))
    if experiment is not None and not find_logs(patterns, folder, *_named(experiment)).files:
        note = "no logs yet: the views are chosen by the design alone"
        return shape_of_design(experiment, has_compute), (note,), NOTHING_FOUND
    facts = _facts(folder, experiment, patterns)
    if experiment is not None and not facts.cells:
        note = f"no log can be used ({_why_not(facts)}): the views are chosen by the design alone"
        return shape_of_design(experiment, has_compute), (note,), NOTHING_FOUND
    return shape_of_facts(facts, has_compute, _release_dates(facts)), tuple(_sweep(facts)), found_of(facts)


def _release_dates(facts: Facts) -> int:
    """On how many days the models of the logs were released, as far as it is known."""
    from vizspec.logs.releases import releases

    names = dict.fromkeys(name for cell in facts.cells for name in (cell.log.model, cell.model) if name)
    return len({release.on for release in releases(names).values()})


def _sweep(facts: Facts) -> Iterator[str]:
    """A note where evaluations differ in their settings: views show each setting as a condition."""
    settings = dict.fromkeys(name for cell in facts.cells for name in cell.identity if name not in IDENTITY)
    if settings:
        number = counted(len(facts.cells), "evaluation")
        yield f"a sweep was found: the {number} differ in {listed(list(settings))}"


def _facts(folder: Path, experiment: Experiment | None, patterns: tuple[str, ...]) -> Facts:
    """What the logs tell; without a design there must be something in them."""
    from vizspec.gather.gather import gather
    from vizspec.gather.options import Reading

    spec = Spec.model_validate({"vizspec": 1, "data": {"logs": list(patterns)}})
    facts = gather(spec, experiment, folder, folder.resolve().name, Reading())
    if experiment is None and not facts.cells:
        raise UserError(
            f"no log below '{folder}' can be used: {_why_not(facts)}", "name other ones with --logs"
        )
    return facts


def _why_not(facts: Facts) -> str:
    """The first log that cannot be used, with the reason."""
    fate = facts.selected.uses[0]
    return f"'{fate.log.location}': {fate.reason}"
