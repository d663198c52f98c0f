"""Checks that no plate of the test-only sets is among the training crops, by text and by look. The one place that opens them.

A text within one character of a test plate is treated as the same plate misread, whatever the pictures look like. The
look finds what wrong labels hide; its limits are those by which the crops were collected, and nothing is tuned by it.
"""
import csv
from dataclasses import dataclass

import cv2
import numpy as np

from . import likeness
from .alphabet import GRAMMAR

_ALIKE = 0.80                   # correlation of looks that means one plate,
_ALIKE_TEXT = 0.70, 2           # or this much with texts that differ in at most so many characters


@dataclass(frozen=True)
class Report:
    crops: int
    test_texts: int
    same: int                   # crops whose text is a test plate's
    near: int                   # within one character of one
    ungrammatical: int          # labels that GA 36 does not know

    def __str__(self):
        return (f'{self.crops} training crops against {self.test_texts} test-only texts: {self.same} the same, '
                f'{self.near} within one character, {self.ungrammatical} with an impossible label')


def check(corpus):
    """Counts; both `same` and `near` must be zero."""
    tests = _test_texts(corpus.root)
    texts = [row['plate_text'] for row in corpus.plate_crops()]
    masked = {mask for text in tests for mask in _masks(text)}
    same = sum(text in tests for text in texts)
    near = sum(text not in tests and any(mask in masked for mask in _masks(text)) for text in texts)
    return Report(len(texts), len(tests), same, near, sum(not GRAMMAR.match(text) for text in texts))


@dataclass(frozen=True)
class LookReport:
    crops: int
    test_plates: int            # single rows only: all training crops are
    alike: int                  # crops that count as one plate with a test plate by the rule above
    nearest: float              # greatest correlation of any pair

    def __str__(self):
        return (f'{self.crops} training crops against the looks of {self.test_plates} test-only plates: {self.alike} alike, '
                f'nearest correlation {self.nearest:.2f}')


def check_looks(corpus):
    """Compares pictures; `alike` must be zero. Minutes."""
    rows = corpus.plate_crops()
    crops = [cv2.resize(cv2.cvtColor(corpus.plate_crop(row), cv2.COLOR_BGR2GRAY), likeness.SIZE) for row in rows]
    plates = list(_test_plates(corpus.root))
    found = likeness.nearest(crops, [picture for _, picture in plates])
    alike = sum(_is_alike(row['plate_text'], plates[k][0], correlation) for row, (k, correlation) in zip(rows, found))
    return LookReport(len(crops), len(plates), alike, max(correlation for _, correlation in found))


def _is_alike(text, test_text, correlation):
    least, differing = _ALIKE_TEXT
    close = len(text) == len(test_text) and sum(a != b for a, b in zip(text, test_text)) <= differing
    return correlation >= _ALIKE or (correlation >= least and close)


def _test_plates(root):
    """Text and grey picture of every labelled single-row plate, turned upright, with its surroundings."""
    for row, folder in _test_rows(root):
        if row['plate_text'] and row['layout'] == 'single':
            picture = cv2.imdecode(np.fromfile(folder / row['file'], np.uint8), cv2.IMREAD_GRAYSCALE)
            yield row['plate_text'], _upright(picture, np.array(row['corners'].split(), np.float32).reshape(4, 2))


def _upright(picture, quad):
    (w, h), (mx, my) = likeness.SIZE, likeness.surroundings_margin()
    target = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32) + np.array((mx * w, my * h), np.float32)
    size = (round(w * (1 + 2 * mx)), round(h * (1 + 2 * my)))
    return cv2.warpPerspective(picture, cv2.getPerspectiveTransform(quad, target), size, borderMode=cv2.BORDER_REPLICATE)


def _masks(text):
    """The text with each character in turn left open: two texts share one when at most one character differs."""
    return [text[:k] + '?' + text[k + 1:] for k in range(len(text))]


def _test_texts(root):
    return {row['plate_text'] for row, _ in _test_rows(root) if row['plate_text']}


def _test_rows(root):
    for labels in sorted((root / 'test-only').glob('*/labels.csv')):
        with open(labels, encoding='utf-8', newline='') as file:
            for row in csv.DictReader(file):
                yield row, labels.parent
