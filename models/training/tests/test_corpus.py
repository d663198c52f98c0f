import os
import sys
import tempfile
import unittest
from pathlib import Path

import cv2
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dashiban_training import contamination, likeness
from dashiban_training.alphabet import GRAMMAR
from dashiban_training.corpus import Corpus, TestOnlyRefused, default_root, read_picture, refuse_test_only
from dashiban_training.dice import Dice
from dashiban_training.plates.studio import Studio
from dashiban_training.recover import recover
from dashiban_training.reader.samples import for_calibration, load_real

needs_data = unittest.skipUnless((default_root() / 'train').is_dir(), f'no data folder at {default_root()}: set DASHIBAN_DATA')


class The_loader_refuses_test_only(unittest.TestCase):
    def test_pictures_are_refused_before_they_are_opened(self):
        with self.assertRaises(TestOnlyRefused):
            read_picture('/anywhere/test-only/toll/1.jpg')

    def test_the_folder_itself_and_spellings_of_it_are_refused(self):
        for path in ('test-only', '/data/test-only', '/data/Test-Only/easypr', '/data/train/../test-only/bit/labels.csv'):
            with self.subTest(path), self.assertRaises(TestOnlyRefused):
                refuse_test_only(path)

    def test_a_link_into_it_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / 'test-only').mkdir()
            os.symlink(Path(folder) / 'test-only', Path(folder) / 'train')
            with self.assertRaises(TestOnlyRefused):
                Corpus(folder)

    def test_a_corpus_rooted_in_it_is_refused(self):
        with self.assertRaises(TestOnlyRefused):
            Corpus('/data/test-only/toll')

    def test_weights_are_not_recovered_from_it(self):
        with self.assertRaises(TestOnlyRefused):
            recover(None, '/data/test-only/model.onnx', None)

    def test_train_is_let_through(self):
        self.assertEqual(refuse_test_only('/data/train/x.jpg').name, 'x.jpg')


class Training_and_test_plates_are_apart(unittest.TestCase):
    @needs_data
    def test_no_training_crop_shows_a_test_plate(self):
        report = contamination.check(Corpus())
        self.assertGreater(report.test_texts, 600)
        self.assertEqual((report.same, report.near), (0, 0))

    def test_a_text_one_character_off_counts_as_near(self):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            _table(root / 'test-only' / 'toll' / 'labels.csv', ['file,plate_text', 'a.jpg,浙A12345'])
            _table(root / 'train' / 'plate-crops' / 'labels.csv',
                   ['file,plate_text', '1.png,浙A12345', '2.png,苏A12345', '3.png,浙A12346', '4.png,浙A12366', '5.png,浙A1234I'])
            report = contamination.check(Corpus(root))
            self.assertEqual((report.same, report.near, report.ungrammatical), (1, 3, 1))

    def test_a_plate_is_found_again_in_another_frame_and_in_negative(self):
        dice = Dice(3)
        studio = Studio.of(None, dice)
        plates = [cv2.cvtColor(np.clip(studio.draw(dice, 'blue').picture, 0, 255).astype(np.uint8), cv2.COLOR_BGR2GRAY) for _ in range(6)]
        searched = [cv2.resize(plate, (152, 46)) for plate in plates]
        crops = [cv2.resize(plate[4:-2, 6:-3], likeness.SIZE) for plate in plates]
        found = likeness.nearest([255 - crop for crop in crops], searched)
        self.assertEqual([k for k, _ in found], list(range(6)))
        self.assertGreater(min(correlation for _, correlation in found), 0.8)
        strangers = likeness.nearest(crops[:1], searched[1:])
        self.assertLess(strangers[0][1], 0.8)

    @needs_data
    def test_no_plate_is_on_both_sides_of_the_calibration_split(self):
        train = {text for _, text, _ in load_real(Corpus(), calibration=False)}
        kept = {text for _, text, _ in load_real(Corpus(), calibration=True)}
        self.assertFalse(train & kept)
        self.assertGreater(len(kept), 150)
        self.assertTrue(all(GRAMMAR.match(text) for text in train | kept))

    def test_the_split_is_by_text_and_about_one_in_ten(self):
        share = sum(for_calibration(f'皖A{k:05d}') for k in range(4000)) / 4000
        self.assertAlmostEqual(share, 0.1, delta=0.02)


def _table(path, lines):
    path.parent.mkdir(parents=True)
    path.write_text('\n'.join(lines), encoding='utf-8')


if __name__ == '__main__':
    unittest.main()
