"""Which cells answer for which plate and which vehicle."""
import math
from dataclasses import dataclass

import numpy as np

from .labels import IGNORED
from .net import PLATE_STRIDES, VEHICLE_STRIDES

# Sizes in pixels that each level answers for; where two overlap, both do. Of plates the width, of vehicles the root of the area.
_PLATE_SIZES = ((0, 72), (40, 168), (112, math.inf))
_VEHICLE_SIZES = ((0, 104), (72, 224), (160, math.inf))
_PLATE_CORE = (0.3, 0.5)        # half of the part, along x and y, whose cells get no loss where they are not the chosen ones
_VEHICLE_CORE = (0.25, 0.25)


@dataclass(frozen=True)
class Targets:
    """Per batch: the thing each cell answers for (-1: none), cells without loss, and the label rows of the things."""
    owner: np.ndarray           # n x cells
    silent: np.ndarray          # n x cells, bool
    things: np.ndarray          # things x columns of a label row, its kind left out


def assign_plates(labels, side):
    """`labels`: n x rows x 10 of square pictures of `side` pixels (see `Labels.rows`)."""
    quads = labels[..., :8].reshape(*labels.shape[:2], 4, 2)
    widths = (np.linalg.norm(quads[..., 1, :] - quads[..., 0, :], axis=-1) + np.linalg.norm(quads[..., 2, :] - quads[..., 3, :], axis=-1)) / 2
    return _assign(labels, quads.min(2), quads.max(2), widths, side, tuple(zip(PLATE_STRIDES, _PLATE_SIZES)), _PLATE_CORE)


def assign_vehicles(labels, side):
    """`labels`: n x rows x 5."""
    low, high = labels[..., :2], labels[..., 2:4]
    return _assign(labels, low, high, np.sqrt((high - low).prod(-1)), side, tuple(zip(VEHICLE_STRIDES, _VEHICLE_SIZES)), _VEHICLE_CORE)


def _assign(labels, low, high, sizes, side, levels, core):
    """Up to 3 x 3 cells around a thing's centre answer for it.

    Other cells near its middle, and all cells on something that may or may not count, get no loss.
    """
    cells = sum((side // stride) ** 2 for stride, _ in levels)
    owner, silent = np.full((len(labels), cells), -1, np.int64), np.zeros((len(labels), cells), bool)
    things = []
    for picture, rows in enumerate(labels):
        maps = list(_maps(owner[picture], silent[picture], side, levels))
        for k in np.argsort(-sizes[picture]):       # small ones last: where two claim a cell, the smaller keeps it
            box = low[picture, k], high[picture, k]
            if rows[k, -1] == IGNORED:
                for _, quiet, stride, _ in maps:
                    _window(quiet, *box, stride)[...] = True
            elif rows[k, -1]:
                for own, quiet, stride, (least, most) in maps:
                    _claim(own, quiet, *box, sizes[picture, k], stride, least, most, core, len(things))
                things.append(rows[k, :-1])
    return Targets(owner, silent, np.array(things, np.float32).reshape(-1, labels.shape[2] - 1))


def _maps(owner, silent, side, levels):
    start = 0
    for stride, sizes in levels:
        n = side // stride
        shape = slice(start, start + n * n)
        yield owner[shape].reshape(n, n), silent[shape].reshape(n, n), stride, sizes
        start += n * n


def _claim(own, quiet, low, high, size, stride, least, most, core, thing):
    centre, extent = (low + high) / 2, high - low
    if least <= size < most:
        reach = np.clip(0.35 * extent, 0.51 * stride, 1.5 * stride)
        first = np.maximum(np.ceil((centre - reach) / stride - 0.5), 0).astype(int)
        last = np.minimum(np.floor((centre + reach) / stride - 0.5), len(own) - 1).astype(int)
        own[first[1]:last[1] + 1, first[0]:last[0] + 1] = thing
    if 0.7 * least <= size < 1.4 * most:
        half = extent * np.array(core)
        _window(quiet, centre - half, centre + half, stride)[...] = True


def _window(cells, low, high, stride):
    first = np.maximum(low / stride, 0).astype(int)
    last = np.minimum(high / stride, len(cells) - 1).astype(int)
    return cells[first[1]:max(first[1], last[1] + 1), first[0]:max(first[0], last[0] + 1)]
