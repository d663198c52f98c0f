"""Draws one plate flat and near, before any camera: characters, dot, frame, bolts, wear, dirt."""
from dataclasses import dataclass

import cv2
import numpy as np

from ..alphabet import PROVINCES
from .layouts import LAYOUTS
from .paint import any_grey, hsv, ink, painted_ground, red_ink

PX_PER_MM = 0.6                 # 264 pixels for 440 mm: more than any plate that has to be read
_OWN_GLYPHS = 0.18              # plates drawn wholly with the project's own characters, as the demonstration's are
_OWN_PROVINCE = 0.08            # makers differ most in the province: a font character among stamped ones


@dataclass(frozen=True)
class DrawnPlate:
    """Float BGR picture of the plate alone, 0..255 before clipping; `strokes`: where its characters are, bytes."""
    picture: np.ndarray
    text: str
    colour: str
    double: bool
    strokes: np.ndarray


class PlateArtist:
    def __init__(self, glyphs):
        self._glyphs = glyphs

    def draw(self, issue, dice):
        layout = LAYOUTS[issue.layout]
        width, height = round(layout.width * PX_PER_MM), round(layout.height * PX_PER_MM)
        plate = painted_ground(issue.colour, layout, height, width, dice)
        strokes, red = self._characters(issue, layout, (height, width), dice)
        _separator(strokes, layout, dice)
        strokes = _stroke_weight(strokes, dice)
        characters = strokes.copy()
        _border(strokes, dice)
        strokes = _worn(strokes, dice)
        _apply_ink(plate, strokes, red, issue.colour, dice)
        _bolts(plate, layout, dice)
        _dirt(plate, dice)
        _obstacle(plate, dice)
        return DrawnPlate(plate, issue.text, issue.colour, layout.double, characters)

    def _characters(self, issue, layout, shape, dice):
        """The ink mask of all characters, and the mask of those in red (None where none is)."""
        strokes = np.zeros(shape, np.uint8)
        red = np.zeros(shape, np.uint8) if issue.red else None
        only_own = not self._glyphs.has_pictures or dice.chance(_OWN_GLYPHS)
        stretch = dice.uniform(0.97, 1.03)                      # stamping tools differ by a millimetre
        for k, (character, box) in enumerate(zip(issue.text, layout.boxes)):
            glyph, (x, y) = self._place(character, box, layout, k, stretch, only_own, dice)
            h, w = glyph.shape
            x, y = max(0, min(shape[1] - w, x)), max(0, min(shape[0] - h, y))
            np.maximum(strokes[y:y + h, x:x + w], glyph, out=strokes[y:y + h, x:x + w])
            if k in issue.red:
                red[y:y + h, max(0, x - 2):x + w + 2] = 255
        return strokes, red

    def _place(self, character, box, layout, position, stretch, only_own, dice):
        """A character's glyph at its final size, and its upper left pixel."""
        x, y, w, h = box
        x, y, w = x + dice.uniform(-1, 1), y + dice.uniform(-1, 1), w * stretch
        province = character in PROVINCES
        if province and dice.chance(0.8):                       # stamped provinces rarely fill their 45 x 90 box
            narrow, low = dice.uniform(0.82, 1.04), dice.uniform(0.70, 1.02)
            x, y = x + w * (1 - narrow) * dice.uniform(0.2, 0.8), y + h * (1 - low) * dice.uniform(0.25, 0.95)
            w, h = w * narrow, h * low
        size = (max(6, round(w * PX_PER_MM / 2) * 2), max(8, round(h * PX_PER_MM / 2) * 2))     # even sizes: a smaller cache
        if only_own or (province and dice.chance(_OWN_PROVINCE)):
            glyph = self._glyphs.own(character, size, dice)
        else:
            glyph = self._glyphs.stamped(character, layout.glyphs, position < 2, size, dice)
        if province and dice.chance(0.5):                       # and they are often thinner than the pictures
            glyph = _province_weight(glyph, dice)
        return glyph, (round(x * PX_PER_MM), round(y * PX_PER_MM))


def _province_weight(glyph, dice):
    kernel = np.ones((2 if dice.chance(0.5) else 1, 2), np.uint8)
    glyph = cv2.erode(glyph, kernel) if dice.chance(0.75) else cv2.dilate(glyph, kernel)
    return cv2.GaussianBlur(glyph, (3, 3), 0) if dice.chance(0.5) else glyph


def _separator(strokes, layout, dice):
    """The raised dot; often painted over or filled with dirt on double rows, sometimes on single ones."""
    if layout.dot is None or dice.chance(0.5 if layout.double else 0.04):
        return
    centre = tuple(int(v * PX_PER_MM * 4) for v in layout.dot)
    cv2.circle(strokes, centre, int(dice.uniform(4.5, 6.5) * PX_PER_MM * 4), 255, -1, cv2.LINE_AA, 2)


