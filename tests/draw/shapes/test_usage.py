"""Used against requested, as shapes."""

from __future__ import annotations

from typing import Any

import pytest

from vizspec.draw.figures.mpl import figure_bytes
from vizspec.draw.figures.shapes import figure_of
from vizspec.draw.shapes.figure_size import TWO_COLUMNS, size_of
from vizspec.draw.shapes.model import Boxes, Line, Shapes, TextMarks
from vizspec.draw.shapes.usage import OVER, REQUESTED, USED, usage_shapes
from vizspec.slurm.output.usage_figure import Share, UsageFigure, UsagePanel

LONG = "run 1 with $a_label$ that is very long indeed, epoch 1"
SHARES = (Share(104.0, "too long"), None, Share(50.0, "half", 10.0, 90.0))


def drawn(
    shares: tuple[Share | None, ...] = SHARES, panels: int = 2, labels: Any = ("r1", LONG, "r3")
) -> Shapes:
    both = tuple(UsagePanel(title, "% of it", shares) for title in ("Time", "Memory", "GPU", "GPU memory"))
    return usage_shapes(UsageFigure(labels[: len(shares)], both[:panels]), "What each job used")


def only(shapes: Shapes, kind: type) -> list[Any]:
    return [mark for mark in shapes.panels[0].marks if isinstance(mark, kind)]


def test_each_job_has_a_row_with_its_label_and_text_the_first_on_top() -> None:
    shapes = drawn()
    assert [panel.title for panel in shapes.panels] == ["Time", "Memory"]
    assert shapes.panels[0].y.categories == ("r1", "run 1 with $a_label$… long indeed, epoch 1", "r3")
    (texts,) = only(shapes, TextMarks)
    assert (texts.y, texts.texts) == ((0, 1, 2), ("too long", "–", "half"))


def test_labels_that_part_in_the_middle_alone_stay_different() -> None:
    labels = tuple(f"run of a model with a long name, seed {seed}, on a task of many words" for seed in "12")
    shapes = drawn(SHARES[:2], labels=labels)
    assert shapes.panels[0].y.categories == labels
    written = [label.get_text() for label in figure_of(shapes).axes[0].get_yticklabels()]
    assert len(set(written)) == 2


def test_bars_are_as_long_as_what_was_requested_and_used_and_what_exceeds_it_has_a_colour_of_its_own() -> (
    None
):
    requested, used = only(drawn(), Boxes)
    assert (requested.x2, requested.colours) == ((100, 100), (REQUESTED, REQUESTED))
    assert (used.x2, used.colours) == ((104, 50), (OVER, USED))
    assert used.y1 == (pytest.approx(-0.36), pytest.approx(1.64))


def test_a_thin_line_spans_the_samples_and_the_axis_says_so() -> None:
    shapes = drawn()
    (line,) = only(shapes, Line)
    assert (line.x, line.y) == ((10, 90), (2.27, 2.27))
    assert shapes.panels[0].x.label == "% of it; thin line: lowest to highest"
    assert drawn((Share(5.0, "a"),)).panels[0].x.label == "% of it"


def test_a_bar_far_beyond_does_not_squeeze_the_others() -> None:
    assert drawn((Share(30_000.0, "much"),)).panels[0].x.domain == (0, 204)


def test_on_paper_it_has_the_width_and_the_type_of_a_page() -> None:
    from matplotlib.text import Text

    figure = figure_of(drawn(panels=4), "paper")
    assert figure.get_figwidth() == TWO_COLUMNS
    sizes = {float(text.get_fontsize()) for text in figure.findobj(Text) if text.get_text()}
    assert max(sizes) <= 8.5
    assert min(sizes) >= 6


@pytest.mark.slow
def test_many_hundred_jobs_still_fit_on_the_canvas() -> None:
    shapes = drawn((None,) * 719 + (Share(3.0, "x"),), 1, ("a",) * 720)
    assert size_of(shapes, "screen").height == 200


@pytest.mark.slow
def test_the_same_figure_gives_the_same_bytes() -> None:
    first, second = (figure_bytes(figure_of(drawn()), "png") for _ in range(2))
    assert first == second
