"""The header decoded from JSON and from zips."""

from __future__ import annotations

import io
import json
import sys
import threading
import zipfile
from typing import Any

import pytest

from vizspec.logs.header import Header, NotALog, OtherFormat, decode_header, read_zip_header

SPEC: dict[str, Any] = {"created": "2026-01-29T10:00:00Z", "task": "income", "model": "hf/1B"}


def text(**parts: Any) -> bytes:
    return json.dumps({"version": 2, "status": "success", "eval": SPEC} | parts).encode()


def zipped(method: int = zipfile.ZIP_DEFLATED, **members: bytes) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/") + ".json", data)
    file.seek(0)
    return file


def test_only_the_needed_fields_are_kept_and_others_do_no_harm() -> None:
    header = decode_header(text(reductions=[], stats=None, unheard_of=[1]))
    assert (header.eval.task, header.status, header.results) == ("income", "success", None)
    assert not hasattr(header, "reductions")


def test_an_integer_longer_than_any_number_is_a_text() -> None:
    header = decode_header(text(metadata={"seed": 2**128, "of": [10**400, 5]}))
    assert header.metadata == {"seed": str(2**128), "of": [str(10**400), 5]}


@pytest.mark.parametrize(
    "results",
    [
        {"total_samples": 10**30},
        {"scores": [{"name": "a", "scored_samples": 10**400}]},
        {"scores": [{"name": "a", "scored_samples": -1}]},
    ],
)
def test_a_count_that_counts_nothing_is_none_of_this_format(results: dict[str, Any]) -> None:
    with pytest.raises(OtherFormat):
        decode_header(text(results=results))


def test_numbers_that_json_does_not_know_are_read_as_inspect_writes_them() -> None:
    results = b'{"scores": [{"name": "risk", "metrics": {"auc": {"name": "auc", "value": NaN}}}]}'
    header = decode_header(text(results=None).replace(b'"results": null', b'"results": ' + results))
    assert header.results is not None
    value = header.results.scores[0].metrics["auc"].value
    assert value != value


@pytest.mark.parametrize(
    "parts",
    [
        {"version": 1},
        {"version": 3},
        {"eval": SPEC | {"task": None}},
        {"results": {"scorer": {"name": "match"}, "metrics": {}}},
        {"results": {"scores": "none"}},
    ],
)
def test_another_format_is_left_to_inspect(parts: dict[str, Any]) -> None:
    with pytest.raises(OtherFormat):
        decode_header(text(**parts))


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b'{"a": ' + b"[" * 100_000, b"NaN]"])
def test_what_is_not_json_is_no_log(data: bytes) -> None:
    with pytest.raises(NotALog, match="not valid JSON"):
        decode_header(data)


def test_the_journal_counts_each_logged_sample_once() -> None:
    members: dict[str, Any] = {
        "_journal__start": text(status="started"),
        "samples__1": b"{}",
        "samples__2": b"{}",
    }
    assert read_zip_header(zipped(**members)).logged_samples == 2
    assert read_zip_header(zipped(header=text(), **members)).logged_samples is None


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, 93])
def test_a_damaged_member_is_told(method: int) -> None:
    file = zipped(method, header=text(padding="x" * 500))
    data = bytearray(file.getvalue())
    data[45:60] = b"\xff" * 15
    with pytest.raises(NotALog, match="damaged"):
        read_zip_header(io.BytesIO(data))


def test_many_threads_may_decode_at_once() -> None:
    headers: list[Header] = []
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    threads = [threading.Thread(target=lambda: headers.append(decode_header(text()))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.setswitchinterval(interval)
    assert len(headers) == 16
