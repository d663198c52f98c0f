"""What the seat model learns from: rendered vehicles at checkpoints and real ones on other ground, every class of both where there are both."""
import math
from dataclasses import dataclass

import cv2
import numpy as np
import torch
from torch.utils.data import IterableDataset, get_worker_info

from ..dice import Dice
from ..plates.artist import PlateArtist
from ..plates.glyphs import Glyphs
from ..plates.issue import issue
from .cutouts import soft
from .looks import look
from .net import CLASSES
from .patches import LARGE, PATCH, SMALL, Patch
from .rulers import stance
from .vehicles import Vehicle, mounted

# Shares of the classes in a batch: even enough that no class is missed for being rare on some road.
_SHARES = {'car_le6': 0.27, 'van_7_9': 0.23, 'minibus_10_19': 0.10, 'coach_ge20': 0.13, 'truck': 0.20, 'other': 0.07}
# Of each class: rendered ones bring the Chinese bodies, real ones the look of a photograph. No real front of a lorry is as good as a rendered
# one, and classes between which a picture must decide come from photographs equally often, lest a photograph be a sign of one of them.
_REAL_SHARES = {'car_le6': 0.65, 'van_7_9': 0.65, 'minibus_10_19': 0.5, 'coach_ge20': 0.5, 'truck': 0.5, 'other': 0.65}
# Near to far from a checkpoint's view; `nethra` has buses alone and would make every large photograph a bus.
_SOURCES = {'atl': 6, 'stanford': 5, 'openimages': 2, 'nethra': 1, 'zenodo': 1, 'fhwa': 0.3}
_SET_WEIGHT = 0.6               # of pictures whose label allows several classes
_PLATE_KINDS = {SMALL: ('blue', 'blue', 'blue', 'energy-small'), LARGE: ('yellow', 'yellow', 'yellow-double', 'energy-large')}
_PLATES, _PLATE_WIDTH = 150, 72 # drawn plates of each size, and their pixels: they end up 17 pixels wide


def allowed(label):
    """The classes that a label allows, as a row of zeros and ones."""
    return torch.tensor([float(name in label.split('|')) for name in CLASSES])


def drawn_plates(dice, glyphs):
    """Flat pictures of plates, by size."""
    artist = PlateArtist(glyphs)
    plates = {}
    for size, kinds in _PLATE_KINDS.items():
        flat = [artist.draw(issue(dice, dice.pick(kinds)), dice).picture for _ in range(_PLATES)]
        plates[size] = [cv2.resize(p, (_PLATE_WIDTH, round(_PLATE_WIDTH * p.shape[0] / p.shape[1])), interpolation=cv2.INTER_AREA) for p in flat]
    return plates


def plain_ground(dice):
    """A gradient with stains: ground that belongs to no class."""
    low, high = (dice.uniform(20, 220) + np.array([dice.gauss(0, 22) for _ in range(3)], np.float32) for _ in range(2))
    stains = cv2.resize(dice.grain(dice.pick((2, 5, 12, 40)), dice.pick((2, 5, 12, 40))), (PATCH, PATCH))[..., None]
    down = np.linspace(0, 1, PATCH, dtype=np.float32)[:, None, None]
    return np.clip(low + (high - low) * (0.5 * down + 0.5 * stains), 0, 255).astype(np.uint8)


@dataclass(frozen=True)
class Stock:
    """All patches and vehicles of one side of the split, the ground to set them on, and plates to hang on them."""
    rendered: list
    real: list
    grounds: list
    plates: dict

    def ground(self, dice):
        return dice.pick(self.grounds) if self.grounds and dice.chance(0.6) else plain_ground(dice)

    def real_patch(self, vehicle, dice, boxed=None):
        return mounted(vehicle, self.ground(dice), self.plates, dice, boxed)


class Mix:
    """Draws patches by class, then by origin, then by source."""

    def __init__(self, stock):
        self._stock = stock
        self._rendered = {name: [patch for patch in stock.rendered if name in patch.label.split('|')] for name in CLASSES}
        self._real = {name: _by_source(name, stock.real) for name in CLASSES}
        self._shares = {name: share for name, share in _SHARES.items() if self._rendered[name] or self._real[name]}

    def patch(self, dice):
        name = dice.weighted(self._shares)
        rendered, real = self._rendered[name], self._real[name]
        if real and (not rendered or dice.chance(_REAL_SHARES[name])):
            vehicles = dice.weighted({key: weight for key, (weight, _) in real.items()})
            return self._stock.real_patch(dice.pick(real[vehicles][1]), dice)
        return dice.pick(rendered)


def _by_source(name, vehicles):
    """(source, label) -> (weight, vehicles) of those that may belong to a class; twice as many pictures count for 1.4 times as much."""
    groups = {}
    for vehicle in vehicles:
        if name in vehicle.label.split('|'):
            groups.setdefault((vehicle.source, vehicle.label), []).append(vehicle)
    return {key: (_SOURCES[key[0]] * (_SET_WEIGHT if '|' in key[1] else 1) * math.sqrt(len(group)), group) for key, group in groups.items()}


class LookStream(IterableDataset):
    """An endless stream of looks as tensors: picture bytes, allowed classes. One seed per worker."""

    def __init__(self, stock, seed):
        self._stock, self._seed = stock, seed

    def __iter__(self):
        worker = get_worker_info()
        dice = Dice(self._seed * 1009 + (worker.id if worker else 0))
        mix = Mix(self._stock)
        while True:
            patch = mix.patch(dice)
            yield torch.from_numpy(look(patch, dice)), allowed(patch.label)


def grey_stock(dice):
    """One flat vehicle of each kind, for runs without the data folder."""
    oval = soft(np.full((12, 12), 255, np.float32), (64, 64)) * 255
    rendered = [Patch(plain_ground(dice), (0.0, 0.0, float(PATCH), float(PATCH)), name, SMALL, 'rendered') for name in CLASSES]
    real = [Vehicle(plain_ground(dice)[:, :100], oval.astype(np.uint8), stance((10.0, 10.0, 90.0, 118.0), name, name), name, 'stanford', name) for name in CLASSES]
    return Stock(rendered, real, [], drawn_plates(dice, Glyphs()))
