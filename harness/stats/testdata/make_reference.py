"""Reference values for the tests of harness/stats, from NumPy and SciPy.

usage: python3 make_reference.py > reference.json
"""

import itertools
import json
import math

import numpy as np
import scipy
from scipy import stats

rng = np.random.default_rng(20190529)
SEVEN = [round(x, 3) for x in rng.normal(1.0, 0.8, 7)]
RATIOS = [round(x, 3) for x in rng.lognormal(0.4, 0.3, 7)]
MANY = [round(x, 3) for x in rng.normal(0.3, 1.0, 15)]
TIED = [1.5, -0.5, 0.5, 0.0, 2.0, 1.5, -1.5, 3.0]
SKEWED = [round(x, 3) for x in rng.exponential(2.0, 12)]


def grid(function, arguments):
    return [{"arguments": list(a), "value": float(function(*a))} for a in arguments]


def holm(p):
    """By the definition: p_(i) adjusted = max over j <= i of min(1, (m - j + 1) p_(j))."""
    p = np.array(p)
    order = np.argsort(p, kind="stable")
    steps = np.minimum(1, (len(p) - np.arange(len(p))) * p[order])
    adjusted = np.empty(len(p))
    adjusted[order] = [steps[: i + 1].max() for i in range(len(p))]
    return adjusted.tolist()


def bootstrap(values, level):
    """SciPy's intervals together with the very resamples and jackknife they rest on."""
    data = np.array(values)
    result = {"values": values, "level": level, "statistic": "sample standard deviation"}
    for method in ("percentile", "BCa"):
        b = stats.bootstrap(
            (data,), lambda x, axis: np.std(x, ddof=1, axis=axis), n_resamples=499,
            confidence_level=level, method=method, random_state=np.random.default_rng(7))
        result["resampled"] = b.bootstrap_distribution.tolist()
        result[method] = [float(b.confidence_interval.low), float(b.confidence_interval.high)]
    result["observed"] = float(np.std(data, ddof=1))
    result["leftOut"] = [float(np.std(np.delete(data, i), ddof=1)) for i in range(len(data))]
    return result


def t_interval(values, level):
    return [float(x) for x in stats.t.interval(
        level, len(values) - 1, loc=np.mean(values), scale=stats.sem(values))]


def t_test(values, edge, alternative):
    return float(stats.ttest_1samp(values, edge, alternative=alternative).pvalue)


def mcnemar(both, only_first, only_second, neither):
    """Exact: the discordant images are a binomial of one half."""
    return {"both": both, "onlyFirst": only_first, "onlySecond": only_second, "neither": neither,
            "pValue": float(stats.binomtest(only_first, only_first + only_second).pvalue)}


def slope(x, y):
    """Of log y against log x."""
    return {"points": [{"x": a, "y": b} for a, b in zip(x, y)],
            "slope": float(stats.linregress(np.log(x), np.log(y)).slope)}


def paired_accuracy(runs, level):
    """Every resample of runs, and of images in each drawn run, with its probability: the quantiles
    that a percentile bootstrap of infinitely many resamples has."""
    differences = [np.array(first, int) - np.array(second, int) for first, second in runs]
    means = [[np.mean(drawn) for drawn in itertools.product(own, repeat=len(own))]
             for own in differences]
    values = [np.mean(combined) for drawn in itertools.product(means, repeat=len(runs))
              for combined in itertools.product(*drawn)]
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2], method="inverted_cdf")
    return {"runs": [{"first": first, "second": second} for first, second in runs], "level": level,
            "estimate": float(np.mean([own.mean() for own in differences])),
            "deviation": float(np.std(values)), "interval": [float(low), float(high)]}


T, F = True, False
LOGS = np.log(RATIOS)
ORDERED = [0.1, 0.9, 0.4, 1.3, 1.1, 2.0]
ORDERED_COSTS = [float(np.dot(order, range(6))) for order in itertools.permutations(ORDERED)]

