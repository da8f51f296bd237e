"""Logs in a bucket: few requests, in ranges, and none for what has not changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.disk import write_log
from tests.gather.test_gather import a_spec, risk_log
from tests.s3_server import Server, fill, serving
from tests.samples.logs import risk_score, sample, write_eval
from vizspec.cache import Cache
from vizspec.gather.gather import gather
from vizspec.gather.options import Reading
from vizspec.logs.files import mark_of
from vizspec.logs.find import find_logs
from vizspec.logs.read import read_logs
from vizspec.samples.parallel import executor
from vizspec.samples.read import read_samples
from vizspec.samples.read_scores import read_scores

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]  # of the libraries of buckets

PATTERN = "s3://logs/{run}/eval/*/logs/*.eval"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose bucket `logs` has six logs."""
    for name in ("moto", "flask", "boto3", "s3fs"):
        pytest.importorskip(name)
    top = tmp_path_factory.mktemp("s3")
    for run in ("small", "large"):
        for task in ("capitals", "rivers", "lakes"):
            write_log(top / "logs" / run / "eval" / task / "logs" / "a.eval", task, f"hf/{run}")
    with pytest.MonkeyPatch.context() as patch, serving(top / "notes") as started:
        for name, value in started.environment.items():
            patch.setenv(name, value)
        fill(started, "logs", top / "logs")
        yield started


def test_logs_are_found_and_read_with_one_request_each_and_not_again(server: Server, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    server.requests()
    logs = read_logs(find_logs([PATTERN], tmp_path).files, cache=cache)
    assert [(log.run, log.task, log.status.value) for log in logs] == [
        (run, task, "success") for run in ("large", "small") for task in ("capitals", "lakes", "rivers")
    ]
    asked = Counter(" ".join(line.split()[:2]) for line in server.requests())
    of_logs = {request: times for request, times in asked.items() if request.endswith(".eval")}
    assert set(of_logs.values()) == {1}
    assert len(of_logs) == 6
    assert asked.total() - 6 <= 4
    assert read_logs(find_logs([PATTERN], tmp_path).files, cache=cache) == logs
    assert not [line for line in server.requests() if ".eval" in line]


def test_a_log_that_was_written_anew_is_read_anew(server: Server, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    for task in ("old", "new"):
        write_log(tmp_path / task / "r" / "eval" / "t" / "logs" / "a.eval", task)
        fill(server, "changing", tmp_path / task)
        (log,) = read_logs(find_logs(["s3://changing/**/*.eval"], tmp_path).files, cache=cache)
        assert log.task == task


def test_samples_in_a_bucket_are_those_on_disk_and_kept(server: Server, tmp_path: Path) -> None:
    top = tmp_path / "samples"
    top.mkdir()
    logs = [write_eval(top / f"{n}.eval", [sample(1, risk_score(n / 10))]) for n in range(3)]
    fill(server, "samples", top)
    urls = [f"s3://samples/{log.name}" for log in logs]
    cache = Cache(tmp_path / "cache")
    with executor(1, files=urls) as pool:
        assert read_samples(urls, executor=pool, cache=cache) == read_samples([str(log) for log in logs])
        assert read_scores(urls, executor=pool, cache=cache) == read_scores([str(log) for log in logs])
        server.requests()
        read_samples(urls, executor=pool, cache=cache)
        read_scores(urls, executor=pool, cache=cache)
    assert [line for line in server.requests() if line.startswith("GET") and ".eval" in line] == []
    assert any((tmp_path / "cache").iterdir())


def test_logs_of_which_all_came_at_once_or_nothing_had_to_be_read_are_not_asked_again(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIZSPEC_CACHE", str(tmp_path / "cache"))
    for run in ("r4", "r8"):
        risk_log(tmp_path / "disk" / run / "income" / "a.eval", (0.9, "1"), (0.2, "0"))
    fill(server, "twice", tmp_path / "disk")
    spec = a_spec({"view": "roc_curves"}, data={"logs": ["s3://twice/{run}/*/*.eval"]})
    for times in (1, 0):
        server.requests()
        assert len(gather(spec, None, tmp_path, "ranks", Reading()).cells) == 2
        asked = Counter(" ".join(line.split()[:2]) for line in server.requests() if ".eval" in line)
        assert asked == {f"GET /twice/{run}/income/a.eval": times for run in ("r4", "r8") if times}


def test_a_log_of_a_bucket_that_is_replaced_has_another_mark(server: Server, tmp_path: Path) -> None:
    for accuracy in (0.8, 0.7):
        write_log(tmp_path / "one" / "a.eval", metrics={"match": {"accuracy": accuracy, "stderr": 0.04}})
        fill(server, "changing", tmp_path)
        if accuracy == 0.8:
            (log,) = read_logs(find_logs(["s3://changing/{run}/*.eval"], tmp_path).files)
            assert log.mark is not None
            assert mark_of("s3://changing/one/a.eval") == log.mark
    assert mark_of("s3://changing/one/a.eval") not in (None, log.mark)
