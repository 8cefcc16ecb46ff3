"""TwoNN (F = i/N, 90 %) with scikit-learn's brute-force neighbours in float64, as a peer for
`deno task bench twonn`. Prints one JSON object; the time is the median of three repeats.

usage: peer_twonn.py FILE POINTS FEATURES
FILE holds POINTS x FEATURES bytes.
"""

import json
import resource
import sys
import time

import numpy as np
from sklearn.neighbors import NearestNeighbors

file, points, features = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
data = np.fromfile(file, np.uint8).reshape(points, features).astype(np.float64)
REPEATS = 3


def twonn():
    neighbours = NearestNeighbors(n_neighbors=3, algorithm="brute", n_jobs=-1).fit(data)
    distances, _ = neighbours.kneighbors(data)
    r1, r2 = distances[:, 1], distances[:, 2]
    usable = (r1 > 0) & (r2 > r1)
    mu = np.sort(np.log(r2[usable] / r1[usable]))
    n = len(mu)
    kept = int(0.9 * n)
    y = -np.log(1 - np.arange(1, kept + 1) / n)
    return float((mu[:kept] * y).sum() / (mu[:kept] ** 2).sum())


seconds = []
for _ in range(REPEATS):
    start = time.perf_counter()
    estimate = twonn()
    seconds.append(time.perf_counter() - start)
print(
    json.dumps(
        {
            "twonn_fit": estimate,
            "seconds": float(np.median(seconds)),
            "peakMemoryBytes": 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        }
    )
)
