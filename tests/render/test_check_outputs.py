"""What is not as a render would leave it: found after a render, and mended by the next."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.disk import VIEWS, write_experiment, write_log, write_spec
from tests.rendering import rendered, states
from vizspec.errors import UserError
from vizspec.gather.options import Reading
from vizspec.manifest.staleness import OutputState
from vizspec.render.check_outputs import check_outputs
from vizspec.spec.open import open_spec

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

BY_TASK = "scores_by_task_caps_match.html"
EXPERIMENT: dict[str, Any] = {"experiment": "experiment_summary.yaml"}


@pytest.fixture
def caps(tmp_path: Path) -> Path:
    return write_experiment(tmp_path / "caps")


def test_without_a_render_there_is_nothing_to_check(caps: Path) -> None:
    with pytest.raises(UserError, match="has no manifest") as raised:
        check_outputs(open_spec(caps), Reading(use_cache=False))
    assert (raised.value.hint or "").startswith("render first: vizspec render ")


Change = Callable[[Path], object]


@pytest.mark.parametrize(
    ("change", "name", "state"),
    [
        (lambda folder: (folder / "analysis" / BY_TASK).unlink(), BY_TASK, OutputState.MISSING),
        (lambda folder: (folder / "analysis" / BY_TASK).write_text("mine"), BY_TASK, OutputState.EDITED),
        (
            lambda folder: (folder / "analysis" / "report.md").write_text("mine"),
            "report.md",
            OutputState.EDITED,
        ),
        (
            lambda folder: write_log(folder / "small" / "eval" / "rivers" / "logs" / "a.eval", "rivers"),
            "scores_by_task:match/accuracy",
            OutputState.STALE,
        ),
        (lambda folder: write_spec(folder, VIEWS[1:], **EXPERIMENT), BY_TASK, OutputState.ORPHANED),
    ],
)
def test_a_check_finds_what_a_render_mends(caps: Path, change: Change, name: str, state: OutputState) -> None:
    rendered(caps)
    assert states(caps) == []
    change(caps)
    assert (name, state.value) in [found[:2] for found in states(caps)]
    rendered(caps, clean=True)
    assert states(caps) == []
