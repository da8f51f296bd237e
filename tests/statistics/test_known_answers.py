"""Numbers that other programs and published tables give, and what is made of the same data here."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from benchmarks import alternatives
from vizspec.risk.bins import binned_error
from vizspec.statistics.arrays import Range
from vizspec.statistics.bounded import half_observation
from vizspec.statistics.clusters import cluster_mean
from vizspec.statistics.corp import corp
from vizspec.statistics.delong import delong, logit_interval
from vizspec.statistics.differences import paired, unpaired
from vizspec.statistics.intervals import around, from_stderr, two_sided
from vizspec.statistics.means import mean
from vizspec.statistics.multiplicity import holm
from vizspec.statistics.newcombe import agresti_caffo, newcombe_unpaired
from vizspec.statistics.tango import score_mcnemar, tango
from vizspec.statistics.welch import combine, mean_part
from vizspec.statistics.wilson import wilson

SHARED = Path(__file__).parents[3] / "shared" / "statistics" / "known_answers.json"


class Case(NamedTuple):
    """Data, the numbers that they must give, and how near they must come."""

    name: str
    data: dict[str, Any]
    expect: dict[str, Any]
    tolerance: float


# fmt: off
CASES = [
    Case("paired_1_1_7_12",
         {"both_right": 1.0, "only_a": 1.0, "only_b": 7.0, "neither": 12.0},
         {"difference": -0.2857142857,
          "tango": [-0.5172322764, -0.0260030317],
          "newcombe10": [-0.5069202267, -0.0255591242],
          "bonett_price": [-0.5083593067, -0.0133798238],
          "mcnemar_exact": 0.0703125,
          "mcnemar_midp": 0.0390625,
          "mcnemar_score": 0.0338948535},
         1e-05),
    Case("paired_59_6_16_80",
         {"both_right": 59.0, "only_a": 6.0, "only_b": 16.0, "neither": 80.0},
         {"difference": -0.0621118012,
          "tango": [-0.1240234325, -0.0054333957],
          "newcombe10": [-0.1186211956, -0.0046251139],
          "bonett_price": [-0.1194988111, -0.0032005754],
          "mcnemar_exact": 0.0524787903,
          "mcnemar_midp": 0.0346896648,
          "mcnemar_score": 0.0330062577},
         1e-05),
    Case("paired_30_12_4_54",
         {"both_right": 30.0, "only_a": 12.0, "only_b": 4.0, "neither": 54.0},
         {"difference": 0.08,
          "tango": [0.0017827757, 0.1655881563],
          "newcombe10": [0.0008046771, 0.1574255619],
          "bonett_price": [-0.0016588854, 0.1585216305],
          "mcnemar_exact": 0.0768127441,
          "mcnemar_midp": 0.049041748,
          "mcnemar_score": 0.0455002639},
         1e-05),
    Case("paired_38_2_0_0",
         {"both_right": 38.0, "only_a": 2.0, "only_b": 0.0, "neither": 0.0},
         {"difference": 0.05,
          "tango": [-0.0420026936, 0.165038774],
          "newcombe10": [-0.0447970944, 0.1650387737],
          "bonett_price": [-0.0445947864, 0.1398328817],
          "mcnemar_exact": 0.5,
          "mcnemar_midp": 0.25,
          "mcnemar_score": 0.1572992071},
         1e-05),
    Case("paired_20_0_0_20",
         {"both_right": 20.0, "only_a": 0.0, "only_b": 0.0, "neither": 20.0},
         {"difference": 0.0,
          "tango": [-0.0876216033, 0.0876216033],
          "newcombe10": [-0.0468032053, 0.0468032053],
          "bonett_price": [-0.0659954202, 0.0659954202],
          "mcnemar_exact": 1.0,
          "mcnemar_midp": 1.0,
          "mcnemar_score": 1.0},
         1e-05),
    Case("paired_700_60_40_200",
         {"both_right": 700.0, "only_a": 60.0, "only_b": 40.0, "neither": 200.0},
         {"difference": 0.02,
          "tango": [0.0004074233, 0.0401061696],
          "newcombe10": [0.0003181889, 0.0397455981],
          "bonett_price": [0.0002436204, 0.0396765393],
          "mcnemar_exact": 0.0568879336,
          "mcnemar_midp": 0.0460440669,
          "mcnemar_score": 0.0455002639},
         1e-05),
    Case("paired_0_3_0_0",
         {"both_right": 0.0, "only_a": 3.0, "only_b": 0.0, "neither": 0.0},
         {"difference": 1.0,
          "tango": [-0.1229940635, 1.0],
          "newcombe10": [0.2059232825, 1.0],
          "bonett_price": [-0.1012180325, 1.0],
          "mcnemar_exact": 0.25,
          "mcnemar_midp": 0.125,
          "mcnemar_score": 0.0832645167},
         1e-05),
    Case("wilson_81_263",
         {"successes": 81, "n": 263},
         {"wilson": [0.2552885198782742, 0.36620957698280004], "published": [0.2553, 0.3662]},
         1e-06),
    Case("wilson_15_148",
         {"successes": 15, "n": 148},
         {"wilson": [0.06238639953073628, 0.16048724172330803], "published": [0.0624, 0.1605]},
         1e-06),
    Case("wilson_0_20",
         {"successes": 0, "n": 20},
         {"wilson": [0.0, 0.1611251580528194], "published": [0, 0.1611]},
         1e-06),
    Case("wilson_1_29",
         {"successes": 1, "n": 29},
         {"wilson": [0.006113214292762667, 0.17175521879320294], "published": [0.0061, 0.1718]},
         1e-06),
    Case("unpaired_56_70_48_80",
         {"a": [56, 70], "b": [48, 80]},
         {"difference": 0.20000000000000007,
          "newcombe": [0.05243147240236498, 0.33387265403690614],
          "agresti_caffo": [0.052452926638053676, 0.33575845547576744],
          "published": [0.0524, 0.3339]},
         1e-06),
    Case("unpaired_5_56_0_29",
         {"a": [5, 56], "b": [0, 29]},
         {"difference": 0.08928571428571429,
          "newcombe": [-0.038137147903536936, 0.19256001385511165],
          "agresti_caffo": [-0.02886584630312586, 0.17124626899500572],
          "published": [-0.0381, 0.1926]},
         1e-06),
    Case("paired_t_sleep",
         {"a": [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2.0],
          "b": [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]},
         {"difference": -1.58, "t": [-2.4598857633, -0.7001142367], "p": 0.0028328902},
         1e-06),
    Case("welch_sleep",
         {"a": [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2.0],
          "b": [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]},
         {"difference": -1.58,
          "welch": [-3.3654832307, 0.2054832307],
          "p": 0.0793941402,
          "df": 17.7764735162},
         1e-06),
    Case("tost_paired_sleep",
         {"a": [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2.0],
          "b": [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
          "margin": 3},
         {"p": 0.002655570292658671, "p_lower": 0.002655570292658671, "p_upper": 4.5226949658324543e-07},
         1e-06),
    Case("holm",
         {"p": [0.01, 0.04, 0.03, 0.005, 0.2]},
         {"adjusted": [0.04, 0.09, 0.09, 0.025, 0.2], "rejected_at_05": [True, False, False, True, False]},
         1e-06),
    Case("delong_paired_ties",
         {"target": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1],
          "a": [0.1, 0.2, 0.2, 0.3, 0.35, 0.4, 0.4, 0.5, 0.55, 0.6, 0.15, 0.7, 0.4, 0.5, 0.6, 0.65, 0.7, 0.8,
                0.9, 0.95],
          "b": [0.3, 0.1, 0.4, 0.2, 0.5, 0.6, 0.3, 0.4, 0.7, 0.5, 0.2, 0.6, 0.5, 0.3, 0.7, 0.6, 0.4, 0.9,
                0.6, 0.8]},
         {"auc_a": 0.8802083333,
          "auc_b": 0.765625,
          "se_a": 0.0750640434,
          "se_b": 0.1095761267,
          "cov": 0.0048074213,
          "z": 1.2789485016,
          "p": 0.2009151914,
          "interval": [-0.0610134216, 0.2901800882]},
         1e-06),
    Case("auc_logit",
         {"target": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1],
          "a": [0.1, 0.2, 0.2, 0.3, 0.35, 0.4, 0.4, 0.5, 0.55, 0.6, 0.15, 0.7, 0.4, 0.5, 0.6, 0.65, 0.7, 0.8,
                0.9, 0.95]},
         {"auc": 0.8802083333, "se": 0.0750640434, "interval": [0.6454511324501463, 0.9673812587925551]},
         1e-06),
    Case("cluster_mean_cr2",
         {"cluster": [0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5,
                      5],
          "score": [0, 1, 1, 1, 1, 0, 1, 1, 0, 0, 1, 1, 1, 1, 0, 1, 1, 0, 1, 0, 0, 1, 1, 1, 1, 1, 1, 0, 1,
                    1]},
         {"mean": 0.7,
          "se_cr1": 0.1129011367,
          "se_cr2": 0.1147771026,
          "df": 3.9413839486,
          "interval": [0.3794498684, 1.0205501316]},
         1e-08),
    Case("cluster_paired_difference_cr1",
         {"cluster": [0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5,
                      5],
          "difference": [-1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0,
                         1.0, 0.0, 0.0, 0.0, -1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]},
         {"mean": 0.09999999999999998,
          "se": 0.0733939143707887,
          "interval": [-0.08866506312779651, 0.2886650631277965],
          "df": 5},
         1e-06),
    Case("brier_t",
         {"squared_errors": [0.01, 0.04, 0.16, 0.49, 0.0225, 0.09, 0.81, 0.0025, 0.36, 0.25]},
         {"mean": 0.2235, "t": [0.0350336601, 0.4119663399]},
         1e-06),
    Case("bounded_mean_binary_0_20",
         {"ones": 0, "n": 20},
         {"interval": [0.0, 0.11663898290487539]},
         1e-06),
    Case("bounded_mean_binary_18_20",
         {"ones": 18, "n": 20},
         {"interval": [0.7161467426957477, 0.9786275119775252]},
         1e-06),
    Case("bounded_mean_binary_98_100",
         {"ones": 98, "n": 100},
         {"interval": [0.9373941512151887, 0.9958211875525282]},
         1e-06),
    Case("bounded_mean_epochs",
         {"scores": [0, 0.3333333333333333, 0.6666666666666666, 1, 1, 1, 1, 0.6666666666666666, 1, 1, 1, 1,
                     0.3333333333333333, 1, 1, 1, 1, 1, 1, 1],
          "range": [0, 1]},
         {"interval": [0.6831551357603062, 0.9391469694169254],
          "monte_carlo": [0.6829025052302785, 0.9391456920860919]},
         1e-06),
    Case("bounded_paired_difference_epochs",
         {"differences": [-1, 0.3333333333333333, 0, 0, 0, 0.6666666666666666, 0.3333333333333333, 0, 0, 1,
                          0, 0, 0.3333333333333333, 0, 0, 0, 0, 0, 0, 0.6666666666666666],
          "range": [-1, 1]},
         {"mean": 0.11666666666666665, "interval": [-0.0809518218252808, 0.2914887671176524]},
         1e-06),
    Case("ece_edges",
         {"p": [0.05, 0.05, 0.12, 0.3, 0.31, 0.42, 0.55, 0.6, 0.77, 0.9, 0.99, 1.0, 0.0],
          "y": [0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 1, 1, 0]},
         {"ece": 0.32},
         1e-06),
    Case("ece_gap",
         {"p": [0.05, 0.05, 0.12, 0.3, 0.31, 0.42, 0.55, 0.6, 0.6000000000000001, 0.77, 0.9, 0.99, 1.0, 0.0],
          "y": [0, 1, 0, 0, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0]},
         {"cruijff_kit": 0.2971428571428571},
         1e-06),
    Case("smece",
         {"p": [0.943, 0.511, 0.976, 0.081, 0.607, 0.376, 0.802, 0.175, 0.872, 0.544, 0.902, 0.477, 0.43,
                0.789, 0.984, 0.37, 0.969, 0.929, 0.178, 0.609, 0.705, 0.943, 0.666, 0.133, 0.498, 0.494,
                0.5, 0.959, 0.35, 0.224, 0.522, 0.641, 0.939, 0.582, 0.268, 0.93, 0.492, 0.676, 0.476, 0.217,
                0.693, 0.771, 0.191, 0.46, 0.362, 0.171, 0.221, 0.963, 0.884, 0.382, 0.739, 0.042, 0.915,
                0.537, 0.82, 0.276, 0.376, 0.348, 0.972, 0.429],
          "y": [1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0,
                0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0,
                0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0,
                0.0, 0.0, 1.0, 0.0, 1.0, 0.0]},
         {"smece": 0.10512847156619319},
         0.001),
    Case("corp_isotonic",
         {"p": [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9], "y": [0, 1, 0, 0, 1, 0, 1, 1, 1]},
         {"recalibrated": [0.0, 0.3333333333, 0.3333333333, 0.3333333333, 0.5, 0.5, 1.0, 1.0, 1.0],
          "mcb": 0.0537037037037037},
         1e-06),
    Case("page_trend",
         {"rows_are_samples": [[3, 4, 3], [2, 2, 1], [3, 3, 5], [1, 3, 2], [2, 3, 2], [2, 4, 5], [1, 3, 2],
                               [3, 4, 6], [2, 4, 3], [1, 3, 4]]},
         {"L": 129.0, "p": 0.0220856724542213},
         1e-06),
]
# fmt: on
"""Sources: R's contingencytables, binom.test, mcnemar.test, t.test, p.adjust, isoreg, pROC and clubSandwich;
Python's statsmodels, scipy, sklearn and relplot; tables of Newcombe (1998) and of Fagerland et al. (2014)."""


