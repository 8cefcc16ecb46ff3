"""Training steps with PyTorch, as a peer for `deno task bench train`: SGD with momentum and weight decay on
random images, VGG-16 (width 1/4, 32 x 32) or ResNet-18 (64 x 64, batch normalisation).
Prints one JSON object; the time is the median step after the first ones.

usage: peer_train.py vgg16|resnet18 STEPS THREADS
"""

import json
import resource
import sys
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

network, steps, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
BATCH = 64
CLASSES = 10
WARM_UP = 3
torch.set_num_threads(threads)
torch.manual_seed(1)


def vgg16(width):
    layers, channels = [], 3
    for size in (64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0):
        if size == 0:
            layers.append(nn.MaxPool2d(2))
        else:
            layers += [nn.Conv2d(channels, int(size * width), 3, padding=1), nn.ReLU(inplace=True)]
            channels = int(size * width)
    hidden = int(4096 * width)
    layers += [nn.Flatten(), nn.Linear(channels, hidden), nn.ReLU(), nn.Linear(hidden, hidden), nn.ReLU()]
    return nn.Sequential(*layers, nn.Linear(hidden, CLASSES))


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.shortcut = nn.Sequential()
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs)
            )

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)), inplace=True)
        return F.relu(self.bn2(self.conv2(y)) + self.shortcut(x), inplace=True)


def resnet18():
    layers = [nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1)]
    channels = 64
    for size, stride in ((64, 1), (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), (512, 1)):
        layers.append(Block(channels, size, stride))
        channels = size
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, CLASSES))


net, size = (vgg16(0.25), 32) if network == "vgg16" else (resnet18(), 64)
net.train()
optimiser = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9, weight_decay=5e-4)
images = torch.randn(BATCH, 3, size, size)
labels = torch.arange(BATCH) % CLASSES
seconds = []
for _ in range(WARM_UP + steps):
    start = time.perf_counter()
    optimiser.zero_grad()
    loss = F.cross_entropy(net(images), labels)
    loss.backward()
    optimiser.step()
    loss.item()
    seconds.append(time.perf_counter() - start)
print(
    json.dumps(
        {
            "seconds": float(np.median(seconds[WARM_UP:])),
            "fastest": min(seconds[WARM_UP:]),
            "loss": loss.item(),
            "peakMemoryBytes": 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        }
    )
)
