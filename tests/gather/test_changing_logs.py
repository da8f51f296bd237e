"""A log that is replaced while it is read: one version of it is told of, or that there is none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.gather.test_gather import a_spec, risk_log
from vizspec.gather.facts import Facts
from vizspec.gather.gather import gather
from vizspec.gather.options import Reading
from vizspec.risk.record import LogRisk

LOG = "risky/eval/income/logs/a.eval"
SPEC = a_spec({"view": "roc_curves"})

SURE = ((0.9, "1"), (0.8, "1"), (0.2, "0"), (0.1, "0"))
UNSURE = ((0.6, "1"), (0.4, "1"), (0.55, "0"), (0.1, "0"), (0.3, "0"))


def gathered(base: Path, after_header: Callable[[], object]) -> Facts:
    """The facts, where something happens whenever all headers were read and no sample."""

    def progress(what: str, done: int, total: int) -> None:
        if what == "reading logs" and done == total:
            after_header()

    return gather(SPEC, None, base, "caps", Reading(progress, use_cache=False))


def samples_of(facts: Facts) -> list[int]:
    return [risk.n_valid for risk in facts.risk.values() if isinstance(risk, LogRisk)]


def test_a_log_that_is_replaced_after_its_header_was_read_is_read_again(tmp_path: Path) -> None:
    risk_log(tmp_path / LOG, *SURE)
    new = [UNSURE]

    def replace() -> None:
        if new:
            risk_log(tmp_path / LOG, *new.pop())

    facts = gathered(tmp_path, replace)
    (cell,) = facts.cells
    assert cell.log.samples == len(UNSURE)
    assert samples_of(facts) == [len(UNSURE)]
    assert not [warning for warning in facts.warnings if "changed" in warning]


def test_a_log_that_changes_again_and_again_is_told(tmp_path: Path) -> None:
    risk_log(tmp_path / LOG, *SURE)
    times = iter(range(1, 9))
    facts = gathered(tmp_path, lambda: risk_log(tmp_path / LOG, *SURE, *UNSURE[: next(times)]))
    assert [warning for warning in facts.warnings if "changed" in warning] == [
        f"1 log changed while it was read, such as '{LOG}': what is told may be of two versions; render again"
    ]


def test_a_log_that_vanishes_is_not_there(tmp_path: Path) -> None:
    risk_log(tmp_path / LOG, *SURE)
    other = risk_log(tmp_path / "other/eval/income/logs/b.eval", *UNSURE)
    facts = gathered(tmp_path, lambda: other.unlink(missing_ok=True))
    assert [cell.log.location for cell in facts.cells] == [LOG]


def test_logs_that_stay_are_read_once(tmp_path: Path) -> None:
    risk_log(tmp_path / LOG, *SURE)
    times: list[None] = []
    gathered(tmp_path, lambda: times.append(None))
    assert len(times) == 1
