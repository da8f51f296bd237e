"""The functions that scripts and notebooks call: logs to predictions, predictions to image files."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vizspec.draw.figures.mpl import figure_bytes, image_formats
from vizspec.draw.figures.panels import BANDS_LIMIT, OVERLAY_LIMIT
from vizspec.draw.figures.risk import (
    calibration_figure,
    calibration_series,
    histogram_figure,
    histogram_series,
    roc_figure,
    roc_series,
)
from vizspec.draw.palette import Style, categorical
from vizspec.risk.bins import DEFAULT_BINS
from vizspec.risk.curves import DEFAULT_HISTOGRAM_BINS
from vizspec.risk.log_names import distinct_names
from vizspec.risk.positive import positive_problems
from vizspec.risk.record import LogRisk
from vizspec.risk.reduce import log_risk
from vizspec.samples.read import read_samples
from vizspec.samples.record import LogSamples, NoSamples

if TYPE_CHECKING:
    from matplotlib.figure import Figure

CLASS_NAMES = ("the positive class", "the other class")

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class PerSampleRiskData:
    """One log's predictions: the truth (1.0: the positive class) and the probability predicted for it.

    `n_total` counts all samples of the log, `n_valid` those with a prediction, each once for all its repeats.
    """

    model_name: str
    y_true: list[float]
    y_score: list[float]
    n_total: int
    n_valid: int


def extract_per_sample_risk_data(eval_files: Iterable[str | Path]) -> list[PerSampleRiskData]:
    """The predictions of each log that has them, in the logs' order; the last option is the positive class.

    A log that cannot be read is warned of and left out. One with fewer than two valid samples, with one class
    only or without risk scores is left out too, and logged at INFO. Logs of one label are told apart by what
    differs. Where logs disagree on the positive class, each keeps its own, and that is warned of.
    """
    locations = [str(path) for path in eval_files]
    found = read_samples(locations)
    readable = {path: one for path, one in zip(locations, found, strict=True) if isinstance(one, LogSamples)}
    for problem in positive_problems(readable, None):
        logger.warning("%s: for each log its own last option is the positive class", problem.message)
    names = distinct_names([one.source for one in found], locations)
    data = [_data(name, path, one) for name, path, one in zip(names, locations, found, strict=True)]
    return [one for one in data if one is not None]


def generate_roc_overlay(risk_data: Sequence[PerSampleRiskData], output_path: str | Path) -> Path | None:
    """Writes the ROC curves to `output_path` and returns it; None where nothing can be drawn.

    The path may have the ending of any format that matplotlib writes.
    ValueError: another ending. FileNotFoundError: the folder does not exist.
    """
    series = [
        roc_series(one.model_name, style, _truth(one), one.y_score) for one, style in _drawable(risk_data)
    ]
    if not series:
        return None
    in_panels = len(series) > OVERLAY_LIMIT
    behind = [one.curve for one in series] if in_panels else []
    return _written(roc_figure(series, in_panels=in_panels, behind=behind), output_path)


def generate_calibration_overlay(
    risk_data: Sequence[PerSampleRiskData], output_path: str | Path, n_bins: int = DEFAULT_BINS
) -> Path | None:
    """Writes the calibration curves to `output_path` and returns it, as `generate_roc_overlay` does.

    ValueError: another ending, or less than one bin. FileNotFoundError: the folder does not exist.
    """
    series = [
        calibration_series(one.model_name, style, _truth(one), one.y_score, n_bins)
        for one, style in _drawable(risk_data)
    ]
    if not series:
        return None
    return _written(calibration_figure(series, in_panels=len(series) > BANDS_LIMIT), output_path)


def generate_prediction_histogram(
    risk_data: Sequence[PerSampleRiskData], output_path: str | Path, n_bins: int = DEFAULT_HISTOGRAM_BINS
) -> Path | None:
    """Writes a histogram of each model to `output_path` and returns it, as `generate_roc_overlay` does.

    ValueError: another ending, or less than one bin. FileNotFoundError: the folder does not exist.
    """
    series = [
        histogram_series(one.model_name, style, _truth(one), one.y_score, n_bins, *CLASS_NAMES)
        for one, style in _drawable(risk_data)
    ]
    return _written(histogram_figure(series), output_path) if series else None


def _data(name: str, path: str, samples: LogSamples | NoSamples) -> PerSampleRiskData | None:
    risk = log_risk(samples)
    if not isinstance(risk, LogRisk):
        unusable = isinstance(samples, NoSamples) and not samples.usable
        logger.log(logging.WARNING if unusable else logging.INFO, "left out: %s %s", path, risk.reason)
        return None
    return PerSampleRiskData(
        model_name=name,
        y_true=[float(truth) for truth in risk.y_true],
        y_score=list(risk.y_score),
        n_total=risk.n_total,
        n_valid=risk.n_valid,
    )


def _drawable(risk_data: Sequence[PerSampleRiskData]) -> list[tuple[PerSampleRiskData, Style]]:
    """The models with both classes, each with its style."""
    styles = categorical([one.model_name for one in risk_data])
    drawable = []
    for one in risk_data:
        if len(set(one.y_true)) > 1:
            drawable.append((one, styles[one.model_name]))
        else:
            logger.info("left out: %s has samples of one class only", one.model_name)
    return drawable


def _truth(data: PerSampleRiskData) -> list[int]:
    return [int(truth) for truth in data.y_true]


def _written(figure: Figure, output_path: str | Path) -> Path:
    path = Path(output_path)
    suffix, endings = path.suffix[1:].lower(), image_formats()
    if suffix not in endings:
        raise ValueError(f"cannot write {path.name}: an image's name ends in .{', .'.join(endings)}")
    path.write_bytes(figure_bytes(figure, suffix))
    return path
