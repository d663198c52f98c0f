"""Makes confidence mean what it says, and chooses the gate: both on plates kept from training, never on a test set.

Confidence is what the pipeline calls so: that of the weakest of the eight slots. The gate is a threshold on it, alone or
together with the second opinion, whichever lets more plates through at the same share of wrong ones.
"""
from dataclasses import asdict, dataclass

import numpy as np
import torch

from ..alphabet import GRAMMAR, classes_of, old_police_o, text_of, text_of_path
from ..corpus import Corpus
from ..dice import Dice
from ..plates.studio import Studio
from .development import as_tensors
from .net import normalised
from .samples import RealPlates, load_real, reframed

_TEMPERATURES = np.exp(np.linspace(np.log(0.4), np.log(2.5), 93))
_BINS = 10
_SEED = 7
_ROUNDS = 4                     # looks at each plate of either kind: one look is decided by a handful of plates


@dataclass(frozen=True)
class Calibration:
    """What the manifest and the model card say about confidence."""
    looks: int
    temperature: float
    expected_error_before: float        # |confidence - accuracy| of whole plates, averaged over ten bins
    expected_error: float
    gate: float                         # on the weakest of the eight slots
    agreement: bool                     # and the second opinion must say the same
    accepted: float
    wrong_among_accepted: float
    accepted_otherwise: float           # by the lowest gate with the other choice of `agreement`
    reliability: tuple                  # per bin: looks, mean confidence, share right

    def as_dict(self):
        return asdict(self)


def calibration_plates(data_root=None):
    """The real crops kept from training, half of the looks framed anew, half on new scenes for what archives lack."""
    corpus, dice = Corpus(data_root), Dice(_SEED)
    studio, kept = Studio.of(corpus, dice), load_real(corpus, calibration=True)
    plates = RealPlates(kept, studio)
    return as_tensors([look(*crop, dice) for _ in range(_ROUNDS) for look in (reframed, plates.photographed) for crop in kept])


def calibrate(net, pictures, texts, device='cpu', wrong_allowed=0.005):
    """Fits one temperature to the slots and picks the gate that keeps wrong reads rare among the accepted."""
    logits, paths = outputs(net, pictures, device)
    temperature = fitted_temperature(logits, torch.tensor([classes_of(text) for text in texts]))
    reads = [text_of(row) for row in logits.argmax(2).tolist()]
    right = np.array([read == old_police_o(text) for read, text in zip(reads, texts)])
    grammatical = np.array([bool(GRAMMAR.match(read)) for read in reads])
    agreed = np.array([read == path for read, path in zip(reads, paths)])
    confidence = weakest(logits / temperature)
    alone, together = (Gate.lowest(confidence, right, eligible, wrong_allowed) for eligible in (grammatical, grammatical & agreed))
    gate, other = (together, alone) if together.accepted > alone.accepted else (alone, together)
    error, reliability = expected_calibration_error(confidence, right)
    return Calibration(len(texts), float(temperature), expected_calibration_error(weakest(logits), right)[0], error, gate.threshold,
                       gate is together, gate.accepted, gate.wrong, other.accepted, reliability)


@torch.no_grad()
def outputs(net, pictures, device):
    """-> logits of the slots, texts of the second opinion"""
    slots, paths = [], []
    for part in pictures.split(100):
        of_slots, of_steps, _ = net(normalised(part.to(device)))
        slots.append(of_slots.float().cpu())
        paths += [text_of_path(row) for row in of_steps.argmax(2).tolist()]
    return torch.cat(slots), paths


def weakest(logits):
    return torch.softmax(logits, 2).amax(2).amin(1).numpy()


def fitted_temperature(logits, truth):
    """The temperature of least negative log likelihood over all slots."""
    def likelihood(temperature):
        return torch.nn.functional.cross_entropy((logits / temperature).flatten(0, 1), truth.flatten()).item()
    return min(_TEMPERATURES, key=likelihood)


@dataclass(frozen=True)
class Gate:
    threshold: float
    accepted: float                     # share of all looks
    wrong: float                        # share of the accepted

    @classmethod
    def lowest(cls, confidence, right, eligible, wrong_allowed):
        """The lowest threshold, in steps of 0.01, above which wrong reads stay within what is allowed."""
        for threshold in np.arange(0.30, 0.995, 0.01):
            passed = (confidence >= threshold) & eligible
            if passed.any() and (~right[passed]).mean() <= wrong_allowed:
                return cls(round(float(threshold), 2), float(passed.mean()), float((~right[passed]).mean()))
        return cls(0.99, 0.0, 0.0)


def expected_calibration_error(confidence, right):
    """-> the error, and per bin (looks, mean confidence, share right)."""
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    rows = [(int((bins == k).sum()), float(confidence[bins == k].mean()), float(right[bins == k].mean())) for k in range(_BINS) if (bins == k).any()]
    return sum(n * abs(mean - share) for n, mean, share in rows) / len(confidence), tuple(rows)
