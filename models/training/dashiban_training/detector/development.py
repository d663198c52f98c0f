"""How the detector does on pictures kept from its training: found, corners, false alarms, by kind of picture."""
import numpy as np
import torch

from ..corpus import Corpus
from ..dice import Dice
from .answers import VEHICLE_THRESHOLD, box_overlaps, found, quad_overlaps
from .labels import WANTED
from .scenes import SceneMaker, scaled
from .second_look import twice

_SEED = 20_261_123
_LEAST = 0.05                   # answers below are no candidates in any sense
_AT = 0.5                       # threshold of the figures shown while training
_PLATE_ALARMS = 0.02            # share of pictures with a wrong answer that the shipped threshold may leave


class Tally:
    """Scores of right and wrong answers over many pictures; figures follow for any threshold."""

    def __init__(self):
        self.pictures, self._best, self._corner_errors, self._alarms = 0, [], [], []

    def add(self, overlaps, scores, on_anything, corner_errors=None):
        """`overlaps`: truth x answers; `on_anything`: answers that lie on a thing that was wanted or ignored."""
        self.pictures += 1
        self._alarms.append(np.where(on_anything, 0, scores).max(initial=0))
        for k, row in enumerate(overlaps):
            right = row >= 0.5
            self._best.append((scores * right).max(initial=0))
            if corner_errors is not None and right.any():
                self._corner_errors.append(corner_errors[k, np.argmax(scores * right)])

    def found(self, threshold):
        """Share of what was wanted; None where nothing was."""
        return round(float(np.mean(np.array(self._best) >= threshold)), 4) if self._best else None

    def alarms(self, threshold):
        """Share of pictures with a wrong answer of that score."""
        return round(float(np.mean(np.array(self._alarms) >= threshold)), 4) if self._alarms else None

    def threshold_for(self, alarms):
        """The lowest threshold, in hundredths, at which so few pictures hold a wrong answer."""
        return next((t / 100 for t in range(5, 100) if self.alarms(t / 100) <= alarms), 1.0)

    @property
    def corner_error(self):
        """Median distance of the corners in shares of the plate's width; None where nothing was found."""
        return round(float(np.median(self._corner_errors)), 4) if self._corner_errors else None

    def __len__(self):
        return len(self._best)

    @classmethod
    def together(cls, tallies):
        """One tally of the pictures of several."""
        whole = cls()
        for tally in tallies:
            whole.pictures += tally.pictures
            whole._best += tally._best
            whole._corner_errors += tally._corner_errors
            whole._alarms += tally._alarms
        return whole

    def figures(self, threshold):
        """For people and files: counts beside every rate."""
        found, alarms = (int((np.array(scores) >= threshold).sum()) for scores in (self._best, self._alarms))
        return {'found': found, 'of': len(self), 'pictures with an alarm': alarms, 'pictures': self.pictures}


def judge(answer, plate_rows, vehicle_rows, plates, vehicles):
    """Adds one picture's answer (`answers.Found`) and labels to two tallies."""
    quads = plate_rows[plate_rows[:, 9] > 0, :8].reshape(-1, 4, 2)
    wanted = plate_rows[plate_rows[:, 9] > 0, 9] == WANTED
    near = box_overlaps(_boxes(answer.quads), _boxes(quads)) > 0.1
    distance = np.linalg.norm(quads[wanted][:, None] - answer.quads[None], axis=-1).mean(-1)
    width = np.linalg.norm(quads[wanted][:, 1] - quads[wanted][:, 0], axis=-1)
    plates.add(quad_overlaps(quads[wanted], answer.quads), answer.plate_scores, near.any(1), distance / np.maximum(1, width)[:, None])
    rows = vehicle_rows[vehicle_rows[:, 4] > 0]
    near = box_overlaps(answer.boxes, rows[:, :4]) > 0.3
    hidden = np.array([_mostly_in(box, rows[rows[:, 4] != WANTED, :4]) for box in answer.boxes], bool)
    vehicles.add(box_overlaps(rows[rows[:, 4] == WANTED, :4], answer.boxes), answer.vehicle_scores, near.any(1) | hidden)


def _boxes(quads):
    return np.concatenate((quads.min(1), quads.max(1)), 1) if len(quads) else np.zeros((0, 4), np.float32)


def _mostly_in(box, others):
    """A box of which more than half lies in one of the others."""
    low, high = np.maximum(box[:2], others[:, :2]), np.minimum(box[2:], others[:, 2:])
    return bool((np.maximum(high - low, 0).prod(1) > 0.5 * max(1.0, (box[2:] - box[:2]).prod())).any())


class DevelopmentScenes:
    """Fixed scenes made of vehicles and views that training never sees."""

    def __init__(self, data_root, view_folders, mined, count):
        dice = Dice(_SEED)
        maker = SceneMaker.of(Corpus(data_root), dice, view_folders, mined, kept=True)
        self._scenes = {kind: [maker.scene(kind, dice) for _ in range(count)] for kind in maker.kinds}

    def examine(self, net, device):
        figures = {}
        for kind, (plates, vehicles) in self.tallies(net, device).items():
            figures[kind] = {'found': plates.found(_AT), 'alarms': plates.alarms(_AT), 'corners': plates.corner_error,
                             'vehicles': vehicles.found(_AT), 'vehicle alarms': vehicles.alarms(_AT)}
        return figures

    def calibrated(self, net):
        """-> threshold for plates, and what is found with it and `VEHICLE_THRESHOLD`; `net` on the CPU.

        Composed scenes are full of boards in the colours and at the size of plates, far more than any road: they teach, but
        a threshold that suits them would give away real plates.
        """
        one, two = self.tallies(net, 'cpu'), self.tallies(net, 'cpu', second_look=True)
        plates = Tally.together(two[kind][0] for kind in two if kind != 'composed').threshold_for(_PLATE_ALARMS)
        report = {kind: {'one look': one[kind][0].figures(plates), 'two looks': two[kind][0].figures(plates),
                         'corners, one look': one[kind][0].corner_error, 'corners, two looks': two[kind][0].corner_error,
                         'vehicles': one[kind][1].figures(VEHICLE_THRESHOLD)} for kind in one}
        return plates, report

    def tallies(self, net, device, second_look=False):
        """Per kind of scene: tally of plates, tally of vehicles."""
        result = {}
        for kind, scenes in self._scenes.items():
            plates, vehicles = Tally(), Tally()
            for start in range(0, len(scenes), 16):
                part = scenes[start:start + 16]
                pictures = scaled(torch.from_numpy(np.stack([scene[0] for scene in part])).to(device))
                for answer, (picture, plate_rows, vehicle_rows) in zip(found(net, pictures, _LEAST), part):
                    answer = twice(net, picture, answer) if second_look else answer
                    judge(answer, plate_rows, vehicle_rows, plates, vehicles)
            result[kind] = plates, vehicles
        return result
