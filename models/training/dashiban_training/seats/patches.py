"""A vehicle with some surroundings, at the scale of its plate: what the training keeps in memory and turns into looks."""
from dataclasses import dataclass

import cv2
import numpy as np

from .framing import ABOVE, WIDTH, framed, region

MARGIN = 1.3                            # surroundings on all sides, so that a jittered look finds no edge
PATCH = 168                             # pixels; one of a patch is one of a look, within three per cent
UNIT = PATCH / (WIDTH * MARGIN)         # pixels of a plate's width, 17.3
CENTRE = (PATCH / 2, PATCH / 2 + (ABOVE - WIDTH / 2) * UNIT)    # where the plate hangs in a patch

SMALL, LARGE = 'small', 'large'         # plates: blue and small green; yellow and yellow-green. Empty: not seen


@dataclass(frozen=True)
class Patch:
    """PATCH x PATCH x 3 BGR bytes. `inside`: left, top, right, bottom of the camera's picture, in pixels of the patch."""
    pixels: np.ndarray
    inside: tuple
    label: str
    plate: str
    source: str


def patch_of(picture, plate_centre, plate_width, label, plate, source):
    """Cut from a whole picture; what lies outside it repeats the edge and is blanked in the look."""
    left, top, extent = region(plate_centre, plate_width, MARGIN)
    pixels = framed(picture, plate_centre, plate_width, PATCH, MARGIN, cv2.BORDER_REPLICATE)
    scale, (height, width) = PATCH / extent, picture.shape[:2]
    edges = (-left * scale, -top * scale, (width - left) * scale, (height - top) * scale)
    return Patch(pixels, tuple(min(max(edge, 0.0), float(PATCH)) for edge in edges), label, plate, source)
