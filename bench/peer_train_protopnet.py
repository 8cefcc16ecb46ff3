"""Steps of ProtoPNet's joint training with PyTorch, as a peer for `deno task bench train-protopnet`: VGG-16 (width
1/4) or ResNet-18 (width 1/2) on random images of 64 x 64 whose last reductions keep a map of 8 x 8 cells, 200
prototypes of 64 channels, 20 classes, cross-entropy with cluster and separation terms, Adam as the authors have it.
Prints one JSON object; the time is the median step after the first ones.

usage: peer_train_protopnet.py vgg16|resnet18 STEPS THREADS
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
BATCH, CLASSES, PROTOTYPES, DEPTH, SIZE = 64, 20, 200, 64, 64
WARM_UP = 3
torch.set_num_threads(threads)
torch.manual_seed(1)


def vgg16(width):
    layers, channels = [], 3
    for size in (64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 512, 512, 512):
        if size == 0:
            layers.append(nn.MaxPool2d(2))
        else:
            layers += [nn.Conv2d(channels, int(size * width), 3, padding=1), nn.ReLU(inplace=True)]
            channels = int(size * width)
    return nn.Sequential(*layers), channels


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.shortcut = nn.Sequential()
        if inputs != outputs:
            self.shortcut = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)), inplace=True)
        return F.relu(self.bn2(self.conv2(y)) + self.shortcut(x), inplace=True)


def resnet18(width):
    channels = int(64 * width)
    layers = [nn.Conv2d(3, channels, 7, 2, 3, bias=False), nn.BatchNorm2d(channels), nn.ReLU(inplace=True)]
    layers.append(nn.MaxPool2d(3, 2, 1))
    for size, stride in ((64, 1), (64, 1), (128, 2), (128, 1), (256, 1), (256, 1), (512, 1), (512, 1)):
        layers.append(Block(channels, int(size * width), stride))
        channels = int(size * width)
    return nn.Sequential(*layers), channels


class ProtoPNet(nn.Module):
    def __init__(self, features, channels):
        super().__init__()
        self.features = features
        self.add_on = nn.Sequential(
            nn.Conv2d(channels, DEPTH, 1), nn.ReLU(inplace=True), nn.Conv2d(DEPTH, DEPTH, 1), nn.Sigmoid()
        )
        self.prototypes = nn.Parameter(torch.rand(PROTOTYPES, DEPTH, 1, 1))
        self.ones = nn.Parameter(torch.ones(PROTOTYPES, DEPTH, 1, 1), requires_grad=False)
        self.last = nn.Linear(PROTOTYPES, CLASSES, bias=False)
        self.last.weight.requires_grad_(False)
        identity = F.one_hot(torch.arange(PROTOTYPES) // (PROTOTYPES // CLASSES), CLASSES).float()
        self.last.weight.data.copy_(identity.t() * 1.5 - 0.5)
        self.register_buffer("identity", identity)

    def forward(self, x):
        z = self.add_on(self.features(x))
        squares = F.conv2d(z * z, self.ones)
        lengths = (self.prototypes**2).sum(dim=(1, 2, 3)).view(-1, 1, 1)
        distances = F.relu(squares - 2 * F.conv2d(z, self.prototypes) + lengths)
        nearest = -F.max_pool2d(-distances, kernel_size=distances.shape[2:]).view(-1, PROTOTYPES)
        return self.last(torch.log((nearest + 1) / (nearest + 1e-4))), nearest


net = ProtoPNet(*(vgg16(0.25) if network == "vgg16" else resnet18(0.5)))
net.train()
optimiser = torch.optim.Adam(
    [
        {"params": net.features.parameters(), "lr": 1e-4, "weight_decay": 1e-3},
        {"params": net.add_on.parameters(), "lr": 3e-3, "weight_decay": 1e-3},
        {"params": net.prototypes, "lr": 3e-3},
    ]
)
images = torch.randn(BATCH, 3, SIZE, SIZE)
labels = torch.arange(BATCH) % CLASSES
seconds = []
for _ in range(WARM_UP + steps):
    start = time.perf_counter()
    optimiser.zero_grad()
    logits, nearest = net(images)
    own = net.identity[:, labels].t()
    cluster = (DEPTH - ((DEPTH - nearest) * own).max(dim=1)[0]).mean()
    separation = (DEPTH - ((DEPTH - nearest) * (1 - own)).max(dim=1)[0]).mean()
    l1 = (net.last.weight * (1 - net.identity.t())).norm(p=1)
    loss = F.cross_entropy(logits, labels) + 0.8 * cluster - 0.08 * separation + 1e-4 * l1
    loss.backward()
    optimiser.step()
    loss.item()
    seconds.append(time.perf_counter() - start)
print(
    json.dumps(
        {
            "seconds": float(np.median(seconds[WARM_UP:])),
            "loss": loss.item(),
            "peakMemoryBytes": 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        }
    )
)
