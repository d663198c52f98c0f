"""Artist, camera and detector in one place: from what is issued to the crop that the reader gets."""
from dataclasses import dataclass

import numpy as np

from .artist import PlateArtist
from .backdrop import load_backdrops, plain_backdrops
from .camera import shoot
from .framing import detected
from .glyphs import Glyphs
from .issue import issue

_PALE = ('yellow', 'green-small', 'green-large', 'white')
UPRIGHT_SHARE = 0.45            # crops from upright boxes; 25 and 32 % were too few for small provinces


@dataclass(frozen=True)
class Crop:
    """48 x 168 BGR bytes, the text in them ('' without a plate), the paint ('' where it cannot be told)."""
    picture: np.ndarray
    text: str
    colour: str


class Studio:
    def __init__(self, glyphs, backdrops):
        self._artist = PlateArtist(glyphs)
        self._backdrops = backdrops

    @classmethod
    def of(cls, corpus, dice):
        """With glyph pictures and real backdrops; `corpus` None: own glyphs and plain backdrops."""
        if corpus is None:
            return cls(Glyphs(), plain_backdrops(dice))
        return cls(Glyphs(corpus.glyph_pictures()), load_backdrops(corpus, dice))

    def draw(self, dice, kind=None, province=None):
        """One plate flat and near."""
        return self._artist.draw(issue(dice, kind, province), dice)

    def backdrop(self, dice):
        return dice.pick(self._backdrops)

    def crop(self, dice, kind=None, province=None, upright=None):
        """One drawn plate as the reader would get it."""
        drawn = self.draw(dice, kind, province)
        upright = dice.chance(UPRIGHT_SHARE) if upright is None else upright
        return self.photographed(drawn.picture, drawn.text, drawn.colour, drawn.double, upright, dice)

    def photographed(self, plate, text, colour, double, upright, dice):
        """A flat picture of a plate, drawn or real, through camera and detector."""
        scene, quad, grey = shoot(plate, double, colour in _PALE, self.backdrop(dice), upright, dice)
        return Crop(detected(scene, quad, double, upright, dice), text, '' if grey else colour)
