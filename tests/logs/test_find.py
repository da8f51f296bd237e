"""Patterns become files, each once, with its run."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from fsspec import register_implementation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.logs.stores import Store
from tests.privileges import modes_hold
from vizspec.logs.find import DEFAULT_PATTERNS, Found, FoundLog, NotTaken, find_logs
from vizspec.logs.globs import DEEPEST
from vizspec.logs.read import read_logs

LOG_JSON = '{\n  "version": 2,\n  "status": "success",\n  "eval": {}}'


def touch(base: Path, *names: str, text: str = "") -> None:
    for name in names:
        path = base / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def locations(found: Found) -> list[str]:
    return [each.location for each in found.files]


def test_both_layouts_of_an_experiment_are_found_with_their_runs(tmp_path: Path) -> None:
    touch(tmp_path, "r8/eval/income_epoch0/logs/b.eval", "r4/eval/logs/a.eval", "r4/eval/logs/notes.txt")
    found = find_logs(DEFAULT_PATTERNS, tmp_path)
    assert [(each.location, each.run) for each in found.files] == [
        ("r4/eval/logs/a.eval", "r4"),
        ("r8/eval/income_epoch0/logs/b.eval", "r8"),
    ]
    assert found.files[0].path == tmp_path / "r4/eval/logs/a.eval"


def test_runs_and_tasks_of_the_design_are_found_though_they_begin_with_a_dot(tmp_path: Path) -> None:
    touch(tmp_path, ".5/eval/.q_epoch0/logs/a.eval", "_x/eval/logs/b.eval", ".git/eval/logs/c.eval")
    touch(tmp_path, "ck/.5.d/d.eval", ".5/eval/.trash/logs/e.eval")
    found = find_logs([*DEFAULT_PATTERNS, "ck/{run}.d/*.eval"], tmp_path, runs=[".5", "_x"], tasks=[".q"])
    assert [(each.location, each.run) for each in found.files] == [
        (".5/eval/.q_epoch0/logs/a.eval", ".5"),
        ("_x/eval/logs/b.eval", "_x"),
        ("ck/.5.d/d.eval", ".5"),
    ]
    assert locations(find_logs(["."], tmp_path, runs=[".5"], tasks=[".q"])) == [
        ".5/eval/.q_epoch0/logs/a.eval",
        "_x/eval/logs/b.eval",
    ]


def test_a_run_is_no_way_out_of_the_experiment(tmp_path: Path) -> None:
    touch(tmp_path, "eval/logs/a.eval", "experiment/r4/eval/logs/b.eval")
    found = find_logs(DEFAULT_PATTERNS, tmp_path / "experiment", runs=["..", ".", "r4"])
    assert locations(found) == ["r4/eval/logs/b.eval"]


def test_a_folder_that_is_no_known_run_is_found_too(tmp_path: Path) -> None:
    touch(tmp_path, "r4/eval/logs/a.eval", "trial/eval/logs/a.eval")
    found = find_logs(DEFAULT_PATTERNS, tmp_path, runs=["r4", "r8"])
    assert [each.run for each in found.files] == ["r4", "trial"]


def test_without_placeholder_the_run_is_the_first_folder_named_like_one(tmp_path: Path) -> None:
    touch(tmp_path, "all/r8/r4/a.eval", "all/b.eval")
    found = find_logs(["all"], tmp_path, runs=["r4", "r8"])
    assert [(each.location, each.run) for each in found.files] == [
        ("all/b.eval", None),
        ("all/r8/r4/a.eval", "r8"),
    ]


def test_the_placeholder_stands_for_one_name_however_often_it_is_written(tmp_path: Path) -> None:
    touch(tmp_path, "out/ck-r4/r4/a.eval", "out/ck-r8/r4/b.eval", "out/ck-r8/r8/c.eval")
    found = find_logs(["out/ck-{run}/{run}/*.eval"], tmp_path)
    assert [(each.location, each.run) for each in found.files] == [
        ("out/ck-r4/r4/a.eval", "r4"),
        ("out/ck-r8/r8/c.eval", "r8"),
    ]


def test_stars_stay_within_a_folder_and_two_stars_cross_them(tmp_path: Path) -> None:
    touch(tmp_path, "a.eval", "x/b.eval", "x/y/c.eval", "x/y/z/d.eval", "x/.hidden/e.eval", "x/.f.eval")
    assert locations(find_logs(["*.eval"], tmp_path)) == ["a.eval"]
    assert locations(find_logs(["x/*/*.eval"], tmp_path)) == ["x/y/c.eval"]
    assert locations(find_logs(["**/*.eval"], tmp_path)) == [
        "a.eval",
        "x/b.eval",
        "x/y/c.eval",
        "x/y/z/d.eval",
    ]
    assert locations(find_logs(["x/**"], tmp_path)) == ["x/b.eval", "x/y/c.eval", "x/y/z/d.eval"]
    assert locations(find_logs(["x/**/z/*.eval"], tmp_path)) == ["x/y/z/d.eval"]


def test_a_folder_gives_the_logs_below_it_and_skips_other_json_with_the_reason(tmp_path: Path) -> None:
    touch(tmp_path, "logs/a.eval", "logs/deep/b.eval", "logs/readme.md", "logs/table.csv")
    touch(tmp_path, "logs/c.json", text=LOG_JSON)
    touch(
        tmp_path,
        "logs/logs.json",
        text=json.dumps({"a.eval": {"version": 2, "status": "success", "eval": {}}}),
    )
    found = find_logs(["logs"], tmp_path)
    assert locations(found) == ["logs/a.eval", "logs/c.json", "logs/deep/b.eval"]
    assert found.skipped == (NotTaken("logs/logs.json", "JSON that is not an Inspect log"),)


def test_a_file_that_is_named_is_taken_though_it_looks_like_no_log(tmp_path: Path) -> None:
    touch(tmp_path, "odd.json", text="{}")
    assert locations(find_logs(["odd.json"], tmp_path)) == ["odd.json"]
    found = find_logs(["*.json"], tmp_path)
    assert (found.files, found.patterns_without_match) == ((), ("*.json",))


def test_what_a_glob_matches_beside_logs_is_skipped_with_the_reason(tmp_path: Path) -> None:
    touch(tmp_path, "logs/a.eval", "logs/slurm.out", "logs/table.csv")
    found = find_logs(["logs/*"], tmp_path)
    assert locations(found) == ["logs/a.eval"]
    assert [skipped.location for skipped in found.skipped] == ["logs/slurm.out", "logs/table.csv"]
    assert "*.csv" in found.skipped[1].reason


def test_frames_are_taken_where_the_pattern_names_them(tmp_path: Path) -> None:
    touch(tmp_path, "frames/a.csv", "frames/b.parquet", "a.eval")
    found = find_logs(["frames/*.csv", "frames/b.parquet", "a.eval"], tmp_path)
    assert [(each.location, each.is_frame) for each in found.files] == [
        ("a.eval", False),
        ("frames/a.csv", True),
        ("frames/b.parquet", True),
    ]


def test_a_file_that_two_patterns_match_is_found_once_and_keeps_its_run(tmp_path: Path) -> None:
    touch(tmp_path, "r4/eval/logs/a.eval")
    found = find_logs(["**/*.eval", *DEFAULT_PATTERNS, "r4/../r4/eval/logs/a.eval"], tmp_path)
    assert [(each.location, each.run) for each in found.files] == [("r4/eval/logs/a.eval", "r4")]
    assert found.skipped == ()


def test_patterns_without_match_are_told(tmp_path: Path) -> None:
    touch(tmp_path, "r4/eval/logs/a.eval")
    found = find_logs([*DEFAULT_PATTERNS, "gone/*.eval", "missing.eval"], tmp_path)
    assert found.patterns_without_match == (DEFAULT_PATTERNS[0], "gone/*.eval", "missing.eval")


def test_a_base_that_does_not_exist_gives_nothing(tmp_path: Path) -> None:
    assert find_logs(DEFAULT_PATTERNS, tmp_path / "gone").files == ()


def test_a_loop_of_links_ends_and_a_linked_file_is_found_by_its_straight_way(tmp_path: Path) -> None:
    touch(tmp_path, "r4/eval/logs/a.eval")
    (tmp_path / "r4/eval/up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a-link").symlink_to(tmp_path / "r4", target_is_directory=True)
    (tmp_path / "itself").symlink_to(tmp_path / "itself")
    found = find_logs(["**/*.eval"], tmp_path)
    assert locations(found) == ["r4/eval/logs/a.eval"]
    assert NotTaken("a-link/eval/logs/a.eval", "the same file as r4/eval/logs/a.eval") in found.skipped


def test_what_the_kernel_makes_up_is_not_searched_though_a_link_leads_there(tmp_path: Path) -> None:
    touch(tmp_path, "r4/a.eval")
    (tmp_path / "r4/system").symlink_to("/proc", target_is_directory=True)
    found = find_logs(["**/*.eval"], tmp_path)
    reason = "the folder cannot be listed: it tells of the running system, and holds no logs"
    assert (locations(found), found.skipped) == (["r4/a.eval"], (NotTaken("r4/system", reason),))
    assert [one.reason for one in find_logs(["/proc/**"], tmp_path).unlisted] == [reason]


class Unreachable(Store):
    """A server that does not answer: fsspec's HTTP says of every file there that there is none."""

    protocol = "unreachable"

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return path

    def info(self, path: str, **kwargs: object) -> dict[str, object]:
        raise FileNotFoundError(path) from ConnectionRefusedError(111, "Connection refused")


