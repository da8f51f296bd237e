"""What a log stored of its risk metrics against what its samples say."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from vizspec.metrics.known_metrics import AUC
from vizspec.risk.record import LogRisk, RiskEstimate
from vizspec.risk.statistics import BRIER, CONFIDENCE_ERROR
from vizspec.text.messages import counted

FLOAT_NOISE = 1e-6
"""How far two computations of one number may lie apart."""
FEWEST_DECIMALS, MOST_DECIMALS = 3, 6
"""A stored number with so many decimals may have been rounded to them."""
OTHER_NAMES = {"ece": CONFIDENCE_ERROR}
"""Names that older scorers gave to a metric."""
SAME_FOR_BOTH_CLASSES = frozenset({AUC, BRIER, CONFIDENCE_ERROR})


def stored_differs(stored: float | None, recomputed: RiskEstimate) -> str | None:
    """What to say where the stored value is not the recomputed one, rounding aside; None where all is well.

    Nothing is said where one of the two is not known: a log need not store every metric.
    """
    if stored is None or recomputed.value is None or not math.isfinite(stored):
        return None
    if abs(stored - recomputed.value) <= _tolerance(stored):
        return None
    samples = counted(recomputed.n, "sample gives", "samples give")
    message = (
        f"{recomputed.metric}: the log stores {stored:.4g}, its {samples} "
        f"{recomputed.value:.4g}; the recomputed value is shown"
    )
    if recomputed.epochs > 1:
        message += (
            f" (stored risk metrics count the first of the {recomputed.epochs} repeats of a sample only; "
            "recomputed ones the mean of all)"
        )
    return message


def differences(
    stored: Mapping[str, float | None], risk: LogRisk, estimates: Iterable[RiskEstimate]
) -> list[str]:
    """A message for each stored metric (bare names) that differs from its recomputed value.

    Stored metrics that the samples do not give at all are told together, by reason. The log's own metrics are
    those of its last option: where the spec chose the other class, only the metrics that are the same for
    both are compared.
    """
    estimates = tuple(estimates)
    known = {OTHER_NAMES.get(name, name): value for name, value in stored.items()}
    comparable = [
        estimate
        for estimate in estimates
        if not risk.options or risk.positive == risk.options[-1] or estimate.metric in SAME_FOR_BOTH_CLASSES
    ]
    messages = [stored_differs(known.get(estimate.metric), estimate) for estimate in comparable]
    return [*(message for message in messages if message), *_lost(known, estimates)]


def _lost(stored: Mapping[str, float | None], estimates: Iterable[RiskEstimate]) -> Iterator[str]:
    """The stored numbers for which the samples give none, which are then shown nowhere else."""
    numbers: defaultdict[str, list[str]] = defaultdict(list)
    for estimate in estimates:
        value = stored.get(estimate.metric)
        if estimate.value is None and value is not None and math.isfinite(value):
            numbers[estimate.note or "no reason is known"].append(f"{estimate.metric} {value:.4g}")
    for reason, values in numbers.items():
        yield f"the log stores {', '.join(values)}; its samples give no value ({reason}), and none is shown"


def _tolerance(stored: float) -> float:
    """Half a unit of the last decimal, where the number looks rounded."""
    exponent = Decimal(repr(stored)).as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 0
    if FEWEST_DECIMALS <= decimals <= MOST_DECIMALS:
        return 0.5 * 10.0**-decimals + FLOAT_NOISE
    return FLOAT_NOISE