def _stroke_weight(strokes, dice):
    """Thick repainting, thin wear: one pixel here is 1.7 mm of a 10 mm stroke."""
    q = dice.random()
    if q < 0.12:
        return cv2.dilate(strokes, np.ones((2, 2), np.uint8))
    if q < 0.22:
        return cv2.erode(strokes, np.ones((2, 2), np.uint8))
    if q < 0.27:
        return cv2.dilate(strokes, np.ones((3, 3), np.uint8))
    return strokes


def _border(strokes, dice):
    if dice.chance(0.9):
        h, w = strokes.shape
        inset = int(dice.uniform(3, 7) * PX_PER_MM)
        cv2.rectangle(strokes, (inset, inset), (w - 1 - inset, h - 1 - inset), int(dice.uniform(120, 255)), 1 if dice.chance(0.6) else 2, cv2.LINE_AA)


def _worn(strokes, dice):
    """Paint that has flaked from the raised strokes in patches."""
    if not dice.chance(0.10):
        return strokes
    h, w = strokes.shape
    paint = cv2.resize(dice.grain(dice.pick((5, 8, 14)), dice.pick((14, 24, 40))), (w, h), interpolation=cv2.INTER_CUBIC)
    left = np.clip((paint - dice.uniform(0.0, 0.35)) * dice.uniform(2, 6), dice.uniform(0.15, 0.6), 1)
    return (strokes * left).astype(np.uint8)


def _apply_ink(plate, strokes, red, colour, dice):
    cover = (strokes.astype(np.float32) * (dice.uniform(0.75, 1.0) / 255))[..., None]
    if dice.chance(0.25):                                       # embossing: a lit or shaded lip beside the strokes
        lip = np.roll(strokes, (dice.pick((-1, 0, 1)), dice.pick((-1, 1))), (0, 1)).astype(np.float32)[..., None] / 255
        plate += (lip - cover) * dice.uniform(-50, 50)
    paint = np.empty_like(plate)
    paint[:] = ink(colour, dice)
    if red is not None:
        paint[red > 0] = red_ink(dice)
    plate += (paint - plate) * cover


def _bolts(plate, layout, dice):
    """Two or four bolts of 8 to 24 mm with their caps, often the colour of the plate."""
    if not dice.chance(0.85):
        return
    metal = any_grey(dice, 0.1, 1.0, tint=0.3)
    if dice.chance(0.4):
        metal = plate[2, 2] * dice.uniform(0.6, 1.3)
    rows = [dice.uniform(10, 16)] + ([layout.height - dice.uniform(10, 16)] if dice.chance(0.5) else [])
    radius, aside = dice.uniform(4, 12), layout.width / 4 + dice.uniform(-6, 6)
    for y in rows:
        for x in (aside, layout.width - aside):
            if dice.chance(0.9):
                _disc(plate, x, y, radius, metal)
                if dice.chance(0.3):
                    _disc(plate, x + 2, y + 2, radius / 2, metal * 0.5)


def _disc(plate, x, y, radius, colour):
    centre = (int(x * PX_PER_MM * 4), int(y * PX_PER_MM * 4))
    cv2.circle(plate, centre, int(radius * PX_PER_MM * 4), [float(v) for v in colour], -1, cv2.LINE_AA, 2)


def _dirt(plate, dice):
    """Mud, snow or splashes in soft patches, at most 85 % opaque: a fully covered character cannot be read by anyone."""
    if not dice.chance(0.14):
        return
    h, w = plate.shape[:2]
    patches = cv2.resize(dice.grain(dice.pick((4, 7, 14)), dice.pick((10, 20, 40))), (w, h), interpolation=cv2.INTER_CUBIC)
    cover = np.clip((patches - dice.uniform(0.5, 0.9)) * dice.uniform(2, 8), 0, dice.uniform(0.3, 0.85))[..., None]
    plate += (hsv(dice.uniform(0.05, 0.12), dice.uniform(0, 0.5), dice.uniform(0.1, 1.0)) - plate) * cover


def _obstacle(plate, dice):
    """A cable, tow hook, twig or bumper edge across the plate."""
    if not dice.chance(0.05):
        return
    h, w = plate.shape[:2]
    x, y = dice.uniform(0, w), dice.uniform(0, h)
    end = (int(x + dice.uniform(-60, 60)), int(y + dice.uniform(-60, 60)))
    cv2.line(plate, (int(x), int(y)), end, [float(v) for v in any_grey(dice, 0, 1, tint=0.5)], dice.pick((1, 2, 3, 4)), cv2.LINE_AA)
