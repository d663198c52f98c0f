"""Where each character stands, in millimetres from the upper left corner of the plate (GA 36-2018, annex figures)."""
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
    'energy': Layout(480, 140, ((15.5, 25, 45, 90), (69.5, 25, 43, 90)) + tuple((161.5 + 52 * k, 25, 43, 90) for k in range(6)),
                     'energy'),
    'armed-police': Layout(440, 140, ((15, 25, 36, 90), (55, 25, 36, 90), (97, 25, 45, 90))
                           + tuple((168 + 53 * k, 25, 43, 90) for k in range(5)), 'single', (155, 70)),
    'emergency-stacked': _emergency([(380, 22, 45, 45), (380, 73, 45, 45)]),
    'emergency-narrow': _emergency([(376, 40, 28, 60), (406, 40, 28, 60)]),
}
