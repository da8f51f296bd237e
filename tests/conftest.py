"""Fixtures that many tests share: whole experiments, with logs that Inspect itself has written."""

from __future__ import annotations

import fcntl
import gc
import hashlib
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import pytest
from hypothesis import settings

from vizspec.limits.archives import add_zstandard

add_zstandard()

# Nothing is thrown away while tests are collected.
gc.disable()

# A test that takes its time on a busy machine has not failed.
settings.register_profile("untimed", deadline=None)
settings.register_profile("quick", deadline=None, max_examples=8)
settings.load_profile("untimed")

REPOSITORY = Path(__file__).parents[1]
CACHE = REPOSITORY / ".cache" / "experiments"
SAMPLES = 16
EVALUATIONS = {"experiment_of", "real_logs", "evaluated"}
"""The fixtures that run evaluations."""


@pytest.hookimpl(tryfirst=True)  # before tests are chosen by their markers
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of logs that Inspect really writes are slow: the first of them runs the evaluations.

    Several processes begin with the files of slow tests: no process waits for another's at the end.
    """
    for item in items:
        if EVALUATIONS & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)
    if hasattr(config, "workerinput"):
        slow = Counter(item.path for item in items if item.get_closest_marker("slow"))
        items.sort(key=lambda item: -slow[item.path])


def pytest_collection_finish() -> None:
    """What was imported for the tests stays: it is not looked through for garbage at each of them."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture
def unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that the test starts measure no coverage: a held one could not write what it found."""
    for name in ("COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def experiment_of() -> Callable[..., Path]:
    """`experiment_of(kind, layout="current")`: an experiment of that kind, to be read and not to be changed.

    Experiments are kept between runs, for as long as neither their generator nor inspect-ai changes.
    """

    def experiment(kind: str, layout: str = "current") -> Path:
        place = CACHE / _generator() / f"{kind}-{layout}"
        with _locked(CACHE):
            if not place.exists():
                _make(place, kind, layout)
        return place

    return experiment


@pytest.fixture(scope="session")
def demo_experiment(experiment_of: Callable[..., Path]) -> Path:
    """The experiment of `vizspec demo`, with fewer samples; to be read and not to be changed."""
    return experiment_of("demo")


@pytest.fixture
def copy_of(experiment_of: Callable[..., Path], tmp_path: Path) -> Callable[..., Path]:
    """`copy_of(kind, layout="current")`: an experiment of that kind that the test may change."""

    def copy(kind: str, layout: str = "current") -> Path:
        original = experiment_of(kind, layout)
        return Path(shutil.copytree(original, tmp_path / "experiments" / original.name))

    return copy


def _generator() -> str:
    """A name for the state of everything that makes the experiments."""
    state = hashlib.sha256(version("inspect-ai").encode())
    for source in [*sorted((REPOSITORY / "vizspec" / "demo").glob("*.py")), Path(__file__)]:
        state.update(source.read_bytes())
    return state.hexdigest()[:16]


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One test process makes an experiment, the others wait for it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(place: Path, kind: str, layout: str) -> None:
    """Make the experiment beside its place, so that a half-made one never stands there."""
    from vizspec.demo import make_experiment

    for older in CACHE.iterdir():
        if older.is_dir() and older != place.parent:
            shutil.rmtree(older)
    unfinished = place.parent / f"{place.name}.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    make_experiment(unfinished, kind, samples=SAMPLES, layout=layout)
    unfinished.rename(place)
