"""Pictures composed of real vehicles: close views with what stood around them, and roads with bodies set onto them."""
from dataclasses import dataclass

import cv2
import numpy as np

from ..plates.paint import any_grey, hsv
from .labels import WANTED, WINDOW, Labels
from .mounting import brightness, mount, pose

_VEHICLE_IN_PLATES = (3.2, 6.0)     # a car is 3.8 plates wide, a coach 5.8 (measured on training pictures)
# What a picture shows, how often, and how wide its plates are in pixels.
_LAYOUTS = {'close': 0.30, 'near': 0.30, 'far': 0.30, 'bare': 0.10}
_PLATE_WIDTHS = {'close': (60, 300), 'near': (28, 130), 'far': (11, 48)}
_BODIES = {'near': (1, 1, 2, 3), 'far': (3, 5, 7, 9)}
_WITHOUT_PLATE = 0.15               # of vehicles seen from an end
_WITHOUT_PLATE_ASIDE = 0.7          # of vehicles seen from the side
_HIDES = 0.45                       # a body that would hide more of another's box than this goes elsewhere
_BORDERS = (cv2.BORDER_CONSTANT, cv2.BORDER_CONSTANT, cv2.BORDER_REPLICATE)     # beyond a vehicle's picture; mirrored, it would show a second one
LETTERBOX = 114                     # the grey beside a picture in the network's input


@dataclass(frozen=True)
class _Body:
    """A vehicle as it stands in the picture: its upper left corner, size, flipped?"""
    cutout: object
    left: int
    top: int
    width: int
    height: int
    flipped: bool

    def at(self, points):
        """Points of the cut-out in the picture."""
        h, w = self.cutout.picture.shape[:2]
        points = np.asarray(points, np.float32).reshape(-1, 2)
        points = points * (self.width / w, self.height / h)
        if self.flipped:
            points = points * (-1, 1) + (self.width, 0)
        return (points + (self.left, self.top)).astype(np.float32)

    @property
    def box(self):
        """Low and high corner of the vehicle, or of the whole cut-out where it is not known."""
        return self._extent(self.cutout.box)

    @property
    def cut_box(self):
        """The same of what its mask shows."""
        return self._extent(self.cutout.body)

    def _extent(self, box):
        h, w = self.cutout.picture.shape[:2]
        left, top, right, bottom = box or (0, 0, w, h)
        points = self.at([(left, top), (right, bottom)])
        return points.min(0), points.max(0)


