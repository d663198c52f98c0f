"""Makes confidence mean what it says, and chooses the gate: both on plates kept from training, never on a test set.

Confidence is what the pipeline calls so: that of the weakest of the eight slots, after the further looks that the pipeline
takes at plates which it reads unsurely.
"""
import hashlib
from dataclasses import asdict, dataclass

import numpy as np
import torch

from ..alphabet import GRAMMAR, classes_of, text_of
from ..corpus import Corpus
from ..dice import Dice
from ..plates.framing import with_margin
from ..plates.studio import Studio
from .development import as_tensors
from .net import normalised
from .samples import RealPlates, load_real, reframed

AGAIN_BELOW = 0.97              # of a look's weakest slot: one plate in five of those kept
AGAIN_MARGINS = (-0.02, -0.06), (0.05, 0.12), (0.02, 0.15)      # nearer, wider, taller: three that err differently
_TEMPERATURES = np.exp(np.linspace(np.log(0.4), np.log(2.5), 93))
_BINS = 10
_SEED = 7
_ROUNDS = 4                     # looks at each plate of either kind: one look is decided by a handful of plates


@dataclass(frozen=True)
class Calibration:
    """What the manifest and the model card say about confidence."""
    plates: int
    temperature: float
    expected_error_before: float        # |confidence - accuracy| of whole plates, averaged over ten bins; one look, temperature 1
    expected_error: float
    exact_by_one_look: float
    exact: float
    gate: float                         # on the weakest of the eight slots
    accepted_by_one_look: float         # by the lowest gate for that
    accepted: float
    wrong_among_accepted: float
    reliability: tuple                  # per bin: plates, mean confidence, share right

    def as_dict(self):
        return asdict(self)


def calibration_plates(data_root=None):
    """The real crops kept from training, half of them framed anew, half on new scenes for what archives lack."""
    corpus, dice = Corpus(data_root), Dice(_SEED)
    studio, kept = Studio.of(corpus, dice), load_real(corpus, calibration=True)
    plates = RealPlates(kept, studio)
    return as_tensors([look(*crop, dice) for _ in range(_ROUNDS) for look in (reframed, plates.photographed) for crop in kept])


def calibrate(net, pictures, texts, device='cpu', wrong_allowed=0.005):
    """Fits one temperature to all looks together and picks the gate that keeps wrong reads rare among the accepted."""
    looks = [slot_logits(net, pictures, device)] + [slot_logits(net, seen_again(pictures, margin), device) for margin in AGAIN_MARGINS]
    truth, halves = torch.tensor([classes_of(text) for text in texts]), _halves(texts)
    temperature = fitted_temperature(looks, truth)
    before, once = Reads.of(looks[:1], 1.0, truth), Reads.of(looks[:1], fitted_temperature(looks[:1], truth), truth)
    reads = Reads.of(looks, temperature, truth)
    gate = lowest_gate(reads, halves, wrong_allowed)
    error, reliability = expected_calibration_error(reads.confidence, reads.right)
    return Calibration(
        len(texts), float(temperature), expected_calibration_error(before.confidence, before.right)[0], error,
        float(once.right.mean()), float(reads.right.mean()), gate, once.accepted(lowest_gate(once, halves, wrong_allowed))[0],
        *reads.accepted(gate), reliability)


def seen_again(pictures, margin):
    return torch.from_numpy(np.stack([with_margin(picture, margin) for picture in pictures.numpy()]))


@torch.no_grad()
def slot_logits(net, pictures, device):
    return torch.cat([net(normalised(part.to(device)))[0].float().cpu() for part in pictures.split(100)])


def averaged_looks(looks, temperature):
    """Probabilities as the pipeline sees them: of the first look, or of all together where the first is unsure."""
    first, *more = (torch.softmax(logits / temperature, 2) for logits in looks)
    unsure = first.amax(2).amin(1) < AGAIN_BELOW
    return torch.where(unsure[:, None, None], (first + sum(more)) / len(looks), first)


@dataclass(frozen=True)
class Reads:
    """One entry per plate: confidence of the weakest slot, right as a whole?, possible by the grammar?"""
    confidence: np.ndarray
    right: np.ndarray
    grammatical: np.ndarray

    @classmethod
    def of(cls, looks, temperature, truth):
        best = averaged_looks(looks, temperature).max(2)
        grammatical = [bool(GRAMMAR.match(text_of(row))) for row in best.indices.tolist()]
        return cls(best.values.amin(1).numpy(), (best.indices == truth).all(1).numpy(), np.array(grammatical))

    def accepted(self, gate, among=slice(None)):
        """-> share accepted, share of these that are wrong; `among`: which plates."""
        passed = ((self.confidence >= gate) & self.grammatical)[among]
        return float(passed.mean()), float((~self.right[among][passed]).mean()) if passed.any() else 0.0


def lowest_gate(reads, halves, wrong_allowed):
    """The lowest threshold, in steps of 0.01, above which wrong reads stay within what is allowed in either half of the plates."""
    for gate in np.arange(0.30, 0.995, 0.01):
        if all(0 < reads.accepted(gate, half)[0] and reads.accepted(gate, half)[1] <= wrong_allowed for half in (halves, ~halves)):
            return round(float(gate), 2)
    return 0.99


def _halves(texts):
    """Two halves by text: a gate that holds in one by the luck of a handful of plates does not hold in the other."""
    return np.array([hashlib.md5(text.encode()).digest()[1] % 2 == 0 for text in texts])


def fitted_temperature(looks, truth):
    """The temperature by which the weakest slot's confidence foretells best (log likelihood) whether the plate is right."""
    def surprise(temperature):
        best = averaged_looks(looks, temperature).max(2)
        chance = best.values.amin(1).clamp(1e-6, 1 - 1e-6)
        right = (best.indices == truth).all(1)
        return -torch.where(right, chance, 1 - chance).log().mean().item()
    return min(_TEMPERATURES, key=surprise)


def expected_calibration_error(confidence, right):
    """-> the error, and per bin (plates, mean confidence, share right)."""
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    rows = [(int((bins == k).sum()), float(confidence[bins == k].mean()), float(right[bins == k].mean())) for k in range(_BINS) if (bins == k).any()]
    return sum(n * abs(mean - share) for n, mean, share in rows) / len(confidence), tuple(rows)
