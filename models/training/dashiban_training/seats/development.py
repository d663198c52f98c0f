"""What a run is judged by: vehicles kept from training, plain and with the classes ruled out that the plate's colour excludes."""
from dataclasses import dataclass

import numpy as np
import torch

from ..dice import Dice
from .looks import look, plain_look
from .net import CLASSES, planes
from .patches import LARGE, SMALL
from .vehicles import narrowed

_SEED = 20_261_123
_MOST_REAL = 250                # looks of one source and label
_MOST_RENDERED = 2_500
_CAR, _VAN, _MINIBUS, _COACH, _TRUCK, _OTHER = range(len(CLASSES))
_SEVEN_PLUS = (_VAN, _MINIBUS, _COACH)


@dataclass(frozen=True)
class Looks:
    """`plates`: the size that the vehicle carries, or would carry; `labels` are narrowed by it."""
    pictures: torch.Tensor
    labels: list
    plates: list


class DevelopmentLooks:
    """Name -> Looks: `rendered`, real ones by source, and `own plates`: those of all sources that bear a plate, framed by it."""

    def __init__(self, sets):
        self.sets = sets

    @classmethod
    def of(cls, stock, draw=0):
        """One look at each, with a seed of their own; another `draw`, other looks at the same vehicles."""
        dice = Dice(_SEED + draw)
        rendered = _some(stock.rendered, _MOST_RENDERED)
        sets = {'rendered': _looks(rendered, dice)} if rendered else {}
        for source in sorted({vehicle.source for vehicle in stock.real}):
            kinds = {}
            for vehicle in stock.real:
                if vehicle.source == source:
                    kinds.setdefault(vehicle.label, []).append(vehicle)
            chosen = [vehicle for _, group in sorted(kinds.items()) for vehicle in _some(group, _MOST_REAL)]
            sets[source] = _looks([stock.real_patch(vehicle, dice) for vehicle in chosen], dice)
        bearing = [vehicle for vehicle in stock.real if vehicle.stance.borne]
        if bearing:
            sets['own plates'] = _looks([stock.real_patch(vehicle, dice, boxed=False) for vehicle in bearing], dice)
        return cls(sets)

    def examine(self, net, device):
        return {name: summary(probabilities(net, looks.pictures, device), looks) for name, looks in self.sets.items()}

    def some_inputs(self, of_each=12):
        """Looks of all sets as the network takes them, for whatever needs typical inputs."""
        return planes(torch.cat([_some(looks.pictures, of_each) for looks in self.sets.values()]))


def _some(rows, most):
    step = max(1, -(-len(rows) // most))
    return rows[::step]


def _looks(patches, dice):
    """Every other patch as it is, the others as hard as in training: roads lie between."""
    pictures = torch.from_numpy(np.stack([look(patch, dice) if k % 2 else plain_look(patch) for k, patch in enumerate(patches)]))
    return Looks(pictures, [narrowed(patch.label, patch.plate) for patch in patches], [patch.plate for patch in patches])


@torch.no_grad()
def logits(net, pictures, device='cpu'):
    return torch.cat([net(planes(part).to(device)).float().cpu() for part in pictures.split(128)])


def probabilities(net, pictures, device='cpu', temperature=1.0):
    return torch.softmax(logits(net, pictures, device) / temperature, 1).numpy()


def possible(answers, plates):
    """As the live fusion: on a small plate a bus-like body is a van and a coach cannot be, on a large one a van is a minibus and no car."""
    answers = answers.copy()
    small, large = (np.array([plate == size for plate in plates]) for size in (SMALL, LARGE))
    answers[small, _VAN] += answers[small, _MINIBUS]
    answers[large, _MINIBUS] += answers[large, _VAN]
    answers[np.ix_(small, (_MINIBUS, _COACH))] = 0
    answers[np.ix_(large, (_CAR, _VAN))] = 0
    return answers / answers.sum(1, keepdims=True)


def summary(answers, looks, threshold=0.0):
    """Recall by class, plain and masked by the plate, and the questions that a plate leaves open; as [right, of] or shares."""
    masked = possible(answers, looks.plates)
    known = masked.max(1) >= threshold
    best = masked.argmax(1)
    return {'plain': _recalls(answers.argmax(1), looks.labels), 'masked': _recalls(best, looks.labels),
            'sevenPlusSmall': balanced(best, looks, known, SMALL, ('van_7_9',), ('car_le6',), _SEVEN_PLUS),
            'busLarge': balanced(best, looks, known, LARGE, ('minibus_10_19', 'coach_ge20', 'minibus_10_19|coach_ge20'), ('truck',), _SEVEN_PLUS),
            'trucksCalledPassenger': _trucks_called_passenger(best, looks, known), 'unknown': round(float((~known).mean()), 3)}


def balanced(best, looks, known, plate, wanted, others, called):
    """[wanted and called so, of, others and not called so, of], among the vehicles with that plate that got an answer."""
    row = []
    for names, right in ((wanted, True), (others, False)):
        chosen = [k for k in range(len(best)) if looks.plates[k] == plate and looks.labels[k] in names and known[k]]
        row += [sum((best[k] in called) == right for k in chosen), len(chosen)]
    return row


def _recalls(best, labels):
    recalls = {}
    for answer, label in zip(best, labels):
        count = recalls.setdefault(label, [0, 0])
        count[0] += CLASSES[answer] in label.split('|')
        count[1] += 1
    return recalls


def _trucks_called_passenger(best, looks, known):
    chosen = [k for k in range(len(best)) if looks.labels[k] == 'truck' and known[k]]
    return [sum(best[k] in (_CAR, *_SEVEN_PLUS) for k in chosen), len(chosen)]

