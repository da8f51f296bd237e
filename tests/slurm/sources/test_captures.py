"""Every captured output there is, where the captures lie beside the checkout."""

import json
from pathlib import Path

import pytest

from vizspec.api.slurm import parse_jobstats_json, parse_seff_output
from vizspec.slurm.model.usage import FINAL_STATES
from vizspec.slurm.sources.jobstats import parse_jobstats
from vizspec.slurm.sources.notes import parse_notes
from vizspec.slurm.sources.sacct import parse_table, parse_time_limit
from vizspec.slurm.sources.seff import parse_seff

CAPTURES = Path(__file__).parents[3].parent / "shared" / "data" / "slurm"

pytestmark = pytest.mark.skipif(not CAPTURES.is_dir(), reason="the captures are not beside the checkout")


def texts(pattern: str) -> list[tuple[str, str]]:
    return [(path.name, path.read_text(encoding="utf-8")) for path in sorted(CAPTURES.rglob(pattern))]


def test_every_seff_output_has_a_state_and_no_overflow() -> None:
    found = [(name, parse_seff(text)) for name, text in texts("*.seff*.txt") if text]
    assert len(found) > 60
    for name, report in found:
        assert report.state in FINAL_STATES | {"RUNNING", "PENDING"}, name
        assert report.memory_used_gib is None or report.memory_used_gib < 2000, name
        assert report.wall_seconds is not None or report.state == "PENDING", name
        assert (
            parse_seff_output(dict(texts("*.seff*.txt"))[name])["job_id"] == name.partition(".")[0]
            or "_" in name
        )


def test_every_time_limit_is_the_first_line_or_not_known() -> None:
    found = [(name, text, parse_time_limit(text)) for name, text in texts("*sacct_timelimit*.txt")]
    assert len(found) > 60
    for name, text, limit in found:
        first = text.split("\n")[0].strip().rstrip("|")
        expected = None if first in ("", "Partition_Limit", "5") else first
        assert limit == ("00:05:00" if first == "Timelimit" else expected), name


def test_every_sacct_table_has_jobs_with_states() -> None:
    tables = [(name, parse_table(text)) for name, text in texts("*.sacct.txt") if text]
    assert len(tables) > 60
    for name, jobs in tables:
        assert jobs is not None, name
        assert all(job.state and " " not in job.state for job in jobs), name


def test_every_jobstats_json_gives_what_its_nodes_have() -> None:
    for name, text in texts("*.json"):
        report = parse_jobstats(text)
        if not text or "index" in name:
            continue
        assert report is not None, name
        if report.nodes:
            assert report.cpu_cores, name
            figures = parse_jobstats_json(json.JSONDecoder().raw_decode(text)[0])
            assert figures["wall_time_seconds"] == int(report.wall_seconds or 0), name


def test_coloured_reports_have_the_notes_of_plain_ones() -> None:
    reports = dict(texts("*.txt"))
    coloured = [name for name in reports if ".color" in name and (CAPTURES / "jobstats" / name).exists()]
    assert len(coloured) > 20
    for name in coloured:
        assert parse_notes(reports[name]) == parse_notes(reports[name.partition(".color")[0] + ".txt"]), name


def test_no_note_has_links_codes_or_farewells() -> None:
    notes = [note for _, text in texts("*.txt") for note in parse_notes(text)]
    assert len(notes) > 30
    for note in notes:
        assert not any(
            word in note for word in ("http", "\x1b", "nice day", "more info", "QOS", "URL", "  ")
        ), note
        assert note[0].isupper(), note
        assert note[-1] in ".?", note
