"""The detector's network: anchor-free; each cell answers for a plate (score, eight corner offsets, rows) and for a vehicle.

Channels are multiples of 16, which is what ONNX Runtime and oneDNN compute at once; at strides 2 and 4 a picture has so
many cells that there is nothing but the two convolutions that make them smaller.
"""
from typing import NamedTuple

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

PLATE_STRIDES = (8, 16, 32)
VEHICLE_STRIDES = (16, 32, 64)
_STRIDES = (8, 16, 32, 64)
_GAIN = 2.0                                                         # offsets are in units of twice the stride
_EXPECTED_PLATE = ((-2.0, -0.7), (2.0, -0.7), (2.0, 0.7), (-2.0, 0.7))      # what a cell expects, in strides around its centre
_EXPECTED_VEHICLE = ((-2.5, -2.5), (2.5, 2.5))
_RARE = -5.0                                                        # score bias at the start: hardly any cell holds a plate
_PLATE_COLUMNS, _VEHICLE_COLUMNS = 10, 5


class Maps(NamedTuple):
    """Raw answers, one map per stride: plates of 10 channels, vehicles of 5."""
    plates: list
    vehicles: list


class Convolution(nn.Sequential):
    """Convolution, batch norm and, unless told otherwise, ReLU."""

    def __init__(self, inputs, outputs, kernel=3, stride=1, relu=True):
        layers = [nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outputs, momentum=0.05, eps=1e-3)]
        super().__init__(*layers, *([nn.ReLU(inplace=True)] if relu else []))


class Residual(nn.Sequential):
    """Layers beside the identity."""

    def forward(self, x):
        return F.relu(x + super().forward(x))


class Joint(nn.Identity):
    """Where branches meet: a network in eight bits rounds what comes of it."""


class CrossStage(nn.Module):
    """Half of the channels go through `depth` convolutions (residual from the second on); a 1 x 1 mixes both halves."""

    def __init__(self, channels, depth):
        super().__init__()
        half = channels // 2
        self.straight, self.entry = Convolution(channels, half, 1), Convolution(channels, half, 1)
        self.first = Convolution(half, half)
        self.deeper = nn.ModuleList(Residual(Convolution(half, half), Convolution(half, half, relu=False)) for _ in range(depth - 1))
        self.joint = Joint()
        self.exit = Convolution(2 * half, channels, 1)

    def forward(self, x):
        y = self.first(self.entry(x))
        for block in self.deeper:
            y = block(y)
        return self.exit(self.joint(torch.cat((self.straight(x), y), 1)))


class Head(nn.Module):
    """One convolution for both questions, then a 1 x 1 for each that is asked at this stride."""

    def __init__(self, inputs, width, stride):
        super().__init__()
        self.shared = Convolution(inputs, width)
        self.plates = _answers(width, _PLATE_COLUMNS) if stride in PLATE_STRIDES else None
        self.vehicles = _answers(width, _VEHICLE_COLUMNS) if stride in VEHICLE_STRIDES else None

    def forward(self, level, maps):
        level = self.shared(level)
        if self.plates is not None:
            maps.plates.append(self.plates(level))
        if self.vehicles is not None:
            maps.vehicles.append(self.vehicles(level))


class Detector(nn.Module):
    """n x 3 x h x w in 0..1, RGB, both sides multiples of 64 -> `Maps`. 0.62 GMAC at 384 x 640."""

    def __init__(self, channels=(16, 32, 64, 96, 128), depths=(0, 2, 2, 2), pyramid=32, heads=(32, 64, 64, 64)):
        super().__init__()
        self.stem = Convolution(3, channels[0], stride=2)
        self.stages = nn.ModuleList(_stage(channels[k], channels[k + 1], depths[k]) for k in range(4))
        self.coarsest = Convolution(channels[4], channels[4], stride=2)
        self.lateral = nn.ModuleList(Convolution(c, pyramid, 1) for c in (*channels[2:], channels[4]))
        self.joints = nn.ModuleList(Joint() for _ in _STRIDES[:-1])
        self.merge = nn.ModuleList(Convolution(pyramid, pyramid) for _ in _STRIDES[:-1])
        self.heads = nn.ModuleList(Head(pyramid, width, stride) for width, stride in zip(heads, _STRIDES))

    def forward(self, x):
        levels = self._levels(x)
        for k in reversed(range(len(self.merge))):                  # from coarse to fine: what a cell sees around itself
            levels[k] = self.merge[k](self.joints[k](levels[k] + F.interpolate(levels[k + 1], scale_factor=2.0, mode='nearest')))
        maps = Maps([], [])
        for head, level in zip(self.heads, levels):
            head(level, maps)
        return maps

    def _levels(self, x):
        x, levels = self.stem(x), []
        for stage in self.stages:
            x = stage(x)
            levels.append(x)
        levels = levels[1:] + [self.coarsest(x)]
        return [lateral(level) for lateral, level in zip(self.lateral, levels)]


def _stage(inputs, outputs, depth):
    return nn.Sequential(Convolution(inputs, outputs, stride=2), *([CrossStage(outputs, depth)] if depth else []))


def _answers(inputs, columns):
    layer = nn.Conv2d(inputs, columns, 1)
    nn.init.normal_(layer.weight, 0, 0.01)
    nn.init.zeros_(layer.bias)
    layer.bias.data[0] = _RARE
    return layer


def plates_of(maps):
    """-> corners (n x cells x 8, input pixels), score logits and two-row logits (n x cells)."""
    rows = _placed(maps.plates, PLATE_STRIDES, _EXPECTED_PLATE)
    return rows[..., 1:9], rows[..., 0], rows[..., 9]


def vehicles_of(maps):
    """-> boxes (n x cells x 4: left, top, right, bottom in input pixels), score logits (n x cells)."""
    rows = _placed(maps.vehicles, VEHICLE_STRIDES, _EXPECTED_VEHICLE)
    return rows[..., 1:5], rows[..., 0]


def _placed(maps, strides, expected):
    """n x cells x columns: offsets turned into input pixels, the other columns as they are."""
    points, rows = len(expected), []
    for cells, stride in zip(maps, strides):
        n, columns, h, w = (int(side) for side in cells.shape)      # plain numbers also while an export traces
        cells = cells.float().permute(0, 2, 3, 1).reshape(n, h * w, columns)
        at = torch.from_numpy(_expected(h, w, stride, expected)).to(cells.device)
        placed = at + cells[..., 1:1 + 2 * points] * (_GAIN * stride)
        rows.append(torch.cat((cells[..., :1], placed, cells[..., 1 + 2 * points:]), 2))
    return torch.cat(rows, 1)


def _expected(h, w, stride, points):
    """What every cell expects, 1 x cells x 2 points; numpy, so that an export holds it as a constant."""
    y, x = (axis.reshape(-1, 1) for axis in np.mgrid[:h, :w])
    centres = np.hstack([(x + 0.5) * stride, (y + 0.5) * stride] * len(points))
    return (centres + np.array(points).reshape(1, -1) * stride).astype(np.float32)[None]
