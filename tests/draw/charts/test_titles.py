"""The title over a chart of marks."""

from __future__ import annotations

import pytest

from vizspec.draw.charts.titles import titled

HEIGHT, LARGEST_SYMBOL = 16, 8
"""Of the title's line, and how far a mark reaches out of the frame."""

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.mark.parametrize("over_panels", [True, False])
def test_a_title_stands_between_the_marks_and_the_edge(over_panels: bool) -> None:
    found = titled("A title", over_panels=over_panels)
    top = found["title"].margin_top
    assert top - HEIGHT >= LARGEST_SYMBOL
    assert found["margin_top"] > top
