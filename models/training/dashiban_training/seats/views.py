"""Vehicle pictures as a checkpoint camera would have taken them: from above, cut off, at night, compressed."""
import math
import zlib

import cv2
import numpy as np
import torch
from torch.utils.data import IterableDataset, get_worker_info

from ..corpus import Corpus
from ..dice import Dice
from ..plates.camera import compression, light, optics, sensor
from .net import CLASSES, SIDE

COLLECTIONS = ('stanford-cars', 'roadside-fhwa', 'street-crops')
_STORED = 120                   # side of the cached pictures; the crops on disk are at most 160 pixels long
# Share of each label in a batch; a label such as van_7_9|minibus_10_19 allows either class.
_SHARES = {'car_le6': 0.29, 'van_7_9': 0.15, 'minibus_10_19': 0.08, 'coach_ge20': 0.14, 'truck': 0.17, 'other': 0.07}
_SET_SHARE = 0.025              # of each label that allows several
_VALIDATION_PER_CENT = 7


def for_validation(name):
    """By a hash of the name: neighbouring frames of one camera may still be on both sides."""
    return zlib.crc32(name.encode()) % 100 < _VALIDATION_PER_CENT


def load_vehicles(corpus, validation):
    """-> pictures of one side of the split by label, each 120 x 120 BGR bytes."""
    by_label = {}
    for collection in COLLECTIONS:
        rows = [row for row in corpus.vehicle_rows(collection) if row['seat_class'] and for_validation(row['file']) == validation]
        for row, picture in zip(rows, corpus.vehicle_pictures(collection, (row['file'] for row in rows))):
            by_label.setdefault(row['seat_class'], []).append(cv2.resize(picture, (_STORED, _STORED), interpolation=cv2.INTER_AREA))
    return by_label


def allowed(label):
    """The classes that a label allows, as a row of zeros and ones."""
    return torch.tensor([float(name in label.split('|')) for name in CLASSES])


def seen_from_checkpoint(picture, dice):
    """One view: part of the vehicle, pitched and stretched like a gantry picture, through light and lens."""
    h, w = picture.shape[:2]
    left, top, right, bottom = _part_in_view(dice)
    quad = np.array([[left * w, top * h], [right * w, top * h], [right * w, bottom * h], [left * w, bottom * h]], np.float32)
    quad = _pitched(_turned(quad, dice), dice)
    if dice.chance(0.5):
        quad = quad[[1, 0, 3, 2]]
    onto = cv2.getPerspectiveTransform(quad, np.array([[0, 0], [SIDE, 0], [SIDE, SIDE], [0, SIDE]], np.float32))
    edge = dice.pick((cv2.BORDER_REPLICATE, cv2.BORDER_REFLECT, cv2.BORDER_CONSTANT))
    view = cv2.warpPerspective(picture, onto, (SIDE, SIDE), flags=cv2.INTER_LINEAR, borderMode=edge)
    if dice.chance(0.35):                                   # far away: 24 to 67 pixels
        small = int(SIDE * dice.uniform(0.25, 0.7))
        view = cv2.resize(cv2.resize(view, (small, small), interpolation=cv2.INTER_AREA), (SIDE, SIDE))
    lit, _ = light(view.astype(np.float32), False, dice)
    return compression(sensor(optics(lit, 0.5, dice), 0.7, dice), dice)


def _part_in_view(dice):
    """Left, top, right, bottom as shares: whole with a loose box, bumper and bonnet only, front or rear half, cut by the frame."""
    kind = dice.random()
    if kind < 0.25:                                         # the toll camera's view
        return dice.uniform(0, 0.15), dice.uniform(0.15, 0.6), dice.uniform(0.85, 1), 1.0
    if kind < 0.45:                                         # the near end of a three-quarter view
        width = dice.uniform(0.45, 0.75)
        return (0.0, 0.0, width, 1.0) if dice.chance(0.5) else (1 - width, 0.0, 1.0, 1.0)
    box = [dice.uniform(-0.1, 0.08), dice.uniform(-0.1, 0.08), dice.uniform(0.92, 1.1), dice.uniform(0.92, 1.1)]
    if kind < 0.60:                                         # cut by one side of the frame
        side, cut = dice.randrange(4), dice.uniform(0.1, 0.4)
        box[side] = cut if side < 2 else 1 - cut
    return tuple(box)


def _turned(quad, dice):
    """Rolled by a few degrees."""
    angle, middle = math.radians(dice.gauss(0, 5)), quad.mean(0)
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]], np.float32)
    return (quad - middle) @ turn.T + middle


def _pitched(quad, dice):
    """A gantry camera looks down: the top of the box shrinks, and the whole is 0.7 to 1.6 times as tall."""
    middle, narrow = quad.mean(0), dice.uniform(-0.08, 0.2) / 2
    quad = (quad - middle) * np.array((1, 1 / dice.scale(0.7, 1.6)), np.float32) + middle
    quad[0] += (quad[0] - quad[1]) * narrow
    quad[1] += (quad[1] - quad[0]) * narrow
    return quad.astype(np.float32)


class VehicleStream(IterableDataset):
    """An endless stream of views as tensors: picture bytes, allowed classes. One seed per worker."""

    def __init__(self, data_root, seed, synthetic_only=False):
        self._data_root, self._seed, self._synthetic_only = data_root, seed, synthetic_only

    def __iter__(self):
        worker = get_worker_info()
        dice = Dice(self._seed * 1009 + (worker.id if worker else 0))
        pictures = _grey_boxes(dice) if self._synthetic_only else load_vehicles(Corpus(self._data_root), validation=False)
        shares = {label: _SHARES.get(label, _SET_SHARE) for label in pictures}
        while True:
            label = dice.weighted(shares)
            yield torch.from_numpy(seen_from_checkpoint(dice.pick(pictures[label]), dice)), allowed(label)


def _grey_boxes(dice):
    """One flat picture per class, for runs without the data folder."""
    return {label: [np.full((_STORED, _STORED, 3), dice.randrange(40, 220), np.uint8)] for label in CLASSES}
