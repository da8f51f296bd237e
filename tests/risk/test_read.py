"""Many logs become risk values, or reasons, in their order."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest

from tests.samples.logs import risk_score, sample, write_eval
from vizspec.cache import Cache
from vizspec.errors import Problems
from vizspec.risk.read import read_risk
from vizspec.risk.record import LogRisk, NoRisk


def write_log(path: Path, *pairs: tuple[float | None, str], **spec: Any) -> str:
    return str(
        write_eval(path, [sample(n, risk_score(p, target)) for n, (p, target) in enumerate(pairs)], **spec)
    )


def test_every_key_has_its_values_or_its_reason(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    good = write_log(tmp_path / "good.eval", (0.2, "0"), (0.7, "1"), (None, "1"))
    one = write_log(tmp_path / "one.eval", (0.2, "0"))
    with caplog.at_level(logging.INFO):
        found = read_risk([("g", good), ("o", one), ("n", str(tmp_path / "none.eval"))])
    assert list(found) == ["g", "o", "n"]
    assert isinstance(found["g"], LogRisk)
    assert found["g"].coverage == "2 of 3 samples had a usable risk score"
    none = found["o"]
    assert isinstance(none, NoRisk)
    assert none == NoRisk("has 1 valid sample of 1", none.risk, none.source)
    assert "one.eval has 1 valid sample of 1" in caplog.text
    assert "none.eval cannot be read" in caplog.text


def test_the_positive_class_may_be_given_as_the_spec_has_it(tmp_path: Path) -> None:
    path = write_log(tmp_path / "log.eval", (0.2, "0"), (0.7, "1"))
    found = read_risk([("a", path)], positive="0")["a"]
    assert isinstance(found, LogRisk)
    assert (found.positive, found.y_true) == ("0", (1, 0))


def test_a_positive_class_that_is_no_option_is_an_error(tmp_path: Path) -> None:
    path = write_log(tmp_path / "log.eval", (0.2, "0"), (0.7, "1"))
    with pytest.raises(Problems, match=r"'yes' is not among the options of .*log\.eval"):
        read_risk([("a", path)], positive="yes")


def test_progress_is_told_and_the_cache_is_used(tmp_path: Path) -> None:
    path = write_log(tmp_path / "log.eval", (0.2, "0"), (0.7, "1"))
    events: list[tuple[int, int]] = []
    cache = Cache(tmp_path / "store")
    first = read_risk([("a", path)], cache=cache, progress=lambda done, total: events.append((done, total)))
    assert events == [(1, 1)]
    assert read_risk([("a", path)], cache=cache) == first
    assert cache.size_bytes() > 0
