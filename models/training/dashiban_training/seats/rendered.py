"""Pictures of checkpoint roads with known vehicles, from the project's own renderer: `dashiban road views --out DIR --count N --seed S`."""
from dataclasses import dataclass

import cv2
import numpy as np

from ..corpus import read_picture
from ..rendered_views import box_of, corners_of, read_views
from .framing import plate_of_box
from .patches import LARGE, PATCH, SMALL, patch_of
from .vehicles import narrowed

_LEAST_SEEN = 0.30              # share of the body in view; less of it is a matter of the plate alone
_LEAST_SEEN_BOXED = 0.5         # of a vehicle whose plate is not read
_LEAST_PLATE = 9                # pixels; smaller ones no detector finds
_BOXED_SHARE = 0.3              # of the vehicles once more as if no plate had been found
_GROUNDS = 3_000
_SIZES = {'blue': SMALL, 'green': SMALL, 'yellow': LARGE, 'yellow_green': LARGE}
_VAN_BODIES = ('microvan', 'highroofvan', 'compactmpv')


def load_views(folders, dice):
    """-> (patches of all vehicles in the folders, ground without vehicles)."""
    patches, grounds = [], []
    for folder in folders:
        for path, rows in read_views(folder):
            picture, rows = read_picture(path), [_row(row) for row in rows]
            for row in rows:
                patches += _patches(picture, row, dice)
            if len(grounds) < _GROUNDS:
                grounds.append(_ground(picture, [row.box for row in rows], dice))
    return patches, grounds


@dataclass(frozen=True)
class ViewRow:
    """One vehicle of a view. `box`: left, top, right, bottom of the body, not cut at the picture's edges; `corners`: 4 x 2, None where no plate is seen."""
    box: tuple
    label: str
    seen: float
    plate: str
    corners: np.ndarray


def _row(row):
    bears_seen_plate = row['plate_visible'] == '1'
    plate = _SIZES.get(row['plate_colour'], '') if bears_seen_plate else ''
    return ViewRow(box_of(row), _label(row, plate), float(row['visible']), plate,
                   corners_of(row) if bears_seen_plate else None)


def _label(row, plate):
    """What can be told from outside: no panelled side from the front, and no seats of a high-roof van without its plate."""
    label, kind = row['seat_class'], row['kind'].replace('_', '')
    if kind in _VAN_BODIES and label == 'other' and row['end'] == 'front':
        return narrowed('other|van_7_9|minibus_10_19', plate)
    return 'van_7_9|minibus_10_19' if kind == 'highroofvan' and label != 'other' and not plate else label


def _patches(picture, row, dice):
    """The vehicle as its plate frames it and, now and then, as its box does."""
    patches = []
    if row.corners is not None and row.seen >= _LEAST_SEEN:
        width = plate_width(row.corners)
        if width >= _LEAST_PLATE:
            patches.append(patch_of(picture, row.corners.mean(0), width, row.label, row.plate, 'rendered'))
    if row.seen >= _LEAST_SEEN_BOXED and dice.chance(_BOXED_SHARE):
        centre, width = plate_of_box(_in_picture(row.box, picture))
        patches.append(patch_of(picture, centre, width * dice.uniform(0.93, 1.07), row.label, row.plate, 'rendered'))
    return patches


def plate_width(corners):
    """The longer of the upper and lower edge, in pixels, as the live code measures it."""
    return float(max(np.linalg.norm(corners[1] - corners[0]), np.linalg.norm(corners[2] - corners[3])))


def _in_picture(box, picture):
    height, width = picture.shape[:2]
    return max(box[0], 0), max(box[1], 0), min(box[2], width), min(box[3], height)


def _ground(picture, boxes, dice):
    """The window of a few that shows least of the vehicles, PATCH x PATCH."""
    height, width = picture.shape[:2]
    windows = []
    for _ in range(6):
        side = dice.uniform(100, height)
        left, top = dice.uniform(0, width - side), dice.uniform(0, height - side)
        windows.append((left, top, left + side, top + side))
    left, top, right, bottom = (int(edge) for edge in min(windows, key=lambda window: sum(_common(window, box) for box in boxes)))
    return cv2.resize(picture[top:bottom, left:right], (PATCH, PATCH), interpolation=cv2.INTER_AREA)


def _common(a, b):
    return max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1])) / (a[2] - a[0]) ** 2
