"""The drawn figure of used against requested."""

import pytest

from vizspec.draw.figures.compute import OVER, draw_usage
from vizspec.draw.figures.mpl import figure_bytes
from vizspec.slurm.output.figure import Share, UsageFigure, UsagePanel


def figure(jobs: int) -> UsageFigure:
    shares = (Share(104.0, "too long"), None, *[Share(50.0, "half", 10.0, 90.0)] * (jobs - 2))[:jobs]
    labels = tuple(
        f"run {number} with $a_label$ that is very long indeed, epoch {number}" for number in range(jobs)
    )
    return UsageFigure(labels, (UsagePanel("Time", "%", shares), UsagePanel("Memory", "%", shares)))


@pytest.mark.parametrize("jobs", [1, 2, 40])
def test_each_job_has_a_row_with_its_label_and_text(jobs: int) -> None:
    drawn = draw_usage(figure(jobs), "Used against requested")
    first, second = drawn.axes
    assert (first.get_title(loc="left"), second.get_title(loc="left")) == ("Time", "Memory")
    labels = [text.get_text() for text in first.get_yticklabels()]
    assert len(labels) == jobs
    assert labels[-1].endswith(f"epoch {jobs - 1}")
    assert [text.get_text() for text in first.texts] == ["too long", "–", *["half"] * (jobs - 2)][:jobs]


def test_the_first_job_stands_on_top() -> None:
    bottom, top = draw_usage(figure(3), "Used against requested").axes[0].get_ylim()
    assert bottom > top


def test_what_exceeds_the_request_has_a_colour_of_its_own() -> None:
    from matplotlib.colors import to_rgba

    colours = [bar.get_facecolor() for bar in draw_usage(figure(1), "Used against requested").axes[0].patches]
    assert to_rgba(OVER) in colours


def test_a_bar_far_beyond_does_not_squeeze_the_others() -> None:
    usage = UsageFigure(("a",), (UsagePanel("Memory", "%", (Share(30_000.0, "much"),)),))
    assert draw_usage(usage, "Used against requested").axes[0].get_xlim()[1] == pytest.approx(204)


@pytest.mark.slow
def test_many_hundred_jobs_still_fit_on_the_canvas() -> None:
    usage = UsageFigure(("a",) * 720, (UsagePanel("Memory", "%", (None,) * 719 + (Share(3.0, "x"),)),))
    assert draw_usage(usage, "Used against requested").get_figheight() == pytest.approx(201.1)


@pytest.mark.slow
def test_the_same_figure_gives_the_same_bytes() -> None:
    first, second = (figure_bytes(draw_usage(figure(3), "Used against requested"), "png") for _ in range(2))
    assert first == second
    assert first.startswith(b"\x89PNG")


@pytest.mark.parametrize("panels", [1, 4])
def test_the_title_stands_above_and_fits(panels: int) -> None:
    whole = UsageFigure(("r4",), (UsagePanel("Time", "%", (Share(50.0, "half"),)),) * panels)
    assert draw_usage(whole, "Mine").get_suptitle() == "Mine"
    drawn = draw_usage(whole, "a long title " * 60)
    drawn.draw_without_rendering()
    assert drawn.texts[0].get_window_extent().x1 < drawn.bbox.x1
