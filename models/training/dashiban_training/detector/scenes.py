"""Training pictures: windows of rendered roads, composed scenes of real vehicles; then the camera's light, blur and noise."""
import cv2
import numpy as np
import torch
from torch.utils.data import IterableDataset, get_worker_info

from ..corpus import Corpus
from ..dice import Dice
from ..plates.camera import compression, light, optics, sensor
from ..plates.studio import Studio
from . import cutouts, distractors
from .composition import LETTERBOX, Composer
from .labels import WANTED, WINDOW
from .mounting import Flat, PlateRack
from .views import RoadViews

_VIEWS_SHARE = 0.55         # where there are rendered roads; composed scenes bring the texture of real vehicles
_SECOND_LOOKS = 0.25        # samples enlarged after the camera, blur, noise and compression with them: what the second look works on
_UNTOUCHED = 0.15           # of composed scenes: real vehicles with nothing drawn on them, as there are on every road
_BOARDS = 240


class SceneMaker:
    """`views` may be None: then all scenes are composed."""

    def __init__(self, composer, views):
        self._composer, self._views = composer, views

    @classmethod
    def of(cls, corpus, dice, view_folders=(), mined=None, kept=False, side=WINDOW):
        """`corpus` None: grey boxes instead of vehicles. `mined`: see `mining`. `kept`: of the vehicles kept for development."""
        boards = [distractors.draw(dice) for _ in range(_BOARDS)]
        if corpus is None:
            rack, clutter = PlateRack(Studio.of(None, dice), [], dice), boards
            vehicles = [cutouts.CutOut(np.full((60, 100, 3), dice.randrange(40, 200), np.uint8), (0, 0, 100, 60), True) for _ in range(4)]
        else:
            rack, clutter = PlateRack(Studio.of(corpus, dice), _real_plates(corpus, dice), dice), corpus.negatives()
            if mined:
                clutter += 4 * [clutter[k] for k in mined.clutter]
            vehicles = cutouts.load(corpus, dice, kept, mined)
        views = RoadViews(view_folders, rack, side) if view_folders else None
        return cls(Composer(vehicles, rack, boards, clutter, side), views)

    @property
    def kinds(self):
        """Of scenes to measure on."""
        return ('composed', 'plateless', 'views') if self._views else ('composed', 'plateless')

    def scene(self, kind, dice):
        """-> `side` x `side` x 3 BGR bytes, plate rows, vehicle rows (see `Labels.rows`)."""
        picture, labels = self._shot(kind, dice)
        return picture, *labels.rows()

    def sample(self, dice):
        """A scene of either kind, at times as the second look shows it."""
        picture, labels = self._shot(self._kind(dice), dice)
        if dice.chance(_SECOND_LOOKS):
            picture, labels = _looked_at_again(picture, labels, dice)
        return picture, *labels.rows()

    def _kind(self, dice):
        if self._views and dice.chance(_VIEWS_SHARE):
            return 'views'
        return 'plateless' if dice.chance(_UNTOUCHED) else 'composed'

    def _shot(self, kind, dice):
        make = {'composed': self._composer.scene, 'plateless': self._composer.plateless, 'views': self._views and self._views.scene}[kind]
        picture, labels = make(dice)
        return _photographed(picture, kind == 'views', dice), labels


def _real_plates(corpus, dice, count=600):
    """Tight crops of real plates, by day and night; all of one row."""
    return [Flat(corpus.plate_crop(row), False) for row in dice.sample(corpus.plate_crops(), count)]


def _photographed(picture, lit_already, dice):
    """Half by plain daylight, the rest by night, in haze, in glare, through an infra-red camera; rendered roads have their own night."""
    lit, _ = light(picture, True, dice, fair=dice.chance(0.85 if lit_already else 0.5))
    harshness = 0.2 + 0.5 * dice.random()
    return compression(sensor(optics(lit, harshness * 0.6, dice), harshness, dice), dice)


def _looked_at_again(picture, labels, dice):
    """Around a plate, at the width that the second look gives it, or around anything; enlarged three times at most."""
    side, quads = labels.side, [np.array(row[:8], np.float32).reshape(4, 2) for row in labels.plates if row[9] == WANTED]
    if quads and dice.chance(0.75):
        quad = dice.pick(quads)
        scale = float(np.clip(dice.uniform(80, 160) / np.linalg.norm(quad[1] - quad[0]), 1.0, 3.0))
        middle = quad.mean(0)
    else:
        scale, middle = dice.uniform(1.2, 3.0), np.array([dice.uniform(0, side) for _ in range(2)])
    shift = np.array([side * dice.uniform(0.25, 0.75) for _ in range(2)]) - scale * middle
    onto = np.array([[scale, 0, shift[0] + (scale - 1) / 2], [0, scale, shift[1] + (scale - 1) / 2]], np.float32)      # of pixel centres
    window = cv2.warpAffine(picture, onto, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=(LETTERBOX,) * 3)
    return window, labels.moved(scale, shift)


class SceneStream(IterableDataset):
    """An endless stream of scenes as tensors: picture bytes, plate rows, vehicle rows. One seed per worker."""

    def __init__(self, data_root, seed, view_folders=(), mined=None, side=WINDOW, synthetic_only=False):
        self._data_root, self._seed, self._side, self._synthetic_only = data_root, seed, side, synthetic_only
        self._view_folders, self._mined = view_folders, mined

    def __iter__(self):
        worker = get_worker_info()
        dice = Dice(self._seed * 1009 + (worker.id if worker else 0))
        maker = SceneMaker.of(None if self._synthetic_only else Corpus(self._data_root), dice, self._view_folders, self._mined, side=self._side)
        while True:
            yield tuple(torch.from_numpy(part) for part in maker.sample(dice))


def scaled(pictures):
    """BGR bytes n x h x w x 3 to RGB 0..1, n x 3 x h x w."""
    return pictures.permute(0, 3, 1, 2).flip(1).float() / 255
