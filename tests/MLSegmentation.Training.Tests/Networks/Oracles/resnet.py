"""Writes resnet.json: what a plain PyTorch ResNet computes, for ResNetEncoderTest.  python3 resnet.py > resnet.json

The network is torchvision's (torchvision/models/resnet.py: BasicBlock, without fc), written again, with its names. The weights and
images come from a hash that the test computes too, so that the file holds only names, shapes and a few values of each feature map.
"""
import json
import math

import numpy as np
import torch
from torch import nn

SAMPLES = 16


def noise(count, seed):
    """Values in -1 to 1: an integer hash of the index, the same in C#."""
    h = np.arange(count, dtype=np.uint32) + np.uint32(seed * 1_000_003 % 2**32)
    h = (h ^ (h >> np.uint32(16))) * np.uint32(0x45D9F3B)
    h = (h ^ (h >> np.uint32(16))) * np.uint32(0x45D9F3B)
    h = h ^ (h >> np.uint32(16))
    return (h.astype(np.float64) / 2**31 - 1).astype(np.float32)


class BasicBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.downsample = None
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
        return torch.relu(y + (x if self.downsample is None else self.downsample(x)))


class ResNet(nn.Module):
    def __init__(self, blocks):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        inputs = 64
        for stage, count in enumerate(blocks):
            outputs = 64 << stage
            layers = []
            for i in range(count):
                layers.append(BasicBlock(inputs, outputs, 2 if stage > 0 and i == 0 else 1))
                inputs = outputs
            self.add_module(f"layer{stage + 1}", nn.Sequential(*layers))

    def forward(self, image):
        x = (image / 255 - torch.tensor([0.485, 0.456, 0.406]).view(3, 1, 1)) / torch.tensor([0.229, 0.224, 0.225]).view(3, 1, 1)
        x = torch.relu(self.bn1(self.conv1(x)))
        features = [x]
        x = self.maxpool(x)
        for layer in [self.layer1, self.layer2, self.layer3, self.layer4]:
            x = layer(x)
            features.append(x)
        return features


def fill(network):
    weights = [(name, value) for name, value in network.state_dict().items() if not name.endswith("num_batches_tracked")]
    for seed, (name, value) in enumerate(weights):
        values = noise(value.numel(), seed)
        if value.dim() == 4:
            values = values * np.float32(math.sqrt(6 / (value.numel() / value.shape[0])))
        elif name.endswith(("weight", "running_var")):
            values = 1 + np.float32(0.2) * values
        else:
            values = np.float32(0.2) * values
        value.copy_(torch.from_numpy(values).view_as(value))
    return weights


def describe(features):
    result = []
    for feature in features:
        flat = feature.flatten()
        places = [i * (len(flat) - 1) // (SAMPLES - 1) for i in range(SAMPLES)]
        result.append({"shape": list(feature.shape), "mean": flat.mean().item(), "samples": [flat[i].item() for i in places]})
    return result


cases = []
with torch.no_grad():
    for depth, blocks in [(18, [2, 2, 2, 2]), (34, [3, 4, 6, 3])]:
        network = ResNet(blocks).eval()
        weights = fill(network)
        for height, width in [(64, 96), (65, 97)]:
            image = torch.from_numpy((noise(3 * height * width, 999) + 1) * np.float32(127.5)).view(1, 3, height, width)
            cases.append({
                "depth": depth, "height": height, "width": width,
                "weights": [[name, list(value.shape)] for name, value in weights],
                "features": describe(network(image)),
            })
print(json.dumps(cases, separators=(",", ":")))
