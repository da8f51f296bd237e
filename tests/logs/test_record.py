"""What identifies the content of a log."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from tests.make import a_log
from vizspec.logs.record import content_id

LOG = a_log("r4", passed=frozenset({"vis_label", "split", "seed", "shots"}))

PROBE = """
from tests.logs.test_record import LOG
from vizspec.logs.record import content_id
print(content_id(LOG))
"""


def test_a_log_whose_hash_is_known_is_known_by_it() -> None:
    assert content_id(replace(LOG, sha256="ab")) == "ab"


def test_other_content_is_told_apart_though_no_hash_is_known() -> None:
    others = [LOG, replace(LOG, samples=99), replace(LOG, setup=replace(LOG.setup, passed=frozenset()))]
    assert len({content_id(log) for log in others}) == len(others)


@pytest.mark.slow
def test_the_same_content_is_the_same_in_every_process() -> None:
    run = [sys.executable, "-c", PROBE]
    found = {
        subprocess.run(
            run,
            env={"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert found == {f"{content_id(LOG)}\n"}


@pytest.mark.parametrize(
    ("epoch", "checkpoint"), [(3, 3), (3.0, 3), (" 3", 3), (2.5, None), ("last", None), (True, None)]
)
def test_a_checkpoint_is_a_whole_number_however_it_is_written(epoch: object, checkpoint: int | None) -> None:
    assert a_log(metadata={"epoch": epoch}).checkpoint == checkpoint