class Composer:
    """Makes scenes of `side` x `side` pixels from vehicle cut-outs, a `PlateRack`, boards and lamps that are no plates (BGR bytes)."""

    def __init__(self, cutouts, rack, boards, clutter, side=WINDOW):
        self._cutouts, self._rack, self._boards, self._clutter, self._side = cutouts, rack, boards, clutter, side

    def scene(self, dice):
        """-> float BGR, `Labels`."""
        layout, labels = dice.weighted(_LAYOUTS), Labels(self._side)
        if layout == 'bare':
            picture = self._ground(dice)
        elif layout == 'close':
            picture = self._close_view(labels, dice)
        else:
            picture = self._ground(dice)
            self._populate(picture, labels, layout, dice)
        return picture, labels

    def plateless(self, dice):
        """A real vehicle with its surroundings and nothing drawn on it; foreign plates known of are ignored."""
        labels = Labels(self._side)
        return self._close_view(labels, dice, untouched=True), labels

    # ------------------------------------------------------------ one vehicle with its surroundings

    def _close_view(self, labels, dice, untouched=False):
        """A vehicle as large as the width drawn for its plate implies, often larger than the picture."""
        cutout, width = dice.pick(self._cutouts), dice.scale(*_PLATE_WIDTHS['close'])
        h, w = cutout.picture.shape[:2]
        scale = np.clip(width * dice.uniform(*_VEHICLE_IN_PLATES), 0.5 * self._side, 1100) / w
        body = _Body(cutout, 0, 0, round(w * scale), round(h * scale * dice.uniform(0.85, 1.25)), dice.chance(0.5))
        plate = self._plate_place(body, width, dice)
        room = max(0.0, self._side / 2 - 0.6 * width)
        shift = self._side / 2 + np.array((dice.uniform(-room, room), dice.uniform(-room, room))) - plate
        shift = np.where(np.array((body.width, body.height)) < self._side, np.clip(shift, -0.1 * self._side, 0.3 * self._side), shift)
        body = _Body(cutout, int(shift[0]), int(shift[1]), body.width, body.height, body.flipped)
        picture = _enlarged(body, self._side, dice)
        if cutout.box:
            labels.vehicle(*body.box)
        else:
            labels.ignore_vehicle(np.zeros(2), np.full(2, self._side))
        if untouched:
            for quad in cutout.seen:
                labels.ignore_plate(body.at(quad))
        else:
            self._equip(picture, body, plate + shift.astype(int), width, labels, dice)
        return picture

    # ------------------------------------------------------------ several bodies on a road

    def _populate(self, picture, labels, layout, dice):
        """From the smallest to the largest; whatever a nearer body hides counts as hidden."""
        owner = np.zeros((self._side, self._side), np.uint8)
        bodies, mounted = [], []
        for width in sorted(dice.scale(*_PLATE_WIDTHS[layout]) for _ in range(dice.pick(_BODIES[layout]))):
            body = self._placed(width, bodies, dice)
            if body is None:
                continue
            bodies.append(body)
            _set_onto(picture, owner, body, len(bodies), dice)
            plates = Labels(self._side)
            self._equip(picture, body, self._plate_place(body, width, dice), width, plates, dice)
            mounted.append(plates)
        for k, (body, plates) in enumerate(zip(bodies, mounted), 1):
            seen = _share(owner, *body.cut_box, k, bodies[k:])
            if body.cutout.box:
                labels.vehicle(*body.cut_box, seen)
            else:
                labels.ignore_vehicle(*body.box)
            for row in plates.plates:
                quad = np.array(row[:8], np.float32).reshape(4, 2)
                labels.plate(quad, row[8], _share(owner, quad.min(0), quad.max(0), k, bodies[k:]) if row[9] == WANTED else 0.0)

    def _placed(self, plate_width, others, dice):
        """A body of that plate's size where it hides little of the others; None if there is no room."""
        cutout = dice.pick(self._cutouts)
        h, w = cutout.picture.shape[:2]
        width = plate_width * dice.uniform(*_VEHICLE_IN_PLATES)
        size = np.array((width, width * h / w * dice.uniform(0.85, 1.25)))
        for _ in range(6):
            left, top = (dice.uniform(-0.3 * s, self._side - 0.7 * s) for s in size)
            body = _Body(cutout, int(left), int(top), max(8, int(size[0])), max(8, int(size[1])), dice.chance(0.5))
            if all(_hidden(other.box, body.box) < _HIDES for other in others):
                return body
        return None

    # ------------------------------------------------------------ plates, boards, lamps

    def _plate_place(self, body, width, dice):
        """Where the plate's middle goes: over the foreign one if we know it, else low in the middle."""
        if body.cutout.seen:
            return body.at(body.cutout.seen[0]).mean(0)
        h, w = body.cutout.picture.shape[:2]
        return body.at([(w * dice.uniform(0.3, 0.7), h * dice.uniform(0.55, 0.82))])[0]

    def _equip(self, picture, body, at, width, labels, dice):
        """Boards and lamps on the vehicle first, then the plate."""
        for _ in range(dice.pick((0, 0, 0, 1, 2))):
            self._add_board(picture, width * dice.uniform(0.5, 1.8), *np.clip(body.box, 0, self._side), dice)
        known = [body.at(quad) for quad in body.cutout.seen]
        bare = dice.chance(_WITHOUT_PLATE if body.cutout.shows_end else _WITHOUT_PLATE_ASIDE)
        if not bare:
            flat = self._rack.pick(dice)
            if known:
                width = max(width * 0.5, 1.15 * float(np.linalg.norm(known[0][1] - known[0][0])))
            quad = pose(width, flat.aspect, dice) + at
            gain = np.clip((brightness(picture, quad) or 110) / 150, 0.4, 1.2) * dice.uniform(0.75, 1.25)
            mount(picture, flat.picture, quad.astype(np.float32), gain, dice)
            labels.plate(quad, flat.double)
            known = known[1:]
        for quad in known:
            labels.ignore_plate(quad)

    def _add_board(self, picture, width, low, high, dice):
        """A board or a lamp with its middle somewhere in a box, hardly turned."""
        board = dice.pick(self._boards) if dice.chance(0.6) else dice.pick(self._clutter)
        quad = pose(max(8.0, width), board.shape[0] / board.shape[1], dice) + np.array([dice.uniform(l, h) for l, h in zip(low, high)])
        mount(picture, board, quad.astype(np.float32), dice.uniform(0.4, 1.1), dice, holder=False)

    def _ground(self, dice):
        """What lies behind: a road under a sky, soft noise, or something real far too near to be seen sharply."""
        kind = dice.random()
        if kind < 0.45:
            picture = _road(self._side, dice)
        elif kind < 0.75:
            crop = dice.pick(self._clutter)
            picture = cv2.resize(cv2.GaussianBlur(crop, (0, 0), dice.uniform(0.3, 3)), (self._side, self._side)).astype(np.float32)
        else:
            coarse = cv2.resize(dice.grain(dice.randrange(3, 24), dice.randrange(3, 24)), (self._side, self._side), interpolation=cv2.INTER_CUBIC)
            picture = coarse[..., None] * any_grey(dice, 0.2, 0.7, tint=0.6) + any_grey(dice, 0.05, 0.6)
        for _ in range(dice.pick((0, 1, 2, 4))):
            self._add_board(picture, dice.scale(12, 140), (0, 0), (self._side, self._side), dice)
        return picture


