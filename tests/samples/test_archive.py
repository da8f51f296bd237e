"""Whatever is wrong with a log's file is one error that says what."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from vizspec.samples.archive import Damaged, decoded, opened


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, 93])
def test_members_of_any_age_are_unpacked(tmp_path: Path, method: int) -> None:
    with opened(_archive(tmp_path, method)) as archive:
        assert decoded(archive, "list.json", list[int]) == [1, 2]


def test_a_member_of_another_shape_says_which(tmp_path: Path) -> None:
    with opened(_archive(tmp_path)) as archive, pytest.raises(Damaged, match=r"list\.json is not what"):
        decoded(archive, "list.json", list[str])


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, 93])
def test_a_damaged_member_says_which_whatever_packed_it(method: int, tmp_path: Path) -> None:
    path = _archive(tmp_path, method)
    content = path.read_bytes()
    start = len("list.json") + 30  # the head of a member
    path.write_bytes(content[:start] + b"\xff" * 5 + content[start + 5 :])
    with opened(path) as archive, pytest.raises(Damaged, match=r"list\.json cannot be unpacked"):
        decoded(archive, "list.json", list[int])


def test_a_folder_is_no_log(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match="cannot be read"), opened(tmp_path):
        pass


def test_a_text_file_is_no_log(tmp_path: Path) -> None:
    (tmp_path / "log.eval").write_text("not a zip")
    with pytest.raises(Damaged, match="no whole zip"), opened(tmp_path / "log.eval"):
        pass


def _archive(folder: Path, method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(folder / "log.eval", "w", compression=method) as archive:
        archive.writestr("list.json", "[1, 2]")
    return folder / "log.eval"
