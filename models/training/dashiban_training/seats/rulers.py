"""How wide a Chinese plate would be on a foreign vehicle, and where it would hang.

From the plate that the vehicle bears, where one was found (`foreign`), else from the measures of such a body. By its class alone
every car would come as high as a saloon and every van as high as a van: a network that learns so takes the scale for the class,
and is wrong wherever the plate sets the scale.
"""
import math
from dataclasses import dataclass

import numpy as np

_CHINESE, _AMERICAN, _EUROPEAN = 0.440, 0.305, 0.520    # metres across
_EUROPEAN_FROM = 2.6            # width over height as seen: 2.0 and 4.7 straight on, the longer one seldom turned by more than 50 degrees

# Width and height in metres.
_BODIES = {
    'sedan': (1.82, 1.47), 'coupe': (1.85, 1.36), 'convertible': (1.80, 1.34), 'hatchback': (1.74, 1.50), 'wagon': (1.80, 1.52),
    'suv': (1.88, 1.77), 'minivan': (1.98, 1.77), 'full-size passenger van': (2.02, 2.10), 'cargo van': (2.00, 2.10), 'pickup': (1.95, 1.88),
    'ambulance': (2.00, 2.50), 'motorcycle': (0.80, 1.40), 'bike': (0.80, 1.40),
}
_BODIES_BY_CLASS = {'car_le6': (1.80, 1.50), 'van_7_9': (1.90, 1.90), 'minibus_10_19': (2.05, 2.40), 'coach_ge20': (2.50, 3.15),
                    'truck': (2.40, 3.00), 'other': (1.95, 1.80)}

# Set by the medians of 674 plates found on Stanford Cars: how far off the middle of its box a turned vehicle bears its plate, as a
# share of the box's width, and how far down.
_MOST_ASIDE, _ASIDE_WITHIN = 0.28, 0.3
_DOWN = (0.60, 0.85)
_GUESS, _MEASUREMENT = 0.13, 0.06       # deviation of the logarithm of a width

_AGREEING = (0.3, 0.10, 0.12)   # deviations of log width, place across, place down, of plates from what the body lets expect
_USUALLY_DOWN = 0.74
_SURE = 0.10                    # score times agreement; on a sheet of 120 vehicles nearly all above lay on plates or their places


@dataclass(frozen=True)
class Ruler:
    """Centre (x, y) and width, in pixels, of the Chinese plate that a vehicle would bear."""
    centre: tuple
    width: float


@dataclass(frozen=True)
class Stance:
    """A vehicle in its picture. `box`: left, top, right, bottom in pixels; `body`: width and height in metres; `borne`: the ruler
    that its own plate gives, or None; `near`: -1 or 1 where its end with the plate points left or right, 0 where nobody knows."""
    box: tuple
    body: tuple
    borne: Ruler = None
    near: int = 0

    @property
    def turn(self):
        """How much wider for its height than its front."""
        left, top, right, bottom = self.box
        return (right - left) / (bottom - top) * self.body[1] / self.body[0]

    @property
    def plate_width(self):
        """What the body lets expect, in pixels."""
        left, top, right, bottom = self.box
        return _CHINESE * min((right - left) / self.body[0], (bottom - top) / self.body[1])

    @property
    def aside(self):
        """How far off the middle the plate hangs, as a share of the box's width."""
        return _MOST_ASIDE * (1 - math.exp(-(max(self.turn, 1) - 1) / _ASIDE_WITHIN))

    def ruler(self, dice):
        """The plate's, as well as it was measured; or a guess as wide as bodies of one kind differ."""
        if self.borne:
            return Ruler(self.borne.centre, self.borne.width * math.exp(dice.gauss(0, _MEASUREMENT)))
        left, top, right, bottom = self.box
        aside = (self.near or dice.pick((-1, 1))) * self.aside * dice.uniform(0.7, 1.3) + dice.gauss(0, 0.02)
        centre = (left + right) / 2 + aside * (right - left), top + dice.uniform(*_DOWN) * (bottom - top)
        return Ruler(centre, self.plate_width * math.exp(dice.gauss(0, _GUESS)))


def stance(box, kind, label, plates=()):
    """`plates`: (4 x 2 corners, score) of what a detector takes for plates in this picture, however unsure."""
    body = _BODIES.get(kind) or tuple(np.mean([_BODIES_BY_CLASS[name] for name in label.split('|')], 0))
    expected = Stance(box, body)
    rulers = [(score * _agreement(expected, ruler), ruler) for ruler, score in ((chinese(quad), score) for quad, score in plates)]
    value, ruler = max(rulers, key=lambda pair: pair[0], default=(0, None))
    return Stance(box, body, ruler if value >= _SURE else None, _near(box, plates))


def chinese(quad):
    """The ruler that a foreign plate gives, by whether it is American or European."""
    quad = np.asarray(quad, float)
    width = max(np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[3]))
    height = (np.linalg.norm(quad[3] - quad[0]) + np.linalg.norm(quad[2] - quad[1])) / 2
    return Ruler(tuple(quad.mean(0)), width * _CHINESE / (_EUROPEAN if width >= _EUROPEAN_FROM * height else _AMERICAN))


def _agreement(expected, ruler):
    """1 where a plate is as wide as the body lets expect and hangs where such bodies bear theirs."""
    across, down = _place(expected.box, ruler.centre)
    off = math.log(ruler.width / expected.plate_width), abs(across) - expected.aside, down - _USUALLY_DOWN
    return math.exp(-sum((value / deviation) ** 2 for value, deviation in zip(off, _AGREEING)) / 2)


def _near(box, plates):
    """The side on which most of the answers lie, in the lower half."""
    places = [(*_place(box, chinese(quad).centre), score) for quad, score in plates]
    return int(np.sign(sum(score * np.sign(across) for across, down, score in places if down > 0.5)))


def _place(box, centre):
    """-> share of the box's width from its middle, share of its height from its top."""
    left, top, right, bottom = box
    return (centre[0] - (left + right) / 2) / (right - left), (centre[1] - top) / (bottom - top)