def test_a_server_that_does_not_answer_is_not_taken_for_one_without_logs(tmp_path: Path) -> None:
    register_implementation("unreachable", Unreachable, clobber=True)
    found = find_logs(["unreachable://server/a.eval"], tmp_path)
    reason = "the address cannot be listed: Connection refused"
    assert found.unlisted == (NotTaken("unreachable://server/a.eval", reason),)
    assert found.absent == {}


def test_a_run_folder_may_be_a_link_to_another_file_system(tmp_path: Path) -> None:
    touch(tmp_path, "scratch/r4/eval/logs/a.eval")
    experiment = tmp_path / "experiment"
    experiment.mkdir()
    (experiment / "r4").symlink_to(tmp_path / "scratch/r4", target_is_directory=True)
    assert locations(find_logs(DEFAULT_PATTERNS, experiment)) == ["r4/eval/logs/a.eval"]


def test_absolute_patterns_home_and_file_addresses_are_understood(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touch(tmp_path, "elsewhere/my logs/a.eval")
    base = tmp_path / "experiment"
    base.mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    address = (tmp_path / "elsewhere/my logs/a.eval").as_uri()
    for pattern in (f"{tmp_path}/elsewhere/*/*.eval", "~/elsewhere/**/*.eval", address):
        found = find_logs([pattern], base)
        assert locations(found) == ["../elsewhere/my logs/a.eval"], pattern


def test_brackets_are_a_set_unless_a_name_has_them(tmp_path: Path) -> None:
    touch(tmp_path, "run1/a.eval", "run2/a.eval", "run[1]/a.eval", "run3/a[b].eval")
    assert locations(find_logs(["run[12]/*.eval"], tmp_path)) == ["run1/a.eval", "run2/a.eval"]
    assert locations(find_logs(["run[1]/*.eval"], tmp_path)) == ["run[1]/a.eval"]
    assert locations(find_logs(["run3/a[b].eval"], tmp_path)) == ["run3/a[b].eval"]


def test_a_folder_named_like_a_log_is_left_to_the_reader(tmp_path: Path) -> None:
    (tmp_path / "a.eval").mkdir()
    assert locations(find_logs(["*.eval"], tmp_path)) == ["a.eval"]


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path) -> None:
    (tmp_path / "closed").symlink_to(tmp_path / "closed")  # nobody may list it, not even root
    found = find_logs(["closed/*.eval"], tmp_path)
    reason = "the folder cannot be listed: Too many levels of symbolic links"
    assert found.unlisted == (NotTaken("closed", reason),)