def _paired_shares(data: dict[str, Any]) -> dict[str, Any]:
    table = [data[name] for name in ("both_right", "only_a", "only_b", "neither")]
    both, only_a, only_b, neither = table
    n = int(sum(table))
    a = [1] * int(both) + [1] * int(only_a) + [0] * int(only_b) + [0] * int(neither)
    b = [1] * int(both) + [0] * int(only_a) + [1] * int(only_b) + [0] * int(neither)
    found = paired(a, b)
    assert (found.lower, found.upper) == tango(only_a, only_b, n, 0.95)
    return {
        "difference": found.value,
        "tango": (found.lower, found.upper),
        "newcombe10": alternatives.newcombe_paired(both, only_a, only_b, neither, 0.95),
        "bonett_price": alternatives.bonett_price(only_a, only_b, n, 0.95),
        "mcnemar_exact": alternatives.mcnemar_exact(only_a, only_b),
        "mcnemar_midp": alternatives.mcnemar_midp(only_a, only_b),
        "mcnemar_score": score_mcnemar(only_a, only_b, n),
    }


def _unpaired_shares(data: dict[str, Any]) -> dict[str, Any]:
    (successes_a, n_a), (successes_b, n_b) = data["a"], data["b"]
    counts = (successes_a, n_a, successes_b, n_b)
    a, b = ([1] * yes + [0] * (n - yes) for yes, n in (data["a"], data["b"]))
    newcombe = newcombe_unpaired(*counts, 0.95)
    return {
        "difference": unpaired(a, b).value,
        "newcombe": newcombe,
        "agresti_caffo": agresti_caffo(*counts, 0.95),
        "published": [round(end, 4) for end in newcombe],
    }


