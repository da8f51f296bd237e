"""Since when a claim says what it says, as git tells."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.claims.make import a_claim
from vizspec.claims.record import ClaimOutcome, Verdict
from vizspec.claims.words import claim_sha256
from vizspec.gather.history import changed_text, claims_of, stated_since, with_history
from vizspec.slurm.sources.run_command import Completed

PLAIN = "vizspec: 1\nclaims:\n  - {id: c, of: {run: a}, is: better, than: {run: b}}\n"
STRICTER = PLAIN.replace("than:", "by: 0.05, than:")
REWORDED = PLAIN.replace("is: better", "is: better, claim: A wins.")
OF_PLAIN = claim_sha256(a_claim(of={"run": "a"}, than={"run": "b"}))
OF_STRICTER = claim_sha256(a_claim(of={"run": "a"}, than={"run": "b"}, by=0.05))
FIRST_LOG = datetime(2026, 1, 29, tzinfo=UTC)


def commit(folder: Path, text: str, day: str) -> None:
    (folder / "analysis.yaml").write_text(text, encoding="utf-8")
    when = f"2026-{day}T12:00:00+00:00"
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for arguments in (["add", "analysis.yaml"], [*who, "commit", "-q", "-m", "x"]):
        environment = {"GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": when, "PATH": "/usr/bin:/bin"}
        subprocess.run(["git", "-C", str(folder), *arguments], check=True, env=environment)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    return tmp_path


def test_a_claim_is_as_old_as_what_it_says(repository: Path) -> None:
    commit(repository, PLAIN, "01-10")
    commit(repository, REWORDED, "02-10")
    found = stated_since(repository / "analysis.yaml")
    assert found == {OF_PLAIN: datetime(2026, 1, 10, 12, tzinfo=UTC)}


def test_a_claim_that_was_changed_begins_anew(repository: Path) -> None:
    commit(repository, PLAIN, "01-10")
    commit(repository, STRICTER, "02-10")
    found = stated_since(repository / "analysis.yaml")
    assert found == {OF_STRICTER: datetime(2026, 2, 10, 12, tzinfo=UTC)}


def test_the_report_tells_of_claims_that_came_after_the_first_log(repository: Path) -> None:
    commit(repository, PLAIN, "02-10")
    verdicts = [
        Verdict("c", "", "", ClaimOutcome.CONFIRMED, sha256=digest) for digest in (OF_PLAIN, OF_STRICTER)
    ]
    found = with_history(verdicts, repository / "analysis.yaml", FIRST_LOG, {OF_PLAIN: 12})
    assert [one.changed for one in found] == [
        "Committed as it stands on 2026-02-10, after the first log (2026-01-29).",
        "Not committed as it stands, though there are logs since 2026-01-29.",
    ]
    assert changed_text(datetime(2026, 1, 10, tzinfo=UTC), FIRST_LOG) is None


@pytest.mark.parametrize(
    ("spec", "first_log"), [("analysis.yaml", FIRST_LOG), ("analysis.yaml", None), (None, FIRST_LOG)]
)
def test_without_git_earlier_renders_tell_of_claims_that_came_after_logs(
    spec: str | None, first_log: datetime | None, tmp_path: Path
) -> None:
    verdicts = [
        Verdict("c", "", "", ClaimOutcome.CONFIRMED, sha256=digest) for digest in (OF_PLAIN, OF_STRICTER)
    ]

    def missing(argv: object, timeout: float) -> Completed:
        return Completed("missing")

    before = {OF_PLAIN: 0, OF_STRICTER: 12}
    found = with_history(verdicts, tmp_path / spec if spec else None, first_log, before, missing)
    assert [one.changed for one in found] == [None, "Written, or changed, after a render that had 12 logs."]


def test_a_spec_that_git_does_not_hold_has_no_history(repository: Path) -> None:
    (repository / "analysis.yaml").write_text(PLAIN)
    assert stated_since(repository / "analysis.yaml") is None


@pytest.mark.parametrize("text", ["", "[", "claims: 3", "claims: [{id: c}]", "claims: {list: [3]}"])
def test_what_is_no_claim_is_passed_over(text: str) -> None:
    assert claims_of(text) == set()


def test_claims_in_a_mapping_are_claims() -> None:
    entry = "{id: c, of: {run: a}, is: better, than: {run: b}}"
    assert claims_of(f"claims: {{fail: violated, list: [{entry}]}}") == {OF_PLAIN}
