import sys
import unittest
from pathlib import Path

import cv2
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dashiban_training.alphabet import BLANK, CHARACTERS, GRAMMAR, PROVINCES, SLOTS, classes_of, old_police_o, text_of, text_of_path
from dashiban_training.dice import Dice
from dashiban_training.plates.camera import EXPOSURES, corners, draw_pose, exposed
from dashiban_training.plates.framing import HEIGHT, LOWER_ROW, MARGIN, UPPER_ROW, WIDTH, jittered, rectified, side_by_side, upright_box, with_margin
from dashiban_training.plates.issue import SHARES, issue
from dashiban_training.plates.layouts import LAYOUTS
from dashiban_training.plates.outlines import BOX, STROKES, stroked
from dashiban_training.plates.studio import Studio
from dashiban_training.reader.samples import grey
from dashiban_training.reader.strata import LEGIBLE, STRATA, contrast_of_characters, photographed

ROUNDS = 400


class Texts(unittest.TestCase):
    def test_every_issued_plate_keeps_the_grammar_and_fits_the_slots(self):
        dice = Dice(1)
        for kind in SHARES:
            for _ in range(ROUNDS // 8):
                text = issue(dice, kind).text
                self.assertTrue(GRAMMAR.match(text) or text[1] == '0', f'{kind}: {text}')
                self.assertLessEqual(len(text), SLOTS)

    def test_every_province_is_issued(self):
        dice = Dice(2)
        for province in PROVINCES:
            self.assertEqual(issue(dice, 'blue', province).text[0], province)

    def test_classes_spell_the_text_again(self):
        dice = Dice(3)
        for _ in range(ROUNDS):
            text = issue(dice).text
            self.assertEqual(text_of(classes_of(text)), old_police_o(text))
            self.assertEqual(len(classes_of(text)), SLOTS)

    def test_a_path_of_steps_merges_repeats_but_not_across_a_blank(self):
        path = [k for c in classes_of('皖A11') if c != BLANK for k in (c, c, BLANK)]
        self.assertEqual(text_of_path(path), '皖A11')
        self.assertEqual(text_of_path([k for k in path if k != BLANK]), '皖A1')

    def test_the_letter_o_stands_only_behind_a_province(self):
        self.assertEqual(old_police_o('粤01234警'), '粤O1234警')
        self.assertEqual(old_police_o('使014578'), '使014578')
        self.assertEqual(old_police_o('渝0134567'), '渝0134567')         # a tractor
        self.assertEqual(classes_of('粤O1234警'), classes_of('粤01234警'))

    def test_blanks_leave_no_trace(self):
        self.assertEqual(text_of([BLANK] * SLOTS), '')
        self.assertEqual(len(set(CHARACTERS)), len(CHARACTERS))


class Layouts(unittest.TestCase):
    def test_characters_stand_inside_the_plate_without_overlap(self):
        for name, layout in LAYOUTS.items():
            for k, (x, y, w, h) in enumerate(layout.boxes):
                self.assertTrue(0 <= x and x + w <= layout.width and 0 <= y and y + h <= layout.height, f'{name} {k}')
                for x2, y2, w2, h2 in layout.boxes[k + 1:]:
                    self.assertTrue(x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y, f'{name} {k}')

    def test_the_upper_of_two_rows_lies_in_the_part_of_the_crop_that_is_kept(self):
        for name, layout in LAYOUTS.items():
            for x, y, w, _ in layout.boxes if layout.double else ():
                if y < layout.height * LOWER_ROW / 2:
                    left, right = ((at / layout.width + MARGIN[0]) / (1 + 2 * MARGIN[0]) for at in (x, x + w))
                    self.assertTrue(UPPER_ROW[0] < left and right < UPPER_ROW[1], f'{name} {left:.2f} {right:.2f}')

    def test_every_class_has_a_box_for_every_character(self):
        dice = Dice(4)
        for kind in SHARES:
            plate = issue(dice, kind)
            self.assertEqual(len(plate.text), len(LAYOUTS[plate.layout].boxes), kind)

    def test_own_outlines_fill_the_box_of_the_standard(self):
        for character in STROKES:
            rows, columns = np.where(stroked(character) > 128)
            height = (rows.max() - rows.min() + 1) / 4
            self.assertGreater(height, 0.93 * BOX[1], character)
            if character != '1':
                self.assertGreater((columns.max() - columns.min() + 1) / 4, 0.8 * BOX[0], character)


class Photographs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.studio = Studio.of(None, Dice(5))

    def test_every_class_becomes_a_crop(self):
        dice = Dice(6)
        for kind in SHARES:
            crop = self.studio.crop(dice, kind)
            self.assertEqual((crop.picture.shape, crop.picture.dtype), ((HEIGHT, WIDTH, 3), np.uint8), kind)

    def test_characters_stand_out_by_the_levels_between_them_and_the_plate(self):
        strokes, scene = np.zeros((84, 264), np.uint8), np.full((100, 300, 3), 60, np.float32)
        strokes[20:60, 40:60] = strokes[20:60, 120:140] = 255
        quad = np.array([[10, 5], [274, 5], [274, 89], [10, 89]], np.float32)
        scene[25:65, 50:70, 1] = scene[25:65, 130:150, 1] = 95
        self.assertAlmostEqual(contrast_of_characters(scene, quad, strokes), 35, delta=2)
        self.assertEqual(contrast_of_characters(np.full_like(scene, 255), quad, strokes), 0)

    def test_a_plate_by_day_is_legible(self):
        dice = Dice(8)
        contrasts = [photographed(self.studio.draw(dice, 'blue'), STRATA['blue, day'], self.studio.backdrop(dice), dice)[1] for _ in range(20)]
        self.assertGreater(np.mean([contrast >= LEGIBLE for contrast in contrasts]), 0.9)

    def test_every_stratum_becomes_a_crop(self):
        dice = Dice(12)
        for name, stratum in STRATA.items():
            for kind in stratum.kinds:
                crop, _ = photographed(self.studio.draw(dice, kind), stratum, self.studio.backdrop(dice), dice)
                self.assertEqual(crop.shape, (HEIGHT, WIDTH, 3), name)

    def test_a_crop_without_colours_keeps_its_text_and_its_contrast(self):
        dice = Dice(9)
        for _ in range(20):
            crop = self.studio.crop(dice, 'blue')
            bleached = grey(crop, dice)
            self.assertTrue((bleached.picture == bleached.picture[..., :1]).all())
            self.assertEqual((bleached.text, bleached.colour), (crop.text, ''))
            self.assertGreater(bleached.picture.std(), 0.4 * crop.picture.std((0, 1)).min())

    def test_only_infra_red_hides_the_paint(self):
        scene = np.full((20, 40, 3), (200, 90, 20), np.float32)
        for mode in EXPOSURES:
            _, grey = exposed(scene, mode, False, Dice(13))
            self.assertEqual(grey, mode == 'infra-red')

    def test_a_seed_repeats_a_picture(self):
        first, second = (Studio.of(None, Dice(7)).crop(Dice(8)) for _ in range(2))
        self.assertEqual(first.text, second.text)
        self.assertTrue(np.array_equal(first.picture, second.picture))

    def test_a_plate_keeps_its_corners_in_order(self):
        dice = Dice(9)
        for _ in range(ROUNDS):
            quad = corners(draw_pose(dice, False, False), 140 / 440)
            sides = np.roll(quad, -1, 0) - quad
            turns = sides[:, 0] * np.roll(sides, -1, 0)[:, 1] - sides[:, 1] * np.roll(sides, -1, 0)[:, 0]
            self.assertTrue((turns > 0).all(), 'clockwise and convex')

    def test_an_upright_box_is_level_and_holds_the_middle(self):
        dice = Dice(10)
        for _ in range(ROUNDS):
            quad = corners(draw_pose(dice, False, True), 140 / 440)
            box = upright_box(quad, dice)
            self.assertTrue(box[0, 1] == box[1, 1] and box[0, 0] == box[3, 0])
            self.assertTrue((box[0] < quad.mean(0)).all() and (quad.mean(0) < box[2]).all())

    def test_jittered_corners_stay_near(self):
        dice, quad = Dice(11), np.array([[0, 0], [100, 0], [100, 30], [0, 30]], np.float32)
        for _ in range(ROUNDS):
            offset = np.abs(jittered(quad, dice) - quad)
            self.assertTrue((offset[:, 0] <= 8.01).all() and (offset[:, 1] <= 6.01).all())

    def test_rectifying_a_level_plate_is_scaling_it(self):
        plate = np.tile(np.linspace(0, 255, WIDTH, dtype=np.uint8)[None, :, None], (HEIGHT, 1, 3))
        crop = rectified(plate, [[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]], margin=(0.0, 0.0))
        self.assertLessEqual(int(np.abs(crop.astype(int) - plate).max()), 2)

    def test_another_margin_is_that_of_the_plate(self):
        plate = cv2.resize(np.tile(np.linspace(20, 220, 120, dtype=np.uint8)[None, :, None], (40, 1, 3)), (240, 80))
        quad = [[20, 10], [220, 10], [220, 70], [20, 70]]
        nearer = with_margin(rectified(plate, quad), (-0.02, -0.06))
        self.assertLessEqual(int(np.abs(nearer.astype(int) - rectified(plate, quad, margin=(-0.02, -0.06))).max()), 3)

    def test_a_double_row_becomes_one_strip(self):
        rows = np.zeros((2 * HEIGHT, WIDTH, 3), np.uint8)
        rows[:30] = 200
        strip = side_by_side(rows)
        self.assertEqual(strip.shape, (HEIGHT, WIDTH, 3))
        self.assertGreater(strip[:, :50].mean(), 100)
        self.assertLess(strip[:, 80:].mean(), 10)


if __name__ == '__main__':
    unittest.main()
