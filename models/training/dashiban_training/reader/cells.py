"""Where the seven characters stand in a real crop, and how much ink covers each pixel of them.

Archives cut plates to the frame, to the characters or anywhere between, so the place is found by the gaps: a plate of
GA 36 has six of known widths, and rows above and below without ink.
"""
from dataclasses import dataclass

import cv2
import numpy as np

from ..plates.layouts import LAYOUTS

_LAYOUT = LAYOUTS['single']
_LEFT = np.array([x for x, _, _, _ in _LAYOUT.boxes])                   # mm
_MIDDLE, _RIGHT = _LEFT + 22.5, _LEFT + 45
# Without ink, 2 mm from the next stroke: before the province, between neighbours, on both sides of the dot, behind the last.
_GAPS = ([(9.5, 13.5)] + [(a + 2, b - 2) for a, b in zip(_RIGHT, _LEFT[1:]) if b - a < 20]
         + [(_RIGHT[1] + 2, _RIGHT[1] + 10), (_LEFT[2] - 10, _LEFT[2] - 2)] + [(_RIGHT[-1] + 2, _RIGHT[-1] + 6)])
_HALF_CELL = 27.5               # mm from a character's middle to the edge of its cell, which lies in the gap of 12 mm
# Where plates are sought in a crop of width 1: from a seventh of it beside the plate to a cut into the outer strokes, the middle
# within 4.5 % of the crop's: half a character further off, the next character is taken for the first.
_WIDTHS, _OFF_MIDDLE = np.linspace(0.86, 1.10, 33), np.linspace(-0.045, 0.045, 17)
_INK_IN_GAPS = 0.50             # of that in characters, at most, in any gap: slanted, stained and blurred plates have more
_BEYOND = 40                    # pixels that a stand may reach out of a crop
_INK_SHARE = 0.08               # of a cell: the ink of a 1 is a little more
_GROUND = (0.10, 0.45)          # quantiles of a cell, from least ink on, that are ground for sure


@dataclass(frozen=True)
class Stand:
    """Offset and pixels per millimetre along the plate, top and bottom of the characters in pixels."""
    offset: float
    scale: float
    top: float
    bottom: float

    def cell(self, k):
        """x0, y0, x1, y1 of the k-th character's cell; a tenth of the height above and below belongs to it."""
        middle, beyond = self.offset + self.scale * _MIDDLE[k], 0.08 * (self.bottom - self.top)
        half = self.scale * _HALF_CELL
        return np.array((middle - half, self.top - beyond, middle + half, self.bottom + beyond), np.float32)


def drawn_stand(shape):
    """Of a drawn plate, which is the layout itself."""
    scale = shape[1] / _LAYOUT.width
    return Stand(0.0, scale, _LAYOUT.boxes[0][1] * scale, (_LAYOUT.boxes[0][1] + _LAYOUT.boxes[0][3]) * scale)


def find_stand(picture, dark_ink):
    """-> where the characters stand, or None where the gaps cannot be seen."""
    ink = _inkiness(picture, dark_ink)
    height = len(ink)
    columns = ink[round(0.25 * height):round(0.75 * height)].mean(0)
    widths, middles = (grid.ravel() * ink.shape[1] for grid in np.meshgrid(_WIDTHS, 0.5 + _OFF_MIDDLE))
    offsets, scales = middles - widths / 2, widths / _LAYOUT.width
    left, right = (offsets[:, None] + scales[:, None] * edge for edge in (_LEFT, _RIGHT))
    inside = _mean_between(columns, left, right)
    gaps = np.stack([_mean_between(columns, offsets + scales * start, offsets + scales * end) for start, end in _GAPS], 1)
    score = inside.mean(1) - gaps.mean(1)
    best = int(score.argmax())
    if gaps[best, 1:-1].max() > _INK_IN_GAPS * inside[best].mean():
        return None
    rows = ink[:, max(0, int(left[best, 0])):int(right[best, -1]) + 1].mean(1)
    return Stand(float(offsets[best]), float(scales[best]), *_top_and_bottom(rows))


def _inkiness(picture, dark_ink):
    """0 for the ground, about 1 for ink."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.float32)
    grey = -grey if dark_ink else grey
    low, high = np.quantile(grey, (0.30, 0.92))
    return np.clip((grey - low) / max(high - low, 1), 0, 1)


def _mean_between(profile, start, end):
    """Means of a profile over intervals; what lies beyond its ends is as empty as its emptiest fifth."""
    beyond = np.full(_BEYOND, np.quantile(profile, 0.2), np.float32)
    sums = np.concatenate([[0], np.cumsum(np.concatenate([beyond, profile, beyond]))])
    positions = np.arange(len(sums)) - _BEYOND
    return (np.interp(end, positions, sums) - np.interp(start, positions, sums)) / (end - start)


def _top_and_bottom(rows):
    """The band of characters: 58 to 100 % of the crop's height, with the emptiest rows beside it."""
    height = len(rows)
    best = max(((rows[top:bottom].mean() - np.mean([rows[max(0, top - 2):top].mean() if top else 0.3 * rows.mean(),
                                                     rows[bottom:bottom + 2].mean() if bottom < height else 0.3 * rows.mean()]), top, bottom)
                for top in range(0, height // 3) for bottom in range(max(2 * height // 3, top + round(0.58 * height)), height + 1)))
    return float(best[1]), float(best[2])


def patch(picture, box, size):
    """A box of a picture at `size` = (w, h)."""
    onto = cv2.getAffineTransform(box[[0, 1, 2, 1, 0, 3]].reshape(3, 2), np.array([[0, 0], [size[0], 0], [0, size[1]]], np.float32))
    return cv2.warpAffine(picture, onto, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def paints(cell, dark_ink):
    """A cell's ground and ink, BGR floats."""
    pixels = cell.reshape(-1, 3).astype(np.float32)
    grey = pixels.sum(1)
    order = pixels[np.argsort(-grey if dark_ink else grey)]
    n = len(order)
    return order[int(_GROUND[0] * n):int(_GROUND[1] * n)].mean(0), order[int((1 - _INK_SHARE) * n):].mean(0)


def cover(cell, dark_ink):
    """How much of each pixel is ink: its place on the way from the cell's ground to its ink."""
    ground, ink = paints(cell, dark_ink)
    way = ink - ground
    return np.clip((cell.astype(np.float32) - ground) @ way / max(float(way @ way), 1.0), -0.2, 1.2)
