"""The main job with PyTorch and scikit-learn, as a peer for `deno task bench id`.

ResNet-18 over the 500 training images of one class, eight layers, TwoNN (F = i/N, 90 %) at each.
Needs Debian's python3-torch, python3-sklearn, python3-onnx (to read the weights) and python3-pil.
Prints one JSON object: the estimates, seconds, peak memory.

usage: peer_id.py MODEL.onnx FOLDER THREADS
"""

import json
import os
import resource
import sys
import time

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from PIL import Image
from sklearn.neighbors import NearestNeighbors

MEAN = np.array([0.485, 0.456, 0.406], np.float32)
STD = np.array([0.229, 0.224, 0.225], np.float32)
SAMPLES = 500
BATCH = 10


def block(x, w, name, stride):
    y = F.relu(F.conv2d(x, w[f"{name}.conv1.weight"], w[f"{name}.conv1.bias"], stride, 1))
    y = F.conv2d(y, w[f"{name}.conv2.weight"], w[f"{name}.conv2.bias"], 1, 1)
    if f"{name}.downsample.downsample.0.weight" in w:
        x = F.conv2d(x, w[f"{name}.downsample.downsample.0.weight"], w[f"{name}.downsample.downsample.0.bias"], stride)
    return F.relu(x + y)


def forward(x, w):
    """The eight checkpoint tensors of a batch, each [batch, units]."""
    taps = [x]
    x = F.relu(F.conv2d(x, w["conv1.weight"], w["conv1.bias"], 2, 3))
    x = F.max_pool2d(x, 3, 2, 1)
    taps.append(x)
    for stage in range(1, 5):
        x = block(x, w, f"layer{stage}.0", 1 if stage == 1 else 2)
        x = block(x, w, f"layer{stage}.1", 1)
        taps.append(x)
    x = x.mean((2, 3))
    taps.append(x)
    taps.append(F.linear(x, w["fc.weight"], w["fc.bias"]))
    return [tap.flatten(1) for tap in taps]


def twonn(points):
    distances, _ = NearestNeighbors(n_neighbors=3, algorithm="brute").fit(points).kneighbors(points)
    mu = np.sort(np.log(distances[:, 2] / distances[:, 1]))
    n = len(mu)
    kept = int(0.9 * n)
    y = -np.log(1 - np.arange(1, kept + 1) / n)
    return float((mu[:kept] * y).sum() / (mu[:kept] ** 2).sum())


def main():
    model, folder, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
    torch.set_num_threads(threads)
    start = time.perf_counter()
    graph = onnx.load(model).graph
    w = {t.name: torch.from_numpy(numpy_helper.to_array(t).copy()) for t in graph.initializer}
    files = sorted(os.listdir(folder))[:SAMPLES]
    layers = None
    with torch.no_grad():
        for first in range(0, SAMPLES, BATCH):
            batch = []
            for name in files[first : first + BATCH]:
                pixels = np.asarray(Image.open(os.path.join(folder, name)).convert("RGB"))
                batch.append((pixels.astype(np.float32) / np.float32(255) - MEAN) / STD)
            x = torch.from_numpy(np.ascontiguousarray(np.stack(batch).transpose(0, 3, 1, 2)))
            taps = forward(x, w)
            if layers is None:
                layers = [np.empty((SAMPLES, tap.shape[1]), np.float32) for tap in taps]
            for layer, tap in zip(layers, taps):
                layer[first : first + BATCH] = tap.numpy()
    estimates = [twonn(layer) for layer in layers]
    print(
        json.dumps(
            {
                "twonn_fit": estimates,
                "seconds": time.perf_counter() - start,
                "peakMemoryBytes": 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
            }
        )
    )


main()