def test_a_folder_that_a_glob_comes_upon_and_that_is_closed_is_told(tmp_path: Path) -> None:
    touch(tmp_path, "open/a.eval", "closed/a.eval")
    (tmp_path / "closed").chmod(0)
    with modes_hold():
        found = find_logs(["*/*.eval"], tmp_path)
    (tmp_path / "closed").chmod(0o700)
    assert locations(found) == ["open/a.eval"]
    assert found.skipped == (NotTaken("closed", "the folder cannot be listed: Permission denied"),)


names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/\0"), min_size=1, max_size=40)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(run=names.filter(lambda name: not name.startswith(".") and len(name.encode()) < 200))
def test_whatever_a_run_is_called_it_is_found_under_its_name(
    run: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    base = tmp_path_factory.mktemp("names")
    path = base / run / "eval" / "logs" / f"{run}.eval"
    path.parent.mkdir(parents=True)
    path.touch()
    expected = FoundLog(f"{run}/eval/logs/{run}.eval", path, run)
    assert find_logs(DEFAULT_PATTERNS, base, [run]).files == (expected,)


def test_a_name_that_is_not_utf8_has_a_location_that_can_be_written(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.eval")).touch()
    (location,) = locations(find_logs(["*.eval"], tmp_path))
    assert location == "caf\\udce9.eval"


def test_the_place_that_a_pattern_starts_from_is_told_where_it_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    patterns = ["gone/deep/*.eval", "empty/*.eval", "empty/b/{run}/*.eval"]
    found = find_logs(patterns, tmp_path)
    assert found.patterns_without_match == tuple(patterns)
    assert found.absent == {"gone/deep/*.eval": "gone/deep", "empty/b/{run}/*.eval": "empty/b"}


def test_a_run_folder_whose_disk_is_not_there_is_told(tmp_path: Path) -> None:
    touch(tmp_path, "r4/eval/logs/a.eval")
    (tmp_path / "r8").symlink_to(tmp_path / "unmounted")
    found = find_logs(["{run}/eval/logs/*.eval"], tmp_path)
    assert found.skipped == (NotTaken("r8", "the folder cannot be listed: it is a link that leads nowhere"),)


def test_an_address_that_cannot_be_listed_is_no_address_without_logs(tmp_path: Path) -> None:
    found = find_logs(["nosuch://bucket/logs"], tmp_path)
    (unlisted,) = found.unlisted
    assert unlisted.location == "nosuch://bucket/logs"
    assert "Protocol not known: nosuch" in unlisted.reason


@pytest.mark.parametrize(
    "pattern", ["**/**/**/*.eval", "**/*/**/*/**/*.eval", "*/../*/../*/../*/../**/*.eval"]
)
def test_links_in_circles_and_many_stars_come_to_an_end(pattern: str, tmp_path: Path) -> None:
    touch(tmp_path, *(f"r{number}/deep/er/a.eval" for number in range(6)))
    for number in range(6):
        for other in range(6):
            (tmp_path / f"r{number}" / f"to{other}").symlink_to(tmp_path / f"r{other}")
    found = find_logs([pattern], tmp_path)
    assert len(found.files) == 6


def test_folders_too_deep_in_each_other_are_told(tmp_path: Path) -> None:
    (tmp_path / Path(*["a"] * (DEEPEST + 2))).mkdir(parents=True)
    (skipped,) = find_logs(["**/*.eval"], tmp_path).skipped
    assert skipped.reason == f"the folder cannot be listed: it lies in more than {DEEPEST} folders"


def test_a_pipe_is_no_log(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.json")
    (log,) = read_logs(find_logs(["*.json"], tmp_path).files)
    assert log.reason == "it cannot be opened (it is a pipe, not a file)"


@pytest.mark.parametrize("pattern", ["~nobody-of-this-name/*.eval", "a\0b/*.eval"])
def test_a_place_that_cannot_be_is_not_there(pattern: str, tmp_path: Path) -> None:
    assert find_logs([pattern], tmp_path).absent == {pattern: pattern}
