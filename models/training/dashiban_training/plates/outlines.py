"""The project's own letters and digits: strokes of 10 mm inside the 45 x 90 mm box of GA 36, and characters of a free CJK font."""
import math

import cv2
import numpy as np

BOX = (45, 90)
_FINE = 4                       # pixels per millimetre of the master drawing
_FONT = '/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc'
_SIMPLIFIED = 2                 # index of the simplified Chinese face inside the collection


def _arc(cx, cy, rx, ry, start, end):
    """Points of an ellipse from `start` to `end` degrees, clockwise on the picture from three o'clock."""
    steps = max(3, int(abs(end - start) / 6))
    angles = (math.radians(start + (end - start) * k / steps) for k in range(steps + 1))
    return [(cx + rx * math.cos(a), cy + ry * math.sin(a)) for a in angles]


_LOOP_0 = _arc(22.5, 22.5, 17.5, 17.5, 180, 360) + _arc(22.5, 67.5, 17.5, 17.5, 0, 180) + [(5, 22.5)]
_LOOP_6 = _arc(22.5, 63, 17.5, 22, 0, 360)
_LOOP_9 = _arc(22.5, 27, 17.5, 22, 0, 360)
_OPEN_C = _arc(22.5, 22.5, 17.5, 17.5, 350, 180) + _arc(22.5, 67.5, 17.5, 17.5, 180, 10)
_BOWL_P = [(6, 5), (24, 5)] + _arc(24, 26, 16, 21, -90, 90) + [(6, 47)]

# Centre lines, x to the right and y down, in millimetres; the stroke adds 5 mm on each side.
STROKES = {
    '0': [_LOOP_0],
    '1': [[(22.5, 5), (22.5, 85)]],
    '2': [_arc(22.5, 23, 17.5, 18, 175, 385) + [(5, 85), (40, 85)]],
    '3': [_arc(22.5, 24, 16.5, 19, 190, 430) + [(20, 43)] + _arc(22.5, 64, 17.5, 21, -80, 170)],
    '4': [[(26, 5), (5, 62), (41, 62)], [(30, 40), (30, 85)]],
    '5': [[(38, 5), (9, 5), (7, 42)] + _arc(22.5, 60, 17.5, 25, 225, 520)],
    '6': [_LOOP_6, [(30, 5), (8, 52)]],
    '7': [[(5, 5), (40, 5), (17, 85)]],
    '8': [_arc(22.5, 24, 15.5, 19, 0, 360), _arc(22.5, 64, 17.5, 21, 0, 360)],
    '9': [_LOOP_9, [(15, 85), (37, 38)]],
    'A': [[(5, 85), (22.5, 5), (40, 85)], [(11, 61), (34, 61)]],
    'B': [[(6, 5), (6, 85)], [(6, 5), (23, 5)] + _arc(23, 24, 15, 19, -90, 90) + [(6, 43)],
          [(6, 43), (23, 43)] + _arc(23, 64, 17, 21, -90, 90) + [(6, 85)]],
    'C': [_OPEN_C],
    'D': [[(6, 5), (6, 85)], [(6, 5), (20, 5)] + _arc(20, 25, 20, 20, -90, 0) + _arc(20, 65, 20, 20, 0, 90) + [(6, 85)]],
    'E': [[(40, 5), (6, 5), (6, 85), (40, 85)], [(6, 43), (35, 43)]],
    'F': [[(40, 5), (6, 5), (6, 85)], [(6, 44), (35, 44)]],
    'G': [_OPEN_C + [(40, 48), (25, 48)]],
    'H': [[(6, 5), (6, 85)], [(39, 5), (39, 85)], [(6, 44), (39, 44)]],
    'J': [[(38, 5), (38, 67)] + _arc(21, 68, 17, 17, 0, 170)],
    'K': [[(6, 5), (6, 85)], [(39, 5), (7, 55)], [(18, 40), (40, 85)]],
    'L': [[(6, 5), (6, 85), (40, 85)]],
    'M': [[(5, 85), (5, 5), (22.5, 55), (40, 5), (40, 85)]],
    'N': [[(6, 85), (6, 5), (39, 85), (39, 5)]],
    'P': [[(6, 5), (6, 85)], _BOWL_P],
    'Q': [_LOOP_0, [(25, 62), (40, 86)]],
    'R': [[(6, 5), (6, 85)], _BOWL_P, [(22, 47), (40, 85)]],
    'S': [_arc(22.5, 24, 16.5, 19, 350, 100) + _arc(22.5, 64, 17.5, 21, -80, 175)],
    'T': [[(5, 5), (40, 5)], [(22.5, 5), (22.5, 85)]],
    'U': [[(6, 5), (6, 68)] + _arc(22.5, 68, 16.5, 17, 180, 0) + [(39, 5)]],
    'V': [[(5, 5), (22.5, 85), (40, 5)]],
    'W': [[(5, 5), (12, 85), (22.5, 30), (33, 85), (40, 5)]],
    'X': [[(6, 5), (39, 85)], [(39, 5), (6, 85)]],
    'Y': [[(5, 5), (22.5, 45), (40, 5)], [(22.5, 45), (22.5, 85)]],
    'Z': [[(5, 5), (40, 5), (5, 85), (40, 85)]],
}


def stroked(character, stroke=10.0):
    """A letter or digit, white on black, at four pixels per millimetre."""
    width, height = BOX
    picture = np.zeros((height * _FINE, width * _FINE), np.uint8)
    thickness = max(1, round(stroke * _FINE))
    for line in STROKES[character]:
        points = np.array([(x * _FINE, y * _FINE) for x, y in line], np.float32).round().astype(np.int32)
        cv2.polylines(picture, [points], False, 255, thickness, cv2.LINE_AA)
    return picture


def printed(characters):
    """Characters of Noto Sans CJK, cut to their ink: what stands in for stamped provinces and marks."""
    from PIL import Image, ImageDraw, ImageFont
    face = ImageFont.truetype(_FONT, 160, index=_SIMPLIFIED)
    pictures = {}
    for character in characters:
        sheet = Image.new('L', (260, 260))
        ImageDraw.Draw(sheet).text((40, 20), character, font=face, fill=255)
        pictures[character] = _ink(np.array(sheet))
    return pictures


def _ink(picture):
    rows, columns = np.where(picture > 60)
    return np.ascontiguousarray(picture[rows.min():rows.max() + 1, columns.min():columns.max() + 1])
