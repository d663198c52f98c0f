"""Makes confidence mean what it says, and chooses the gate: both on plates kept from training, never on a test set.

Confidence is what the pipeline calls so: that of the weakest of the nine slots, after the further looks that the pipeline
takes at plates which it reads unsurely. The gate is a threshold on it, together with the second opinion unless that turns
away more plates than it is worth.
"""
import hashlib
from dataclasses import asdict, dataclass, replace
from functools import partial

import numpy as np
import torch

from ..alphabet import GRAMMAR, classes_of, text_of, text_of_path
from ..corpus import Corpus
from ..dice import Dice
from ..plates.framing import with_margin
from ..plates.studio import Studio
from .development import DevelopmentSets, as_tensors
from .net import normalised
from .samples import load_real, photographed, reframed
from .strata import STRATA, in_stratum

AGAIN_BELOW = 0.95              # of a look's weakest slot: one plate in six of those kept
# Nearer, wider, taller: of seven pairs and triples the one by which most kept plates were accepted. The second opinions of
# all looks are averaged step by step, so that no margin may shift the characters by a step.
AGAIN_MARGINS = (0.0, 0.0), (0.035, 0.10), (0.02, 0.15)
_TEMPERATURES = np.exp(np.linspace(np.log(0.4), np.log(2.5), 93))
_BINS = 10
_WRONG_ALLOWED = 0.004          # of those accepted; half a percent is the goal, and on other crops gates chosen here let more through
_WORTH_AGREEMENT = 0.01        # share of plates given up for a check of another kind: unlike the threshold, it was not chosen on these plates
_SEED = 7
_ROUNDS = 4                     # looks at each plate of either kind: one look is decided by a handful of plates
# Small level boxes of drawn plates, all provinces alike: the kept crops are mostly of two provinces and taken from near by, and a gate
# chosen on them alone let twice as many wrong reads through elsewhere as it promised.
_SMALL_BOXES = 1240
_SMALL = STRATA['level box, stored at 96 x 26']


@dataclass(frozen=True)
class Calibration:
    """What the manifest and the model card say about confidence."""
    plates: int
    temperature: float
    expected_error_before: float        # |confidence - accuracy| of whole plates, averaged over ten bins; one look, temperature 1
    expected_error: float
    exact_by_one_look: float
    exact: float
    gate: float                         # on the weakest of the nine slots; holds in either half of the texts and in either kind
    agreement: bool                     # and the second opinion must say the same
    accepted_by_one_look: float         # by the lowest gate for that,
    accepted_otherwise: float           # and for all looks with the other choice of `agreement`
    accepted: float
    wrong_among_accepted: float
    by_kind: dict                       # 'kept' real crops, 'drawn' small boxes: plates, share accepted, share of these that are wrong
    reliability: tuple                  # per bin: plates, mean confidence, share right

    def as_dict(self):
        return asdict(self)


def calibration_plates(data_root=None):
    """-> pictures, texts, drawn? Real crops kept from training, half framed anew and half on new scenes; drawn plates in small boxes."""
    corpus, dice = Corpus(data_root), Dice(_SEED)
    studio, kept = Studio.of(corpus, dice), load_real(corpus, calibration=True)
    on_scenes = partial(photographed, studio=studio)
    real, texts = as_tensors([look(*crop, dice=dice) for _ in range(_ROUNDS) for look in (reframed, on_scenes) for crop in kept])
    small, written = in_stratum(_SMALL, _SMALL_BOXES, studio, dice)
    return torch.cat([real, small]), texts + written, np.repeat([False, True], [len(texts), len(written)])


def kept_plates(data_root=None):
    """All that readers are compared on: the development sets, and the plates of the calibration by kind. Name -> (pictures, texts)."""
    pictures, texts, drawn = calibration_plates(data_root)
    kinds = {'kept for calibration': ~drawn, 'drawn for calibration': drawn}
    return DevelopmentSets.load(data_root).sets | {name: (pictures[torch.from_numpy(kind)], [text for text, of in zip(texts, kind) if of]) for name, kind in kinds.items()}


def calibrate(net, pictures, texts, drawn, device='cpu', wrong_allowed=_WRONG_ALLOWED):
    """Fits one temperature to all looks together and picks the gate that keeps wrong reads rare among the accepted of every group."""
    looks = [Look.at(pictures, net, device)] + [Look.at(seen_again(pictures, margin), net, device) for margin in AGAIN_MARGINS]
    truth, half = torch.tensor([classes_of(text) for text in texts]), _first_half(texts)
    groups = half, ~half, drawn, ~drawn
    temperature = fitted_temperature(looks, truth)
    before, once = Reads.of(looks[:1], 1.0, truth), Reads.of(looks[:1], fitted_temperature(looks[:1], truth), truth)
    reads = Reads.of(looks, temperature, truth)
    alone, together = (lowest_gate(of, groups, wrong_allowed) for of in (reads, reads.agreeing()))
    agreement = reads.agreeing().accepted(together)[0] > reads.accepted(alone)[0] - _WORTH_AGREEMENT
    gated, gate, other = (reads.agreeing(), together, reads.accepted(alone)) if agreement else (reads, alone, reads.agreeing().accepted(together))
    once = once.agreeing() if agreement else once
    error, reliability = expected_calibration_error(reads.confidence, reads.right)
    return Calibration(
        len(texts), float(temperature), expected_calibration_error(before.confidence, before.right)[0], error,
        float(once.right.mean()), float(reads.right.mean()), gate, agreement,
        once.accepted(lowest_gate(once, groups, wrong_allowed))[0], other[0], *gated.accepted(gate),
        {name: (int(kind.sum()), *gated.accepted(gate, kind)) for name, kind in (('kept', ~drawn), ('drawn', drawn))}, reliability)


