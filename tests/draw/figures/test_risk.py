"""What all risk figures have in common: asserted on the drawn, not on pixels."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from matplotlib.text import Text

from tests.draw.make import KINDS, left_title, make, right_title, texts
from vizspec.draw.figures.mpl import ImageFormat, figure_bytes
from vizspec.draw.figures.risk import histogram_figure, roc_figure
from vizspec.draw.figures.shapes import figure_of
from vizspec.draw.shapes.calibration import calibration_shapes
from vizspec.draw.shapes.figure_size import FigureStyle
from vizspec.draw.shapes.histogram import histogram_shapes
from vizspec.draw.shapes.model import FAINT, Shapes
from vizspec.draw.shapes.roc import roc_shapes

SHAPES: dict[str, Callable[..., Shapes]] = {
    "roc": roc_shapes,
    "calibration": calibration_shapes,
    "histogram": histogram_shapes,
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("models", [1, 3, 7, 14])
def test_no_model_of_a_figure_is_lost(kind: str, models: int) -> None:
    labels = [f"model {number:02}" for number in range(models)]
    in_panels = {} if kind == "histogram" else {"in_panels": models > 6}
    shown = " ".join(texts(KINDS[kind][1](make(kind, labels), **in_panels)))
    assert all(label in shown for label in labels)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("image_format", ["png", "svg"])
def test_the_same_series_give_the_same_bytes(kind: str, image_format: ImageFormat) -> None:
    first, again = (
        figure_bytes(KINDS[kind][1](make(kind, ["a", "_b $x$ <&>"])), image_format, 1) for _ in range(2)
    )
    assert first == again


@pytest.mark.parametrize("kind", ["roc", "calibration"])
def test_few_models_are_laid_over_each_other_in_their_colours(kind: str) -> None:
    series = make(kind, ["a", "b", "c"])
    figure = KINDS[kind][1](series)
    colours = [line.get_color() for line in figure.axes[0].lines if line.get_color() != FAINT]
    assert colours == [one.style.colour for one in series]


@pytest.mark.parametrize("kind", ["roc", "calibration"])
def test_a_label_that_begins_with_an_underscore_is_in_the_legend(kind: str) -> None:
    figure = KINDS[kind][1](make(kind, ["_hidden"]))
    assert any(text.startswith("_hidden") for text in texts(figure))


WIDE = "QWEN2.5_72B_INSTRUCT_MMLU_PRO_LORA_RANK_GQA_BALANCED_MADE_OF_WIDE_LETTERS"


def test_the_title_of_a_single_panel_ends_before_the_pictures_edge() -> None:
    figure = histogram_figure(make("histogram", [WIDE]))
    figure.canvas.draw()
    [ax] = figure.axes
    assert left_title(ax).get_window_extent().x1 <= figure.bbox.x1


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("style", ["screen", "paper"])
@pytest.mark.parametrize("models", [2, 3, 7, 11, 12])
def test_nothing_that_is_written_is_cut_or_overlaps(kind: str, style: FigureStyle, models: int) -> None:
    series = make(kind, [f"{WIDE}_{number:03}" for number in range(models)])
    shapes = SHAPES[kind](series, **({} if kind == "histogram" else {"in_panels": True}))
    figure = figure_of(shapes, style)
    figure.canvas.draw()
    found = [text for text in figure.findobj(Text) if isinstance(text, Text)]
    boxes = [text.get_window_extent() for text in found if text.get_text().strip()]
    assert len(boxes) > 2 * models
    assert all(box.x0 >= 0 and box.y0 >= 0 for box in boxes)
    assert all(box.x1 <= figure.bbox.x1 and box.y1 <= figure.bbox.y1 for box in boxes)
    assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))


@pytest.mark.parametrize("models", [1, 2, 3, 4, 5, 6])
def test_the_title_of_overlaid_curves_stands_whole_above_them(models: int) -> None:
    figure = roc_figure(make("roc", [f"model {n}" for n in range(models)]), "ROC curves: tumour")
    figure.canvas.draw()
    [ax] = figure.axes
    title = max((ax.title, left_title(ax), right_title(ax)), key=lambda text: len(text.get_text()))
    assert title.get_window_extent().y1 <= figure.bbox.y1
