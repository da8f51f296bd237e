"""A cluster is looked over before it works, and whatever it loses is done here."""

from __future__ import annotations

import logging
import os
import socket
import threading
import warnings
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from tests.samples.logs import risk_score, sample, write_eval
from vizspec.errors import UserError
from vizspec.limits.watchdog import Silent
from vizspec.samples.cluster import Cluster
from vizspec.samples.parallel import executor, run_all
from vizspec.samples.read import read_samples
from vizspec.samples.read_scores import read_scores
from vizspec.samples.workers import (
    able_workers,
    answers,
    check_versions,
    look_over,
    seconds_for_workers,
    see_over,
    seeing,
    unseen_by_worker,
    wait_for_a_worker,
)

ADDRESS = "tcp://login1:8786"
OWN = {"vizspec": "0.1.0+aaaa", "numpy": "2.0", "scipy": "1.15"}


class FakeClient:
    """A scheduler's client whose workers answer as the test says, and may be lost at some work."""

    def __init__(self, versions: dict[str, Any] | None = None, lost_at: tuple[object, ...] = ()) -> None:
        self.versions = versions or {}
        self.lost_at = lost_at
        self.is_gone = False
        self.cancelled: list[object] = []
        self.hanging: tuple[str, ...] = ()
        self.let_go = threading.Event()

    def run(self, question: Any, *args: Any, workers: list[str], on_error: str) -> dict[str, Any]:
        for worker in workers:
            if worker in self.hanging:
                self.let_go.wait()
        return {worker: self.versions[worker] for worker in workers}

    def wait_for_workers(self, n_workers: int, timeout: float) -> None:
        if len(self.versions) < n_workers:
            raise TimeoutError

    def nthreads(self) -> dict[str, int]:
        return {} if self.is_gone else dict.fromkeys(self.versions, 1)

    def map(self, work: Any, items: list[Any], **_: object) -> list[Any]:
        return [self._future(work, item) for item in items]

    def _future(self, work: Any, item: object) -> Any:
        future: Any = Future()
        if item in self.lost_at:
            future.status = "error"
            future.set_exception(RuntimeError("KilledWorker"))
        elif not self.is_gone:
            future.status = "finished"
            future.set_result(work(item))
        return future

    def cancel(self, futures: list[object]) -> None:
        self.cancelled += futures


def test_a_scheduler_without_workers_is_refused_with_the_command_that_starts_one() -> None:
    with pytest.raises(UserError) as caught:
        wait_for_a_worker(FakeClient(), ADDRESS)
    assert caught.value.message == f"the Dask scheduler at {ADDRESS} has no workers after 5 s"
    assert f"dask worker {ADDRESS}" in (caught.value.hint or "")


def test_a_place_at_which_nobody_listens_is_told_at_once() -> None:
    pytest.importorskip("distributed")
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(UserError, match=f"no Dask scheduler answers at {address}"):
        see_over(address)


def test_the_work_of_a_cluster_that_is_gone_meanwhile_is_done_here(caplog: pytest.LogCaptureFixture) -> None:
    pytest.importorskip("distributed")
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    with executor(1, address) as pool:
        assert run_all(pool, str, [1, 2]) == ["1", "2"]
    assert "the rest of its work is done here" in caplog.text


@pytest.mark.parametrize(
    ("environ", "seconds"),
    [({}, 5.0), ({"VIZSPEC_WORKERS_SECONDS": "600"}, 600.0), ({"VIZSPEC_WORKERS_SECONDS": "0"}, 5.0)],
)
def test_queued_workers_are_waited_for_as_long_as_the_environment_says(
    environ: dict[str, str], seconds: float
) -> None:
    assert seconds_for_workers(environ) == seconds


def test_workers_without_vizspec_are_refused() -> None:
    missing = ModuleNotFoundError("No module named 'vizspec'")
    with pytest.raises(UserError) as caught:
        check_versions({"tcp://n1:1": OWN, "tcp://n2:1": missing}, OWN, ADDRESS)
    assert caught.value.message == (
        f"1 of 2 workers of {ADDRESS} cannot run vizspec: tcp://n2:1 says "
        "ModuleNotFoundError: No module named 'vizspec'"
    )
    assert "install this vizspec where the workers run" in (caught.value.hint or "")


