"""The facts of the last page: most edits change what is said and drawn, and not what is known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vizspec.gather.gather import Gather, gather
from vizspec.preview.watch import is_address, sources_of_numbers, stamps

if TYPE_CHECKING:
    from vizspec.comparisons.in_texts import InText
    from vizspec.experiment.model import Experiment
    from vizspec.gather.facts import Facts
    from vizspec.gather.options import Reading
    from vizspec.spec.model import Spec

WORDS = {"title": None, "caption": None, "name": None}
"""What an entry says of its outputs; the differences that it asks for are told apart from it."""


class LastFacts:
    """Gathers as `gather` does, but gives the last facts again where all that they come of is as it was.

    What lies at an address is gathered each time: nobody tells whether it changed.
    """

    def __init__(self, gather: Gather = gather) -> None:
        self._gather = gather
        self._last: tuple[Any, Facts] | None = None

    def __call__(
        self,
        spec: Spec,
        experiment: Experiment | None,
        base: Path,
        name: str,
        reading: Reading,
        spec_folder: Path | None = None,
        in_texts: Sequence[InText] = (),
    ) -> Facts:
        """The facts, as `gather` tells of them."""
        sources = sources_of_numbers(spec, experiment, base, spec_folder or base)
        asked = (_without_words(spec), experiment, base, name, reading.home, spec_folder, tuple(in_texts))
        now = (asked, stamps(sources))
        if self._last is not None and self._last[0] == now:
            return self._last[1]
        facts = self._gather(spec, experiment, base, name, reading, spec_folder, in_texts)
        is_known = not any(map(is_address, spec.data.logs))
        self._last = (now, facts) if is_known else None
        return facts


def _without_words(spec: Spec) -> Spec:
    """The spec without what its entries say of their outputs."""
    return spec.model_copy(update={"views": tuple(entry.model_copy(update=WORDS) for entry in spec.views)})
