"""Cuts the reader's input out of a picture: as a detector hands the plate over, and as it should be."""
import cv2
import numpy as np

from .camera import jpeg

WIDTH, HEIGHT = 168, 48
UPPER_ROW_WIDTH = 60            # of a double row's strip; the five characters below get the rest
UPPER_ROW_HEIGHT, LOWER_ROW = 5 / 12, 4 / 12    # where the upper row ends and the lower begins, of the crop's height
UPPER_ROW = (0.15, 0.83)        # of the crop's width: what is written above stands in the middle half, of tractors from 0.20 to 0.78
MARGIN = (0.02, 0.05)           # of the plate's width and height, left in the crop on each side


def rectified(picture, quad, double=False, margin=MARGIN):
    """The crop that the live pipeline makes: four corners, a small margin, double rows side by side."""
    height = 2 * HEIGHT if double else HEIGHT
    target = np.array([[0, 0], [WIDTH, 0], [WIDTH, height], [0, height]], np.float32)
    middle = np.array((WIDTH / 2, height / 2), np.float32)
    target = (target - middle) / (1 + 2 * np.array(margin, np.float32)) + middle
    onto = cv2.getPerspectiveTransform(np.asarray(quad, np.float32), target.astype(np.float32))
    crop = cv2.warpPerspective(picture, onto, (WIDTH, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return side_by_side(crop) if double else crop


def side_by_side(crop):
    """A double row as one strip: the middle of the upper 5/12, then the lower 8/12.

    With all of its width the province would be 11 pixels wide, two thirds of what it is on a single row.
    """
    h, w = crop.shape[:2]
    left, right = (round(w * edge) for edge in UPPER_ROW)
    upper = cv2.resize(crop[:round(h * UPPER_ROW_HEIGHT), left:right], (UPPER_ROW_WIDTH, HEIGHT), interpolation=cv2.INTER_LINEAR)
    lower = cv2.resize(crop[round(h * LOWER_ROW):], (WIDTH - UPPER_ROW_WIDTH, HEIGHT), interpolation=cv2.INTER_LINEAR)
    return np.hstack([upper, lower])


def detected(picture, quad, double, upright, dice):
    """The crop as it comes in service: corners a little off, or an upright box, sometimes through a small picture."""
    quad = upright_box(quad, dice) if upright else jittered(quad, dice)
    height = 2 * HEIGHT if double else HEIGHT
    interpolation = dice.pick((cv2.INTER_LINEAR, cv2.INTER_LINEAR, cv2.INTER_CUBIC))
    size = (WIDTH, height)
    detour = dice.chance(0.65 if upright else 0.25)     # crops stored at 64 to 140 pixels: archives, thumbnails, old firmware
    if detour:
        size = (int(dice.uniform(64, 140)), int(dice.uniform(18, 36)) * (2 if double else 1))
    crop = cut_out(picture, quad, size, interpolation)
    if detour:
        crop = jpeg(crop, dice.uniform(40, 95)) if dice.chance(0.4) else crop
        if dice.chance(0.5):                            # a stored crop ends at its border, also where a wider look is taken
            return rectified(crop, border(size), double)
        crop = cv2.resize(crop, (WIDTH, height), interpolation=interpolation)
    return side_by_side(crop) if double else crop


def with_margin(crop, margin):
    """A rectified crop as it would be with another margin; where that is wider, the crop's own edge is repeated."""
    relative = [((1 + 2 * wanted) / (1 + 2 * usual) - 1) / 2 for wanted, usual in zip(margin, MARGIN)]
    return rectified(crop, border((WIDTH, HEIGHT)), margin=relative)


def cut_out(picture, quad, size, interpolation=cv2.INTER_LINEAR):
    """What the quad holds, at `size` = (w, h); shrunk without a filter, as most firmware does it."""
    onto = cv2.getPerspectiveTransform(quad, border(size))
    return cv2.warpPerspective(picture, onto, size, flags=interpolation, borderMode=cv2.BORDER_REPLICATE)


def border(size):
    """The corners of a whole picture of `size` = (w, h)."""
    w, h = size
    return np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32)


def upright_box(quad, dice):
    """A box with level sides around the plate: up to 5 % wider or narrower, 12 % tighter to 15 % looser in height."""
    low, high = quad.min(0), quad.max(0)
    w, h = high - low
    left, right = low[0] - dice.uniform(-0.05, 0.05) * w, high[0] + dice.uniform(-0.05, 0.05) * w
    top, bottom = low[1] - dice.uniform(-0.12, 0.15) * h, high[1] + dice.uniform(-0.12, 0.15) * h
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


def jittered(quad, dice):
    """Corners a little off: a common margin, and each corner by 1 to 4 % of the width and 3 to 9 % of the height.

    One crop in seven is cut to the characters, as plate archives are.
    """
    to_characters = dice.chance(0.15)
    if to_characters:
        margin, spread, limit = (dice.uniform(-0.03, 0.01), dice.uniform(-0.16, -0.03)), (0.008, 0.015), 0.18
    else:
        margin, limit = (dice.uniform(-0.015, 0.05), dice.uniform(-0.03, 0.12)), 0.10
        spread = (0.018, 0.05) if dice.chance(0.75) else (0.035, 0.09)
    across, down = quad[1] - quad[0], quad[3] - quad[0]
    moved = []
    for corner, right, below in zip(quad, (-1, 1, 1, -1), (-1, -1, 1, 1)):
        x = _outward(right * margin[0] + dice.gauss(0, spread[0]), right, inside=0.05, outside=0.08)
        y = _outward(below * margin[1] + dice.gauss(0, spread[1]), below, inside=limit, outside=0.2)
        moved.append(corner + across * x + down * y)
    return np.array(moved, np.float32)


def _outward(offset, sign, inside, outside):
    """An offset limited to `inside` towards the plate and `outside` away from it."""
    return sign * max(-inside, min(outside, sign * offset))
