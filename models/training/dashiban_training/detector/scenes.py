"""Pictures to find plates in: vehicle cut-outs with drawn plates on them, boards and lamps that are no plates.

The plates of the vehicles themselves are foreign, small and unlabelled; a drawn plate covers the place where most sit.
"""
import math

import cv2
import numpy as np
import torch
from torch.utils.data import IterableDataset, get_worker_info

from ..corpus import Corpus
from ..dice import Dice
from ..plates.camera import Pose, compression, corners, light, optics, sensor
from ..plates.studio import Studio
from .targets import IGNORED, PLATE

SIDE = 320
ROWS = 24
_VISIBLE, _NARROW = 0.7, 12     # below this share of the plate in view, or this width in pixels: neither right nor wrong
_VEHICLE_IN_PLATES = (3.2, 6.0) # a car is 3.8 plates wide, a coach 5.8 (measured on training pictures)
# Tiles per side and the width of their plates in pixels; a far scene is as common on a gantry as a near one.
_LAYOUTS = {(1, 60, 280): 0.40, (2, 22, 110): 0.35, (3, 12, 44): 0.25}


class SceneMaker:
    def __init__(self, studio, vehicles, clutter):
        self._studio, self._vehicles, self._clutter = studio, vehicles, clutter

    @classmethod
    def of(cls, corpus, dice):
        if corpus is None:
            plain = [(dice.grain(6, 8)[..., None] * (120, 110, 100) + 60).astype(np.uint8) for _ in range(8)]
            return cls(Studio.of(None, dice), plain, plain)
        vehicles = []
        for collection, count in (('stanford-cars', 1400), ('roadside-fhwa', 500), ('street-crops', 700)):
            names = [row['file'] for row in dice.sample(corpus.vehicle_rows(collection), count)]
            vehicles.extend(corpus.vehicle_pictures(collection, names))
        return cls(Studio.of(corpus, dice), vehicles, corpus.negatives())

    def scene(self, dice):
        """-> SIDE x SIDE BGR bytes, labels of ROWS x 10 (see `targets.assign`)."""
        per_side, narrow, wide = dice.weighted(_LAYOUTS)
        picture, plates = np.zeros((SIDE, SIDE, 3), np.float32), []
        tile = SIDE // per_side
        for row in range(per_side):
            for column in range(per_side):
                view, quad, double = self._view(tile, min(dice.scale(narrow, wide), 0.85 * tile), dice)
                picture[row * tile:(row + 1) * tile, column * tile:(column + 1) * tile] = view
                if quad is not None:
                    plates.append((quad + np.array((column * tile, row * tile), np.float32), double))
        return self._photographed(picture, dice), _labels(plates)

    def _view(self, side, plate_width, dice):
        """One vehicle, or clutter alone, filling a tile; -> picture, the plate's corners or None, two rows?"""
        if dice.chance(0.12):
            return cv2.resize(dice.pick(self._clutter), (side, side)).astype(np.float32), None, False
        at = _inside(side, plate_width, dice)
        view = self._vehicle(side, plate_width, at if dice.chance(0.8) else _inside(side, plate_width, dice), dice)
        for _ in range(dice.pick((0, 0, 1, 2))):
            self._paste_clutter(view, plate_width, dice)
        if dice.chance(0.12):
            return view, None, False
        drawn = self._studio.draw(dice)
        quad = self._pose(plate_width, drawn.picture, dice) + at
        _paste(view, drawn.picture, quad, dice)
        return view, quad, drawn.double

    def _vehicle(self, side, plate_width, at, dice):
        """A vehicle at the size that its plate implies, its lower middle at `at`."""
        source = dice.pick(self._vehicles)
        scale = max(plate_width * dice.uniform(*_VEHICLE_IN_PLATES) / source.shape[1], 0.3 * side / source.shape[1])
        if dice.chance(0.5):
            source = source[:, ::-1]
        middle = np.array((source.shape[1] * dice.uniform(0.35, 0.65), source.shape[0] * dice.uniform(0.55, 0.8)))
        shift = at - scale * middle
        onto = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]], np.float32)
        return cv2.warpAffine(source, onto, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101).astype(np.float32)

    @staticmethod
    def _pose(plate_width, plate, dice):
        rotation = dice.uniform(-30, 30) if dice.chance(0.12) else dice.gauss(0, 4)
        pose = Pose(plate_width, math.radians(rotation), dice.gauss(0, 0.08), dice.gauss(0, 0.05),
                    (1.0, dice.uniform(0.8, 1.1)), (dice.gauss(0, 0.05), dice.gauss(0, 0.03)))
        return corners(pose, plate.shape[0] / plate.shape[1])

    def _paste_clutter(self, view, plate_width, dice):
        """Lamps, badges, lettering at about a plate's size: what a detector mistakes for one."""
        width = int(min(plate_width * dice.uniform(0.6, 1.8), view.shape[1] - 1))
        crop = cv2.resize(dice.pick(self._clutter), (max(6, width), max(3, int(width * dice.uniform(0.2, 0.5)))))
        h, w = crop.shape[:2]
        if h < view.shape[0] and w < view.shape[1]:
            y, x = dice.randrange(view.shape[0] - h), dice.randrange(view.shape[1] - w)
            view[y:y + h, x:x + w] = crop.astype(np.float32) * dice.uniform(0.4, 1.1)

    @staticmethod
    def _photographed(picture, dice):
        lit, _ = light(picture, True, dice)
        harshness = 0.3 + 0.5 * dice.random()
        return compression(sensor(optics(lit, harshness * 0.6, dice), harshness, dice), dice)


