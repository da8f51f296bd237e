"""Numbers in the formats of d3, with the results that its documentation and its tests give."""

from __future__ import annotations

import pytest

from vizspec.text.number_format import MOST_WIDTH, formatted


@pytest.mark.parametrize(
    ("value", "how", "text"),
    [
        (0.123, ".0%", "12%"),
        (0.1234, ".2%", "12.34%"),
        (-3.5, "($.2f", "($3.50)"),
        (42, "+20", "                 +42"),
        (42, ".^20", ".........42........."),
        (42e6, ".2s", "42M"),
        (1500, "~s", "1.5k"),
        (2e-9, "~g", "2e-9"),
        (2.5e-10, "~g", "2.5e-10"),
        (0, "~g", "0"),
        (0.0042, "~s", "4.2m"),
        (999_999.9, ".3s", "1.00M"),
        (48879, "#x", "0xbeef"),
        (4223, ",.2r", "4,200"),
        (12345678, ",", "12,345,678"),
        (4327, "", "4327"),
        (0.1 + 0.2, "", "0.3"),
        (1e21, ",", "1e+21"),
        (1.5, ".3f", "1.500"),
        (1.5, ".3~f", "1.5"),
        (0, ".2s", "0.0"),
        (0.0, ".1%", "0.0%"),
        (-0.0001, ".1f", "0.0"),
        (-1.25, ".2f", "−1.25"),
        (3.7, "d", "4"),
        (7, "03", "007"),
        (0.00012, ".2e", "1.20e-4"),
        (0.156, ".1p", "20%"),
        (9.99, ".2r", "10"),
        (0.0999, ".2p", "10%"),
        (1234.5, "n", "1,234.50"),
        (float("inf"), ".2f", "inf"),
        (1234.5, "no format", "1,234.5"),
        (0.5, ".99f", f"0.5{'0' * 19}"),
        (0.5, ".99999999999~f", "0.5"),
        (0.5, ".99g", f"0.5{'0' * 20}"),
        (1.7e308, ".2p", "inf%"),
    ],
)
def test_a_number_is_written_as_d3_writes_it(value: float, how: str, text: str) -> None:
    assert formatted(value, how) == text


@pytest.mark.parametrize("width", ["1001", "99999999999", "9" * 5000])
def test_no_number_is_filled_up_without_end(width: str) -> None:
    assert formatted(7, width) == f"{7:>{MOST_WIDTH}}"
