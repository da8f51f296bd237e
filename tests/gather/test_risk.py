"""Samples are read once, metrics are estimated once, and both are kept for the next time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.make import a_cell, a_score
from tests.risk.make import log_risk
from tests.samples.logs import risk_score, sample, write_eval
from vizspec.cells.cell import Cell
from vizspec.errors import Problems
from vizspec.gather import risk as gathering
from vizspec.gather.options import Reading
from vizspec.gather.risk import estimate_risk, gather_risk
from vizspec.logs.location import Location
from vizspec.risk.record import LogRisk, NoRisk

RISK = {"auc_score": 0.9}


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIZSPEC_CACHE", str(tmp_path / "cache"))


def a_risk_cell(location: str | Location, run: str = "r4") -> Cell:
    return a_cell(run, f"hf/{run}", location=location, scores=[a_score("risk_scorer", metrics=RISK)])


def write(path: Path, *risks: float) -> None:
    write_eval(path, [sample(n, risk_score(p, str(n % 2))) for n, p in enumerate(risks)])


def test_each_cell_has_its_samples_risk_or_the_reason_why_not(tmp_path: Path) -> None:
    write(tmp_path / "a.eval", 0.2, 0.7, 0.4)
    cells = [a_risk_cell("a.eval"), a_risk_cell("gone.eval", "r8"), a_cell("r16")]
    found = gather_risk(cells, tmp_path, None, Reading())
    assert list(found) == cells[:2]
    assert isinstance(found[cells[0]], LogRisk)
    missing = found[cells[1]]
    assert isinstance(missing, NoRisk)
    assert "cannot be read" in missing.reason


def test_a_row_of_a_frame_has_no_samples(tmp_path: Path) -> None:
    assert gather_risk([a_risk_cell(Location("frame.parquet", 3))], tmp_path, None, Reading()) == {}


def test_progress_tells_what_is_done(tmp_path: Path) -> None:
    write(tmp_path / "a.eval", 0.2, 0.7)
    events: list[tuple[str, int, int]] = []
    reading = Reading(lambda *what: events.append(what))
    found = gather_risk([a_risk_cell("a.eval")], tmp_path, None, reading)
    estimate_risk(found, [0.95], reading)
    assert events == [("reading samples", 1, 1), ("estimating risk", 1, 1)]


def test_a_wrong_positive_class_is_told_at_its_key(tmp_path: Path) -> None:
    write(tmp_path / "a.eval", 0.2, 0.7)
    with pytest.raises(Problems) as raised:
        gather_risk([a_risk_cell("a.eval")], tmp_path, "yes", Reading())
    assert raised.value.problems[0].loc == ("metrics", "positive")


def test_what_was_estimated_is_not_estimated_again(monkeypatch: pytest.MonkeyPatch) -> None:
    cell = a_risk_cell("a.eval")
    risks = {cell: log_risk((0, 1, 0, 1), (0.1, 0.9, 0.4, 0.6))}
    first = estimate_risk(risks, [0.8, 0.95], Reading())

    def never(*arguments: object, **named: object) -> None:
        raise AssertionError("it was estimated again")

    monkeypatch.setattr(gathering, "risk_estimates", never)
    assert estimate_risk(risks, [0.8, 0.95], Reading()) == first
    assert first[0.8][cell] != first[0.95][cell]
    with pytest.raises(AssertionError, match="again"):
        estimate_risk(risks, [0.9], Reading())
    with pytest.raises(AssertionError, match="again"):
        estimate_risk(risks, [0.8], Reading(use_cache=False))


def test_other_samples_are_estimated_anew() -> None:
    cell = a_risk_cell("a.eval")
    first = estimate_risk({cell: log_risk((0, 1), (0.1, 0.9))}, [0.95], Reading())
    second = estimate_risk({cell: log_risk((0, 1), (0.9, 0.1))}, [0.95], Reading())
    assert first != second


def test_a_damaged_entry_is_estimated_anew(tmp_path: Path) -> None:
    cell = a_risk_cell("a.eval")
    risks = {cell: log_risk((0, 1, 0, 1), (0.1, 0.9, 0.4, 0.6))}
    first = estimate_risk(risks, [0.95], Reading())
    (entry,) = (tmp_path / "cache").rglob("estimates/*.bin")
    entry.write_bytes(entry.read_bytes()[:10])
    assert estimate_risk(risks, [0.95], Reading()) == first


def test_without_samples_there_is_nothing_to_estimate() -> None:
    assert estimate_risk({a_risk_cell("a.eval"): NoRisk("cannot be read")}, [0.95], Reading()) == {0.95: {}}