def _inside(side, plate_width, dice):
    """Where the plate's centre goes: around the tile's middle, whole in view where it fits."""
    room = max(0.0, side / 2 - 0.6 * plate_width)
    return np.array((side / 2 + dice.uniform(-room, room), side / 2 + dice.uniform(-room, room)), np.float32)


def _paste(view, plate, quad, dice):
    h, w = plate.shape[:2]
    shrink = w / max(1.0, float(np.linalg.norm(quad[1] - quad[0])))
    if shrink > 1.15:
        plate = cv2.GaussianBlur(plate, (0, 0), 0.45 * math.sqrt(shrink * shrink - 1))
    onto = cv2.getPerspectiveTransform(np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32), quad.astype(np.float32))
    level = np.clip(view.mean() / 110, 0.45, 1.25) * dice.uniform(0.8, 1.2)         # the plate hangs in the vehicle's light
    cv2.warpPerspective(plate * np.float32(level), onto, view.shape[1::-1], dst=view, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_TRANSPARENT)


def _labels(plates):
    labels = np.zeros((ROWS, 10), np.float32)
    for row, (quad, double) in zip(labels, plates):
        low, high = quad.min(0), quad.max(0)
        seen = np.clip(high, 0, SIDE) - np.clip(low, 0, SIDE)
        visible = float(np.prod(seen) / max(1.0, np.prod(high - low)))
        row[:8], row[8] = quad.reshape(-1), double
        row[9] = PLATE if visible >= _VISIBLE and high[0] - low[0] >= _NARROW else IGNORED
    return labels


class SceneStream(IterableDataset):
    """An endless stream of scenes as tensors: picture bytes, labels. One seed per worker."""

    def __init__(self, data_root, seed, synthetic_only=False):
        self._data_root, self._seed, self._synthetic_only = data_root, seed, synthetic_only

    def __iter__(self):
        worker = get_worker_info()
        dice = Dice(self._seed * 1009 + (worker.id if worker else 0))
        maker = SceneMaker.of(None if self._synthetic_only else Corpus(self._data_root), dice)
        while True:
            picture, labels = maker.scene(dice)
            yield torch.from_numpy(picture), torch.from_numpy(labels)
