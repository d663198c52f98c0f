"""Which cells answer for which plate."""
import math
from dataclasses import dataclass

import numpy as np

from .net import STRIDES

# Plate widths in pixels that each level answers for; where two overlap, both do.
_WIDTHS = ((0, 72), (40, 168), (112, math.inf))
PLATE, IGNORED = 1, 2           # kinds of a label row; 0: empty


@dataclass(frozen=True)
class Targets:
    """Per batch: the plate each cell answers for (-1: none), cells without loss, and the plates themselves."""
    owner: np.ndarray           # n x cells
    silent: np.ndarray          # n x cells, bool
    corners: np.ndarray         # plates x 8
    double: np.ndarray          # plates
    width: np.ndarray           # plates


def assign(labels, side):
    """`labels`: n x rows x 10 (eight corner coordinates, two-row flag, kind) of square pictures of `side` pixels.

    Up to 3 x 3 cells around a plate's centre answer for it. Other cells on a plate, and cells on something that may or
    may not count (too small, cut off), get no loss.
    """
    cells = sum((side // stride) ** 2 for stride in STRIDES)
    owner, silent = np.full((len(labels), cells), -1, np.int64), np.zeros((len(labels), cells), bool)
    plates = []
    for picture, rows in enumerate(labels):
        rows = rows[rows[:, 9] > 0]
        widths = _widths(rows[:, :8].reshape(-1, 4, 2))
        for k in np.argsort(-widths):       # small plates last: where two claim a cell, the smaller keeps it
            low, high = rows[k, :8].reshape(4, 2).min(0), rows[k, :8].reshape(4, 2).max(0)
            levels = list(_levels(owner[picture], silent[picture], side))
            if rows[k, 9] == IGNORED:
                for _, quiet, stride, _ in levels:
                    _window(quiet, low, high, stride)[...] = True
                continue
            for own, quiet, stride, (narrow, wide) in levels:
                _claim(own, quiet, low, high, widths[k], stride, narrow, wide, len(plates))
            plates.append((rows[k, :8], rows[k, 8], widths[k]))
    corners, double, width = (np.array(column, np.float32) for column in zip(*plates)) if plates else (np.zeros((0, 8), np.float32),) * 3
    return Targets(owner, silent, corners, double, width)


def _widths(quads):
    return (np.linalg.norm(quads[:, 1] - quads[:, 0], axis=1) + np.linalg.norm(quads[:, 2] - quads[:, 3], axis=1)) / 2


def _levels(owner, silent, side):
    start = 0
    for stride, widths in zip(STRIDES, _WIDTHS):
        n = side // stride
        shape = slice(start, start + n * n)
        yield owner[shape].reshape(n, n), silent[shape].reshape(n, n), stride, widths
        start += n * n


def _claim(own, quiet, low, high, width, stride, narrow, wide, plate):
    centre, size = (low + high) / 2, high - low
    if narrow <= width < wide:
        reach = np.clip(0.35 * size, 0.51 * stride, 1.5 * stride)
        first = np.maximum(np.ceil((centre - reach) / stride - 0.5), 0).astype(int)
        last = np.minimum(np.floor((centre + reach) / stride - 0.5), len(own) - 1).astype(int)
        own[first[1]:last[1] + 1, first[0]:last[0] + 1] = plate
    if 0.7 * narrow <= width < 1.4 * wide:
        half = size * np.array((0.3, 0.5))
        _window(quiet, centre - half, centre + half, stride)[...] = True


def _window(cells, low, high, stride):
    first = np.maximum(low / stride, 0).astype(int)
    last = np.minimum(high / stride, len(cells) - 1).astype(int)
    return cells[first[1]:max(first[1], last[1] + 1), first[0]:max(first[0], last[0] + 1)]
