"""Archives that would fill the memory, or that two readers would read differently."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from vizspec.limits.archives import MOST_MEMBERS, Refused, open_archive, read_member

ZSTANDARD = 93
MEGABYTE = b"a" * 1_000_000


def archive(*members: tuple[str, Sequence[bytes]], method: int = ZSTANDARD) -> io.BytesIO:
    """An archive of members that are given in parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        for name, parts in members:
            with made.open(name, "w") as member:
                for part in parts:
                    member.write(part)
    file.seek(0)
    return file


def test_a_member_is_read_whole() -> None:
    with open_archive(archive(("summaries.json", [b"[1,", b"2]"]))) as opened:
        assert read_member(opened, "summaries.json") == b"[1,2]"
        with pytest.raises(KeyError):
            read_member(opened, "header.json")


@pytest.mark.parametrize("method", [ZSTANDARD, zipfile.ZIP_DEFLATED])
def test_a_header_that_holds_more_than_any_header_is_refused(method: int) -> None:
    bomb = archive(("header.json", [MEGABYTE] * 60), method=method)
    with (
        open_archive(bomb) as opened,
        pytest.raises(Refused, match=r"header.json (holds more than 50 MB|is more than 1000 times as large)"),
    ):
        read_member(opened, "header.json")


def test_a_member_that_was_packed_too_well_is_refused() -> None:
    bomb = archive(("samples/1_epoch_1.json", [MEGABYTE] * 30))
    with open_archive(bomb) as opened, pytest.raises(Refused, match="more than 1000 times as large"):
        read_member(opened, "samples/1_epoch_1.json")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_archive_with_two_headers_is_refused() -> None:
    twice = archive(("header.json", [b"{}"]), ("header.json", [b"{}"]))
    with pytest.raises(Refused, match=r"it holds header.json twice"), open_archive(twice):
        pass


@pytest.mark.parametrize("name", ["/etc/passwd", "../../x", "samples/../../x"])
def test_an_archive_with_a_member_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="leads elsewhere"), open_archive(archive((name, [b""]))):
        pass


def test_an_archive_that_promises_too_many_members_is_refused_before_they_are_read() -> None:
    many = (MOST_MEMBERS + 1).to_bytes(8, "little")
    end_64 = b"PK\x06\x06" + bytes(28) + many + bytes(16)
    end = b"PK\x05\x06" + bytes(4) + b"\xff\xff\xff\xff" + bytes(10)
    with (
        pytest.raises(Refused, match="more than 250,000 members"),
        open_archive(io.BytesIO(b"PK\x03\x04" + end_64 + end)),
    ):
        pass


def declaring(place: int, size: int) -> io.BytesIO:
    """An archive whose directory gives its member this size, at this place of the member's record."""
    content = bytearray(archive(("samples/1_epoch_1.json", [b"{}"])).getvalue())
    at = content.index(b"PK\x01\x02") + place
    content[at : at + 4] = size.to_bytes(4, "little")
    return io.BytesIO(content)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_packed_by_what_no_log_is_packed_by_is_refused(method: int) -> None:
    bomb = archive(("header.json", [MEGABYTE]), method=method)
    with pytest.raises(Refused, match=f"packed as no log is .method {method}."), open_archive(bomb):
        pass


def test_an_archive_that_is_a_hole_for_the_most_part_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.eval"
    with path.open("wb") as file:
        file.seek(400_000_000)
        file.write(archive(("header.json", [b"{}"])).getvalue())
    with pytest.raises(Refused, match="more than 10 times as large as its members"), open_archive(path):
        pass


def test_members_that_would_be_unpacked_from_the_same_bytes_are_refused() -> None:
    with pytest.raises(Refused, match="its members overlap"), open_archive(declaring(20, 1000)):
        pass


def test_members_that_are_together_much_larger_than_their_archive_are_refused() -> None:
    with (
        pytest.raises(Refused, match="more than 100 times as large as the archive"),
        open_archive(declaring(24, 1_000_000_001)),
    ):
        pass
