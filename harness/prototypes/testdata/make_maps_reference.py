"""Writes maps_reference.json: upsampled maps by OpenCV, percentiles and boxes by NumPy.

Needs opencv-python-headless and numpy. The seed is fixed; the values are rounded to 9 decimals.
"""

import json
import pathlib

import cv2
import numpy as np


def rounded(values):
    return [round(float(value), 9) for value in np.asarray(values).ravel()]


def case(rng, rows, columns, height, width):
    activation = np.round(rng.uniform(0, 9.2, (rows, columns)), 6)
    upsampled = cv2.resize(activation, dsize=(width, height), interpolation=cv2.INTER_CUBIC)
    threshold = np.percentile(upsampled, 95)
    ys, xs = np.nonzero(upsampled >= threshold)
    return {
        "rows": rows,
        "columns": columns,
        "height": height,
        "width": width,
        "map": rounded(activation),
        "upsampled": rounded(upsampled),
        "percentile95": float(threshold),
        "box": {
            "left": int(xs.min()),
            "top": int(ys.min()),
            "right": int(xs.max()) + 1,
            "bottom": int(ys.max()) + 1,
        },
    }


rng = np.random.default_rng(5)
shapes = [(7, 7, 14, 14), (4, 4, 15, 15), (2, 3, 7, 10), (1, 1, 2, 2), (7, 7, 8, 12)]
reference = {
    "opencv": cv2.__version__,
    "numpy": np.__version__,
    "cases": [case(rng, *shape) for shape in shapes],
    "percentiles": [
        {"values": rounded(values), "share": share, "percentile": float(np.percentile(values, 100 * share))}
        for values, share in [
            (np.round(rng.normal(size=40), 6), 0.95),
            (np.round(rng.normal(size=40), 6), 0.125),
            (np.repeat([1.0, 2.0], 10), 0.5),
            (np.array([3.0]), 0.95),
            (np.round(rng.normal(size=7), 6), 1.0),
            (np.round(rng.normal(size=7), 6), 0.0),
        ]
    ],
}
folder = pathlib.Path(__file__).parent
(folder / "maps_reference.json").write_text(json.dumps(reference) + "\n")
