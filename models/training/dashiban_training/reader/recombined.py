"""Real plates that were never issued: characters of real crops set into other real crops.

Real crops show what no renderer draws, but three of four are of two provinces and seven provinces have none. A crop with
other characters set in keeps its light, grain and frame, and may stand for any province. Only crops kept for training give
and take characters.
"""
import cv2
import numpy as np

from ..alphabet import DIGITS, LETTERS, PROVINCES
from .cells import cover, drawn_stand, find_stand, paints, patch

_DARK_INK = {'blue': False, 'yellow': True}     # paints of the real crops
_KEEPS = 0.4                    # characters behind the province that stay: their neighbours must not look pasted on both sides
_FEATHER = 1.5                  # pixels over which a cell fades into the crop
_FLAT_WIDTH = 136               # of a drawn plate that gives its province: as wide as the real crops
# A province of few real crops is drawn in turn, or the few would be learned by heart: drawn as often as this many real ones.
_DRAWN_AS_MANY = 4


class RecombinedPlates:
    """Draws (picture, text, colour) of plates put together from `crops`, which are such triples."""

    def __init__(self, crops, studio):
        self._studio = studio
        self._hosts, self._givers = [], {}
        for picture, text, colour in crops:
            stand = find_stand(picture, _DARK_INK[colour]) if colour in _DARK_INK and len(text) == 7 else None
            if stand:
                self._hosts.append((picture, text, colour, stand))
                for k, character in enumerate(text):
                    self._givers.setdefault(character, []).append((picture, stand, k, _DARK_INK[colour]))
        self._letters, self._serials = ([c for c in characters if c in self._givers] for characters in (LETTERS, LETTERS + DIGITS))

    def __len__(self):
        return len(self._hosts)

    def plate(self, dice):
        picture, text, colour, stand = dice.pick(self._hosts)
        picture, characters = picture.copy(), list(text)
        for k in range(len(characters)):
            if k == 0 or not dice.chance(_KEEPS):
                characters[k] = dice.pick((PROVINCES, self._letters)[k] if k < 2 else self._serials)
                _set_in(picture, stand.cell(k), _DARK_INK[colour], *self._giver(characters[k], k, dice))
        return picture, ''.join(characters), colour

    def _giver(self, character, k, dice):
        """-> picture, box, dark ink? of one such character."""
        real = self._givers.get(character, ())
        if k == 0 and not dice.chance(len(real) / (len(real) + _DRAWN_AS_MANY)):
            flat = self._studio.draw(dice, 'blue', character).picture
            shrink = _FLAT_WIDTH / flat.shape[1]
            flat = cv2.resize(np.clip(flat, 0, 255), None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
            flat = cv2.GaussianBlur(flat, (0, 0), dice.uniform(0.3, 1.1))       # as sharp as the real crops around
            return flat, drawn_stand(flat.shape).cell(0), False
        picture, stand, position, dark_ink = dice.pick(real)
        return picture, stand.cell(position), dark_ink


def _set_in(host, box, dark_ink, picture, giver_box, giver_dark_ink):
    """Paints the giver's strokes over one cell of `host`, in the host's own ground and ink, faded in at the edge."""
    h, w = host.shape[:2]
    x0, y0, x1, y1 = (int(round(float(v))) for v in (max(0, box[0]), max(0, box[1]), min(w, box[2]), min(h, box[3])))
    size = (int(round(float(box[2] - box[0]))), int(round(float(box[3] - box[1]))))
    strokes = cover(patch(picture, giver_box, size), giver_dark_ink)
    left, top = x0 - int(round(float(box[0]))), y0 - int(round(float(box[1])))
    strokes = strokes[max(0, top):, max(0, left):][:y1 - y0, :x1 - x0]
    y1, x1 = y0 + strokes.shape[0], x0 + strokes.shape[1]
    there = host[y0:y1, x0:x1]
    ground, ink = paints(there, dark_ink)
    painted = ground + strokes[..., None] * (ink - ground)
    faded = _fade(strokes.shape)[..., None]
    host[y0:y1, x0:x1] = np.clip(there + (painted - there) * faded, 0, 255).astype(np.uint8)


def _fade(shape):
    """1 within a cell, falling to its edges."""
    rows, columns = (np.minimum(np.arange(n) + 0.5, n - np.arange(n) - 0.5) / _FEATHER for n in shape)
    return np.clip(np.minimum(rows[:, None], columns[None, :]), 0, 1).astype(np.float32)
