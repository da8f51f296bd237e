"""Keeping the answers about finished jobs."""

import logging
from pathlib import Path

import pytest

from vizspec.slurm.answers import JobAnswers
from vizspec.slurm.cache import keep_answers, read_answers
from vizspec.slurm.jobstats import Gpu, JobstatsReport, Node
from vizspec.slurm.sacct import SacctJob
from vizspec.slurm.seff import SeffReport

DONE = JobAnswers(
    "7_1",
    SeffReport("7", state="COMPLETED", wall_seconds=60),
    (SacctJob("7_1", state="COMPLETED", gpus=1),),
    "01:00:00",
    JobstatsReport(60.0, 1, (Node("n1", 4, 60.0, 1.0, 2.0, (Gpu("0", 6.4, None, 80.0),)),)),
    ("Ask for less.",),
)


def test_what_was_kept_is_what_is_read(tmp_path: Path) -> None:
    keep_answers(tmp_path / "cache", DONE)
    assert read_answers(tmp_path / "cache", "7_1") == DONE
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["job-7_1.json"]


def test_only_finished_jobs_are_kept(tmp_path: Path) -> None:
    keep_answers(tmp_path, JobAnswers("8", SeffReport("8", state="RUNNING")))
    keep_answers(tmp_path, JobAnswers("9"))
    assert list(tmp_path.iterdir()) == []
    assert read_answers(tmp_path, "8") is None


@pytest.mark.parametrize("content", [b"", b"rubbish", b'{"version": "0"}', b"[1]", b"\xff"])
def test_a_spoilt_file_is_asked_anew(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "job-7.json").write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert read_answers(tmp_path, "7") is None
    assert "job 7" in caplog.text


def test_answers_of_another_version_are_asked_anew(tmp_path: Path) -> None:
    keep_answers(tmp_path, DONE)
    file = tmp_path / "job-7_1.json"
    file.write_bytes(file.read_bytes().replace(b'{"version":"', b'{"version":"0.0-'))
    assert read_answers(tmp_path, "7_1") is None


def test_a_folder_that_cannot_be_written_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "cache").write_text("a file, no folder")
    with caplog.at_level(logging.WARNING):
        keep_answers(tmp_path / "cache", DONE)
        assert read_answers(tmp_path / "cache", "7_1") is None
    assert "not kept" in caplog.text
