"""Real vehicles: cut-outs of foreign cars, vans, buses and lorries, set on other ground at the scale of a Chinese plate."""
import hashlib
import zlib
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from . import atl
from .cutouts import vehicle_mask
from .framing import plate_of_box
from .patches import CENTRE, LARGE, PATCH, SMALL, UNIT, Patch
from .rulers import Ruler, Stance, stance

COLLECTIONS = ('stanford-cars', 'roadside-fhwa', 'street-crops')
_CONTEXT = {'stanford': 0.0, 'zenodo': 0.07, 'nethra': 0.07, 'openimages': 0.07, 'atl': 0.07}      # share of the crop around the vehicle, each side
_NEIGHBOURS = 40                # so many files in a row may show the same minute of the same camera
_DEVELOPMENT_PER_CENT = 8
_SPECK, _MOST_SPECKS = 70, 0.02 # levels off its neighbours' median; share of such pixels that only strewn copies have

# Share of vehicles that stay where they were seen; the roads below the traffic cameras carry every class.
_KEEPS_ITS_STREET = {'atl': 0.5, 'stanford': 0.3, 'openimages': 0.3}

# So much wider for its height than the front of such a body: up to the first a plate is in plain view, beyond the second only a side.
_FRONTAL, _SIDEWAYS = 1.35, 1.8
_FROM_ABOVE = ('zenodo',)       # a street seen from a roof: no plate shows, and no box tells how far a vehicle is turned

# What the sources call a class, seen with the eyes of GA 802. The sign of a set is '|'.
_RELABELLED = {
    ('stanford', 'minibus_10_19'): 'van_7_9|minibus_10_19',            # a full-size van: its plate decides
    ('zenodo', 'minibus_10_19'): 'van_7_9|minibus_10_19',
    ('fhwa', 'other', 'pickup'): 'other|van_7_9|minibus_10_19',        # class 3 does not tell pickups from vans
    ('zenodo', 'car_le6', 'pickup'): 'car_le6|other',                  # Doblo-like cars and open pickups
    ('stanford', 'other', 'cargo van'): 'other|van_7_9|minibus_10_19', # from the front nobody sees the panelled side
    ('openimages', 'truck|car_le6', 'truck'): 'truck|other',           # lorries and pickups
    ('atl', 'car_le6|van_7_9', 'car'): 'car_le6',                      # but for those that `atl` names
}


@dataclass(frozen=True)
class Vehicle:
    """`stance`: where it is in its picture and how large. `group`: pictures that must stay on one side of the split."""
    picture: np.ndarray
    mask: np.ndarray
    stance: Stance
    label: str
    source: str
    group: str


def for_development(group):
    return zlib.crc32(group.encode()) % 100 < _DEVELOPMENT_PER_CENT


def load_vehicles(corpus, masks, foreign_plates, left_out=()):
    """-> (vehicles to learn from, vehicles to measure on). `foreign_plates`: what `foreign` found. Sources `left_out` are only measured on."""
    sides = [], []
    for collection in COLLECTIONS:
        rows = [dict(row, **_described(collection, row)) for row in corpus.vehicle_rows(collection) if row['seat_class']]
        for row, picture in zip(rows, corpus.vehicle_pictures(collection, (row['file'] for row in rows))):
            box = _box(row, picture)
            picture = without_specks(picture) if row['source'] == 'atl' else picture
            seen = stance(box, row['kind'], row['label'], foreign_plates.get(row['file'], ()))
            vehicle = Vehicle(picture, masks.of(picture, box), seen, row['label'], row['source'], row['group'])
            sides[row['source'] in left_out or for_development(row['group'])].append(vehicle)
    masks.save()
    return sides


def _described(collection, row):
    number = int(Path(row['file']).stem)
    source = {'stanford-cars': 'stanford', 'roadside-fhwa': 'fhwa'}.get(collection) or row['source']
    if source == 'openimages-atl':
        source = 'atl' if number >= atl.FIRST else 'openimages'
    kind = row.get('source_label') or row['body_type']
    label = _RELABELLED.get((source, row['seat_class'], kind)) or _RELABELLED.get((source, row['seat_class'])) or row['seat_class']
    if source == 'atl':
        label = atl.LABELS.get(number, label)
    return {'source': source, 'kind': kind, 'label': label, 'group': row.get('make_model_year') or f'{source} {number // _NEIGHBOURS}'}


def without_specks(picture):
    """Some copies were strewn with black and white dots, which no camera does: their median, where there are many."""
    calm = cv2.medianBlur(picture, 3)
    specks = np.abs(picture.astype(np.int16) - calm).max(2) > _SPECK
    return calm if specks.mean() > _MOST_SPECKS else picture


def _box(row, picture):
    if row.get('vehicle_box'):
        return tuple(float(value) for value in row['vehicle_box'].split())
    height, width = picture.shape[:2]
    context = _CONTEXT[row['source']]
    return context * width, context * height, (1 - context) * width, (1 - context) * height


