"""The rules of the house, as data: who may import whom, who may touch the world, what every part has."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from vizspec.cli.app import COMMANDS
from vizspec.views import KINDS

REPOSITORY = Path(__file__).parents[1]
PACKAGE = REPOSITORY / "vizspec"

ROOMS = [
    *["errors", "versions", "runtime", "text"],
    *["limits", "expressions", "cache", "loopback", "parsing", "output"],
    *["statistics", "metrics", "logs", "experiment"],
    *["slurm", "samples", "cells"],
    *["risk", "estimates", "comparisons", "draw", "views", "claims"],
    *["spec", "gather", "init"],
    *["plan", "manifest", "report", "prose", "render"],
    *["preview", "api", "demo", "cli", "__main__"],
]
"""The rooms of the house in one order: a room imports from those before it alone."""

INNER_ROOMS = {
    "slurm": ["model", "sources", "output", "recommendations", "shortfalls", "merge", "compute"],
    "draw": ["palette", "shapes", "charts", "figures", "pages", "pictures"],
    "spec": ["answers", "model", "entries", "texts", "schema", "checks", "open"],
}
"""The same within a room that has rooms of its own."""

LIBRARIES: dict[str, list[str]] = {  # the modules that may import what takes long, or reaches outside
    "inspect_ai": ["logs.read", "samples.read_inspect", "api.logs", "demo.*"],
    "inspect_viz": ["draw.*"],
    "pandas": [
        "logs.read_frame",
        "logs.frame_cells",
        "logs.frame_file",
        "api.logs",
        "api.metrics",
        "draw.charts.inspectviz",
        "api.report",
    ],
    "matplotlib": ["draw.*", "api.risk"],
    "sklearn": ["demo.*"],
    "scipy": ["statistics.*", "risk.*"],
    "numpy": ["statistics.*", "risk.*", "demo.*"],
    "playwright": ["draw.*"],
    "pyarrow": ["logs.frame_file", "draw.pages.*", "draw.pictures.database", "render.run_program"],
    "duckdb": ["draw.pictures.database"],
    "fsspec": ["logs.listing", "logs.urls"],
    "distributed": ["samples.workers"],
    "regex": ["limits.patterns"],
    "psutil": ["draw.pictures.processes"],
    "subprocess": [
        "slurm.sources.run_command",
        "runtime.build",
        "limits.process",
        "render.run_program",
        "output.guard",
    ],
    "http": ["loopback"],
    "watchfiles": ["preview.watch"],
    "socket": ["samples.workers"],
    "requests": [],
    "urllib.request": ["runtime.build"],
}

HEAVY = (
    "asyncio",
    "inspect_ai",
    "inspect_viz",
    "pandas",
    "matplotlib",
    "sklearn",
    "scipy",
    "numpy",
    "playwright",
    "duckdb",
)

AT_START = {  # libraries imported with the module itself: it is loaded only where they are needed
    "demo.*": {"inspect_ai", "sklearn", "numpy"},
    "api.risk": {"matplotlib"},
}

FILES = [  # the modules that read or write files
    *[
        "limits.archives",
        "limits.files",
        "limits.landlock",
        "render.run_program",
        "parsing.yaml_file",
        "output.folder",
        "output.lock",
        "output.journal",
        "output.transaction",
        "cache",
        "versions",
        "render.run_log",
        "spec.open",
        "manifest.provenance",
        "render.documents",
        "init.initialize",
    ],
    *["logs.*", "samples.*", "slurm.compute"],
    *["slurm.sources.job_files", "slurm.sources.answers_cache", "slurm.sources.run_command"],
    *["runtime", "runtime.build", "draw.*", "api.risk", "report.text_files", "api.report", "demo.*"],
    "cli.streams",
    "preview.server",
]

FILE_CALLS = {
    *["open", "read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "unlink"],
    *["rmtree", "copytree", "iterdir", "rglob", "scandir", "touch", "mkstemp"],
}

HOOKS = ("plan", "draw", "shapes", "outlook", "check")
"""The functions of a kind's module, which `Kind` documents."""