def _wilson(data: dict[str, Any]) -> dict[str, Any]:
    interval = wilson(data["successes"] / data["n"], data["n"], 0.95)
    return {"wilson": interval, "published": [round(end, 4) for end in interval]}


def _paired_t(data: dict[str, Any]) -> dict[str, Any]:
    found = paired(data["a"], data["b"], scores=Range())
    return {"difference": found.value, "t": (found.lower, found.upper), "p": found.p}


def _welch(data: dict[str, Any]) -> dict[str, Any]:
    found = unpaired(data["a"], data["b"], scores=Range())
    degrees = combine([mean_part(data["a"]), mean_part(data["b"])], (1, -1)).degrees
    return {"difference": found.value, "welch": (found.lower, found.upper), "p": found.p, "df": degrees}


def _tost(data: dict[str, Any]) -> dict[str, Any]:
    value, variance, degrees = mean_part([a - b for a, b in zip(data["a"], data["b"], strict=True)])
    lower, upper = ((value + side * data["margin"]) / math.sqrt(variance) for side in (1, -1))
    sides = two_sided(lower, degrees) / 2, two_sided(upper, degrees) / 2
    return {"p": max(sides), "p_lower": sides[0], "p_upper": sides[1]}


def _holm(data: dict[str, Any]) -> dict[str, Any]:
    adjusted = holm(data["p"])
    return {"adjusted": adjusted, "rejected_at_05": [p <= 0.05 for p in adjusted]}


