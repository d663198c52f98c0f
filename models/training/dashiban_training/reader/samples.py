"""Where the reader's training samples come from: drawn plates, real crops framed anew or recombined, crops without a plate."""
import hashlib
from collections import Counter
from itertools import accumulate, islice

import cv2
import numpy as np
import torch
from torch.utils.data import IterableDataset, get_worker_info

from ..alphabet import COLOURS, GRAMMAR, classes_of
from ..corpus import Corpus
from ..dice import Dice
from ..plates.camera import jpeg
from ..plates.framing import detected
from ..plates.studio import UPRIGHT_SHARE, Crop, Studio
from .net import normalised
from .recombined import RecombinedPlates

REAL_SHARE = 0.14               # of every batch; more drifts towards 浙 and 苏, which are three of four real crops
RECOMBINED_SHARE = 0.25         # the same crops with other provinces and characters: these do not drift
EMPTY_SHARE = 0.03
_GREY_SHARE = 0.08              # of all samples; the camera's infra-red pictures are mostly beyond a person, these are as readable as before
_PASTED_ON_SCENES = 0.75        # of recombined plates: framed as archived they are read anyway
_CALIBRATION_OF_256 = 26        # one text in ten


def for_calibration(text):
    """Is this plate kept from training for choosing checkpoints and the gate? By text, so that no plate is on both sides."""
    return hashlib.md5(text.encode()).digest()[0] < _CALIBRATION_OF_256


def load_real(corpus, calibration):
    """The labelled real crops of one side of the split, with grammatical texts only: (picture, text, colour)."""
    crops = []
    for row in corpus.plate_crops():
        text = row['plate_text']
        if for_calibration(text) == calibration and GRAMMAR.match(text):
            colour = row['plate_colour_estimated']
            crops.append((corpus.plate_crop(row), text, colour if colour in COLOURS else ''))
    return crops


class RealPlates:
    """Real crops, each draw framed and lit anew: a plate seen once must not be learned by its frame."""

    def __init__(self, crops, studio):
        self._studio = studio
        self._by_text = {}
        for crop in crops:
            self._by_text.setdefault(crop[1], []).append(crop)
        self._texts = sorted(self._by_text)
        provinces = Counter(text[0] for text in self._texts)
        self._odds = list(accumulate(provinces[text[0]] ** -0.5 for text in self._texts))       # rare provinces more often

    def crop(self, dice):
        text = dice.choices(self._texts, cum_weights=self._odds)[0]
        crop = dice.pick(self._by_text[text])
        return photographed(*crop, self._studio, dice) if dice.chance(0.6) else reframed(*crop, dice)


class RecombinedCrops:
    """Real crops with other characters, framed and lit anew likewise."""

    def __init__(self, crops, studio):
        self._studio, self._plates = studio, RecombinedPlates(crops, studio)

    def crop(self, dice):
        plate = self._plates.plate(dice)
        return photographed(*plate, self._studio, dice) if dice.chance(_PASTED_ON_SCENES) else reframed(*plate, dice)


def photographed(picture, text, colour, studio, dice):
    """The crop glued onto a new scene: gives real strokes the poses, boxes and lights that the archive lacks."""
    aspect = dice.uniform(0.265, 0.325)                         # archives squeeze all plates to 136 x 36
    flat = cv2.resize(picture, (picture.shape[1], round(picture.shape[1] * aspect))).astype(np.float32)
    return studio.photographed(flat, text, colour, False, dice.chance(UPRIGHT_SHARE), dice)


def reframed(picture, text, colour, dice):
    """The crop almost as it is: corners jittered, brightness, slight blur, JPEG."""
    h, w = picture.shape[:2]
    quad = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32)
    crop = detected(picture, quad, False, False, dice)
    if dice.chance(0.7):
        crop = np.clip(crop.astype(np.float32) * dice.uniform(0.5, 1.3) + dice.uniform(-10, 20), 0, 255).astype(np.uint8)
    if dice.chance(0.4):
        crop = cv2.GaussianBlur(crop, (0, 0), dice.uniform(0.4, 1.6))
    if dice.chance(0.4):
        crop = jpeg(crop, dice.uniform(30, 90))
    return Crop(crop, text, colour)


def grey(crop, dice):
    """The crop as a camera without colours takes it: paints mix in any proportion, nothing else is lost."""
    mix = np.array([dice.uniform(0.05, 1) for _ in range(3)], np.float32)
    luma = crop.picture @ (mix / mix.sum())
    return Crop(np.repeat(luma.astype(np.uint8)[..., None], 3, 2), crop.text, '')


class EmptyCrops:
    """Lamps, grilles, badges, signs: pictures the detector may take for a plate, where the reader must stay silent."""

    def __init__(self, pictures):
        self._pictures = pictures

    def crop(self, dice):
        picture = dice.pick(self._pictures)
        h, w = picture.shape[:2]
        quad = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32)
        crop = detected(picture, quad, False, False, dice).astype(np.float32)
        return Crop(np.clip(crop * dice.uniform(0.4, 1.4), 0, 255).astype(np.uint8), '', '')


class CropStream(IterableDataset):
    """An endless mix of samples: picture bytes, nine classes, colour index or -1. One seed per worker."""

    def __init__(self, data_root, seed, synthetic_only=False):
        self._data_root, self._seed, self._synthetic_only = data_root, seed, synthetic_only

    def __iter__(self):
        worker = get_worker_info()
        dice = Dice(self._seed * 1009 + (worker.id if worker else 0))
        draw = self._synthetic(dice) if self._synthetic_only else self._mixed(dice)
        while True:
            crop = draw(dice)
            yield encoded(grey(crop, dice) if dice.chance(_GREY_SHARE) else crop)

    def _synthetic(self, dice):
        return Studio.of(None, dice).crop

    def _mixed(self, dice):
        corpus = Corpus(self._data_root)
        studio = Studio.of(corpus, dice)
        crops = load_real(corpus, calibration=False)
        real, recombined, empty = RealPlates(crops, studio), RecombinedCrops(crops, studio), EmptyCrops(corpus.negatives())
        sources = {real.crop: REAL_SHARE, recombined.crop: RECOMBINED_SHARE, empty.crop: EMPTY_SHARE,
                   studio.crop: 1 - REAL_SHARE - RECOMBINED_SHARE - EMPTY_SHARE}
        return lambda dice: dice.weighted(sources)(dice)


def some_inputs(count=512, data_root=None, seed=5):
    """Normalised training samples, for whatever needs typical inputs."""
    return normalised(torch.stack([sample[0] for sample in islice(CropStream(data_root, seed), count)]))


def encoded(crop):
    """A crop as tensors."""
    colour = COLOURS.index(crop.colour) if crop.colour in COLOURS else -1
    return torch.from_numpy(crop.picture), torch.tensor(classes_of(crop.text), dtype=torch.int8), torch.tensor(colour, dtype=torch.int8)
