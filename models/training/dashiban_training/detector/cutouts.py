"""Vehicles cut out of real pictures: where the body is in each, and what is known of its plate."""
import zlib
from dataclasses import dataclass, field

import cv2
import numpy as np

from ..seats.cutouts import vehicle_mask

COLLECTIONS = {'stanford-cars': 2500, 'roadside-fhwa': 600, 'street-crops': 500}    # vehicles of each held at a time
_KEPT_PER_CENT = 6


def is_kept(name):
    """Kept from training, for development: by a hash of the file's name."""
    return zlib.crc32(name.encode()) % 100 < _KEPT_PER_CENT


@dataclass
class CutOut:
    """`box`: left, top, right, bottom of the vehicle, or None where the collection does not say.

    `seen` are foreign plates found in it by an earlier detector of ours (see `mining`): n x 4 x 2 corners.
    """
    picture: np.ndarray
    box: tuple
    shows_end: bool             # front or rear is in view: there is a place for a plate
    seen: list = field(default_factory=list)
    _mask: np.ndarray = None

    @property
    def mask(self):
        """How far each pixel belongs to the body, bytes; cut at the first use."""
        if self._mask is None:
            h, w = self.picture.shape[:2]
            self._mask = (vehicle_mask(self.picture, self.box or (0, 0, w, h)) * 255).astype(np.uint8)
        return self._mask

    @property
    def body(self):
        """Left, top, right, bottom of what the mask shows, or None where the vehicle's box is not known: the mask may hold more."""
        if self.box is None:
            return None
        x, y, w, h = cv2.boundingRect((self.mask > 127).astype(np.uint8))
        return x, y, x + w, y + h


def load(corpus, dice, kept=False, mined=None):
    """Vehicles of all collections, from training's side of the split or from the kept one; with `mined` those it has looked at."""
    cutouts = []
    for collection, most in COLLECTIONS.items():
        rows = _chosen([row for row in corpus.vehicle_rows(collection) if is_kept(row['file']) == kept], most, mined, dice)
        for row, picture in zip(rows, corpus.vehicle_pictures(collection, [row['file'] for row in rows])):
            seen = list(mined.foreign[row['file']]) if mined else []
            cutouts.append(CutOut(picture, _box(collection, row, picture), collection != 'roadside-fhwa', seen))
    return cutouts


def _chosen(rows, most, mined, dice):
    """A sample; vehicles on which a detector saw something, foreign plate or false alarm, make up to half of it."""
    if not mined:
        return dice.sample(rows, min(most, len(rows)))
    rows = [row for row in rows if row['file'] in mined.foreign]
    telling = [row for row in rows if len(mined.foreign[row['file']]) or row['file'] in mined.alarming]
    telling = dice.sample(telling, min(most // 2, len(telling)))
    return telling + dice.sample(rows, min(most - len(telling), len(rows)))


def _box(collection, row, picture):
    """Stanford's cuts end at the vehicle; the roadside ones say; of the street crops many hold more than the vehicle."""
    h, w = picture.shape[:2]
    if collection == 'stanford-cars':
        return 0.0, 0.0, float(w), float(h)
    return tuple(float(v) for v in row['vehicle_box'].split()) if row.get('vehicle_box') else None
