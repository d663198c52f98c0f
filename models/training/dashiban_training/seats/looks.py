"""One look of the camera at a patch: where the detector put the corners, what the frame cuts off, light, lens, sensor, compression."""
import math

import cv2
import numpy as np

from ..plates.camera import compression, light, optics, sensor
from .framing import ABOVE, PAD, WIDTH
from .net import SIDE
from .patches import CENTRE, UNIT

_PLATE = (SIDE / 2, SIDE * ABOVE / WIDTH)       # where the plate is in a look
_WIDE = SIDE / WIDTH                            # and how wide, 17 pixels


def look(patch, dice):
    """-> SIDE x SIDE x 3 BGR bytes."""
    onto = _jittered(dice)
    pixels = cv2.warpPerspective(patch.pixels, onto, (SIDE, SIDE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    inside = _within(_mapped(patch.inside, onto), _cut_by_the_frame(dice))
    if dice.chance(0.15):
        _hide_a_part(pixels, dice)
    seen = _photographed(_restyled(pixels.astype(np.float32), dice), dice)
    return blanked(seen, inside)


def plain_look(patch):
    """As the live code cuts it, without any chance."""
    onto = cv2.getPerspectiveTransform(_square(1.0), _corners_of_look())
    pixels = cv2.warpPerspective(patch.pixels, onto, (SIDE, SIDE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return blanked(pixels, _mapped(patch.inside, onto))


def blanked(picture, inside):
    """PAD outside left, top, right, bottom."""
    left, top, right, bottom = (int(round(min(max(edge, 0), SIDE))) for edge in inside)
    blank = np.full_like(picture, PAD)
    blank[top:bottom, left:right] = picture[top:bottom, left:right]
    return blank


def _square(scale):
    """The corners of a look in pixels of the patch; a larger `scale` sees more."""
    extent = WIDTH * UNIT * scale
    left, top = CENTRE[0] - extent / 2, CENTRE[1] - ABOVE * UNIT * scale
    return np.array([[left, top], [left + extent, top], [left + extent, top + extent], [left, top + extent]], np.float32)


def _corners_of_look():
    return np.array([[0, 0], [SIDE, 0], [SIDE, SIDE], [0, SIDE]], np.float32)


def _jittered(dice):
    """From patch to look: corners a few per cent off, a rolled camera, another pitch; either side may be the left."""
    quad = _square(math.exp(dice.gauss(0, 0.06)))       # a plate found 6 % too wide or narrow, or of 480 mm
    middle = np.array(CENTRE, np.float32)
    turn = math.radians(dice.gauss(0, 7) if dice.chance(0.1) else dice.gauss(0, 2.5))
    shear, squeeze = dice.gauss(0, 0.04), math.exp(dice.gauss(0, 0.06))
    shape = np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn) + shear, squeeze * math.cos(turn)]], np.float32)
    quad = (quad - middle) @ shape.T + middle + np.array((dice.gauss(0, 0.06), dice.gauss(0, 0.06)), np.float32) * UNIT
    quad[:2] = quad[:2].mean(0) + (quad[:2] - quad[:2].mean(0)) * math.exp(dice.gauss(0, 0.04))     # keystone of another height
    target = _corners_of_look()
    return cv2.getPerspectiveTransform(quad.astype(np.float32), target[[1, 0, 3, 2]] if dice.chance(0.5) else target)


def _mapped(inside, onto):
    """The picture's edges in the look, as upright lines: a rolled look is blanked upright, as every frame is."""
    left, top, right, bottom = inside
    middles = np.array([[(left, (top + bottom) / 2), ((left + right) / 2, top), (right, (top + bottom) / 2), ((left + right) / 2, bottom)]], np.float32)
    edges = cv2.perspectiveTransform(middles, onto)[0]
    return min(edges[0, 0], edges[2, 0]), edges[1, 1], max(edges[0, 0], edges[2, 0]), edges[3, 1]


def _cut_by_the_frame(dice):
    """What a frame leaves of the look; the plate itself is always in view."""
    kind, (x, y) = dice.random(), _PLATE
    if kind < 0.14:                                     # a toll lane: bumper, lamps, the bonnet or a part of the windscreen
        return (x - dice.uniform(1.5, 2.8) * _WIDE, y - dice.uniform(1.4, 3.8) * _WIDE,
                x + dice.uniform(1.5, 2.8) * _WIDE, y + dice.uniform(0.4, 1.0) * _WIDE)
    if kind < 0.18:
        return x - dice.uniform(0.7, 3.4) * _WIDE, 0, SIDE, SIDE
    if kind < 0.22:
        return 0, 0, x + dice.uniform(0.7, 3.4) * _WIDE, SIDE
    if kind < 0.28:
        return 0, y - dice.uniform(1.8, 5.6) * _WIDE, SIDE, SIDE
    return 0, 0, SIDE, SIDE


def _within(one, other):
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _hide_a_part(pixels, dice):
    """A pole, a barrier, a neighbour, a hand: up to a quarter of the look in one colour with some grain."""
    width, height = int(SIDE * dice.uniform(0.06, 0.45)), int(SIDE * dice.uniform(0.06, 0.45))
    if dice.chance(0.3):
        width, height = int(SIDE * dice.uniform(0.02, 0.08)), SIDE
    left, top = dice.randrange(SIDE - width + 1), dice.randrange(SIDE - height + 1)
    colour = np.array([dice.uniform(10, 230) for _ in range(3)], np.float32)
    grain = cv2.resize(dice.grain(4, 4), (width, height))[..., None] * 60 - 30
    pixels[top:top + height, left:left + width] = np.clip(colour + grain, 0, 255)


def _restyled(pixels, dice):
    """Other colours and other edges than any renderer's or any one camera's; shapes stay."""
    if dice.chance(0.2):                                # other paints: the channels mixed anew
        mix = np.eye(3, dtype=np.float32) + dice.noise((3, 3)) * np.float32(0.2)
        pixels = pixels @ (mix / np.maximum(mix.sum(0), 0.3))
    if dice.chance(0.2):                                # another texture: a random small filter of sum one
        kernel = dice.noise((3, 3)) * np.float32(0.12)
        kernel[1, 1] += 1
        pixels = cv2.filter2D(pixels, -1, kernel / max(kernel.sum(), 0.3))
    return np.clip(pixels, 0, 255)


def _exposed_for(pixels, dice):
    """Two in three dark scenes (mean below 55 of 255) are lifted as a camera's exposure would. -> picture, dark?"""
    mean = float(pixels.mean())
    if mean >= 55 or dice.chance(0.33):
        return pixels, mean < 55
    return pixels * np.float32(min(6.0, dice.uniform(50, 100) / max(mean, 1.0))), True


def _photographed(pixels, dice):
    """`plates.camera` at this scale: the plate is 17 pixels wide here, and most noise was averaged away."""
    pixels, was_dark = _exposed_for(pixels, dice)
    fair = was_dark or dice.chance(0.55)                # not night upon night
    if dice.chance(0.3):                                # plates of 5 to 16 pixels, or a lens that resolves no more
        small = int(SIDE * dice.uniform(0.3, 0.9))
        pixels = cv2.resize(cv2.resize(pixels, (small, small), interpolation=cv2.INTER_AREA), (SIDE, SIDE))
    lit, _ = light(pixels, False, dice, fair)
    harshness = dice.uniform(0.1, 0.35) if fair else dice.uniform(0.2, 0.8)
    return compression(sensor(optics(lit, harshness * 0.6, dice), harshness, dice), dice)