TESTED_ELSEWHERE: dict[str, str] = {  # modules without a test file of their own, with the reason
    "samples.workers": "with the cluster that gives them work: both have one client in tests",
    "draw.shapes.plots.mark_calls": "values alone; those who make and take them have tests",
    "draw.shapes.plots.marks": "a table of what draws each mark",
    "draw.shapes.plots.paint": "the tests of each kind of mark see colours, widths and groups",
    "expressions.*": "tests/test_expressions.py",
    "statistics.contrasts": "tests/statistics/test_differences.py: what differences are made of",
    "logs.frame_scores": "tests/logs/test_read_frame.py: whole frames",
    "render.interpret": "tests/cli/test_interpret.py: the file that is written",
    "render.plan_remarks": "tests/cli/test_plan.py, tests/spec/test_reach.py: what the command tells",
    "prose.meant": "tests/prose/test_functions.py: what calls mean",
    "prose.tables": "tests/prose/test_functions.py: tables in texts",
    "prose.names": "tests/prose/test_doubts.py: names in sentences",
    "prose.said_numbers": "tests/prose/test_doubts.py: numbers in sentences",
    "prose.said_order": "tests/prose/test_doubts.py: sentences on who is better",
    "prose.sentences": "tests/prose/test_doubts.py: sentences of texts",
    "limits.process": "tests/report/test_fill.py, tests/prose/test_fill.py: what takes too much is ended",
    "report.template": "tests/report/test_fill.py, test_render.py: what templates make",
    "draw.pages.parts": "tests/draw/pages/test_page.py: values that pages are made of",
    "draw.pictures.screenshot": "tests/draw/test_real_browser.py: pictures of a real browser",
    "draw.pictures.launch": "tests/draw/pictures/test_camera.py: browsers that do not start",
    "plan.file_names": "tests/plan/test_plan.py: the names of planned files",
    "plan.missing_metrics": "tests/plan/test_plan.py: problems of a plan",
    "plan.empty_filter": "tests/plan/test_plan.py: problems of a plan",
    "__main__": "two lines; tests/cli run it",
    "errors": "tests/specs/bad: every diagnostic there is formatted by it",
    "vizspec": "tests of each public function",
    "cli.arguments": "tests/cli: every command's test",
    "cli.console": "tests/cli: every command's test",
    "spec.checks": "tests/specs/bad: the corpus of all checks",
    "spec.checks.*": "tests/specs/bad: the corpus of all checks",
    "loopback": "tests/draw/pictures/test_memory_server.py, tests/preview/test_server.py: what it serves",
    "views.*": "tests/views/test_views.py: what is true of every kind",
    "demo.*": "tests/demo/test_make.py makes whole experiments",
    "cells.additions": "tests/cells/test_labels.py: labels with what is added to them",
    "cells.labelled": "tests/cells/test_labels.py: labels, and the notes on their codes",
    "samples.record": "values only",
    "samples.raw_risk": "values only; tests/samples/test_decode.py, test_check.py",
    "samples.raw_scores": "values only",
    "samples.score_columns": "tests/samples/test_read_scores.py: the columns of whole logs",
    "slurm.model.metrics_file": "values only",
    "slurm.sources.gpu_columns": "tests/slurm/sources/test_gpu_csv.py: whole files",
    "slurm.sources.gpu_ticks": "tests/slurm/sources/test_gpu_csv.py: whole files",
    "statistics.method": "values only",
    "risk.record": "values only",
    "draw.shapes.model": "values only; tests/draw/figures/test_shapes.py draws them",
    "draw.charts.mosaic": "tests/draw/charts/test_from_shapes.py: charts of shapes",
    "draw.figures.legend": "tests/draw/figures/test_shapes.py: figures with legends",
    "draw.figures.room": "tests/draw/figures/test_shapes.py, test_small_multiples.py: labels that fit",
    "runtime.__main__": "needs the npm registry; tests/draw uses what it builds",
    "logs.record": "values only",
    "output.guard_script": "tests/output/test_guard.py: renders that are killed",
    "metrics.score": "values only",
    "spec.comparison_entry": "tests/comparisons/test_questions.py, tests/specs/bad",
    "comparisons.record": "values only",
    "claims.record": "values only",
    "claims.model": "tests/specs/bad/claims.yaml; tests/claims",
    "samples.scored": "values only",
    "spec.texts": "tests/specs/bad/prose.yaml; tests/prose",
    "spec.entries": "tests/plan/test_plan.py: the ids of entries",
    "gather.options": "values only",
    "gather.spec_logs": "tests/gather/test_gather.py: the logs of whole folders",
    "cli.demo": "tests/demo/test_make.py",
}


