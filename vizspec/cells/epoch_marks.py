"""Checkpoints in labels: where those of one figure are of several epochs, each says its own. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from vizspec.cells.labelled import Labelled
from vizspec.text.messages import agreeing, listed


def with_epochs(
    plain: Sequence[Labelled], made: Sequence[Labelled], of_model: defaultdict[str, set[str]]
) -> tuple[Labelled, ...]:
    """The labels with their checkpoints, where those of one figure are of several epochs and a label does not
    tell.

    Models that are trained for one epoch and for two are not told apart by it, but nobody may take them for
    equally trained.
    """
    if len(_epochs(made)) < 2:
        return tuple(made)
    of_label: defaultdict[str, list[Labelled]] = defaultdict(list)
    for one in made:
        of_label[one.model].append(one)
    marks = {model: _epochs_text(_epochs(members)) for model, members in of_label.items()}
    return tuple(
        one
        if "epoch" in of_model[before.model]
        else replace(one, model=_marked(one.model, marks[one.model], is_bare=one.model == before.model))
        for before, one in zip(plain, made, strict=True)
    )


def epochs_note(labelled: Sequence[Labelled]) -> tuple[str, ...]:
    """A sentence on the checkpoints, where those of one figure are of several epochs."""
    epochs = _epochs(labelled)
    if len(epochs) < 2:
        return ()
    models = {n: dict.fromkeys(one.model for one in labelled if one.cell.epoch == n) for n in epochs}
    by_epoch = "; ".join(listed([_at_epoch(name, n) for name in names], 3) for n, names in models.items())
    return (f"checkpoints of different epochs: {by_epoch}",)


def _at_epoch(name: str, epoch: int) -> str:
    return name if f"epoch {epoch}" in name else f"{name} (epoch {epoch})"


def _epochs(labelled: Iterable[Labelled]) -> list[int]:
    return sorted({one.cell.epoch for one in labelled if one.cell.epoch is not None})


def _epochs_text(epochs: Sequence[int]) -> str:
    return f"{agreeing(len(epochs), 'epoch')} {', '.join(map(str, epochs))}" if epochs else ""


def _marked(label: str, mark: str, *, is_bare: bool) -> str:
    if not mark:
        return label
    return f"{label} ({mark})" if is_bare or not label.endswith(")") else f"{label[:-1]}, {mark})"
