#!/usr/bin/python3
"""Seconds for one epoch of the lecture's autoencoder in PyTorch, the second of two: the peer of AutoencoderEpoch."""
import gzip
import os
import struct
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


class Autoencoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.down1, self.down2, self.code = nn.Conv2d(1, 32, 3, 2), nn.Conv2d(32, 64, 3, 2), nn.Conv2d(64, 2, 7)
        self.up1 = nn.ConvTranspose2d(2, 64, 7)
        self.up2 = nn.ConvTranspose2d(64, 32, 3, 2)
        self.up3 = nn.ConvTranspose2d(32, 1, 7, 2, padding=2)

    def forward(self, x):
        same = (0, 1, 0, 1)  # Keras's SAME for an even size, kernel 3 and stride 2.
        x = F.relu(self.down2(F.pad(F.relu(self.down1(F.pad(x, same))), same)))
        x = F.relu(self.up1(self.code(x)))
        x = F.relu(self.up2(x)[:, :, :14, :14])
        return self.up3(x)[:, :, :28, :28]


def main(path):
    torch.set_num_threads(os.cpu_count())  # Debian's build takes one by default.
    torch.manual_seed(1)
    with gzip.open(path) as file:
        _, count, height, width = struct.unpack(">4i", file.read(16))
        images = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8).reshape(count, 1, height, width).float() / 255
    network = Autoencoder()
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3, eps=1e-7)
    seconds = 0.0
    for _ in range(2):
        start = time.perf_counter()
        for batch in torch.randperm(count).split(128):
            x = images[batch]
            optimizer.zero_grad()
            loss = F.mse_loss(network(x), x)
            loss.backward()
            optimizer.step()
            loss.item()
        seconds = time.perf_counter() - start
    print(f"{seconds:.2f}")


if __name__ == "__main__":
    main(sys.argv[1])
