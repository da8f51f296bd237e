"""The user's own files of numbers, as frames."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vizspec.errors import Loc, Problems
from vizspec.gather.options import Reading
from vizspec.gather.own_files import read_own_files, read_programs
from vizspec.text.digests import content_sha256
from vizspec.views.frame import Frame

LOC: Loc = ("views", 0, "data")


def read(folder: Path, name: str, home: Path | None = None) -> Frame:
    return read_own_files({LOC: name}, folder, Reading(home=home))[name]


def problem(folder: Path, name: str, home: Path | None = None) -> str:
    with pytest.raises(Problems) as raised:
        read(folder, name, home)
    (found,) = raised.value.problems
    assert found.loc == LOC
    return found.message


def test_a_csv_has_numbers_texts_and_gaps(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("n,score,kind\n1,0.5,a\n2,,b\n3,inf,\n")
    assert read(tmp_path, "a.csv") == Frame(
        ("n", "score", "kind"),
        (
            {"n": 1, "score": 0.5, "kind": "a"},
            {"n": 2, "score": None, "kind": "b"},
            {"n": 3, "score": None, "kind": None},
        ),
    )


def test_a_parquet_file_is_read_too(tmp_path: Path) -> None:
    import pandas as pd

    pd.DataFrame({"n": [1, 2], "ok": [True, False]}).to_parquet(tmp_path / "a.parquet")
    assert read(tmp_path, "a.parquet").rows == ({"n": 1, "ok": True}, {"n": 2, "ok": False})


def test_lists_and_mappings_of_a_parquet_file_are_texts(tmp_path: Path) -> None:
    pq.write_table(pa.table({"a": [[1, 2], [], None], "b": [{"x": 1}] * 3}), tmp_path / "a.parquet")
    found = read(tmp_path, "a.parquet")
    assert found.column("a") == ("[1, 2]", "[]", None)
    assert found.column("b") == ("{'x': 1}",) * 3


def test_an_empty_file_is_told_at_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("")
    assert problem(tmp_path, "a.csv") == "'a.csv' cannot be read: it is empty"


def test_two_columns_of_one_name_are_told_at_their_place(tmp_path: Path) -> None:
    table = pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"])
    pq.write_table(table, tmp_path / "a.parquet")
    assert problem(tmp_path, "a.parquet") == "'a.parquet' has two columns of the name 'a'"


def test_a_file_that_is_not_there_or_no_frame_is_told_at_its_place(tmp_path: Path) -> None:
    (tmp_path / "bad.parquet").write_bytes(b"no parquet")
    assert problem(tmp_path, "none.csv") == "'none.csv' cannot be read: No such file or directory"
    assert problem(tmp_path, "bad.parquet").startswith("'bad.parquet' cannot be read: ")


def test_a_program_is_known_by_its_content_and_not_read_from_outside(tmp_path: Path) -> None:
    spec = tmp_path / "spec"
    spec.mkdir()
    (spec / "figure.py").write_text("print()")
    (tmp_path / "away.py").write_text("print()")
    place: Loc = ("views", 0, "run")
    (program,) = read_programs({place: "figure.py"}, spec, Reading(home=spec)).values()
    assert (program.path, program.sha256) == (spec / "figure.py", content_sha256(b"print()"))
    with pytest.raises(Problems) as raised:
        read_programs({place: "../away.py"}, spec, Reading(home=spec))
    assert [(one.loc, "leads out" in one.message) for one in raised.value.problems] == [(place, True)]


def test_an_untrusted_spec_reads_nothing_outside_of_its_repository(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("n\n1\n")
    (tmp_path / "spec").mkdir()
    assert "leads out of the folder" in problem(tmp_path / "spec", "../a.csv", tmp_path / "spec")