def modules() -> dict[str, Path]:
    """Every module by its name within the package."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        parts = parts[:-1] if parts[-1] == "__init__" else parts
        found[".".join(parts) or "vizspec"] = path
    return found


MODULES = modules()


@cache
def tree(name: str) -> ast.Module:
    return ast.parse(MODULES[name].read_text(encoding="utf-8"))


def code(node: ast.AST, *, in_functions: bool = True) -> Iterator[ast.AST]:
    """The nodes that run: all but the imports for type checkers (and what is inside functions)."""
    waiting = [node]
    while waiting:
        for child in ast.iter_child_nodes(waiting.pop()):
            if isinstance(child, ast.If) and getattr(child.test, "id", "") == "TYPE_CHECKING":
                continue
            if not in_functions and isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                continue
            yield child
            waiting.append(child)


@cache
def imported(name: str, *, in_functions: bool = True) -> frozenset[str]:
    """Full names of what a module imports where it runs."""
    return frozenset(named_by_imports(code(tree(name), in_functions=in_functions)))


def named_by_imports(nodes: Iterable[ast.AST]) -> set[str]:
    """Full names of what is imported; `from a import b` is `a.b`."""
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


@cache
def own_imports(name: str) -> set[str]:
    """The modules of the package that a module imports, for types alone too."""
    found = set()
    for full in named_by_imports(ast.walk(tree(name))):
        inner = full.removeprefix("vizspec.") if full.startswith("vizspec.") else None
        if inner is not None:
            found.add(inner if inner in MODULES else inner.rpartition(".")[0] or "vizspec")
    return found - {name}


def room_of(name: str) -> str:
    return name.partition(".")[0]


def allowed(name: str, patterns: list[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def upward(order: list[str], names: Iterable[str], place: Callable[[str], str]) -> list[str]:
    """The imports that lead from a room to one that comes later in `order`."""
    return [
        f"{name} imports {other}"
        for name in names
        for other in own_imports(name)
        if {place(name), place(other)} <= set(order) and order.index(place(other)) > order.index(place(name))
    ]


def test_every_room_has_its_place_in_the_order() -> None:
    assert {room_of(name) for name in MODULES} - {"vizspec"} == set(ROOMS)


def test_a_room_imports_only_from_those_before_it() -> None:
    assert upward(ROOMS, MODULES, room_of) == []


@pytest.mark.parametrize("room", INNER_ROOMS)
def test_an_inner_room_imports_only_from_those_before_it(room: str) -> None:
    inside = [name for name in MODULES if name.startswith(f"{room}.")]
    assert upward(INNER_ROOMS[room], inside, lambda name: name.split(".")[1] if "." in name else "") == []


def test_no_import_leads_back() -> None:
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " -> ".join((*above, name))
        if name not in done:
            for other in own_imports(name):
                visit(other, (*above, name))
            done.add(name)

    for name in MODULES:
        visit(name, ())


@pytest.mark.parametrize("library", LIBRARIES)
def test_what_takes_long_or_reaches_outside_is_imported_at_the_edges_only(library: str) -> None:
    users = [
        name
        for name in MODULES
        if any(full == library or full.startswith(f"{library}.") for full in imported(name))
    ]
    assert [name for name in users if not allowed(name, LIBRARIES[library])] == []


def test_what_takes_long_is_imported_inside_functions() -> None:
    wrong = []
    for name in MODULES:
        heavy = {full.partition(".")[0] for full in imported(name, in_functions=False)} & set(HEAVY)
        may = {
            held for pattern, all_held in AT_START.items() if fnmatchcase(name, pattern) for held in all_held
        }
        wrong += [f"{name} imports {library}" for library in heavy - may]
    assert wrong == []


@cache
def calls(name: str) -> list[str]:
    """What a module calls, as it is written."""
    return [ast.unparse(node.func) for node in ast.walk(tree(name)) if isinstance(node, ast.Call)]


def test_files_are_touched_at_the_edges_only() -> None:
    wrong = [
        f"{name} calls {call}"
        for name in MODULES
        if not allowed(name, FILES)
        for call in calls(name)
        if call.rpartition(".")[2] in FILE_CALLS
    ]
    assert wrong == []


def test_only_the_command_line_prints_and_exits() -> None:
    forbidden = {"print", "exit", "quit", "breakpoint", "os._exit"}
    assert [name for name in MODULES if forbidden & set(calls(name))] == []
    exits = [name for name in MODULES if "sys.exit" in calls(name)]
    assert not set(exits) - {"cli", "draw.pictures.browser", "runtime.__main__"}


def test_few_places_catch_everything() -> None:
    """`execute` keeps a failing view alone, the boundary reports bugs, a thread hands on what it met."""
    catching = {
        name
        for name in MODULES
        for node in ast.walk(tree(name))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
        and not isinstance(node.body[-1], ast.Raise)
    }
    assert catching == {"render.execute", "cli.boundary", "limits.watchdog"}


def test_everything_public_has_a_docstring() -> None:
    missing = [name for name in MODULES if not ast.get_docstring(tree(name))]
    for name in MODULES:
        for node in tree(name).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                is_hook = name.startswith("views.") and node.name in HOOKS
                if not ast.get_docstring(node) and not is_hook:
                    missing.append(f"{name}.{node.name}")
    assert missing == []


def types_of(name: str) -> Iterator[str]:
    """The names that a module gives to classes, and to types made of others; not its type variables."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.ClassDef):
            yield node.name
    for node in tree(name).body:
        if isinstance(node, ast.Assign) and not ast.unparse(node.value).startswith("TypeVar("):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            yield from (one for one in names if re.fullmatch("[A-Z][a-z][A-Za-z]+", one))