def seen_again(pictures, margin):
    return torch.from_numpy(np.stack([with_margin(picture, margin) for picture in pictures.numpy()]))


@dataclass(frozen=True)
class Look:
    """What the network says of each plate: logits of the slots, probabilities of the steps."""
    slots: torch.Tensor
    steps: torch.Tensor

    @classmethod
    @torch.no_grad()
    def at(cls, pictures, net, device):
        said = [net(normalised(part.to(device)))[:2] for part in pictures.split(100)]
        return cls(torch.cat([slots.float().cpu() for slots, _ in said]), torch.cat([torch.softmax(steps.float(), 2).cpu() for _, steps in said]))


def averaged_looks(looks, temperature):
    """Probabilities of slots and steps as the pipeline sees them: of the first look, or of all together where the first is unsure."""
    slots, unsure = averaged_slots(looks, temperature)
    return slots, torch.where(unsure, sum(look.steps for look in looks) / len(looks), looks[0].steps)


def averaged_slots(looks, temperature):
    """-> probabilities of the slots, seen again?"""
    slots = [torch.softmax(look.slots / temperature, 2) for look in looks]
    unsure = (slots[0].amax(2).amin(1) < AGAIN_BELOW)[:, None, None]
    return torch.where(unsure, sum(slots) / len(looks), slots[0]), unsure


@dataclass(frozen=True)
class Reads:
    """One entry per plate: confidence of the weakest slot, right as a whole?, possible by the grammar?, agreed by the second opinion?"""
    confidence: np.ndarray
    right: np.ndarray
    possible: np.ndarray
    agreed: np.ndarray

    @classmethod
    def of(cls, looks, temperature, truth):
        slots, steps = averaged_looks(looks, temperature)
        best, texts = slots.max(2), [text_of(row) for row in slots.argmax(2).tolist()]
        agreed = [text == text_of_path(path) for text, path in zip(texts, steps.argmax(2).tolist())]
        return cls(best.values.amin(1).numpy(), (best.indices == truth).all(1).numpy(),
                   np.array([bool(GRAMMAR.match(text)) for text in texts]), np.array(agreed))

    def agreeing(self):
        """The same, where only plates may pass of which the second opinion says the same."""
        return replace(self, possible=self.possible & self.agreed)

    def accepted(self, gate, among=slice(None)):
        """-> share accepted, share of these that are wrong; `among`: which plates."""
        passed = ((self.confidence >= gate) & self.possible)[among]
        return float(passed.mean()), float((~self.right[among][passed]).mean()) if passed.any() else 0.0


def lowest_gate(reads, groups, wrong_allowed):
    """The lowest threshold, in steps of 0.01, above which wrong reads stay within what is allowed in every group of plates."""
    for gate in np.arange(0.30, 0.995, 0.01):
        if all(0 < reads.accepted(gate, group)[0] and reads.accepted(gate, group)[1] <= wrong_allowed for group in groups):
            return round(float(gate), 2)
    return 0.99


def _first_half(texts):
    """Is each in the first of two halves by text? A gate that holds in one by the luck of a handful of plates does not hold in the other."""
    return np.array([hashlib.md5(text.encode()).digest()[1] % 2 == 0 for text in texts])


def fitted_temperature(looks, truth):
    """The temperature by which the weakest slot's confidence foretells best (log likelihood) whether the plate is right."""
    def surprise(temperature):
        best = averaged_slots(looks, temperature)[0].max(2)
        chance = best.values.amin(1).clamp(1e-6, 1 - 1e-6)
        right = (best.indices == truth).all(1)
        return -torch.where(right, chance, 1 - chance).log().mean().item()
    return min(_TEMPERATURES, key=surprise)


def expected_calibration_error(confidence, right):
    """-> the error, and per bin (plates, mean confidence, share right)."""
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    rows = [(int((bins == k).sum()), float(confidence[bins == k].mean()), float(right[bins == k].mean())) for k in range(_BINS) if (bins == k).any()]
    return sum(n * abs(mean - share) for n, mean, share in rows) / len(confidence), tuple(rows)
