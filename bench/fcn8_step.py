#!/usr/bin/python3
"""Median seconds of a training step of FCN-8s over VGG16 in PyTorch, and the process's peak of memory in MiB: the peer of
TrainingStep fcn8-vgg16, with the same network (head of 4096, two classes), batch, optimiser, threads and protocol.

Usage: fcn8_step.py [--frozen] [--steps N] [--seconds S]
"""
import argparse
import resource
import statistics
import time

import torch
from torch import nn
from torch.nn import functional as F

WARM_UP, CLASSES, BATCH, SIZE, HEAD = 2, 2, 4, 224, 4096
BLOCKS = [(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)]


class Fcn8(nn.Module):
    def __init__(self, frozen):
        super().__init__()
        channels, blocks = 3, []
        for count, width in BLOCKS:
            layers = []
            for _ in range(count):
                layers += [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU(inplace=True)]
                channels = width
            blocks.append(nn.Sequential(*layers, nn.MaxPool2d(2)))
        self.blocks = nn.ModuleList(blocks)
        self.blocks.requires_grad_(not frozen)
        self.conv6 = nn.Conv2d(512, HEAD, 7, padding=3)
        self.fc4 = nn.Conv2d(HEAD, HEAD, 1)
        self.fc3 = nn.Conv2d(HEAD, CLASSES, 1)
        self.fcn2 = nn.ConvTranspose2d(CLASSES, 512, 4, 2, padding=1)
        self.fcn1 = nn.ConvTranspose2d(512, 256, 4, 2, padding=1)
        self.output = nn.ConvTranspose2d(256, CLASSES, 16, 8, padding=4)

    def forward(self, x):
        pools = []
        for block in self.blocks:
            x = block(x)
            pools.append(x)
        x = F.relu(self.fc3(F.relu(self.fc4(F.relu(self.conv6(x))))))
        x = self.fcn2(x) + pools[3]
        return self.output(self.fcn1(x) + pools[2])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--frozen", action="store_true")
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    args = parser.parse_args()
    torch.set_num_threads(2)  # Debian's build takes one by default.
    torch.manual_seed(1)
    network = Fcn8(args.frozen)
    assert sum(weight.numel() for weight in network.parameters()) == 136_514_116
    trained = [weight for weight in network.parameters() if weight.requires_grad]
    optimizer = torch.optim.Adam(trained, lr=1e-4, eps=1e-7)
    images = torch.rand(BATCH, 3, SIZE, SIZE) * 4 - 2  # Centred, as the first layer of the other network makes them.
    labels = torch.randint(CLASSES, (BATCH, SIZE, SIZE))
    begin, times = time.perf_counter(), []
    for step in range(WARM_UP + args.steps):
        if times and time.perf_counter() - begin >= args.seconds:
            break
        start = time.perf_counter()
        optimizer.zero_grad(set_to_none=True)
        loss = F.cross_entropy(network(images), labels)
        loss.backward()
        optimizer.step()
        loss.item()
        if step >= WARM_UP:
            times.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{statistics.median(times):.3f} {peak:.0f}")


if __name__ == "__main__":
    main()
