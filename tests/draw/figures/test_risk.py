"""What all risk figures have in common: asserted on the drawn, not on pixels."""

from __future__ import annotations

import pytest

from tests.draw.make import KINDS, make, texts
from vizspec.draw.figures.mpl import ImageFormat, figure_bytes


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("models", [1, 3, 7, 14])
def test_no_model_of_a_figure_is_lost(kind: str, models: int) -> None:
    labels = [f"model {number:02}" for number in range(models)]
    in_panels = {} if kind == "histogram" else {"in_panels": models > 6}
    shown = " ".join(texts(KINDS[kind][1](make(kind, labels), **in_panels)))
    assert all(label in shown for label in labels)


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
    colours = [line.get_color() for line in figure.axes[0].lines[:3]]
    assert colours == [one.style.colour for one in series]


@pytest.mark.parametrize("kind", ["roc", "calibration"])
def test_a_label_that_begins_with_an_underscore_is_in_the_legend(kind: str) -> None:
    figure = KINDS[kind][1](make(kind, ["_hidden"]))
    assert any(text.startswith("_hidden") for text in texts(figure))
