"""Keeping the answers about finished jobs."""

import hashlib
import logging
from dataclasses import replace
from pathlib import Path

import pytest

from vizspec.slurm.model.jobs import Submission
from vizspec.slurm.sources.answers_cache import JobCache, clear_jobs, cluster_name, job_cache
from vizspec.slurm.sources.collect import JobAnswers
from vizspec.slurm.sources.jobstats import Gpu, JobstatsReport, NodeUse
from vizspec.slurm.sources.sacct import SacctJob
from vizspec.slurm.sources.seff import SeffReport

DONE = JobAnswers(
    "7_1",
    SeffReport("7", state="COMPLETED", wall_seconds=60),
    (SacctJob("7_1", state="COMPLETED", gpus=1),),
    "01:00:00",
    JobstatsReport(60.0, 1, (NodeUse("n1", 4, 60.0, 1.0, 2.0, (Gpu("0", 6.4, None, 80.0),)),)),
    ("Ask for less.",),
)


def of(folder: Path) -> JobCache:
    return JobCache(folder, {"7": "r8 at noon", "7_1": "r8 at one"})


def test_what_was_kept_is_what_is_read(tmp_path: Path) -> None:
    of(tmp_path / "cache").keep(DONE)
    assert of(tmp_path / "cache").read("7_1") == DONE
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["job-7_1.json"]


def test_only_finished_jobs_are_kept(tmp_path: Path) -> None:
    of(tmp_path).keep(JobAnswers("8", SeffReport("8", state="RUNNING")))
    of(tmp_path).keep(JobAnswers("9"))
    assert list(tmp_path.iterdir()) == []
    assert of(tmp_path).read("8") is None


@pytest.mark.parametrize("content", [b"", b"rubbish", b'{"version": "0"}', b"[1]", b"\xff"])
def test_a_spoilt_file_is_asked_anew(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "job-7.json").write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert of(tmp_path).read("7") is None
    assert "job 7" in caplog.text
    assert list(tmp_path.iterdir()) == []


def test_answers_with_one_changed_digit_are_thrown_away(tmp_path: Path) -> None:
    of(tmp_path).keep(DONE)
    file = tmp_path / "job-7_1.json"
    content = file.read_bytes()
    assert content.count(b'"utilization_pct":6.4') == 1
    file.write_bytes(content.replace(b'"utilization_pct":6.4', b'"utilization_pct":9.4'))
    assert of(tmp_path).read("7_1") is None
    assert not file.exists()


def test_answers_of_another_version_are_asked_anew(tmp_path: Path) -> None:
    of(tmp_path).keep(DONE)
    file = tmp_path / "job-7_1.json"
    entry = file.read_text().partition('"entry":')[2].removesuffix("}")
    other = entry.replace('{"version":"', '{"version":"0.0-')
    digest = hashlib.sha256(other.encode()).hexdigest()
    file.write_text(f'{{"sha256":"{digest}","entry":{other}}}')
    assert of(tmp_path).read("7_1") is None
    assert file.exists()


def test_a_folder_that_cannot_be_written_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "cache").write_text("a file, no folder")
    with caplog.at_level(logging.WARNING):
        of(tmp_path / "cache").keep(DONE)
        assert of(tmp_path / "cache").read("7_1") is None
    assert "not kept" in caplog.text


def answered(job_id: str) -> JobAnswers:
    return JobAnswers(job_id, SeffReport(job_id, state="COMPLETED"))


FIRST = Submission("finetune", "r8", "r8", job_id="7", submitted="2026-02-17 10:00:00")


def test_a_job_id_of_another_cluster_experiment_or_submission_is_another_job(tmp_path: Path) -> None:
    job_cache(tmp_path, "della", tmp_path / "a", [FIRST]).keep(answered("7"))
    assert job_cache(tmp_path, "della", tmp_path / "b" / ".." / "a", [FIRST]).read("7") == answered("7")
    assert job_cache(tmp_path, "tiger", tmp_path / "a", [FIRST]).read("7") is None
    assert job_cache(tmp_path, "della", tmp_path / "b", [FIRST]).read("7") is None
    for again in (
        replace(FIRST, name="r16"),
        replace(FIRST, kind="eval"),
        replace(FIRST, submitted="2026-03-01 10:00:00"),
    ):
        assert job_cache(tmp_path, "della", tmp_path / "a", [again]).read("7") is None


def test_the_answers_of_all_experiments_are_cleared(tmp_path: Path) -> None:
    (tmp_path / "job-7.json").write_text("{}")
    for name in ("a", "b"):
        job_cache(tmp_path, None, tmp_path / name, [FIRST]).keep(answered("7"))
    assert clear_jobs(tmp_path) == 3
    assert list(tmp_path.iterdir()) == []
    assert clear_jobs(tmp_path / "absent") == 0


def test_the_name_stands_in_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "slurm.conf").write_text("#ClusterName=no\nSlurmctldHost=h\n clustername = Della # ours\n")
    conf = str(tmp_path / "slurm.conf")
    assert cluster_name({"SLURM_CONF": conf, "SLURM_CLUSTER_NAME": "x"}, places=()) == "della"
    assert cluster_name({}, places=(str(tmp_path / "absent"), conf)) == "della"


def test_a_job_tells_the_name_where_no_configuration_does() -> None:
    assert cluster_name({"SLURM_CLUSTER_NAME": "Tiger"}, places=()) == "tiger"
    assert cluster_name({}, places=()) is None
