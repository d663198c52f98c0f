"""Development sets: what a run is judged by while it trains. Real crops kept from training, and drawn strata with a fixed seed."""
import numpy as np
import torch

from ..alphabet import PROVINCES, old_police_o, text_of
from ..corpus import Corpus
from ..dice import Dice
from ..plates.framing import rectified
from ..plates.studio import Studio
from .net import normalised
from .recombined import RecombinedPlates
from .samples import load_real, photographed
from .strata import STRATA as DIFFICULTIES, in_stratum

_SEED = 20_261_123
_STORED = 620                   # small crops as archives hold them: where provinces are lost
_RECOMBINED = 620               # real strokes with all provinces alike
STRATA = {                      # name: how to draw it, how many
    'mixed': (dict(upright=False), 600),
    'upright': (dict(upright=True), 600),
    'double': (dict(kind='yellow-double', upright=False), 300),
    'energy': (dict(kind='energy-small', upright=False), 300),
}


class DevelopmentSets:
    """Name -> (pictures as a byte tensor, texts)."""

    def __init__(self, sets):
        self.sets = sets

    @classmethod
    def load(cls, data_root):
        corpus, dice = Corpus(data_root), Dice(_SEED)
        studio = Studio.of(corpus, dice)
        kept = load_real(corpus, calibration=True)
        sets = {'real': archived(kept), 'real-again': as_tensors(rephotographed(kept, studio, dice))}
        for name, (how, count) in STRATA.items():
            sets[name] = as_tensors([studio.crop(dice, province=PROVINCES[k % len(PROVINCES)], **how) for k in range(count)])
        sets['stored'] = in_stratum(DIFFICULTIES['level box, stored at 96 x 26'], _STORED, studio, dice)
        sets['recombined'] = as_tensors(recombined(kept, studio, dice, _RECOMBINED))
        return cls(sets)

    def examine(self, net, device):
        """Share of plates whose slots spell the whole text, by set."""
        return {name: round(exact(read(net, pictures, device), texts), 4) for name, (pictures, texts) in self.sets.items()}


def archived(crops):
    """Real crops as they are: the archive's edge is taken for the plate's."""
    pictures = []
    for picture, _, _ in crops:
        h, w = picture.shape[:2]
        pictures.append(rectified(picture, [[0, 0], [w, 0], [w, h], [0, h]], margin=(0.0, 0.0)))
    return torch.from_numpy(np.stack(pictures)), [old_police_o(text) for _, text, _ in crops]


def rephotographed(crops, studio, dice):
    """Each real crop once on a new scene, as in training."""
    return [photographed(*crop, studio, dice) for crop in crops]


def recombined(crops, studio, dice, count):
    """Plates put together from real crops on new scenes."""
    plates = RecombinedPlates(crops, studio)
    return [photographed(*plates.plate(dice), studio, dice) for _ in range(count)]


def as_tensors(crops):
    return torch.from_numpy(np.stack([crop.picture for crop in crops])), [old_police_o(crop.text) for crop in crops]


@torch.no_grad()
def read(net, pictures, device):
    """The slots' texts."""
    texts = []
    for part in pictures.split(100):
        texts += [text_of(row) for row in net(normalised(part.to(device)))[0].argmax(2).tolist()]
    return texts


def exact(texts, truth):
    return sum(map(str.__eq__, texts, truth)) / len(truth)
