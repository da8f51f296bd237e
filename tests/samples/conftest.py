"""Logs that are really evaluated, once for all tests of this folder."""

from __future__ import annotations

import gc
import warnings
from pathlib import Path

import pytest

from tests.samples.logs import evaluate

PROBABILITIES = (0.9, 0.2, None, 0.7, 0.35, 0.35, 0.6, 0.15)


@pytest.fixture(scope="session")
def evaluated(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """By number of repeats, a log of eight samples, one of which has no log probabilities."""
    folder = tmp_path_factory.mktemp("evaluated")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Inspect's own
        logs = {epochs: evaluate(folder, PROBABILITIES, epochs=epochs) for epochs in (1, 3)}
        gc.collect()  # what it left open warns when it is collected: here, not in the midst of a test
    return logs
