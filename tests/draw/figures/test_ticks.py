"""What is marked on an axis of numbers."""

from __future__ import annotations

import pytest

from vizspec.draw.figures.ticks import ticks_of
from vizspec.draw.shapes.model import Axis


@pytest.mark.parametrize(
    ("axis", "inches", "texts"),
    [
        (Axis(domain=(0, 1)), 3.0, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        (Axis(domain=(0, 1)), 0.7, ["0.0", "0.5", "1.0"]),
        (Axis(domain=(0, 2.3), is_count=True), 2.0, ["0", "1", "2"]),
        (Axis(domain=(0, 3000), is_count=True), 1.0, ["0", "1,000", "2,000", "3,000"]),
        (Axis(domain=(5_000, 20_000), format="~s"), 1.2, ["5k", "10k", "15k", "20k"]),
        (Axis(domain=(-1, 1)), 2.0, ["−1.0", "−0.5", "0.0", "0.5", "1.0"]),
        (Axis(domain=(0, 1), ticks=((0.0, "none"), (1.0, "all"))), 1.0, ["none", "all"]),
    ],
)
def test_ticks_are_round_numbers_within_the_domain_as_many_as_have_room(
    axis: Axis, inches: float, texts: list[str]
) -> None:
    assert [text for _, text in ticks_of(axis, inches, 8.0, "x")] == texts
