"""Glyphs by style: pictures of stamped characters where the data folder has them, else the project's own."""
import cv2

from ..alphabet import DIGITS, LETTERS, MARKS, PROVINCES
from .outlines import printed, stroked

_PREFIX = {'single': '140', 'double': '220', 'energy': 'green'}
_STROKES_MM = (8.5, 10.0, 11.5)         # 10 mm by the standard; worn, thickly repainted


class Glyphs:
    """Grey pictures, white on black. `stamped` follows the glyph pictures; `own` needs nothing but a font."""

    def __init__(self, pictures=None):
        self._pictures = pictures or {}
        self._printed = printed(PROVINCES + MARKS)
        self._own = {(c, s): stroked(c, s) for c in LETTERS + DIGITS for s in _STROKES_MM}
        self._sized = {}

    @property
    def has_pictures(self):
        return bool(self._pictures)

    def own(self, character, size, dice):
        """The project's own glyph at `size` = (w, h) pixels."""
        key = character if character in self._printed else (character, dice.pick(_STROKES_MM))
        source = self._printed if character in self._printed else self._own
        return self._resized(('own', key), source[key], size)

    def stamped(self, character, family, upper_row, size, dice):
        """The glyph picture of a family (single, double, energy) at `size`; the own one where there is no picture."""
        for name in self._names(character, family, upper_row):
            if name in self._pictures:
                return self._resized(name, self._pictures[name], size)
        return self.own(character, size, dice)

    @staticmethod
    def _names(character, family, upper_row):
        prefix = _PREFIX[family]
        if family == 'double' and character in LETTERS:
            prefix += '_up' if upper_row else '_down'
        return f'{prefix}_{character}', f'140_{character}'

    def _resized(self, name, picture, size):
        key = (name, size)
        if key not in self._sized:
            self._sized[key] = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
        return self._sized[key]
