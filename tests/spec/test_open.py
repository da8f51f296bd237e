"""From a path to a checked spec: which file it means, what lies around it, and where problems are told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from vizspec.errors import Problem, Problems, UserError, format_problem
from vizspec.spec.model import ReportSpec
from vizspec.spec.open import Opened, open_spec, shown_path, spec_file, specs_above

DESIGN = (Path(__file__).parents[1] / "specs" / "bad" / "experiments" / "ranks.yaml").read_text(
    encoding="utf-8"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a design in `ranks/`."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ranks").mkdir()
    (tmp_path / "ranks" / "experiment_summary.yaml").write_text(DESIGN)
    return tmp_path


def opened(text: str, name: str = "analysis.yaml") -> Opened:
    Path(name).write_text(text)
    return open_spec(Path(name))


def found(text: str, name: str = "analysis.yaml") -> list[str]:
    Path(name).write_text(text)
    with pytest.raises(Problems) as raised:
        open_spec(Path(name))
    return [format_problem(problem).partition("\n")[0] for problem in raised.value.problems]


def test_a_folder_means_the_spec_in_it(folder: Path) -> None:
    opened("vizspec: 1\n", "ranks/analysis.yaml")
    assert spec_file(Path("ranks")) == Path("ranks/analysis.yaml")
    assert open_spec(Path("ranks")).shown_path == "ranks/analysis.yaml"


@pytest.mark.parametrize(
    ("path", "message", "hint"),
    [
        ("ranks", r"there is no 'ranks/analysis.yaml'", "vizspec init ranks"),
        ("none", r"there is no 'none'", "check the path"),
        ("none/analysis.yaml", r"there is no 'none/analysis.yaml'", "check the path"),
    ],
)
def test_a_missing_spec_says_how_to_make_one(folder: Path, path: str, message: str, hint: str) -> None:
    with pytest.raises(UserError, match=message) as raised:
        open_spec(Path(path))
    assert hint in (raised.value.hint or "")


def test_a_spec_that_is_a_folder_is_said_to_be_one(folder: Path) -> None:
    (folder / "ranks" / "analysis.yaml").mkdir()
    with pytest.raises(UserError, match=r"'ranks/analysis.yaml' is a folder, not a spec"):
        open_spec(Path("ranks"))


def test_without_an_experiment_the_specs_folder_is_the_base(folder: Path) -> None:
    one = opened("vizspec: 1\n", "ranks/analysis.yaml")
    assert (one.experiment, one.base, one.name) == (None, Path("ranks"), "ranks")


@pytest.mark.parametrize("named", ["ranks/experiment_summary.yaml", "ranks"])
def test_the_experiments_folder_is_the_base(folder: Path, named: str) -> None:
    one = opened(f"vizspec: 1\nexperiment: {named}\n")
    assert one.experiment is not None
    assert (one.experiment.name, one.name, one.base) == ("ranks", "ranks", Path("ranks"))
    assert one.experiment_path == Path("ranks/experiment_summary.yaml")


def test_problems_of_both_files_are_told_at_once(folder: Path) -> None:
    (folder / "ranks" / "experiment_summary.yaml").write_text(DESIGN.replace("runs:", "runs: 3\nran:"))
    assert found("vizspec: 1\nexperiment: ranks\nmetrics:\n  primary: mach\n  ci: 2\n") == [
        "ranks/experiment_summary.yaml:6:1: warning: runs: expected a list, found the number 3",
        "analysis.yaml:4:3: error: metrics.primary: there is no metric or scorer 'mach'",
        "analysis.yaml:5:3: error: metrics.ci: expected a number below 1, found the number 2",
    ]


@pytest.mark.parametrize("metric", ["headline/accuracy", "headline", "classification/f1"])
def test_what_vizspec_works_out_itself_is_known_beside_the_scorers_of_the_design(
    folder: Path, metric: str
) -> None:
    view = f"  - {{view: scores_by_task, metrics: {metric}}}\n"
    assert len(opened(f"vizspec: 1\nexperiment: ranks\nviews:\n{view}").spec.views) == 1


def test_a_missing_experiment_does_not_hide_the_rest(folder: Path) -> None:
    assert found("vizspec: 1\nexperiment: none.yaml\noutput: {name: '{vew}'}\n") == [
        "analysis.yaml:2:1: error: experiment: no file 'none.yaml'",
        "analysis.yaml:3:10: error: output.name: there is no placeholder 'vew'",
    ]


def test_a_name_that_stands_in_a_broken_part_is_known_elsewhere(folder: Path) -> None:
    assert found(
        "vizspec: 1\nexperiment: ranks\ndata:\n  columns:\n    big: large\n"
        "views:\n  - {view: scores_by_factor, factor: big}\n"
    ) == ["analysis.yaml:5:5: error: data.columns.big: expected a mapping, found the text 'large'"]


def test_a_place_is_told_once(folder: Path) -> None:
    assert len(found("vizspec: 1\nreport:\n  title: no\n")) == 1


def test_warnings_come_with_the_spec(folder: Path) -> None:
    one = opened("vizspec: 1\nexperiment: ranks\nviews:\n  - view: scores_by_model\n")
    assert [(p.severity, p.mark and p.mark.line) for p in one.warnings] == [("warning", 4)]


def test_later_problems_find_their_lines(folder: Path) -> None:
    one = opened("vizspec: 1\nviews:\n  - view: scores_by_task\n")
    (problem,) = one.located([Problem(("views", 0, "view"), "is not to be")])
    assert format_problem(problem) == (
        "analysis.yaml:3:5: error: views[0].view: is not to be\n"
        "    3 |   - view: scores_by_task\n"
        "      |     ^"
    )


def test_paths_are_shown_from_the_current_folder(folder: Path) -> None:
    assert shown_path(folder / "ranks" / "a.yaml") == "ranks/a.yaml"
    assert shown_path(Path("/elsewhere/a.yaml")) == "/elsewhere/a.yaml"


@pytest.mark.parametrize(
    ("named", "near"),
    [
        ("ranks/experiment_sumary.yaml", "ranks/experiment_summary.yaml"),
        ("rnks", "ranks"),
        ("ranks/experiment.yml", "ranks/experiment_summary.yaml"),
    ],
)
def test_a_missing_design_names_the_file_that_may_be_meant(folder: Path, named: str, near: str) -> None:
    Path("a.yaml").write_text(f"vizspec: 1\nexperiment: {named}\n")
    with pytest.raises(Problems) as raised:
        open_spec(Path("a.yaml"))
    (problem,) = raised.value.problems
    assert (problem.loc, problem.hint) == (("experiment",), f"did you mean '{near}'?")


def test_a_missing_design_that_is_like_no_file_says_how_designs_are_made(folder: Path) -> None:
    Path("a.yaml").write_text("vizspec: 1\nexperiment: none/z.yaml\n")
    with pytest.raises(Problems, match="no file") as raised:
        open_spec(Path("a.yaml"))
    assert "run the design step" in (raised.value.problems[0].hint or "")


def test_a_changed_file_belongs_to_the_nearest_spec_above_it(folder: Path) -> None:
    for place in ("ranks", "ranks/inner", "none"):
        (folder / place).mkdir(exist_ok=True)
    for place in ("ranks", "ranks/inner"):
        (folder / place / "analysis.yaml").write_text("vizspec: 1\n")
    changed = ["ranks/analysis/report.md", "ranks/gone.eval", "none/x", "ranks/inner/analysis.yaml", "y"]
    ranks = folder / "ranks"
    found = specs_above(Path(name) for name in changed)
    assert found == (ranks / "analysis.yaml", ranks / "inner" / "analysis.yaml")


def test_a_changed_file_is_found_from_wherever_it_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("ranks/analysis", "notes"):
        (folder / place).mkdir(parents=True, exist_ok=True)
    spec = folder / "ranks" / "analysis.yaml"
    spec.write_text("vizspec: 1\n")
    monkeypatch.chdir(folder / "ranks" / "analysis")
    given = ["report.md", "../x.eval", str(folder / "ranks" / "y"), "../../notes/n.md"]
    assert specs_above(Path(name) for name in given) == (spec,)


@pytest.mark.parametrize(
    "named",
    ["/dev/urandom", "../secret", "~/notes", "$HOME/notes", "file:///etc/hosts", "notes.txt", "notes"],
)
def test_an_interpretation_that_reads_as_the_name_of_a_file_is_no_text(folder: Path, named: str) -> None:
    os.mkfifo(folder / "notes")
    assert found(f"vizspec: 1\nreport: {{interpretation: {named!r}}}\n") == [
        f"analysis.yaml:2:10: error: report.interpretation: '{named}' would be the text of the "
        "interpretation, and reads as the name of a file"
    ]


@pytest.mark.parametrize(
    "text", ["Pending.", "n/a", "See notes.txt for more.", "{{ value('match/accuracy') }}"]
)
def test_an_interpretation_of_few_words_is_a_text(folder: Path, text: str) -> None:
    report = opened(f'vizspec: 1\nreport: {{interpretation: "{text}"}}\n').spec.report
    assert isinstance(report, ReportSpec)
    assert report.interpretation == text


@pytest.mark.parametrize("name", ["ranks: all", "ranks: all:match/accuracy"])
def test_a_figure_is_named_by_its_entry_whatever_signs_that_has(folder: Path, name: str) -> None:
    views = "views: [{view: scores_by_task, id: 'ranks: all'}]"
    text = f"""vizspec: 1\n{views}\nreport: {{interpretation: "{{{{ figure('{name}') }}}}"}}\n"""
    assert opened(text).warnings == ()


@pytest.mark.parametrize("named", ["~/notes.md", "$HOME/notes.md", "https://example.org/notes.md"])
def test_an_interpretation_is_a_file_beside_the_spec(folder: Path, named: str) -> None:
    assert found(f"vizspec: 1\nreport: {{interpretation: {named!r}}}\n") == [
        f"analysis.yaml:2:10: error: report.interpretation: '{named}' is not the name of a file: "
        "no address, '~' or '$' is followed here"
    ]


@pytest.mark.parametrize("named", ["~/out", "$SCRATCH/out"])
def test_an_output_folder_that_a_shell_would_name_otherwise_is_told(folder: Path, named: str) -> None:
    (problem,) = found(f"vizspec: 1\noutput: {{directory: {named!r}}}\n")
    assert problem.startswith(
        f"analysis.yaml:2:10: error: output.directory: '{named}' would be a folder named '{named[:-4]}'"
    )