print(json.dumps({
    "madeBy": f"make_reference.py, NumPy {np.__version__}, SciPy {scipy.__version__}",
    "studentCdf": grid(stats.t.cdf, [
        (0.5, 1), (2.447, 6), (-8, 6), (-30, 6), (1.96, 1000), (0, 5),
        (-1e8, 2), (-1e6, 6), (-50, 30), (-1.5, 499), (1e-3, 6), (-1e200, 6)]),
    "studentQuantile": grid(stats.t.ppf, [
        (0.975, 6), (0.975, 1), (0.995, 2), (0.9, 30), (0.975, 1000), (0.025, 6), (0.9999, 6)]),
    "normalCdf": grid(stats.norm.cdf, [(-5,), (-1.96,), (-0.3,), (0.0,), (1.96,), (5,)]),
    "normalQuantile": grid(stats.norm.ppf, [(1e-10,), (1e-4,), (0.025,), (0.3,), (0.975,), (0.9999,)]),
    "gammaQuantile": grid(stats.gamma.ppf, [
        (0.025, 3), (0.975, 3), (0.025, 30), (0.025, 500), (0.975, 500), (0.995, 10000)]),
    "moments": {
        "values": SEVEN,
        "mean": float(np.mean(SEVEN)),
        "sampleDeviation": float(np.std(SEVEN, ddof=1)),
        "populationDeviation": float(np.std(SEVEN)),
        "coefficientOfVariation": float(stats.variation(SEVEN, ddof=1)),
        "quantiles": [[q, float(np.quantile(SEVEN, q))] for q in (0, 0.025, 0.25, 0.5, 0.9, 1)],
    },
    "student": {
        "values": SEVEN,
        "interval95": t_interval(SEVEN, 0.95),
        "interval99": t_interval(SEVEN, 0.99),
        "greaterThan0.5": t_test(SEVEN, 0.5, "greater"),
        "lessThan0.5": t_test(SEVEN, 0.5, "less"),
        "greaterThan-20": t_test(SEVEN, -20, "greater"),
    },
    "ratios": {
        "values": RATIOS,
        "geometricMean": float(stats.gmean(RATIOS)),
        "interval95": [float(np.exp(x)) for x in t_interval(LOGS, 0.95)],
        "greaterThan1.2": t_test(LOGS, np.log(1.2), "greater"),
        "lessThan2.5": t_test(LOGS, np.log(2.5), "less"),
    },
    "signTest": [
        {"values": v, "edge": e, "pValue": float(stats.binomtest(
            sum(x > e for x in v), sum(x != e for x in v), alternative="greater").pvalue)}
        for v, e in ((SEVEN, 0), (SEVEN, 1.2), (TIED, 0), (MANY, 0.2))],
    "mcNemar": [mcnemar(*counts) for counts in (
        (40, 10, 3, 7), (40, 3, 10, 7), (0, 25, 10, 2), (1, 4, 4, 1), (300, 90, 40, 5), (5, 0, 6, 5))],
    "logLogSlope": [
        slope([72, 144, 360, 1440], [3.03, 3.3, 4.26, 5.38]),
        slope(SKEWED, [round(x * math.exp(y), 3) for x, y in zip(SKEWED, MANY[:12])]),
        slope([1, 1, 2], [1e-3, 5, 1e4])],
    "skewness": [{"counts": c, "value": float(stats.skew(c))} for c in (
        [8, 0, 0, 1, 1, 0, 0, 0, 0, 0], [5, 5, 0, 0, 0, 1, 1, 0, 1, 0, 1, 0, 0, 0])],
    "pairedAccuracy": [
        paired_accuracy([([T, T, T, F, T, T], [T, F, F, T, F, T])], 0.9),
        paired_accuracy([([T, T, F], [F, T, F]), ([T, T, T], [T, F, F])], 0.9)],
    "holm": [{"pValues": p, "adjusted": holm(p)} for p in (
        [0.01, 0.04, 0.03, 0.005], [0.5, 0.5, 0.9], [0.02], [0.04, 0.001, 0.04, 0.2, 0.6])],
    "bootstrap": bootstrap(SKEWED, 0.9),
    "permutation": {
        "values": ORDERED,
        "statistic": "minus the dot product with 0, 1, 2, ...",
        "pValue": float(np.mean(
            np.array(ORDERED_COSTS) >= np.dot(ORDERED, range(6)) - 1e-9)),
    },
}, indent=2))
