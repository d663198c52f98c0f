"""The only door to pictures on disk. It opens `train/` and refuses `test-only/`."""
import csv
import os
import zipfile
from pathlib import Path

import cv2
import numpy as np

_REPOSITORY = Path(__file__).resolve().parents[3]
_FORBIDDEN = 'test-only'


class TestOnlyRefused(ValueError):
    """Somebody tried to learn from pictures that may only be measured on."""
    __test__ = False        # pytest: this is no test class


def default_root():
    """`DASHIBAN_DATA`, else `../shared/data` beside the repository."""
    return Path(os.environ.get('DASHIBAN_DATA', _REPOSITORY.parent / 'shared' / 'data'))


def refuse_test_only(path):
    """The path itself, resolved through links; raises if it leads into a test-only folder."""
    resolved = Path(path).resolve()
    if any(part.lower() == _FORBIDDEN for part in resolved.parts):
        raise TestOnlyRefused(f'{path} lies in a {_FORBIDDEN} folder: nothing there may be trained, tuned or picked on')
    return resolved


def read_picture(path):
    """A picture as BGR bytes; names may hold Chinese characters, which cv2.imread does not open everywhere."""
    return decode_picture(refuse_test_only(path).read_bytes(), path)


def decode_picture(data, name):
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    if picture is None:
        raise ValueError(f'{name} is not a picture that OpenCV can decode')
    return picture


class Corpus:
    """`train/` of the data folder: plate crops, crops without a plate, glyph pictures, vehicles."""

    def __init__(self, root=None):
        self.root = refuse_test_only(root or default_root())
        if not self.train.is_dir():
            raise FileNotFoundError(f'{self.train} is missing: set DASHIBAN_DATA to the data folder')

    @property
    def train(self):
        return refuse_test_only(self.root / 'train')

    def plate_crops(self):
        """Rows of plate-crops/labels.csv."""
        return self._table('plate-crops/labels.csv')

    def plate_crop(self, row):
        return read_picture(self.train / 'plate-crops' / row['file'])

    def negatives(self):
        """Crops without any plate, some with lettering."""
        return [read_picture(path) for path in sorted((self.train / 'negatives' / 'images').glob('*.jpg'))]

    def glyph_pictures(self):
        """Name (`140_京`, `220_up_A`, `green_7`) to a grey picture, white strokes on black."""
        return {path.stem: 255 - cv2.cvtColor(read_picture(path), cv2.COLOR_BGR2GRAY)
                for path in sorted((self.train / 'glyphs' / 'font_model').glob('*.jpg'))}

    def vehicle_rows(self, collection):
        """Rows of vehicles/<collection>.csv."""
        return self._table(f'vehicles/{collection}.csv')

    def vehicle_pictures(self, collection, names):
        """The named pictures of one zip of vehicle cut-outs, one after the other."""
        with zipfile.ZipFile(refuse_test_only(self.train / 'vehicles' / f'{collection}.zip')) as archive:
            for name in names:
                yield decode_picture(archive.read(name), name)

    def _table(self, name):
        with open(refuse_test_only(self.train / name), encoding='utf-8', newline='') as file:
            return list(csv.DictReader(file))
