"""The facts of one experiment: all that planning and the report may look at, gathered beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vizspec.cells.cell import Cell
from vizspec.cells.checkpoints import WantedEpochs, of_epochs
from vizspec.cells.coverage import Ledger
from vizspec.cells.log_use import SelectedLogs
from vizspec.claims.record import Verdict
from vizspec.comparisons.record import NO_COMPARISONS, Comparisons
from vizspec.estimates.table import Estimates
from vizspec.metrics.catalogue import Catalogue
from vizspec.views.frame import Frame
from vizspec.views.program import ProgramFile

if TYPE_CHECKING:
    from vizspec.estimates.from_samples import Risks
    from vizspec.experiment.model import Experiment
    from vizspec.logs.releases import Release
    from vizspec.risk.classification import ClassifiedSamples
    from vizspec.samples.scored import NoScores, SampleScores, ToolCalls
    from vizspec.slurm.compute import ComputeFacts


@dataclass(frozen=True)
class Facts:
    """What is known of an experiment.

    `name` is the experiment's, or its folder's. `estimates` has a table for each confidence level that
    the spec asks for, `level` being that of tables and sentences. `warnings` are sentences on the inputs.
    """

    name: str
    level: float
    selected: SelectedLogs
    catalogue: Catalogue
    estimates: Mapping[float, Estimates]
    ledger: Ledger = field(default_factory=Ledger)
    experiment: Experiment | None = None
    risk: Risks = field(default_factory=dict)
    compute: Mapping[str | None, ComputeFacts] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    comparisons: Comparisons = NO_COMPARISONS
    """Every comparison that the spec, or the summary, asks for."""
    answers: Mapping[Cell, ClassifiedSamples] = field(default_factory=dict)
    """Of the cells whose samples are of two classes how they were classified."""
    verdicts: tuple[Verdict, ...] = ()
    """The verdict on each of the spec's claims."""
    samples: Mapping[Cell, SampleScores | NoScores] = field(default_factory=dict)
    """The scores of every sample, where some view shows samples."""
    calls: Mapping[Cell, ToolCalls | NoScores] = field(default_factory=dict)
    """The calls of tools in every sample, where some view shows them."""
    releases: Mapping[Cell, Release] = field(default_factory=dict)
    """When the models were released, where some view shows it and Inspect's tables tell."""
    files: Mapping[str, Frame] = field(default_factory=dict)
    """The frames of the user's own files, by their names in the spec."""
    programs: Mapping[str, ProgramFile] = field(default_factory=dict)
    """The user's programs, by their names in the spec."""
    further: tuple[Cell, ...] = ()
    """The cells of checkpoints that some view shows though the others do not; they have estimates too."""

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells to show."""
        return self.selected.cells

    def of_checkpoints(self, epochs: WantedEpochs) -> tuple[Cell, ...]:
        """The cells of these checkpoints, in the design's order, as far as they have estimates."""
        known = {*self.cells, *self.further}
        return tuple(
            of_epochs([cell for cell in self.selected.every_checkpoint if cell in known], epochs).kept
        )

    @property
    def table(self) -> Estimates:
        """The estimates at the level of tables and sentences."""
        return self.estimates[self.level]
