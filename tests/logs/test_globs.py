"""Patterns over folders, by themselves."""

from __future__ import annotations

from pathlib import Path

from vizspec.logs.globs import PathMatch, Walk, files_below, matches, segment_expression


def never(folder: Path, error: OSError) -> None:
    raise AssertionError(f"{folder}: {error}")


def test_matches_come_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b", "a", "c"):
        (tmp_path / name).mkdir()
    assert list(matches("{run}", tmp_path, never)) == [PathMatch(tmp_path / name, name) for name in "abc"]


def test_a_pattern_that_ends_with_two_stars_gives_the_folder_before_them(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    assert list(matches("logs/**", tmp_path, never)) == [PathMatch(tmp_path / "logs")]


def test_hidden_names_match_only_a_part_that_begins_with_a_dot(tmp_path: Path) -> None:
    (tmp_path / ".a").mkdir()
    assert list(matches("*", tmp_path, never)) == []
    assert list(matches(".*", tmp_path, never)) == [PathMatch(tmp_path / ".a")]


def test_files_below_a_folder_leave_out_what_is_hidden(tmp_path: Path) -> None:
    for name in ("x/b", "a", ".git/c", "x/.d"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert list(files_below(tmp_path, never)) == [tmp_path / "a", tmp_path / "x/b"]


def test_a_bound_run_is_matched_to_the_letter() -> None:
    assert segment_expression("ck-{run}", "r.4").match("ck-r.4")
    assert not segment_expression("ck-{run}", "r.4").match("ck-rx4")


def test_a_pattern_that_leads_into_too_many_folders_is_told_once(tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / f"a{number}").mkdir()
    errors: list[str] = []
    walk = Walk(lambda folder, error: errors.append(str(error)), most_folders=3)
    assert list(walk.descend(tmp_path, ("**", "*.eval"), None, ())) == []
    assert len(errors) == 1
    assert "a pattern leads into more than 3 folders" in errors[0]
