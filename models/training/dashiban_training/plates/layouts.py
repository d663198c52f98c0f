"""Where each character stands, in millimetres from the upper left corner of the plate (GA 36-2018, annex figures; tractors: NY 345.1-2005)."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Layout:
    """A plate of `width` x `height` mm; `boxes` are x, y, w, h of each character in reading order."""
    width: int
    height: int
    boxes: tuple
    glyphs: str                 # which family of glyphs is stamped: single, double, energy
    dot: tuple = None           # centre of the separating dot

    @property
    def double(self):
        """Two rows of characters?"""
        return self.glyphs == 'double'


def _single(characters_before_dot):
    """Seven characters of 45 x 90 mm, 57 mm apart, 79 mm across the dot."""
    boxes, x, dot = [], 15.5, None
    for k in range(1, 8):
        boxes.append((x, 25, 45, 90))
        if k == characters_before_dot:
            dot = (x + 62, 70)
            x += 22
        x += 57
    return Layout(440, 140, tuple(boxes), 'single', dot)


def _emergency(marks):
    boxes = [(15.5, 25, 45, 90), (72.5, 25, 45, 90)] + [(151.5 + 57 * k, 25, 45, 90) for k in range(4)]
    return Layout(440, 140, tuple(boxes + marks), 'single', (134, 70))


LAYOUTS = {
    'single': _single(2),
    'single-dot-1': _single(1),
    'single-dot-3': _single(3),
    'single-dot-4': _single(4),
    'double': Layout(440, 220, ((110, 15, 80, 60), (250, 15, 80, 60)) + tuple((27 + 80 * k, 90, 65, 110) for k in range(5)),
                     'double', (220, 45)),
    # Agriculture's own plate of 300 x 165 mm; its rows are taken to divide the height as those of GA 36 do.
    'tractor': Layout(300, 165, ((60, 13, 46, 44), (138, 13, 40, 44), (194, 13, 40, 44)) + tuple((17 + 54 * k, 68, 46, 82) for k in range(5)),
                      'double'),
    'energy': Layout(480, 140, ((15.5, 25, 45, 90), (69.5, 25, 43, 90)) + tuple((161.5 + 52 * k, 25, 43, 90) for k in range(6)),
                     'energy'),
    'armed-police': Layout(440, 140, ((15, 25, 36, 90), (55, 25, 36, 90), (97, 25, 45, 90))
                           + tuple((168 + 53 * k, 25, 43, 90) for k in range(5)), 'single', (155, 70)),
    # Before 2013 a number stood for the province; how high it stood is drawn either way.
    'armed-police-number': Layout(440, 140, ((12, 25, 34, 90), (49, 25, 34, 90), (88, 25, 30, 90), (121, 25, 30, 90))
                                  + tuple((178 + 51 * k, 25, 43, 90) for k in range(5)), 'single', (165, 70)),
    'armed-police-small-number': Layout(440, 140, ((14, 25, 40, 90), (58, 25, 40, 90), (104, 28, 24, 48), (131, 28, 24, 48))
                                        + tuple((166 + 53 * k, 25, 43, 90) for k in range(5)), 'single', (130, 97)),
    'emergency-stacked': _emergency([(380, 22, 45, 45), (380, 73, 45, 45)]),
    'emergency-narrow': _emergency([(376, 40, 28, 60), (406, 40, 28, 60)]),
}
