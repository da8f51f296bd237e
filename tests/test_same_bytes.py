"""The demo rendered twice, by two users in two folders: the same bytes, and nothing of either in them.

One real render with pictures serves every test here that needs one.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.disk import write_spec
from tests.rendering import command, content, environment
from vizspec.draw.pictures.browser import Browser, find_browser
from vizspec.draw.pictures.png import png_size

pytestmark = pytest.mark.slow

VIEWS: list[dict[str, Any]] = [
    {"view": "scores_by_task", "metrics": ["match", "risk_scorer/auc_score"]},
    {"view": "scores_heatmap", "metrics": "match", "orientation": "vertical"},
    {"view": "scores_radar_by_task", "metrics": "match"},
    {"view": "scores_radar_by_metric", "metrics": "all"},
    {"view": "scores_by_model", "metrics": "match", "where": "task == 'tumour_size'"},
    {"view": "roc_curves"},
    {"view": "calibration_curves"},
    {"view": "prediction_histogram"},
    {"view": "compute_utilization"},
]
NOT_TO_BE_LOADED = (
    "inspect_viz",
    "inspect_ai",
    "matplotlib",
    "playwright",
    "pandas",
    "sklearn",
    "scipy.stats",
)


@pytest.fixture(scope="session")
def renders(
    demo_experiment: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path, dict[str, str]]:
    """The output folders of two renders, and the environment of the first."""
    formats = ["html", "png"] if isinstance(find_browser(), Browser) else ["html"]
    started = []
    for user, name in (("ann", "first"), ("bob", "a second/folder name")):
        top = tmp_path_factory.mktemp(user)
        folder = top / name / "experiment"
        shutil.copytree(demo_experiment, folder)
        write_spec(folder, VIEWS, experiment="experiment_summary.yaml", output={"formats": formats})
        environ = {
            "HOME": str(top),
            "XDG_CACHE_HOME": str(top / "cache"),
            "USER": user,
            "PYTHONHASHSEED": str(len(name)),
            "TZ": "UTC" if user == "ann" else "Asia/Tokyo",
        }
        arguments = ["render", "--quiet", str(folder) if user == "ann" else "experiment"]
        process = subprocess.Popen(
            [sys.executable, "-m", "vizspec", *arguments],
            env=environment() | environ,
            cwd=folder.parent,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append((process, folder / "analysis", environ))
    for process, _, _ in started:
        _, messages = process.communicate(timeout=300)
        assert process.returncode == 0, messages
    (_, first, environ), (_, second, _) = started
    return first, second, environ


def test_two_renders_give_the_same_bytes(renders: tuple[Path, Path, dict[str, str]]) -> None:
    first, second = content(renders[0]), content(renders[1])
    assert set(first) == set(second)
    assert [name for name in first if first[name] != second[name]] == []


def test_no_output_names_the_machine_the_user_or_a_place(renders: tuple[Path, Path, dict[str, str]]) -> None:
    folder = renders[0]
    of_this_machine = re.compile(
        "|".join(
            re.escape(text) for text in (str(folder.parents[3]), "/tmp/", "ann0", str(Path.home()) + "/")
        )
        + rf"|\b{re.escape(socket.gethostname())}\.\w"
    )
    own = {name: data for name, data in content(folder).items() if not name.startswith("assets/")}
    found = {name: of_this_machine.findall(data.decode("utf-8", "replace")) for name, data in own.items()}
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_every_output_of_the_manifest_is_there_and_nothing_else(
    renders: tuple[Path, Path, dict[str, str]],
) -> None:
    from vizspec.manifest.manifest import read

    manifest = read((renders[0] / "manifest.json").read_bytes())
    assert manifest is not None
    assert set(content(renders[0])) == {*manifest.files, "manifest.json"}
    assert {output.status for output in manifest.outputs} <= {"made", "skipped"}
    assert {output.view for output in manifest.outputs if output.status == "made"} == {
        str(view["view"]) for view in VIEWS
    }


def test_every_link_of_report_and_index_leads_to_a_file(renders: tuple[Path, Path, dict[str, str]]) -> None:
    report = (renders[0] / "report.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+)\)", report)
    index = (renders[0] / "index.html").read_text(encoding="utf-8")
    links += re.findall(r'(?:href|src)="([^"#]+)"', index)
    assert len(links) > 20
    assert [link for link in links if "://" not in link and not (renders[0] / link).is_file()] == []


def test_pictures_have_a_size_to_look_at(renders: tuple[Path, Path, dict[str, str]]) -> None:
    sizes = {name: png_size(data) for name, data in content(renders[0]).items() if name.endswith(".png")}
    assert len(sizes) >= 10
    assert all(width > 600 and height > 300 for width, height in sizes.values())


def test_an_unchanged_render_loads_nothing_heavy(renders: tuple[Path, Path, dict[str, str]]) -> None:
    script = (
        "import sys\n"
        "from vizspec.cli.boundary import run\n"
        f"code = run(['render', '--quiet', {str(renders[0].parent)!r}])\n"
        f"print(code, [name for name in {NOT_TO_BE_LOADED!r} if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment() | renders[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "0 []\n"


def test_a_check_finds_nothing(renders: tuple[Path, Path, dict[str, str]]) -> None:
    ran = command("check", renders[0].parent, environ=renders[2])
    assert (ran.code, ran.out) == (0, "")
