"""Files by path or address."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fsspec import AbstractFileSystem, register_implementation

from vizspec.logs.files import file_errors, open_file, url_matches


@pytest.fixture
def bucket() -> Iterator[str]:
    import fsspec

    memory = fsspec.filesystem("memory")
    for name in ("r4/eval/logs/a.eval", "deep/er/r8/eval/b.eval", "r4/notes.txt"):
        memory.pipe(f"/bucket/{name}", name.encode())
    yield "memory://bucket"
    memory.rm("/bucket", recursive=True)


def test_a_folder_gives_all_below_it(bucket: str) -> None:
    assert [url for url, _ in url_matches(bucket)] == [
        "memory:///bucket/deep/er/r8/eval/b.eval",
        "memory:///bucket/r4/eval/logs/a.eval",
        "memory:///bucket/r4/notes.txt",
    ]


def test_the_run_is_counted_from_the_end_that_has_no_stars(bucket: str) -> None:
    assert list(url_matches(f"{bucket}/{{run}}/**/*.eval"))[-1] == (
        "memory:///bucket/r4/eval/logs/a.eval",
        "r4",
    )
    assert list(url_matches(f"{bucket}/**/{{run}}/eval/*.eval")) == [
        ("memory:///bucket/deep/er/r8/eval/b.eval", "r8")
    ]
    assert {run for _, run in url_matches(f"{bucket}/**/{{run}}/**/*.eval")} == {None}


def test_an_address_is_opened_as_bytes(bucket: str) -> None:
    with open_file(f"{bucket}/r4/notes.txt") as file:
        assert file.read() == b"r4/notes.txt"
    with pytest.raises(file_errors()):
        open_file(f"{bucket}/gone.eval")


def test_a_place_that_is_not_there_is_told_apart_from_one_without_logs(bucket: str) -> None:
    assert list(url_matches(f"{bucket}/r4/*.eval")) == []
    for pattern in (f"{bucket}/gone", f"{bucket}/gone/*.eval"):
        with pytest.raises(FileNotFoundError):
            list(url_matches(pattern))


class Bucket(AbstractFileSystem):  # type: ignore[misc]  # has no types
    """A store without network or credentials, and one without the bucket that is asked for."""

    protocol = "bucket"

    def ls(self, path: str, detail: bool = True, **kwargs: object) -> list[object]:
        if path.startswith("closed"):
            raise PermissionError("Access Denied")
        raise FileNotFoundError(path)


@pytest.mark.parametrize("pattern", ["bucket://closed/logs", "bucket://closed/logs/*.eval"])
def test_a_place_that_cannot_be_listed_is_never_taken_for_empty(pattern: str) -> None:
    register_implementation("bucket", Bucket, clobber=True)
    with pytest.raises(PermissionError):
        list(url_matches(pattern))


def test_a_bucket_that_does_not_exist_is_told(bucket: str) -> None:
    register_implementation("bucket", Bucket, clobber=True)
    with pytest.raises(ConnectionError, match="there is no 'mistyped'"):
        list(url_matches("bucket://mistyped/logs/*.eval"))
