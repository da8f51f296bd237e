"""What all risk figures have in common: asserted on the drawn, not on pixels."""

from __future__ import annotations

import itertools

import pytest

from tests.draw.make import KINDS, left_title, make, right_title, texts, visible
from vizspec.draw.figures.mpl import ImageFormat, figure_bytes
from vizspec.draw.figures.risk import histogram_figure, roc_figure
from vizspec.draw.shapes.model import FAINT


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


@pytest.mark.slow
@pytest.mark.parametrize("models", [1, 2, 3, 12])
def test_titles_of_panels_end_before_the_next_panel_and_the_pictures_edge(models: int) -> None:
    wide = "QWEN2.5_72B_INSTRUCT_MMLU_PRO_LORA_RANK_GQA_BALANCED_MADE_OF_WIDE_LETTERS"
    names = [f"{wide}_{n:03}" for n in range(models)]
    figure = histogram_figure(make("histogram", names))
    figure.canvas.draw()
    shown = visible(figure)
    titles = [left_title(ax).get_window_extent() for ax in shown]
    assert all(title.x1 <= figure.bbox.x1 for title in titles)
    assert not any(one.overlaps(other) for one, other in itertools.pairwise(titles))


@pytest.mark.parametrize("models", [1, 2, 3, 4, 5, 6])
def test_the_title_of_overlaid_curves_stands_whole_above_them(models: int) -> None:
    figure = roc_figure(make("roc", [f"model {n}" for n in range(models)]), "ROC curves: tumour")
    figure.canvas.draw()
    [ax] = figure.axes
    title = max((ax.title, left_title(ax), right_title(ax)), key=lambda text: len(text.get_text()))
    assert title.get_window_extent().y1 <= figure.bbox.y1
