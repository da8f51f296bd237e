"""What a render keeps of earlier ones: orphans, entries left alone, and what their pages load."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.report.make import SHA, a_manifest, a_step, failed, made, skipped
from vizspec.manifest.carry_over import Settled, settle, unloaded_assets, with_history, with_orphans
from vizspec.manifest.manifest import Manifest
from vizspec.plan.outcomes import FileOutcome, Outcome, OutputStatus
from vizspec.plan.plan import Step
from vizspec.render.execute import NOT_ASKED_FOR

STEP = a_step("chart", id="chart")
SHARED = FileOutcome("assets/all.js", OutputStatus.MADE, sha256=SHA, size=10)
OLD = FileOutcome("assets/t_old.js", OutputStatus.MADE, sha256=SHA, size=10)
NEW = FileOutcome("assets/t_new.js", OutputStatus.MADE, sha256=SHA, size=10)
INDEX = FileOutcome("index.html", OutputStatus.MADE, sha256=SHA, size=5)
OTHER = a_step("other", id="other", entry=1)


def made_anew(step: Step) -> Outcome:
    """The step with other files than `made` gives it."""
    return Outcome(step, tuple(replace(file, sha256="1" * 64) for file in made(step).files))


def pages_of(manifest: Manifest) -> dict[str, tuple[str, ...]]:
    return {asset.name: asset.pages for asset in manifest.assets}


def test_of_pages_that_were_left_as_they_were_what_they_load_stays() -> None:
    before = a_manifest(made(STEP), documents=(INDEX,), chart=(SHARED, OLD), index=(SHARED, OLD))
    now = a_manifest(made(STEP), documents=(INDEX,))
    assert with_history(now, before) == before
    assert with_history(now, before).orphans == ()


def test_what_only_the_last_pages_loaded_is_idle() -> None:
    before = a_manifest(made(STEP), chart=(SHARED, OLD))
    again = made_anew(STEP)
    after = with_history(a_manifest(again, chart=(SHARED, NEW)), before)
    assert pages_of(after) == {"assets/all.js": ("chart.html",), "assets/t_new.js": ("chart.html",)}
    assert after.orphans == ()
    assert unloaded_assets(before, after) == {"assets/t_old.js": SHA}
    assert unloaded_assets(None, after) == {}


def test_what_a_page_of_another_entry_or_an_orphan_loads_stays_with_it() -> None:
    before = a_manifest(made(STEP), made(OTHER), chart=(SHARED, OLD), other=(SHARED, OLD))
    again = made_anew(STEP)
    untouched = with_history(
        a_manifest(again, skipped("other", "not asked for", 1), chart=(NEW,)), before, {"other"}
    )
    assert pages_of(untouched)["assets/t_old.js"] == ("other.html",)
    orphaned = with_history(a_manifest(again, chart=(NEW,)), before)
    assert orphaned.orphans == ("other.html", "other.png")
    assert pages_of(orphaned) == {
        "assets/all.js": ("other.html",),
        "assets/t_new.js": ("chart.html",),
        "assets/t_old.js": ("other.html",),
    }
    once_more = with_history(a_manifest(again, chart=(NEW,)), orphaned)
    assert once_more == orphaned
    cleaned = with_orphans(once_more, ())
    assert pages_of(cleaned) == {"assets/t_new.js": ("chart.html",)}
    assert list(unloaded_assets(orphaned, cleaned)) == ["assets/all.js", "assets/t_old.js"]


def test_what_the_last_good_page_loads_stays_where_the_next_one_failed() -> None:
    before = a_manifest(made(STEP), chart=(SHARED, OLD))
    assert pages_of(with_history(a_manifest(failed(STEP, "no")), before)) == pages_of(before)


def test_a_picture_of_an_earlier_page_is_an_orphan_beside_a_page_without_one() -> None:
    before = a_manifest(made(STEP))
    now = a_manifest(made(STEP, without={"chart.png": "no browser"}))
    assert with_history(now, before).orphans == ("chart.png",)


def test_the_last_good_files_of_an_output_that_fails_and_then_goes_are_orphans_with_what_they_load() -> None:
    before = a_manifest(made(STEP), chart=(SHARED, OLD))
    broken = with_history(a_manifest(failed(STEP, "no")), before)
    assert broken.hashes()["chart.html"] == SHA
    gone = with_history(a_manifest(), broken)
    assert "chart.html" in gone.orphans
    assert pages_of(gone) == pages_of(before)


def test_what_somebody_edited_is_an_orphan_and_never_idle() -> None:
    before = a_manifest(made(STEP), chart=(SHARED, OLD))
    now = a_manifest(made_anew(STEP), chart=(NEW,))
    held = {"assets/all.js": "edited", "assets/t_old.js": SHA}
    settled = settle(now, before, held.get)
    assert (settled.idle, settled.cleaned) == (("assets/t_old.js",), ())
    assert settled.manifest.orphans == ("assets/all.js",)


ENTRIES = ("a", "b", "c")


class Output:
    """A folder and its manifest, through renders as a user may ask for them."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        self.manifest: Manifest | None = None

    def render(self, entries: dict[str, str], data: str, clean: bool) -> Settled:
        """`entries` tells how each listed entry ends, `data` what the pages show."""
        outcomes: list[Outcome] = []
        loads: dict[str, tuple[FileOutcome, ...]] = {}
        new: dict[str, str] = {}
        for entry, how in entries.items():
            step = a_step(entry, id=entry)
            if how == "failed":
                outcomes.append(failed(step, "no"))
            elif how == "made":
                digest = hashlib.sha256(f"{entry}{data}".encode()).hexdigest()
                files = [FileOutcome(name, OutputStatus.MADE, sha256=digest, size=1) for name in step.files]
                outcomes.append(Outcome(step, tuple(files)))
                shown = FileOutcome(f"assets/{data}.js", OutputStatus.MADE, sha256=SHA, size=1)
                loads[entry] = (SHARED, shown)
                new |= dict.fromkeys(step.files, digest) | {SHARED.name: SHA, shown.name: SHA}
            else:
                reason = NOT_ASKED_FOR
                files = [FileOutcome(name, OutputStatus.SKIPPED, reason) for name in step.files]
                outcomes.append(Outcome(step, tuple(files)))
        there = {**self.files, **new}
        left_alone = {entry for entry, how in entries.items() if how == "left alone"}
        now = a_manifest(*outcomes, **loads)
        settled = settle(now, self.manifest, there.get, left_alone, clean=clean)
        gone = {*settled.cleaned, *settled.idle}
        self.files = {name: digest for name, digest in there.items() if name not in gone}
        self.manifest = settled.manifest
        return settled


renders = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from(ENTRIES), st.sampled_from(("made", "failed", "left alone"))),
        st.sampled_from(("x", "y", "z")),
        st.booleans(),
    ),
    max_size=6,
)


@given(renders)
def test_however_renders_follow_each_other_nothing_is_lost_and_every_page_has_what_it_loads(
    asked: list[tuple[dict[str, str], str, bool]],
) -> None:
    output = Output()
    shows: dict[str, str] = {}
    for entries, data, clean in asked:
        settled = output.render(entries, data, clean)
        shows |= {f"{entry}.html": data for entry, how in entries.items() if how == "made"}
        loaded = pages_of(settled.manifest)
        for page in output.files.keys() & shows.keys():
            assert page in loaded["assets/all.js"]
            assert page in loaded[f"assets/{shows[page]}.js"]
        named = {file.name for one in settled.manifest.outputs for file in one.files}
        assert output.files.keys() == output.files.keys() & {*loaded, *settled.manifest.orphans, *named}
        assert not set(settled.idle) & loaded.keys()
        assert loaded.keys() <= output.files.keys()
        again = settle(settled.manifest, settled.manifest, output.files.get)
        assert (again.manifest, again.idle) == (settled.manifest, ())