def test_every_type_has_a_name_of_its_own() -> None:
    places: dict[str, list[str]] = {}
    for name in MODULES:
        for one in types_of(name):
            places.setdefault(one, []).append(name)
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_nothing_is_called_utils() -> None:
    names = {part for name in MODULES for part in name.split(".")}
    assert not {"utils", "util", "helpers", "common", "core", "misc"} & names


def test_every_module_has_its_test_or_a_reason() -> None:
    assert [
        name for name in MODULES if not has_test(name) and not allowed(name, list(TESTED_ELSEWHERE))
    ] == []


def has_test(name: str) -> bool:
    *folders, last = name.split(".")
    own = REPOSITORY / "tests" / Path(*folders) / f"test_{last.strip('_')}.py"
    is_tested_package = MODULES[name].name == "__init__.py" and (own.parent / last).is_dir()
    return own.is_file() or is_tested_package


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_a_module_of_the_command_line(command: str) -> None:
    assert f"cli.{command}" in MODULES


@pytest.mark.parametrize("view", KINDS)
def test_every_kind_has_its_module_and_an_example(view: str) -> None:
    assert f"views.{view}" in MODULES
    examples = [path.read_text(encoding="utf-8") for path in (REPOSITORY / "specs").glob("*.yaml")]
    assert any(f"view: {view}\n" in text or f"view: {view}," in text for text in examples)


@pytest.mark.parametrize("view", KINDS)
def test_every_kind_tells_what_it_shows_and_when_it_is_skipped(view: str) -> None:
    kind = KINDS[view]
    assert (kind.entry.__doc__ or "").endswith(".")
    assert kind.skips


