"""The example's experiment_summary.yaml."""

from __future__ import annotations

import pytest
import yaml

from vizspec.demo.experiment_summary import summary_text
from vizspec.demo.kinds import KINDS, balanced, sample_size
from vizspec.demo.layout import LAYOUTS


def test_lists_of_plain_values_stand_on_one_line() -> None:
    lines = summary_text(sample_size(), LAYOUTS["current"], rows=569).splitlines()
    assert "  sample_size: [12, 32, 96, 320]" in lines
    assert lines[lines.index("  matrix:") + 1 :][:4] == [
        "    - run: neighbours_n12",
        "      vis_label: 12",
        "      tasks: [tumour_shape]",
        "      epochs: [0]",
    ]


def test_a_run_repeats_the_value_of_its_variable() -> None:
    summary = yaml.safe_load(summary_text(balanced(), LAYOUTS["current"], rows=569))
    assert summary["runs"][1] == {
        "name": "logistic_imbalanced",
        "type": "fine-tuned",
        "model": "logistic",
        "parameters": {"balanced": False},
    }


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_file_has_no_anchors_and_no_long_lines(kind: str, layout: str) -> None:
    text = summary_text(KINDS[kind](), LAYOUTS[layout], rows=1797)
    assert "&id" not in text
    assert max(map(len, text.splitlines())) <= 110
