"""What the patterns of addresses match, and what cannot be listed."""

from __future__ import annotations

import errno
from collections.abc import Iterator

import pytest
from fsspec import register_implementation
from fsspec.implementations.memory import MemoryFileSystem

from tests.logs.stores import Store
from vizspec.logs.listing import url_matches


@pytest.fixture
def bucket() -> Iterator[str]:
    import fsspec

    memory = fsspec.filesystem("memory")
    for name in ("r4/eval/logs/a.eval", "deep/er/r8/eval/b.eval", "r4/notes.txt"):
        memory.pipe(f"/bucket/{name}", name.encode())
    yield "memory://bucket"
    memory.rm("/bucket", recursive=True)


def test_a_folder_gives_all_below_it(bucket: str) -> None:
    assert [url for url, _ in url_matches(bucket, refuse)] == [
        "memory:///bucket/deep/er/r8/eval/b.eval",
        "memory:///bucket/r4/eval/logs/a.eval",
        "memory:///bucket/r4/notes.txt",
    ]


def test_the_run_is_counted_from_the_end_that_has_no_stars(bucket: str) -> None:
    assert list(url_matches(f"{bucket}/{{run}}/**/*.eval", refuse))[-1] == (
        "memory:///bucket/r4/eval/logs/a.eval",
        "r4",
    )
    assert list(url_matches(f"{bucket}/**/{{run}}/eval/*.eval", refuse)) == [
        ("memory:///bucket/deep/er/r8/eval/b.eval", "r8")
    ]
    assert {run for _, run in url_matches(f"{bucket}/**/{{run}}/**/*.eval", refuse)} == {None}


def test_a_place_that_is_not_there_is_told_apart_from_one_without_logs(bucket: str) -> None:
    assert list(url_matches(f"{bucket}/r4/*.eval", refuse)) == []
    for pattern in (f"{bucket}/gone", f"{bucket}/gone/*.eval"):
        with pytest.raises(FileNotFoundError):
            list(url_matches(pattern, refuse))


class Colons(Store):
    """A store with one log, in a folder whose name has two colons."""

    protocol = "colons"

    def ls(self, path: str, detail: bool = True, **kwargs: object) -> list[dict[str, object]]:
        below = {
            "bucket": {"name": "bucket/a::b", "type": "directory", "size": 0},
            "bucket/a::b": {"name": "bucket/a::b/c.eval", "type": "file", "size": 1},
        }
        return [below[path]] if path in below else []


@pytest.mark.parametrize(
    ("pattern", "run"), [("bucket/{run}/*.eval", "a::b"), ("bucket/a::b", None), ("bucket/a::b/*.eval", None)]
)
def test_two_colons_are_part_of_a_name(pattern: str, run: str | None) -> None:
    register_implementation("colons", Colons, clobber=True)
    assert list(url_matches(f"colons://{pattern}", refuse)) == [("colons://bucket/a::b/c.eval", run)]


def test_brackets_are_a_set_unless_a_name_has_them(bucket: str) -> None:
    import fsspec

    fsspec.filesystem("memory").pipe({"/bucket/r[4]/a[1].eval": b"", "/bucket/r[4]/b.eval": b""})
    for pattern in ("r[4]", "r[4]/*", "r[4]/**"):
        assert [url for url, _ in url_matches(f"{bucket}/{pattern}", refuse)] == [
            "memory:///bucket/r[4]/a[1].eval",
            "memory:///bucket/r[4]/b.eval",
        ]
    assert [url for url, _ in url_matches(f"{bucket}/r[4]/a[1].eval", refuse)] == [
        "memory:///bucket/r[4]/a[1].eval"
    ]
    assert [url for url, _ in url_matches(f"{bucket}/r[345]/*/*/*.eval", refuse)] == [
        "memory:///bucket/r4/eval/logs/a.eval"
    ]


class Flat(MemoryFileSystem):  # type: ignore[misc] # fsspec has no types
    """A store that lists all below a prefix at once."""

    protocol = ("flat", "az")

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return str(super()._strip_protocol(path.removeprefix("flat://")))


@pytest.mark.parametrize("store", ["memory", "flat"])
@pytest.mark.parametrize("pattern", ["{run}", "{run}/*", "{run}/eval/*", "{run}/eval/logs", "{run}/**"])
def test_a_folder_that_a_pattern_matches_stands_for_the_logs_below_it(
    store: str, pattern: str, bucket: str
) -> None:
    register_implementation("flat", Flat, clobber=True)
    found = url_matches(
        f"{store}://bucket/{pattern}", lambda *_: None, is_taken=lambda url: url.endswith(".eval")
    )
    assert (f"{store}:///bucket/r4/eval/logs/a.eval", "r4") in list(found)


def refuse(url: str, error: OSError) -> None:
    """Where no folder is closed."""
    raise AssertionError(url) from error


class Bucket(Store):
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
        list(url_matches(pattern, refuse))


def test_a_bucket_that_does_not_exist_is_told(bucket: str) -> None:
    register_implementation("bucket", Bucket, clobber=True)
    with pytest.raises(ConnectionError, match="there is no 'mistyped'"):
        list(url_matches("bucket://mistyped/logs/*.eval", refuse))


class Share(Store):
    """A share on which one folder is somebody else's, and another on a disk that fails."""

    protocol = "share"

    def ls(self, path: str, detail: bool = True, **kwargs: object) -> list[dict[str, object]]:
        if path.endswith("/private"):
            raise PermissionError("Access Denied")
        if path.endswith("/failing"):
            raise OSError(errno.EIO, "Input/output error")
        folders = ["private", "failing", "r4"] if path == "home" else []
        return [
            *({"name": f"{path}/{name}", "type": "directory", "size": 0} for name in folders),
            *([{"name": f"{path}/a.eval", "type": "file", "size": 1}] if path.endswith("r4") else []),
        ]


@pytest.mark.parametrize("pattern", ["share://home", "share://home/**/*.eval", "share://home/*/*.eval"])
def test_each_folder_on_the_way_that_cannot_be_listed_is_told(pattern: str) -> None:
    register_implementation("share", Share, clobber=True)
    errors: list[tuple[str, str]] = []
    found = url_matches(pattern, lambda url, error: errors.append((url, type(error).__name__)))
    assert [url for url, _ in found] == ["share://home/r4/a.eval"]
    assert errors == [("share://home/private", "PermissionError"), ("share://home/failing", "OSError")]


class Endless(Store):
    """Folders within folders, as links in circles make them."""

    protocol = "endless"

    def ls(self, path: str, detail: bool = True, **kwargs: object) -> list[dict[str, object]]:
        return [{"name": f"{path}/{at}", "type": "directory", "size": 0} for at in range(200)]


def test_a_search_through_folders_without_end_comes_to_one() -> None:
    register_implementation("endless", Endless, clobber=True)
    with pytest.raises(RuntimeError, match="more than 500 folders"):
        list(url_matches("endless://a/**/*.eval", refuse, most_folders=500))


def test_a_part_with_so_many_stars_that_no_search_would_end_is_refused(bucket: str) -> None:
    with pytest.raises(OSError, match="more than 4 stars in one part of the pattern"):
        list(url_matches(f"{bucket}/{'*a' * 8}*.eval", refuse))
    assert [url for url, _ in url_matches(f"{bucket}/r4/*n*t*s*.txt", refuse)] == [
        "memory:///bucket/r4/notes.txt"
    ]