def _delong(data: dict[str, Any]) -> dict[str, Any]:
    found = delong(data["target"], data["a"], data["b"])
    (var_a, cov), (_, var_b) = found.covariance or ()
    difference, stderr = found.areas[0] - found.areas[1], math.sqrt(var_a + var_b - 2 * cov)
    return {
        "auc_a": found.areas[0],
        "auc_b": found.areas[1],
        "se_a": found.stderr(0),
        "se_b": found.stderr(1),
        "cov": cov,
        "z": difference / stderr,
        "p": two_sided(difference / stderr),
        "interval": around(difference, stderr, 0.95),
    }


def _auc_logit(data: dict[str, Any]) -> dict[str, Any]:
    found = delong(data["target"], data["a"])
    stderr = found.stderr(0)
    assert stderr is not None
    return {"auc": found.areas[0], "se": stderr, "interval": logit_interval(found.areas[0], stderr, 0.95)}


def _cluster_mean(data: dict[str, Any]) -> dict[str, Any]:
    found = cluster_mean(data["score"], data["cluster"])
    return {
        "mean": found.mean,
        "se_cr1": alternatives.cluster_cr1(data["score"], data["cluster"]),
        "se_cr2": found.stderr,
        "df": found.degrees,
        "interval": around(found.mean, found.stderr, 0.95, found.degrees),
    }


