"""The detector's network: anchor-free, three levels; each cell gives a score, eight corner offsets and a two-row flag."""
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

STRIDES = (8, 16, 32)
_GAIN = 2.0                                                         # corner offsets are in units of twice the stride
_PRIOR = ((-2.0, -0.7), (2.0, -0.7), (2.0, 0.7), (-2.0, 0.7))       # the plate a cell expects, in strides around its centre
_RARE = -5.0                                                        # score bias at the start: hardly any cell holds a plate


class Convolution(nn.Sequential):
    """Convolution, batch norm and, unless told otherwise, ReLU."""

    def __init__(self, inputs, outputs, kernel=3, stride=1, relu=True):
        layers = [nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outputs, momentum=0.05, eps=1e-3)]
        super().__init__(*layers, *([nn.ReLU(inplace=True)] if relu else []))


class CrossStage(nn.Module):
    """Half of the channels go through `depth` convolutions (residual from the second on); a 1 x 1 mixes both halves."""

    def __init__(self, channels, depth):
        super().__init__()
        half = channels // 2
        self.straight, self.entry = Convolution(channels, half, 1), Convolution(channels, half, 1)
        self.first = Convolution(half, half)
        self.deeper = nn.ModuleList(nn.Sequential(Convolution(half, half), Convolution(half, half, relu=False)) for _ in range(depth - 1))
        self.exit = Convolution(2 * half, channels, 1)

    def forward(self, x):
        y = self.first(self.entry(x))
        for block in self.deeper:
            y = F.relu(y + block(y))
        return self.exit(torch.cat((self.straight(x), y), 1))


class Detector(nn.Module):
    """n x 3 x h x w in 0..1, RGB, both sides multiples of 32 -> one map of 10 channels per stride. 0.58 GMAC at 384 x 640."""

    def __init__(self, channels=(16, 24, 48, 80, 112), depths=(1, 2, 2, 1), pyramid=40):
        super().__init__()
        self.stem = Convolution(3, channels[0], stride=2)
        self.stages = nn.ModuleList(
            nn.Sequential(Convolution(channels[k], channels[k + 1], stride=2), CrossStage(channels[k + 1], depths[k])) for k in range(4))
        self.lateral = nn.ModuleList(Convolution(c, pyramid, 1) for c in channels[2:])
        self.merge = nn.ModuleList(Convolution(2 * pyramid, pyramid) for _ in range(2))
        self.heads = nn.ModuleList(nn.Sequential(Convolution(pyramid, pyramid), nn.Conv2d(pyramid, 10, 1)) for _ in STRIDES)
        for head in self.heads:
            nn.init.normal_(head[1].weight, 0, 0.01)
            nn.init.zeros_(head[1].bias)
            head[1].bias.data[0] = _RARE

    def forward(self, x):
        fine, middle, coarse = self._levels(x)
        middle = self.merge[1](torch.cat((middle, _doubled(coarse)), 1))
        fine = self.merge[0](torch.cat((fine, _doubled(middle)), 1))
        return [head(level) for head, level in zip(self.heads, (fine, middle, coarse))]

    def _levels(self, x):
        x = self.stem(x)
        levels = []
        for stage in self.stages:
            x = stage(x)
            levels.append(x)
        return [lateral(level) for lateral, level in zip(self.lateral, levels[1:])]


def _doubled(x):
    return F.interpolate(x, scale_factor=2.0, mode='nearest')


def decoded(maps):
    """-> corners (n x cells x 8, input pixels), score logits and two-row logits (n x cells)."""
    corners, scores, doubles = [], [], []
    for cells, stride in zip(maps, STRIDES):
        n, h, w = cells.shape[0], int(cells.shape[2]), int(cells.shape[3])     # plain numbers also while an export traces
        expected = torch.from_numpy(_expected(h, w, stride)).to(cells.device)
        cells = cells.float().permute(0, 2, 3, 1).reshape(n, h * w, 10)
        scores.append(cells[..., 0])
        doubles.append(cells[..., 9])
        corners.append(expected + cells[..., 1:9] * (_GAIN * stride))
    return torch.cat(corners, 1), torch.cat(scores, 1), torch.cat(doubles, 1)


def _expected(h, w, stride):
    """The prior plate of every cell, 1 x cells x 8; numpy, so that an export holds it as a constant."""
    y, x = (axis.reshape(-1, 1) for axis in np.mgrid[:h, :w])
    centres = np.hstack([(x + 0.5) * stride, (y + 0.5) * stride] * 4)
    return (centres + np.array(_PRIOR).reshape(1, 8) * stride).astype(np.float32)[None]