@pytest.mark.parametrize("view", KINDS)
def test_only_what_inspect_viz_draws_can_be_a_page(view: str) -> None:
    kind = KINDS[view]
    is_page, is_chart = "html" in kind.formats, kind.function is not None
    assert is_page or not is_chart
    assert is_chart or kind.shapes is not None or not is_page


def test_every_kind_is_in_the_readme() -> None:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    named = [view for view in KINDS if f"`{view}`" in text]
    assert named == list(KINDS)


def page(name: str) -> str:
    return (REPOSITORY / name).read_text(encoding="utf-8")


def test_the_architecture_page_lists_every_room_in_the_order() -> None:
    table = page("docs/architecture.md").split("| Room | What is in it |\n|---|---|\n")[1].split("\n\n")[0]
    cells = [row.split("|")[1] for row in table.splitlines()]
    rooms = [name.rstrip("/") for cell in cells for name in re.findall(r"`([^`]+)`", cell)]
    assert [room for room in ROOMS if room != "__main__"] == rooms


@pytest.mark.parametrize("name", ["docs/architecture.md", "CONTRIBUTING.md"])
def test_every_file_that_the_pages_for_developers_name_is_there(name: str) -> None:
    named = re.findall(r"`((?:vizspec/|tests/|docs/)?[a-z_]+(?:/[a-z_]+)*\.(?:py|md))[`:]", page(name))
    named += re.findall(r"\]\(([^)#]+)\)", page(name))
    folders = [REPOSITORY, PACKAGE, REPOSITORY / Path(name).parent]
    assert len(named) > 5
    assert [file for file in named if not any((folder / file).exists() for folder in folders)] == []


PROBE = """
import json, sys
from vizspec.cli.boundary import run
known, found = set(), []
for arguments in json.loads(sys.argv[1]):
    code = run(arguments)
    loaded = {name for name in json.loads(sys.argv[2]) if name in sys.modules}
    found.append([" ".join(arguments), code, sorted(loaded - known)])
    known |= loaded
print(json.dumps(found), file=sys.stderr)
"""
NEVER_TO_VALIDATE = (
    "multiprocessing",
    "vizspec.draw.charts.from_shapes",
    "vizspec.draw.shapes.roc",
    "vizspec.risk.curves",
    "vizspec.samples.read",
    "vizspec.slurm",
)
"""Modules that are light, and many: a spec can be checked without them."""
LIGHT = [
    ["--help"],
    ["--version"],
    *([command, "--help"] for command in COMMANDS),
    ["schema"],
    ["schema", "experiment_summary"],
    ["validate", "full.yaml"],
    ["init", ".", "--force"],
]


def loaded_by(commands: Sequence[Sequence[str]], modules: Sequence[str], folder: Path) -> list[list[Any]]:
    """Of each command, all in one process: its line, exit code, and which modules it was first to load."""
    design = REPOSITORY / "tests" / "specs" / "bad" / "experiments" / "ranks.yaml"
    (folder / "experiment_summary.yaml").write_bytes(design.read_bytes())
    (folder / "full.yaml").write_text(
        "vizspec: 1\nexperiment: .\nviews: [{view: scores_by_task, skip_if: n_runs < 2}]\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", PROBE, json.dumps(commands), json.dumps(modules)],
        cwd=folder,
        env={"PYTHONPATH": str(REPOSITORY), "PATH": "", "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    found: list[list[Any]] = json.loads(done.stderr.splitlines()[-1])
    return found


@pytest.mark.slow
def test_light_commands_import_nothing_heavy(tmp_path: Path) -> None:
    assert loaded_by(LIGHT, HEAVY, tmp_path) == [[" ".join(each), 0, []] for each in LIGHT]


@pytest.mark.slow
def test_a_spec_is_checked_without_what_draws_and_reads_samples(tmp_path: Path) -> None:
    loaded = loaded_by([["validate", "full.yaml"]], NEVER_TO_VALIDATE, tmp_path)
    assert loaded == [["validate full.yaml", 0, []]]