def _cluster_difference(data: dict[str, Any]) -> dict[str, Any]:
    found = cluster_mean(data["difference"], data["cluster"])
    stderr = alternatives.cluster_cr1(data["difference"], data["cluster"])
    interval = from_stderr(found.mean, stderr, found.clusters, 0.95)
    return {"mean": found.mean, "se": stderr, "interval": interval, "df": found.clusters - 1}


def _student(data: dict[str, Any]) -> dict[str, Any]:
    found = mean(data["squared_errors"], scores=Range())
    return {"mean": found.value, "t": (found.lower, found.upper)}


def _binary(data: dict[str, Any]) -> dict[str, Any]:
    scores = [1] * data["ones"] + [0] * (data["n"] - data["ones"])
    return {"interval": half_observation(scores, 0.95)}


def _epochs(data: dict[str, Any]) -> dict[str, Any]:
    found = mean(data["scores"], scores=Range(*data["range"]))
    return {"interval": (found.lower, found.upper)}


def _epoch_differences(data: dict[str, Any]) -> dict[str, Any]:
    interval = half_observation(data["differences"], 0.95, *data["range"])
    return {"mean": sum(data["differences"]) / len(data["differences"]), "interval": interval}


def _error_with_a_gap(data: dict[str, Any]) -> dict[str, Any]:
    """The other program drops the prediction between two of its bins; here it counts in the upper one."""
    dropped = data["p"].index(0.6000000000000001)
    gap = abs(data["p"][dropped] - data["y"][dropped]) / len(data["p"])
    return {"cruijff_kit": binned_error(data["p"], data["y"]) - gap}


def _corp(data: dict[str, Any]) -> dict[str, Any]:
    found = corp(data["p"], data["y"])
    return {"recalibrated": found.recalibrated, "mcb": found.miscalibration}


ANSWERS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "paired_t_sleep": _paired_t,
    "paired_": _paired_shares,
    "wilson_": _wilson,
    "unpaired_": _unpaired_shares,
    "welch_sleep": _welch,
    "tost_paired_sleep": _tost,
    "holm": _holm,
    "delong_paired_ties": _delong,
    "auc_logit": _auc_logit,
    "cluster_mean_cr2": _cluster_mean,
    "cluster_paired_difference_cr1": _cluster_difference,
    "brier_t": _student,
    "bounded_mean_binary_": _binary,
    "bounded_mean_epochs": _epochs,
    "bounded_paired_difference_epochs": _epoch_differences,
    "ece_edges": lambda data: {"ece": binned_error(data["p"], data["y"])},
    "ece_gap": _error_with_a_gap,
    "smece": lambda data: {"smece": alternatives.smooth_error(data["p"], data["y"])},
    "corp_isotonic": _corp,
    "page_trend": lambda data: alternatives.page(data["rows_are_samples"]),
}
"""What answers the cases whose name begins so."""


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_numbers_are_those_that_others_give(case: Case) -> None:
    answer = next(answer for beginning, answer in ANSWERS.items() if case.name.startswith(beginning))
    found = answer(case.data)
    for name, expected in case.expect.items():
        if name != "monte_carlo":  # drawn at random: it agrees to three digits
            assert found[name] == pytest.approx(expected, abs=case.tolerance), name


@pytest.mark.skipif(not SHARED.is_file(), reason="the reference cases are not here")
def test_every_reference_case_is_among_them() -> None:
    cases = json.loads(SHARED.read_text(encoding="utf-8"))
    assert [(case["id"], case["data"], case["expect"], case["tolerance"]) for case in cases] == CASES
