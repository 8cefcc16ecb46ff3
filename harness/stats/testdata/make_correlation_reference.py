"""Reference values for the tests of correlations in harness/stats, from NumPy and SciPy.

usage: python3 make_correlation_reference.py > correlation_reference.json
"""

import itertools
import json
import pathlib
import re

import numpy as np
import scipy
from scipy import special, stats

CURVES = json.loads(
    (pathlib.Path(__file__).parents[3] / "experiments/reference/paper_curves.json").read_text())
NETWORKS = list(CURVES["fig4"])
ERROR = [CURVES["fig4"][name]["top5_err"] for name in NETWORKS]
MIXED = [CURVES["fig4"][name]["ID"] for name in NETWORKS]
BY_CLASS = [CURVES["fig3B"][name]["ID"][-2] for name in NETWORKS]
FAMILY = [re.match("[a-z]+", name).group() for name in NETWORKS]

rng = np.random.default_rng(20190604)
LONG_X = [round(v, 3) for v in rng.normal(0, 1, 40)]
LONG_Y = [round(0.4 * v + e, 3) for v, e in zip(LONG_X, rng.normal(0, 1, 40))]


def exact_permutation(x, y):
    """Share of all orders of y with |r| as large."""
    observed = abs(np.corrcoef(x, y)[0, 1])
    x = (np.array(x) - np.mean(x)) / np.std(x) / len(x)
    sizes = [abs(np.dot(x, order)) / np.std(y) for order in itertools.permutations(y - np.mean(y))]
    return float(np.mean(np.array(sizes) >= observed - 1e-12))


def correlation(name, x, y):
    pearson, spearman = stats.pearsonr(x, y), stats.spearmanr(x, y)
    case = {
        "name": name,
        "points": [{"x": a, "y": b} for a, b in zip(x, y)],
        "pearson": {"r": float(pearson.statistic), "pValue": float(pearson.pvalue)},
        "spearman": {"r": float(spearman.statistic), "pValue": float(spearman.pvalue)},
        "leftOut": [float(stats.pearsonr(np.delete(x, i), np.delete(y, i)).statistic)
                    for i in range(len(x))],
    }
    if len(x) > 3:
        case["fisher"] = {str(level): [float(v) for v in pearson.confidence_interval(level)]
                          for level in (0.9, 0.95)}
    if len(x) <= 8:
        case["permutation"] = {
            "pearson": exact_permutation(x, y),
            "spearman": exact_permutation(stats.rankdata(x), stats.rankdata(y))}
    return case


def within(x, y, groups):
    """Partial correlation given the group: residuals of a regression on indicators."""
    indicators = np.array([[group == g for g in sorted(set(groups))] for group in groups], float)
    residuals = [v - indicators @ np.linalg.lstsq(indicators, v, rcond=None)[0]
                 for v in (np.array(x), np.array(y))]
    r = float(np.corrcoef(*residuals)[0, 1])
    freedom = len(x) - indicators.shape[1] - 1
    t = r * np.sqrt(freedom / (1 - r * r))
    return {"groups": groups, "r": r, "freedom": freedom,
            "pValue": float(2 * stats.t.sf(abs(t), freedom))}


def bootstrap(x, y, level):
    b = stats.bootstrap(
        (x, y), lambda x, y: stats.pearsonr(x, y).statistic, paired=True, vectorized=False,
        n_resamples=299, confidence_level=level, method="BCa", random_state=np.random.default_rng(7))
    return {"level": level, "resampled": b.bootstrap_distribution.tolist(),
            "BCa": [float(b.confidence_interval.low), float(b.confidence_interval.high)]}


def pick(values, *families):
    return [v for v, family in zip(values, FAMILY) if family in families]


print(json.dumps({
    "madeBy": f"make_correlation_reference.py, NumPy {np.__version__}, SciPy {scipy.__version__}",
    "incompleteBeta": [
        {"arguments": a, "value": float(special.betainc(a[1], a[2], a[0]))} for a in (
            [0.11, 6, 0.5], [1e-6, 6, 0.5], [0.999999, 6, 0.5], [0.5, 0.5, 0.5], [0.8, 6, 0.5],
            [0.875, 6, 0.5], [0.9, 500, 0.5], [0.3, 2.5, 7.5], [1e-200, 0.5, 0.5], [0.4, 300, 400],
            [0.99, 1e4, 0.5])],
    "correlations": [
        correlation("Figure 4", MIXED, ERROR),
        correlation("Figure 4, ResNets", pick(MIXED, "resnet"), pick(ERROR, "resnet")),
        correlation("Figure 4, VGGs", pick(MIXED, "vgg"), pick(ERROR, "vgg")),
        correlation("Figure 4 without AlexNet", MIXED[1:], ERROR[1:]),
        correlation("Figure 3B", BY_CLASS, ERROR),
        correlation("Figure 3B, ResNets", pick(BY_CLASS, "resnet"), pick(ERROR, "resnet")),
        correlation("Figure 3B, VGGs", pick(BY_CLASS, "vgg"), pick(ERROR, "vgg")),
        correlation("forty", LONG_X, LONG_Y),
        correlation("ties", [1, 2, 2, 3, 5, 5], [2.5, 1, 1, 4, 1, 9]),
        correlation("three", [1, 2, 4], [3, 1, 2]),
    ],
    "within": [
        {"points": [{"x": a, "y": b} for a, b in zip(MIXED[1:], ERROR[1:])],
         **within(MIXED[1:], ERROR[1:], FAMILY[1:])},
        {"points": [{"x": a, "y": b} for a, b in zip(LONG_X, LONG_Y)],
         **within(LONG_X, LONG_Y, [str(i % 4) for i in range(40)])}],
    "bootstrap": bootstrap(MIXED, ERROR, 0.95),
}, indent=1))
