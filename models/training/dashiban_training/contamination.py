"""Checks that no plate of the test-only sets is among the training crops, by text. The one place that opens their label files.

Pictures were compared when the crops were collected (see README of the data folder); a text within one character of a
test plate is treated as the same plate misread, whatever the pictures look like.
"""
import csv
from dataclasses import dataclass

from .alphabet import GRAMMAR


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


def _masks(text):
    """The text with each character in turn left open: two texts share one when at most one character differs."""
    return [text[:k] + '?' + text[k + 1:] for k in range(len(text))]


def _test_texts(root):
    texts = set()
    for labels in sorted((root / 'test-only').glob('*/labels.csv')):
        with open(labels, encoding='utf-8', newline='') as file:
            texts.update(row['plate_text'] for row in csv.DictReader(file) if row['plate_text'])
    return texts