def test_workers_with_another_vizspec_or_another_numpy_are_refused() -> None:
    with pytest.raises(UserError) as caught:
        check_versions({"tcp://n1:1": OWN | {"vizspec": "0.1.0+bbbb", "numpy": "1.26"}}, OWN, ADDRESS)
    assert caught.value.message == (
        f"1 of 1 worker of {ADDRESS} has not what this process has: tcp://n1:1 has "
        "vizspec 0.1.0+bbbb (here 0.1.0+aaaa), numpy 1.26 (here 2.0)"
    )


def test_workers_with_the_same_versions_are_taken() -> None:
    check_versions({"tcp://n1:1": dict(OWN)}, OWN, ADDRESS)


@pytest.fixture
def hanging() -> Iterator[FakeClient]:
    """Two workers, of which the second is there and says nothing."""
    client = FakeClient({"tcp://n1:1": OWN, "tcp://n2:1": OWN})
    client.hanging = ("tcp://n2:1",)
    yield client
    client.let_go.set()


def test_a_worker_that_says_nothing_keeps_back_no_answers_of_others(hanging: FakeClient) -> None:
    found = answers(hanging, len, seconds=0.5)
    assert found["tcp://n1:1"] == OWN
    assert isinstance(found["tcp://n2:1"], Silent)


def test_a_worker_that_says_nothing_gets_no_work(caplog: pytest.LogCaptureFixture) -> None:
    client = FakeClient({"tcp://n1:1": [], "tcp://n2:1": []})
    answering = {"tcp://n1:1": True, "tcp://n2:1": False}
    for files in ([], ["/data/a.eval"]):
        assert able_workers(client, answering, files, ADDRESS) == ["tcp://n1:1"]
    assert set(caplog.messages) == {
        f"1 of 2 workers of {ADDRESS} says nothing, as tcp://n2:1: the others do their work"
    }


def test_workers_that_all_say_nothing_are_refused(hanging: FakeClient) -> None:
    hanging.hanging = ("tcp://n1:1", "tcp://n2:1")
    with pytest.raises(UserError) as caught:
        look_over(hanging, ADDRESS, 5, answer_seconds=0.05)
    assert caught.value.message == f"no answer within 0.05 s of 2 workers of {ADDRESS}"
    assert f"dask worker {ADDRESS}" in (caught.value.hint or "")


def test_a_port_at_which_something_else_listens_is_told() -> None:
    pytest.importorskip("distributed")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(UserError, match=f"what listens at {address} does not answer as a Dask scheduler"):
            see_over(address, connect_seconds=1)


def test_work_at_which_all_workers_hang_is_done_here(caplog: pytest.LogCaptureFixture) -> None:
    class Hanging(FakeClient):
        def _future(self, work: Any, item: object) -> Any:
            return Future() if item != 2 else super()._future(work, item)

    workers = Cluster(Hanging({"w": OWN}), ADDRESS, patience_seconds=0.01, stalled_seconds=0)
    assert run_all(workers, str, [1, 2, 3]) == ["1", "2", "3"]
    assert caplog.messages == [
        f"the workers of {ADDRESS} gave no result for long: the rest of their work (2 of 3) is done here"
    ]


def test_workers_that_do_not_see_the_logs_get_no_work(caplog: pytest.LogCaptureFixture) -> None:
    both = ["/data/a.eval", "/data/b.eval"]
    unseen = {"tcp://n1:1": [], "tcp://n2:1": both, "tcp://n3:1": both[1:]}
    assert seeing(unseen, 2, ADDRESS) == ["tcp://n1:1", "tcp://n3:1"]
    assert caplog.messages == [
        f"1 of 3 workers of {ADDRESS} cannot see the logs, as '/data/a.eval': the others read them "
        "(the folder must be shared, under the same path)"
    ]


def test_where_no_worker_sees_the_logs_they_are_read_here(caplog: pytest.LogCaptureFixture) -> None:
    assert seeing({"tcp://n1:1": ["/data/a.eval"]}, 1, ADDRESS) == []
    assert "they are read here" in caplog.text


def test_workers_that_all_see_the_logs_are_not_told_apart() -> None:
    assert seeing({"tcp://n1:1": [], "tcp://n2:1": []}, 1, ADDRESS) is None
    assert seeing({}, 0, ADDRESS) is None


