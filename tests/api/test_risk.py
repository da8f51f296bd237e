"""The functions that scripts call, with the results that scripts expect."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.samples.logs import risk_score, sample, write_eval
from vizspec.api.risk import (
    PerSampleRiskData,
    extract_per_sample_risk_data,
    generate_calibration_overlay,
    generate_prediction_histogram,
    generate_roc_overlay,
)

GENERATORS = [generate_roc_overlay, generate_calibration_overlay, generate_prediction_histogram]
DATA = [PerSampleRiskData("one", [0.0, 1.0, 1.0], [0.2, 0.4, 0.9], 3, 3)]


def write_log(path: Path, *pairs: tuple[float | None, str], **spec: Any) -> Path:
    return write_eval(path, [sample(n, risk_score(p, target)) for n, (p, target) in enumerate(pairs)], **spec)


def test_a_log_s_predictions_are_lists_of_floats_under_its_label(tmp_path: Path) -> None:
    path = write_log(tmp_path / "a.eval", (0.2, "0"), (0.7, "1"), (None, "1"), task_args={"vis_label": "1B"})
    assert extract_per_sample_risk_data([path]) == [PerSampleRiskData("1B", [0.0, 1.0], [0.2, 0.7], 3, 2)]


def test_the_model_names_a_log_without_label(tmp_path: Path) -> None:
    path = write_log(tmp_path / "a.eval", (0.2, "0"), (0.7, "1"), model="hf/base")
    assert [one.model_name for one in extract_per_sample_risk_data([str(path)])] == ["hf/base"]


def test_what_cannot_be_drawn_is_left_out_and_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    paths = [
        write_log(tmp_path / "one_class.eval", (0.2, "0"), (0.7, "0")),
        write_log(tmp_path / "one_sample.eval", (0.2, "0")),
        write_log(tmp_path / "failed.eval", (0.2, "0"), (0.7, "1"), status="error"),
        tmp_path / "missing.eval",
    ]
    with caplog.at_level(logging.INFO):
        assert extract_per_sample_risk_data(paths) == []
    levels = {record.getMessage().split("/")[-1].split()[0]: record.levelname for record in caplog.records}
    assert levels == {
        "one_class.eval": "INFO",
        "one_sample.eval": "INFO",
        "failed.eval": "WARNING",
        "missing.eval": "WARNING",
    }


def test_logs_that_disagree_on_the_positive_class_keep_their_own_and_are_warned_of(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    turned = [
        sample(n, risk_score(p, t, options=("1", "0"))) for n, (p, t) in enumerate([(0.3, "0"), (0.1, "1")])
    ]
    paths = [
        write_log(tmp_path / "a.eval", (0.2, "0"), (0.7, "1")),
        write_eval(tmp_path / "b.eval", turned),
    ]
    data = extract_per_sample_risk_data(paths)
    assert [(one.y_true, one.y_score) for one in data] == [([0.0, 1.0], [0.2, 0.7]), ([1.0, 0.0], [0.3, 0.1])]
    (message,) = caplog.messages
    assert message == (
        f"the logs disagree on the positive class, their last option: '1' in {paths[0]} (of '0', '1') and "
        f"'0' in {paths[1]} (of '1', '0'): for each log its own last option is the positive class"
    )


def test_samples_that_give_the_options_in_other_orders_are_warned_of_and_kept(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    mixed = [sample(0, risk_score(0.2, "0")), sample(1, risk_score(0.3, "1", options=("1", "0")))]
    (one,) = extract_per_sample_risk_data([write_eval(tmp_path / "a.eval", mixed)])
    assert one.n_valid == 2
    assert "give the options in different orders" in caplog.text


@pytest.mark.slow
@pytest.mark.parametrize("generate", GENERATORS)
def test_a_figure_is_written_where_it_was_asked_for(
    generate: Callable[..., Path | None], tmp_path: Path
) -> None:
    for name, magic in (("figure.png", b"\x89PNG"), ("figure.svg", b"<?xml")):
        path = generate(DATA, str(tmp_path / name))
        assert path == tmp_path / name
        assert path.read_bytes().startswith(magic)


@pytest.mark.parametrize("generate", GENERATORS)
def test_nothing_to_draw_is_none_and_writes_nothing(
    generate: Callable[..., Path | None], tmp_path: Path
) -> None:
    one_class = PerSampleRiskData("x", [1.0, 1.0], [0.2, 0.3], 2, 2)
    assert generate([], tmp_path / "figure.png") is None
    assert generate([one_class], tmp_path / "figure.png") is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["f.pdf", "f.jpg", "f.tiff", "f.PNG", "f.eps"])
def test_a_figure_is_written_in_any_format_of_matplotlib_s(tmp_path: Path, name: str) -> None:
    magic = {"pdf": b"%PDF", "jpg": b"\xff\xd8", "tiff": b"II*", "png": b"\x89PNG", "eps": b"%!PS"}
    path = generate_roc_overlay(DATA, tmp_path / name)
    assert path is not None
    assert path.read_bytes().startswith(magic[name[2:].lower()])


@pytest.mark.slow
@pytest.mark.parametrize("generate", GENERATORS)
def test_another_kind_of_image_and_a_missing_folder_are_errors(
    generate: Callable[..., Path | None], tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=r"cannot write figure\.doc: an image's name ends in \..*, \.pdf, "):
        generate(DATA, tmp_path / "figure.doc")
    with pytest.raises(FileNotFoundError):
        generate(DATA, tmp_path / "none" / "figure.png")


def test_the_bins_may_be_given_by_name(tmp_path: Path) -> None:
    assert generate_calibration_overlay(DATA, tmp_path / "c.svg", n_bins=5)
    assert generate_prediction_histogram(DATA, tmp_path / "h.svg", n_bins=5)
