"""Puts flat plates and boards into a picture: perspective, light of the place, holder, soft edges."""
import math
from dataclasses import dataclass

import cv2
import numpy as np

from ..plates.camera import Pose, corners
from ..plates.paint import any_grey

_HOLDER_SHARE = 0.35
_REAL_SHARE = 0.2               # real crops among the single rows: their wear, light and compression are nobody's guess
_RACK = 400                     # plates kept flat; one in four picks draws a new one in place of an old one


@dataclass(frozen=True)
class Flat:
    """A plate seen straight on: BGR bytes, two rows?"""
    picture: np.ndarray
    double: bool

    @property
    def aspect(self):
        return self.picture.shape[0] / self.picture.shape[1]


class PlateRack:
    """Flat plates to mount: drawn ones, and real crops of single rows."""

    def __init__(self, studio, real, dice):
        self._studio, self._real = studio, real
        self._drawn = [self._draw(dice) for _ in range(_RACK)]

    def pick(self, dice, double=None):
        """A plate; with `double` given, one of so many rows."""
        if self._real and not double and dice.chance(_REAL_SHARE):
            return dice.pick(self._real)
        if dice.chance(0.25):
            self._drawn[dice.randrange(_RACK)] = self._draw(dice)
        while True:
            flat = dice.pick(self._drawn)
            if double is None or flat.double == double:
                return flat

    def _draw(self, dice):
        drawn = self._studio.draw(dice)
        return Flat(np.clip(drawn.picture, 0, 255).astype(np.uint8), drawn.double)


def pose(width, aspect, dice):
    """Corners around the origin of a plate `width` pixels wide.

    Most hang straight; one in eight is rolled or seen from far aside, up to about 50 degrees of yaw.
    """
    odd = dice.chance(0.12)
    rotation = dice.uniform(-28, 28) if odd else dice.gauss(0, 3.5)
    yaw = dice.uniform(0.6, 1.0) if dice.chance(0.15) else dice.uniform(0.9, 1.0)
    shear = dice.uniform(-0.35, 0.35) if odd else dice.gauss(0, 0.06)
    drawn = Pose(width, math.radians(rotation), shear, dice.gauss(0, 0.05) + (1 - yaw) * dice.pick((-1, 1)) * 0.6,
                 (yaw, dice.uniform(0.85, 1.1)), (dice.gauss(0, 0.04) + (1 - yaw) * 0.2, dice.gauss(0, 0.03)))
    return corners(drawn, aspect)


def mount(picture, flat, quad, gain, dice, holder=True):
    """Draws the BGR bytes `flat` onto float `picture` so that its corners come to `quad`, times `gain` for the light there."""
    flat = _with_holder(flat, dice) if holder and dice.chance(_HOLDER_SHARE) else (flat, 0, 0, 0)
    image, left, top, bottom = flat
    h, w = image.shape[:2]
    shrink = (w - 2 * left) / max(1.0, float(np.linalg.norm(quad[1] - quad[0])))
    if shrink > 1.5:                                    # what the lens would average, so that nothing aliases
        reduced = cv2.resize(image, (max(4, round(w / shrink * 1.2)), max(3, round(h / shrink * 1.2))), interpolation=cv2.INTER_AREA)
        left, top, bottom = left * reduced.shape[1] / w, top * reduced.shape[0] / h, bottom * reduced.shape[0] / h
        image, (h, w) = reduced, reduced.shape[:2]
    inner = np.array([[left, top], [w - left, top], [w - left, h - bottom], [left, h - bottom]], np.float32)
    onto = cv2.getPerspectiveTransform(inner - np.float32(0.5), quad.astype(np.float32) - np.float32(0.5))    # pixel centres
    outline = cv2.perspectiveTransform(np.array([[[0, 0], [w, 0], [w, h], [0, h]]], np.float32) - np.float32(0.5), onto)[0]
    low = np.maximum(np.floor(outline.min(0)).astype(int) - 1, 0)
    high = np.minimum(np.ceil(outline.max(0)).astype(int) + 2, picture.shape[1::-1])
    if (high - low).min() < 2:
        return
    shifted = np.array([[1, 0, -low[0]], [0, 1, -low[1]], [0, 0, 1]], np.float64) @ onto
    size = tuple(int(v) for v in high - low)
    colours = cv2.warpPerspective(image, shifted, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE).astype(np.float32)
    cover = cv2.warpPerspective(np.full((h, w), 255, np.uint8), shifted, size, flags=cv2.INTER_LINEAR).astype(np.float32)[..., None] / 255
    place = picture[low[1]:high[1], low[0]:high[0]]
    place += (colours * np.float32(gain) - place) * cover


def _with_holder(image, dice):
    """The dealer's frame or a dark recess: up to 16 mm of 440 aside, thicker below; -> picture, its margins."""
    side = max(2, round(dice.uniform(0.008, 0.036) * image.shape[1]))
    bottom = round(side * dice.uniform(0.5, 2))
    grey = dice.pick((0.03, 0.1, 0.2, 0.7, 0.9))
    colour = [float(v) for v in any_grey(dice, grey, grey)]
    return cv2.copyMakeBorder(image, side, bottom, side, side, cv2.BORDER_CONSTANT, value=colour), side, side, bottom


def brightness(picture, quad):
    """How bright the brightest fifth of the area within the corners' box is, 0..255; None outside the picture."""
    low = np.maximum(quad.min(0).astype(int), 0)
    high = np.minimum(quad.max(0).astype(int) + 1, picture.shape[1::-1])
    if (high - low).min() < 2:
        return None
    return float(np.percentile(picture[low[1]:high[1], low[0]:high[0]].mean(2), 80))
