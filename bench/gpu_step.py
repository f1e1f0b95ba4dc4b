#!/usr/bin/env python3
"""Milliseconds of a bare training step of the U-Net over ResNet-18 in PyTorch on a GPU, on one random batch that is there already.
The peer of DeviceStep unet-resnet18, with the same layers, sizes, loss (cross-entropy plus soft Dice) and optimiser. TF32 is on
for convolutions, as it is by default.

Usage: gpu_step.py [BATCH ...]
"""
import sys
import time

import torch
import torchvision
from torch import nn
from torch.nn import functional as F

CLASSES, ROWS, COLUMNS, WARM_UP, STEPS = 11, 352, 448, 8, 40
WIDTHS = [64, 64, 128, 256, 512]


def conv(before, after, size):
    return nn.Sequential(
        nn.Conv2d(before, after, size, padding=size // 2, bias=False), nn.BatchNorm2d(after), nn.ReLU(inplace=True))


class UpStep(nn.Module):
    """Halves the channels, doubles the size, joins the encoder's map of that size."""

    def __init__(self, deep, shallow):
        super().__init__()
        self.narrow, self.merge = conv(deep, shallow, 1), conv(2 * shallow, shallow, 3)

    def forward(self, deep, shallow):
        up = F.interpolate(self.narrow(deep), scale_factor=2, mode="bilinear", align_corners=False)
        return self.merge(torch.cat((up, shallow), dim=1))


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        encoder = torchvision.models.resnet18(weights=None)
        self.stages = nn.ModuleList([
            nn.Sequential(encoder.conv1, encoder.bn1, encoder.relu),
            nn.Sequential(encoder.maxpool, encoder.layer1),
            encoder.layer2, encoder.layer3, encoder.layer4,
        ])
        self.ups = nn.ModuleList([UpStep(deep, shallow) for shallow, deep in zip(WIDTHS, WIDTHS[1:])])
        self.score = nn.Conv2d(WIDTHS[0], CLASSES, 1)

    def forward(self, image):
        maps = [image]
        for stage in self.stages:
            maps.append(stage(maps[-1]))
        x = maps.pop()
        for up, skip in zip(reversed(self.ups), reversed(maps[1:])):
            x = up(x, skip)
        return F.interpolate(self.score(x), scale_factor=2, mode="bilinear", align_corners=False)


def loss_of(logits, labels):
    logits = logits.float()
    probabilities = logits.softmax(dim=1)
    truth = torch.zeros_like(probabilities).scatter_(1, labels.unsqueeze(1), 1)
    overlap, total = (probabilities * truth).sum((0, 2, 3)), probabilities.sum((0, 2, 3)) + truth.sum((0, 2, 3))
    return F.cross_entropy(logits, labels) + 1 - ((2 * overlap + 1) / (total + 1)).mean()


def measure(batch, bf16):
    network = Network().cuda().to(memory_format=torch.channels_last)
    adam = torch.optim.Adam(network.parameters(), fused=True)
    images = torch.rand(batch, 3, ROWS, COLUMNS, device="cuda").contiguous(memory_format=torch.channels_last)
    labels = torch.randint(CLASSES, (batch, ROWS, COLUMNS), device="cuda")
    for step in range(WARM_UP + STEPS):
        if step == WARM_UP:
            torch.cuda.synchronize()
            start = time.perf_counter()
        with torch.autocast("cuda", torch.bfloat16, enabled=bf16):
            logits = network(images)
        adam.zero_grad()
        loss_of(logits, labels).backward()
        adam.step()
    torch.cuda.synchronize()
    seconds = (time.perf_counter() - start) / STEPS
    print(f"PyTorch {torch.__version__}, {torch.cuda.get_device_name()}: batch {batch} {'bf16' if bf16 else 'fp32'}: "
          f"{seconds * 1000:.2f} ms, {batch / seconds:.0f} images/s", flush=True)


for batch in map(int, sys.argv[1:] or ("8", "32")):
    for bf16 in (False, True):
        measure(batch, bf16)
