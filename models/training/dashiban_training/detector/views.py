"""Windows of rendered roads (`dashiban road views`): every vehicle and plate in them is known to the pixel."""
from dataclasses import dataclass

import cv2
import numpy as np

from ..corpus import read_picture
from ..rendered_views import box_of, corners_of, read_views
from .composition import LETTERBOX
from .labels import WINDOW, Labels
from .mounting import brightness, mount

_PLATE_WIDTHS = (12, 260)           # pixels: from what the second look can still read to a toll lane's close-up
_SCALES = (0.4, 3.0)                # the second look enlarges three times at most
_EMPTY_SHARE = 0.1                  # windows at any place and scale, with or without a vehicle
_OTHER_PLATE = 0.4                  # plates replaced by one of ours: more wear, real crops, rarer kinds


@dataclass(frozen=True)
class Vehicle:
    """`box`: low and high corner, unclipped; `seen`: share in the frame and not hidden; `quad`: the plate's corners or None."""
    box: np.ndarray
    seen: float
    quad: np.ndarray
    double: bool
    shows_plate: bool           # whole, in front of everything, not edge-on


class RoadViews:
    """Folders with pictures and a views.csv each, as `dashiban road views` writes them."""

    def __init__(self, folders, rack, side=WINDOW):
        self._rack, self._side, self._views = rack, side, []
        for folder in folders:
            self._views.extend((path, [_vehicle(row) for row in rows]) for path, rows in read_views(folder))

    def __len__(self):
        return len(self._views)

    def scene(self, dice):
        """-> `side` x `side` float BGR, `Labels`."""
        path, vehicles = dice.pick(self._views)
        source = read_picture(path)
        frame = np.array(source.shape[1::-1], np.float32)
        scale, shift = _window(vehicles, frame, self._side, dice)
        picture, labels = _cut(source, scale, shift, self._side, dice), Labels(self._side)
        for vehicle in vehicles:
            low, high = (np.clip(corner, 0, frame) * scale + shift for corner in vehicle.box)
            labels.vehicle(low, high, vehicle.seen)
            if vehicle.shows_plate:
                self._plate(picture, vehicle.quad * scale + shift, vehicle.double, labels, dice)
            elif vehicle.quad is not None:
                labels.ignore_plate(vehicle.quad * scale + shift)
        return picture, labels

    def _plate(self, picture, quad, double, labels, dice):
        labels.plate(quad, double)
        level = brightness(picture, quad) if dice.chance(_OTHER_PLATE) else None
        if level is not None:
            flat = self._rack.pick(dice, double)
            mount(picture, flat.picture, quad.astype(np.float32), level / max(40.0, np.percentile(flat.picture, 80)), dice)


def _window(vehicles, frame, side, dice):
    """-> scale, and the shift of the scaled picture: some plate at a size drawn for it, or anything anywhere."""
    plates = [v.quad for v in vehicles if v.shows_plate]
    if plates and not dice.chance(_EMPTY_SHARE):
        quad = dice.pick(plates)
        scale = float(np.clip(dice.scale(*_PLATE_WIDTHS) / np.linalg.norm(quad[1] - quad[0]), *_SCALES))
        return scale, np.array([side * dice.uniform(0.12, 0.88) for _ in range(2)]) - quad.mean(0) * scale
    scale = dice.scale(0.5, 1.2)
    return scale, np.array([side / 2 - scale * extent * dice.uniform(0.2, 0.8) for extent in frame])


def _cut(source, scale, shift, side, dice):
    """The window; beyond the frame the letterbox's grey, mostly."""
    if scale < 0.8:
        reduced = cv2.resize(source, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        scale, source = 1.0, reduced
    grey = LETTERBOX if dice.chance(0.8) else dice.randrange(256)
    onto = np.array([[scale, 0, shift[0] + (scale - 1) / 2], [0, scale, shift[1] + (scale - 1) / 2]], np.float32)      # of pixel centres
    return cv2.warpAffine(source, onto, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=(grey,) * 3).astype(np.float32)


def _vehicle(row):
    rows = int(row['plate_rows'])
    return Vehicle(np.array(box_of(row), np.float32).reshape(2, 2), float(row['visible']), corners_of(row) if rows else None, rows == 2, row['plate_visible'] == '1')
