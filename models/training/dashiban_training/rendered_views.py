"""What `dashiban road views --out DIR --count N --seed S` writes: pictures of checkpoint roads, and a row per vehicle in views.csv."""
import csv
from pathlib import Path

import numpy as np

from .corpus import refuse_test_only

TABLE = 'views.csv'


class NoViews(FileNotFoundError):
    """A folder of rendered views is missing."""


def read_views(folder):
    """-> [(path of the picture, rows of its vehicles)]; the columns stand in README.md."""
    table = refuse_test_only(Path(folder)) / TABLE
    if not table.exists():
        raise NoViews(f'{table} is missing; make it with: dashiban road views --out {folder} --count 12000 --seed 1')
    by_picture = {}
    with open(table, encoding='utf-8', newline='') as file:
        for row in csv.DictReader(file):
            by_picture.setdefault(row['picture'], []).append(row)
    return [(table.parent / name, rows) for name, rows in by_picture.items()]


def box_of(row):
    """Left, top, right, bottom of the body in pixels, not cut at the picture's edges."""
    return tuple(float(row[side]) for side in ('x1', 'y1', 'x2', 'y2'))


def corners_of(row):
    """The plate's corners as it is read, 4 x 2 pixels; only where the row has a plate."""
    return np.array([float(row[f'{corner}_{axis}']) for corner in ('tl', 'tr', 'br', 'bl') for axis in 'xy'], np.float32).reshape(4, 2)