class Masks:
    """Masks of vehicles, cut once and kept in a file: cutting all takes three minutes."""

    def __init__(self, path=None):
        self._path, self._known, self._grown = Path(path) if path else None, {}, False
        if self._path and self._path.exists():
            with np.load(self._path) as stored:
                self._known = dict(zip(stored['names'].tolist(), stored['masks']))

    def of(self, picture, box, side=64):
        """Levels 0..255 on a grid of side x side over the picture; enlarge with `resize`."""
        name = hashlib.sha1(picture.tobytes() + repr(box).encode()).hexdigest()
        if name not in self._known:
            self._grown = True
            self._known[name] = cv2.resize(vehicle_mask(picture, box) * 255, (side, side), interpolation=cv2.INTER_AREA).astype(np.uint8)
        return self._known[name]

    def save(self):
        if self._path and self._grown:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            np.savez_compressed(self._path, names=np.array(list(self._known)), masks=np.stack(list(self._known.values())))


# ---------------------------------------------------------------- on other ground

def mounted(vehicle, ground, plates, dice, boxed=None):
    """The vehicle on some ground (PATCH x PATCH) as if a plate had set the scale; half get a drawn plate there. -> Patch

    `boxed`: framed as if no plate had been found; None: now and then, and always where none can be in view.
    """
    plate = dice.pick(_plates_of(vehicle.label))
    if boxed is None:
        boxed = _hides_its_plate(vehicle) or dice.chance(0.25)
    ruler = Ruler(*plate_of_box(vehicle.stance.box)) if boxed else vehicle.stance.ruler(dice)
    pixels, inside = _set_on(vehicle, ground, ruler.centre, UNIT / ruler.width, dice)
    bears_plate = _shows_its_plate(vehicle) and not boxed and dice.chance(0.5)
    if bears_plate:
        _hang(pixels, plates, plate, dice)
    label = narrowed(vehicle.label, plate) if bears_plate else vehicle.label
    return Patch(pixels, inside, label, plate, vehicle.source)


def _shows_its_plate(vehicle):
    return vehicle.stance.borne is not None or vehicle.stance.turn < _FRONTAL and vehicle.source not in _FROM_ABOVE


def _hides_its_plate(vehicle):
    """Between showing and hiding it lie vehicles turned so far that they may or may not."""
    return vehicle.stance.borne is None and (vehicle.stance.turn > _SIDEWAYS or vehicle.source in _FROM_ABOVE)


def _plates_of(label):
    """Which plates such bodies carry, by share: light trucks carry blue ones, and who rebuilds a van keeps its plate."""
    if label == 'truck':
        return (LARGE, LARGE, LARGE, SMALL)
    if label in ('coach_ge20', 'minibus_10_19'):
        return (LARGE,)
    return (SMALL, LARGE) if 'minibus_10_19' in label or 'coach_ge20' in label else (SMALL,)


def narrowed(label, plate):
    """What remains of a set of classes once the plate is known: at most nine seats on a small one, ten and more on a large one."""
    ruled_out = {SMALL: ('minibus_10_19', 'coach_ge20'), LARGE: ('car_le6', 'van_7_9')}.get(plate, ())
    kept = [name for name in label.split('|') if name not in ruled_out]
    return '|'.join(kept) or label


def _set_on(vehicle, ground, centre, scale, dice):
    """-> pixels, and as `Patch.inside` the edges of the cut-out where it stays in its street: a frame that ends there."""
    picture, mask = vehicle.picture, cv2.resize(vehicle.mask, vehicle.picture.shape[1::-1])
    if scale < 0.6:
        picture, mask = (cv2.resize(part, None, fx=2 * scale, fy=2 * scale, interpolation=cv2.INTER_AREA) for part in (picture, mask))
        factor = picture.shape[1] / vehicle.picture.shape[1]
        centre, scale = (centre[0] * factor, centre[1] * factor), scale / factor
    onto = np.array([[scale, 0, CENTRE[0] - scale * centre[0]], [0, scale, CENTRE[1] - scale * centre[1]]])
    body = cv2.warpAffine(picture, onto, (PATCH, PATCH), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    if dice.chance(_KEEPS_ITS_STREET.get(vehicle.source, 0.15)):
        return body, _edges(picture, onto)
    share = cv2.warpAffine(mask, onto, (PATCH, PATCH), flags=cv2.INTER_LINEAR)[..., None] / np.float32(255)
    return (body * share + ground * (1 - share)).astype(np.uint8), (0.0, 0.0, float(PATCH), float(PATCH))


def _edges(picture, onto):
    """Left, top, right, bottom of a picture that is scaled onto a patch, none beyond it."""
    height, width = picture.shape[:2]
    (left, top), (right, bottom) = onto[:, 2], onto @ (width, height, 1)
    return tuple(min(max(edge, 0.0), float(PATCH)) for edge in (left, top, right, bottom))


def _hang(pixels, plates, plate, dice):
    """A drawn plate over whatever hung there."""
    drawn = dice.pick(plates[plate])
    width = max(8, round(UNIT * dice.uniform(0.9, 1.1)))
    height = max(3, round(width * drawn.shape[0] / drawn.shape[1]))
    small = cv2.resize(drawn, (width, height), interpolation=cv2.INTER_AREA) * np.float32(np.clip(pixels.mean() / 110, 0.45, 1.2) * dice.uniform(0.7, 1.2))
    left, top = round(CENTRE[0] - width / 2 + dice.gauss(0, 0.5)), round(CENTRE[1] - height / 2 + dice.gauss(0, 0.5))
    pixels[top:top + height, left:left + width] = np.clip(small, 0, 255)
