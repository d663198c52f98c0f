import sys
import unittest
from pathlib import Path

import cv2
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dashiban_training.alphabet import GRAMMAR, PROVINCES
from dashiban_training.dice import Dice
from dashiban_training.plates.layouts import LAYOUTS
from dashiban_training.plates.studio import Studio
from dashiban_training.reader.cells import cover, find_stand, patch
from dashiban_training.reader.recombined import RecombinedPlates

WIDTH, HEIGHT = 136, 36         # of the archives' crops


class Cells(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.plates = drawn(40, Dice(1))

    def test_characters_are_found_where_they_were_drawn(self):
        first, last = (LAYOUTS['single'].boxes[k][0] + 22.5 for k in (0, -1))
        for cut in (0, 10):                                                     # millimetres of the plate's ends that the archive cut off
            found, off = 0, []
            for flat, _ in self.plates:
                stand = find_stand(archived(flat, cut), dark_ink=False)
                if stand:
                    scale = WIDTH / (440 - 2 * cut)
                    off += [abs(stand.offset + stand.scale * mm - (mm - cut) * scale) for mm in (first, last)]
                    found += 1
            self.assertGreater(found, 28, f'cut by {cut}')
            self.assertLess(float(np.quantile(off, 0.9)), 3, 'pixels; a gap between characters is nearly four')

    def test_a_picture_without_a_plate_has_no_characters(self):
        noise = np.random.default_rng(2)
        for _ in range(20):
            self.assertIsNone(find_stand(cv2.GaussianBlur(noise.integers(0, 255, (HEIGHT, WIDTH, 3), np.uint8), (0, 0), 2), dark_ink=False))

    def test_ink_covers_the_same_whichever_of_ink_and_ground_is_dark(self):
        crop = archived(self.plates[0][0], 0)
        light, dark = cover(crop, dark_ink=False), cover(255 - crop, dark_ink=True)
        self.assertLess(float(np.abs(light - dark).max()), 1e-3)
        self.assertGreater(float(light.max()), 0.9)
        self.assertLess(float(np.median(light)), 0.3)

    def test_a_patch_of_its_own_size_is_cut_out(self):
        crop = archived(self.plates[0][0], 0)
        self.assertTrue(np.array_equal(patch(crop, np.array((8, 4, 28, 30), np.float32), (20, 26)), crop[4:30, 8:28]))


class Recombining(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.studio = Studio.of(None, Dice(3))
        cls.crops = [(archived(flat, 0), text, 'blue') for flat, text in drawn(40, Dice(4), '浙苏')]
        cls.plates = RecombinedPlates(cls.crops, cls.studio)

    def test_every_province_is_made_from_crops_of_two(self):
        dice = Dice(5)
        made = [self.plates.plate(dice) for _ in range(300)]
        self.assertEqual({text[0] for _, text, _ in made}, set(PROVINCES))
        self.assertTrue(all(GRAMMAR.match(text) and colour == 'blue' for _, text, colour in made))

    def test_the_crops_themselves_stay_as_they_are(self):
        before = [picture.copy() for picture, _, _ in self.crops]
        dice = Dice(6)
        for _ in range(100):
            self.plates.plate(dice)
        self.assertTrue(all(np.array_equal(picture, was) for (picture, _, _), was in zip(self.crops, before)))

    def test_a_plate_shows_what_its_text_says(self):
        """A province set in twice looks like itself, more than like another."""
        dice = Dice(7)
        seen = {}
        for _ in range(900):
            picture, text, _ = self.plates.plate(dice)
            seen.setdefault(text[0], []).append(_profile(picture))
        looks = {province: np.mean(pictures[::2], 0) for province, pictures in seen.items()}
        again = {province: np.mean(pictures[1::2], 0) for province, pictures in seen.items()}
        recognised = sum(max(looks, key=lambda other: np.corrcoef(looks[other], again[province])[0, 1]) == province for province in again)
        self.assertGreater(recognised, 25)


def drawn(count, dice, provinces=PROVINCES):
    """Flat blue plates with the project's own characters, and their texts."""
    studio = Studio.of(None, dice)
    plates = [studio.draw(dice, 'blue', provinces[k % len(provinces)]) for k in range(count)]
    return [(np.clip(plate.picture, 0, 255).astype(np.uint8), plate.text) for plate in plates if plate.text[1] != '0']


def archived(flat, cut):
    """A plate as archives hold it; `cut` millimetres missing at either end."""
    edge = round(cut / 440 * flat.shape[1])
    return cv2.resize(flat[:, edge:flat.shape[1] - edge], (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)


def _profile(picture):
    """The province's strokes as numbers that brightness does not move."""
    return cover(picture[5:31, 3:20], dark_ink=False).ravel()


if __name__ == '__main__':
    unittest.main()