def test_a_file_that_is_not_there_is_unseen(tmp_path: Path) -> None:
    here = tmp_path / "a"
    here.touch()
    assert unseen_by_worker([str(here), str(tmp_path / "b")]) == [str(tmp_path / "b")]


def test_what_a_worker_was_lost_at_is_done_here() -> None:
    workers = Cluster(FakeClient({"w": OWN}, lost_at=(2,)), ADDRESS)
    assert run_all(workers, lambda item: (item, os.getpid()), [1, 2]) == [(1, os.getpid()), (2, os.getpid())]


def test_what_a_worker_could_not_read_is_read_here() -> None:
    there: dict[str, str | None] = {"a": "content", "b": None}

    def read(item: str) -> str | None:
        found, there["b"] = there[item], "content of b"
        return found

    workers = Cluster(FakeClient({"w": OWN}), ADDRESS)
    assert run_all(workers, read, ["b", "a"], is_unread=lambda one: one is None) == [
        "content of b",
        "content",
    ]


def test_a_result_that_was_lost_with_the_last_worker_is_worked_out_here() -> None:
    class HeldElsewhere(Future[str]):
        """Ended, but its result is in the memory of a worker that is gone."""

        status = "finished"

        def result(self, timeout: float | None = None) -> str:
            raise TimeoutError

    class LostClient(FakeClient):
        def _future(self, work: Any, item: object) -> Any:
            future = HeldElsewhere()
            future.set_result("")
            return future

    client = LostClient({"tcp://n1:1": OWN})
    client.is_gone = True
    workers = Cluster(client, ADDRESS, patience_seconds=0.01)
    assert dict(workers.results(str, [1, 2])) == {0: "1", 1: "2"}


def test_where_all_workers_are_lost_the_rest_is_done_here(caplog: pytest.LogCaptureFixture) -> None:
    client = FakeClient({"w": OWN})
    client.is_gone = True
    events: list[tuple[int, int]] = []
    workers = Cluster(client, ADDRESS, patience_seconds=0.01)
    assert run_all(workers, abs, [-1, -2], lambda done, total: events.append((done, total))) == [1, 2]
    assert events == [(1, 2), (2, 2)]
    assert caplog.messages == [
        f"all workers of {ADDRESS} were lost: the rest of their work (2 of 2) is done here"
    ]


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real scheduler with two workers, each a process."""
    distributed = pytest.importorskip("distributed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Dask's own
        with distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            dashboard_address=None,
            local_directory=str(tmp_path_factory.mktemp("dask")),
            silence_logs=logging.CRITICAL,
        ) as started:
            yield started.scheduler_address


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_reads_what_this_process_reads(scheduler: str, tmp_path: Path) -> None:
    logs = [write_eval(tmp_path / f"{n}.eval", [sample(1, risk_score(n / 10))]) for n in range(4)]
    paths = [str(log) for log in logs]
    with executor(scheduler=scheduler, files=paths) as pool:
        assert isinstance(pool, Cluster)
        assert read_samples(paths, executor=pool) == read_samples(paths)
        assert read_scores(paths, executor=pool) == read_scores(paths)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_worker_that_is_lost_loses_nothing(scheduler: str, tmp_path: Path) -> None:
    own = os.getpid()

    def worker_of(marker: str) -> int:
        """The process that does it; the first one dies of it."""
        if not Path(marker).exists():
            os.close(os.open(marker, os.O_CREAT))
            if os.getpid() != own:
                os._exit(1)
        return os.getpid()

    with executor(scheduler=scheduler) as pool:
        found = run_all(pool, worker_of, [str(tmp_path / f"{number}") for number in range(3)])
    assert len(found) == 3  # on a busy machine some of it is done here


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_without_workers_is_told_within_seconds() -> None:
    distributed = pytest.importorskip("distributed")
    quiet = {"dashboard_address": None, "silence_logs": logging.CRITICAL}
    with (
        distributed.LocalCluster(n_workers=0, **quiet) as empty,
        pytest.raises(UserError, match="has no workers"),
    ):
        see_over(empty.scheduler_address, {"VIZSPEC_WORKERS_SECONDS": "1"})