def _road(side, dice):
    """Sky, verge, asphalt and a few markings: a checkpoint's view without its details."""
    picture = np.empty((side, side, 3), np.float32)
    horizon = int(side * dice.uniform(-0.2, 0.5))
    asphalt, verge = any_grey(dice, 0.2, 0.7), hsv(dice.uniform(0.1, 0.4), dice.uniform(0.05, 0.5), dice.uniform(0.2, 0.6))
    picture[:max(0, horizon)] = any_grey(dice, 0.4, 1.0, tint=0.4)
    picture[max(0, horizon):] = verge
    vanishing = np.array((dice.uniform(0, side), horizon))
    for left, right, colour in ((-1.5, 1.5, asphalt), *((x, x + 0.05, any_grey(dice, 0.7, 1.0)) for x in (-0.9, 0.0, 0.9) if dice.chance(0.7))):
        near = [(vanishing[0] + x * side, side) for x in (left, right)]
        cv2.fillConvexPoly(picture, np.array([vanishing, near[1], near[0]], np.float32).astype(np.int32), [float(v) for v in colour], cv2.LINE_AA)
    grain = cv2.resize(dice.grain(48, 48), (side, side), interpolation=cv2.INTER_LINEAR)
    return picture * (0.85 + 0.3 * grain[..., None])


def _enlarged(body, side, dice):
    """The body with what stood around it; beyond, one grey or the picture's edge drawn out."""
    h, w = body.cutout.picture.shape[:2]
    source = _sharpened(body.cutout.picture, body.width / w, dice)
    flip = -1 if body.flipped else 1
    onto = np.array([[flip * body.width / w, 0, body.left + (body.width if body.flipped else 0)], [0, body.height / h, body.top]], np.float32)
    grey = LETTERBOX if dice.chance(0.6) else dice.randrange(256)
    return cv2.warpAffine(source, onto, (side, side), flags=cv2.INTER_CUBIC, borderMode=dice.pick(_BORDERS), borderValue=(grey,) * 3).astype(np.float32)


def _sharpened(picture, scale, dice):
    """Cut-outs hold 160 pixels: enlarged as they are, softness would tell vehicles from plates."""
    if scale < 1.2 or dice.chance(0.4):
        return picture
    soft = cv2.GaussianBlur(picture, (0, 0), 1.0)
    amount = dice.uniform(0.4, 1.4)
    return cv2.addWeighted(picture, 1 + amount, soft, -amount, 0)


def _set_onto(picture, owner, body, number, dice):
    """Draws the body over what is there, and its number where it is."""
    low = np.maximum((body.left, body.top), 0)
    high = np.minimum((body.left + body.width, body.top + body.height), len(picture))
    if (high - low).min() < 1:
        return
    _shade(picture, body, dice)
    h, w = body.cutout.picture.shape[:2]
    how = cv2.INTER_AREA if body.width < w else cv2.INTER_CUBIC
    colours = cv2.resize(_sharpened(body.cutout.picture, body.width / w, dice), (body.width, body.height), interpolation=how)
    cover = cv2.resize(body.cutout.mask, (body.width, body.height), interpolation=cv2.INTER_AREA if body.width < w else cv2.INTER_LINEAR)
    if body.flipped:
        colours, cover = colours[:, ::-1], cover[:, ::-1]
    inner = slice(low[1] - body.top, high[1] - body.top), slice(low[0] - body.left, high[0] - body.left)
    colours, cover = colours[inner].astype(np.float32), cover[inner]
    place = slice(low[1], high[1]), slice(low[0], high[0])
    picture[place] += (colours * np.float32(dice.uniform(0.7, 1.2)) - picture[place]) * (cover[..., None] * np.float32(1 / 255))
    owner[place][cover > 127] = number


def _shade(picture, body, dice):
    """The dark under a vehicle, which every one on a road has."""
    bottom = body.top + body.height
    low, high = max(0, int(bottom - 0.12 * body.height)), min(len(picture), int(bottom + 0.08 * body.height))
    left, right = max(0, body.left), min(len(picture), body.left + body.width)
    if high > low and right > left:
        picture[low:high, left:right] *= np.float32(dice.uniform(0.3, 0.8))


def _share(owner, low, high, number, nearer):
    """Share of a box within the picture that no nearer body hides."""
    low, high = np.clip(low, 0, len(owner)).astype(int), np.clip(np.ceil(high), 0, len(owner)).astype(int)
    part = owner[low[1]:high[1], low[0]:high[0]]
    return 1.0 if part.size == 0 or not nearer else float((part <= number).mean())


def _hidden(box, by):
    """Share of one box that another covers."""
    shared = np.minimum(box[1], by[1]) - np.maximum(box[0], by[0])
    return float(np.prod(np.maximum(shared, 0)) / max(1.0, np.prod(box[1] - box[0])))
