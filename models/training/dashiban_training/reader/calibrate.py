"""Makes confidence mean what it says, and chooses the gate: both on plates kept from training, never on a test set."""
from dataclasses import asdict, dataclass

import numpy as np
import torch

from ..alphabet import GRAMMAR, classes_of, old_police_o, text_of
from ..corpus import Corpus
from ..dice import Dice
from ..plates.studio import Studio
from .development import archived, as_tensors, rephotographed
from .net import normalised
from .samples import load_real

_TEMPERATURES = np.exp(np.linspace(np.log(0.5), np.log(2.5), 81))
_BINS = 10
_SEED = 7


@dataclass(frozen=True)
class Calibration:
    """What the manifest and the model card say about confidence."""
    plates: int
    temperature: float
    expected_error_before: float        # |confidence - accuracy| of whole plates, averaged over ten bins
    expected_error: float
    gate: float                         # on the weakest of the eight slots
    accepted: float
    wrong_among_accepted: float
    reliability: tuple                  # per bin: plates, mean confidence, share right

    def as_dict(self):
        return asdict(self)


def calibration_plates(data_root=None):
    """The real crops kept from training: once as archived, once on a new scene, for the hard looks that archives lack."""
    corpus, dice = Corpus(data_root), Dice(_SEED)
    studio, kept = Studio.of(corpus, dice), load_real(corpus, calibration=True)
    parts = archived(kept), as_tensors(rephotographed(kept, studio, dice))
    return torch.cat([pictures for pictures, _ in parts]), [text for _, texts in parts for text in texts]


def calibrate(net, pictures, texts, device='cpu', wrong_allowed=0.005):
    """Fits one temperature to the slots and picks the lowest gate that keeps wrong reads rare among the accepted."""
    logits = slot_logits(net, pictures, device)
    truth = torch.tensor([classes_of(text) for text in texts])
    temperature = fitted_temperature(logits, truth)
    before = _whole_plates(logits, truth)
    right, weakest, grammatical = _reads(logits / temperature, texts)
    gate = lowest_gate(weakest, right, grammatical, wrong_allowed)
    passed = (weakest >= gate) & grammatical
    error, reliability = expected_calibration_error(*_whole_plates(logits / temperature, truth))
    return Calibration(len(texts), float(temperature), expected_calibration_error(*before)[0], error, gate,
                       float(passed.mean()), float((~right[passed]).mean()) if passed.any() else 0.0, reliability)


@torch.no_grad()
def slot_logits(net, pictures, device):
    return torch.cat([net(normalised(part.to(device)))[0].float().cpu() for part in pictures.split(100)])


def fitted_temperature(logits, truth):
    """The temperature of least negative log likelihood over all slots."""
    def likelihood(temperature):
        return torch.nn.functional.cross_entropy((logits / temperature).flatten(0, 1), truth.flatten()).item()
    return min(_TEMPERATURES, key=likelihood)


def lowest_gate(weakest, right, grammatical, wrong_allowed):
    """The lowest threshold on the weakest slot, in steps of 0.01, above which wrong reads stay within what is allowed."""
    for gate in np.arange(0.30, 0.995, 0.01):
        passed = (weakest >= gate) & grammatical
        if passed.any() and (~right[passed]).mean() <= wrong_allowed:
            return round(float(gate), 2)
    return 0.99


def expected_calibration_error(confidence, right):
    """-> the error, and per bin (plates, mean confidence, share right)."""
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    rows = [(int((bins == k).sum()), float(confidence[bins == k].mean()), float(right[bins == k].mean())) for k in range(_BINS) if (bins == k).any()]
    return sum(n * abs(mean - share) for n, mean, share in rows) / len(confidence), tuple(rows)


def _reads(logits, texts):
    best = torch.softmax(logits, 2).max(2)
    reads = [text_of(row) for row in best.indices.tolist()]
    right = np.array([read == old_police_o(text) for read, text in zip(reads, texts)])
    weakest = best.values.min(1).values.numpy()
    return right, weakest, np.array([bool(GRAMMAR.match(read)) for read in reads])


def _whole_plates(logits, truth):
    """Confidence of a whole plate (product of its slots) and whether it is right."""
    best = torch.softmax(logits, 2).max(2)
    return best.values.prod(1).numpy(), (best.indices == truth).all(1).numpy()
