import sys
import tempfile
import unittest
from pathlib import Path

import cv2
import numpy as np
import onnx
import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dashiban_training.detector.answers import Found, box_overlaps, quad_overlaps, suppressed
from dashiban_training.detector.composition import Composer
from dashiban_training.detector.cutouts import CutOut, is_kept
from dashiban_training.detector.development import Tally, judge
from dashiban_training.detector.export import ZOOM, export, export_rounded
from dashiban_training.detector.labels import IGNORED, WANTED, WHOLE, WINDOW, Labels
from dashiban_training.detector.losses import plate_loss, vehicle_loss
from dashiban_training.detector.mining import Mined
from dashiban_training.detector.mounting import Flat, PlateRack, mount
from dashiban_training.detector.net import PLATE_STRIDES, VEHICLE_STRIDES, Detector, Maps, plates_of, vehicles_of
from dashiban_training.detector.quantise import quantised
from dashiban_training.detector.scenes import SceneMaker
from dashiban_training.detector.targets import assign_plates, assign_vehicles
from dashiban_training.detector.views import RoadViews
from dashiban_training.dice import Dice
from dashiban_training.plates.studio import Studio
from dashiban_training.recover import recover

torch.set_num_threads(1)


class The_network(unittest.TestCase):
    def test_cells_expect_a_plate_and_a_vehicle_around_their_centre(self):
        maps = Maps([torch.zeros(1, 10, 64 // s, 128 // s) for s in PLATE_STRIDES], [torch.zeros(1, 5, 64 // s, 128 // s) for s in VEHICLE_STRIDES])
        corners, boxes = plates_of(maps)[0], vehicles_of(maps)[0]
        self.assertEqual(corners.shape, (1, sum((64 // s) * (128 // s) for s in PLATE_STRIDES), 8))
        self.assertTrue(torch.allclose(corners[0, 0].reshape(4, 2).mean(0), torch.tensor([4.0, 4.0])))
        self.assertTrue(torch.allclose(boxes[0, -1].reshape(2, 2).mean(0), torch.tensor([96.0, 32.0])))

    def test_it_starts_by_finding_nothing(self):
        with torch.no_grad():
            maps = Detector().eval()(torch.rand(1, 3, 64, 128))
        for scores in (plates_of(maps)[1], vehicles_of(maps)[1]):
            self.assertLess(float(torch.sigmoid(scores).max()), 0.1)

    def test_an_exported_detector_is_recovered_exactly(self):
        net, probe = _moved_detector()
        with tempfile.TemporaryDirectory() as folder:
            export(net, Path(folder) / 'model.onnx', ZOOM)
            found = recover(Detector(), Path(folder) / 'model.onnx', probe).eval()
        with torch.no_grad():
            for got, want in zip(found(probe).plates, net(probe).plates):
                self.assertLess(float((got - want).abs().max()), 1e-4)

    def test_in_eight_bits_it_says_nearly_the_same_and_its_file_is_a_third(self):
        net, probe = _moved_detector()
        rounded = quantised(net, probe)
        with torch.no_grad():
            for got, want in zip(rounded(probe).plates, net(probe).plates):
                self.assertTrue(0 < float((got - want).abs().mean()) < 0.3 * float(want.std((0, 2, 3)).mean()))
        with tempfile.TemporaryDirectory() as folder:
            floats, bytes_ = Path(folder) / 'floats.onnx', Path(folder) / 'bytes.onnx'
            export(net, floats, ZOOM)
            export_rounded(rounded, bytes_, ZOOM)
            self.assertLess(bytes_.stat().st_size, floats.stat().st_size / 3)
            onnx.checker.check_model(onnx.load(str(bytes_)))


class Responsibility(unittest.TestCase):
    def test_a_plate_is_answered_for_by_the_cells_around_its_middle(self):
        targets = assign_plates(_plates((100, 90, 60, 20, WANTED)), WINDOW)
        owners = np.flatnonzero(targets.owner[0] >= 0)
        row = WINDOW // 8
        self.assertTrue(1 <= len(owners) <= 18)
        fine = owners[owners < row * row]
        self.assertTrue(all(abs(c % row - 16) <= 2 and abs(c // row - 12) <= 2 for c in fine))

    def test_a_vehicle_that_fills_the_picture_is_answered_for_at_the_coarsest_level_alone(self):
        targets = assign_vehicles(_vehicles((10, 10, 370, 370, WANTED)), WINDOW)
        finer = (WINDOW // 16) ** 2 + (WINDOW // 32) ** 2
        self.assertTrue((targets.owner[0, :finer] < 0).all() and (targets.owner[0, finer:] >= 0).any())

    def test_an_ignored_area_costs_nothing(self):
        for targets in (assign_plates(_plates((100, 90, 60, 20, IGNORED)), WINDOW), assign_vehicles(_vehicles((50, 50, 200, 200, IGNORED)), WINDOW)):
            self.assertTrue((targets.owner < 0).all() and targets.silent.any())


class Losses(unittest.TestCase):
    def test_the_right_plate_costs_almost_nothing_and_a_shifted_one_much(self):
        labels = _plates((100, 90, 60, 20, WANTED))
        targets, corners, scores = _perfect(assign_plates(labels, WINDOW), torch.from_numpy(labels[0, 0, :8]))
        rows = torch.full_like(scores, -12.0)
        self.assertLess(float(plate_loss((corners, scores, rows), targets)[0]), 0.05)
        self.assertGreater(float(plate_loss((corners + 20, scores, rows), targets)[0]), 1.0)

    def test_the_right_vehicle_costs_almost_nothing_and_a_shifted_one_much(self):
        labels = _vehicles((50, 50, 250, 220, WANTED))
        targets, boxes, scores = _perfect(assign_vehicles(labels, WINDOW), torch.from_numpy(labels[0, 0, :4]))
        self.assertLess(float(vehicle_loss((boxes, scores), targets)[0]), 0.05)
        self.assertGreater(float(vehicle_loss((boxes + 60, scores), targets)[0]), 0.5)

    def test_an_empty_picture_has_a_finite_loss(self):
        maps = Detector()(torch.rand(1, 3, WINDOW, WINDOW))
        nothing = assign_plates(_plates(), WINDOW), assign_vehicles(_vehicles(), WINDOW)
        total = plate_loss(plates_of(maps), nothing[0])[0] + vehicle_loss(vehicles_of(maps), nothing[1])[0]
        total.backward()
        self.assertTrue(np.isfinite(float(total)))


class Labelling(unittest.TestCase):
    def test_what_is_cut_off_hidden_or_tiny_is_neither_right_nor_wrong(self):
        labels = Labels()
        quad = np.array([[0, 0], [60, 0], [60, 20], [0, 20]], np.float32)
        labels.plate(quad + 50, False)
        labels.plate(quad + (-30, 50), False)
        labels.plate(quad + 90, False, seen=0.5)
        labels.plate(quad / 6 + 200, False)
        labels.vehicle(np.array((-300, 10)), np.array((100, 200)))
        labels.vehicle(np.array((-50, 10)), np.array((100, 200)))
        plates, vehicles = labels.rows()
        self.assertEqual(sorted(plates[:4, 9]), [WANTED, IGNORED, IGNORED, IGNORED])
        self.assertEqual(plates[plates[:, 9] == WANTED][0, 0], 50)
        self.assertEqual({tuple(row) for row in vehicles[:2]}, {(0, 10, 100, 200, IGNORED), (0, 10, 100, 200, WANTED)})


    def test_labels_move_with_the_picture(self):
        labels = Labels()
        labels.plate(np.array([[10, 10], [70, 10], [70, 30], [10, 30]], np.float32), True)
        labels.vehicle(np.array((0, 0)), np.array((200, 100)))
        plates, vehicles = labels.moved(2, np.array((5, -8))).rows()
        self.assertEqual(plates[0].tolist(), [25, 12, 145, 12, 145, 52, 25, 52, 1, WANTED])
        self.assertEqual(vehicles[0].tolist(), [5, 0, WINDOW, 192, WANTED])
        self.assertEqual(labels.moved(2, np.array((-100, 0))).rows()[0][0, 9], IGNORED)


class Scenes(unittest.TestCase):
    def test_a_mounted_plate_lies_where_its_label_says(self):
        dice = Dice(3)
        for _ in range(40):
            picture, low = np.zeros((WINDOW, WINDOW, 3), np.float32), np.array((dice.uniform(20, 200), dice.uniform(20, 200)))
            width = dice.uniform(30, 150)
            quad = (np.array([[0, 0], [1, 0.1], [1, 0.45], [0, 0.32]]) * width + low).astype(np.float32)
            mount(picture, np.full((60, 180, 3), 255, np.uint8), quad, 1.0, dice, holder=False)
            drawn = cv2.minAreaRect(np.argwhere(picture[..., 0] > 127)[:, ::-1].astype(np.float32))
            self.assertAlmostEqual((picture[..., 0] / 255).sum(), cv2.contourArea(quad), delta=0.03 * cv2.contourArea(quad) + 8)
            self.assertTrue(np.allclose(drawn[0], quad.mean(0) - 0.5, atol=2.5))

    def test_composed_scenes_have_labels_within_reach_and_repeat_with_their_seed(self):
        wanted = 0
        for picture, plates, vehicles in _composed(seed=5, count=30):
            self.assertEqual((picture.shape, picture.dtype), ((WINDOW, WINDOW, 3), np.uint8))
            self.assertTrue(np.isfinite(plates).all() and (vehicles[:, :4] >= 0).all() and (vehicles[:, :4] <= WINDOW).all())
            wanted += (plates[:, 9] == WANTED).sum() + (vehicles[:, 4] == WANTED).sum()
        self.assertGreater(wanted, 20)
        again = _composed(seed=5, count=3)
        self.assertTrue(all((a[0] == b[0]).all() and (a[1] == b[1]).all() for a, b in zip(again, _composed(seed=5, count=3))))

    def test_whole_pictures_are_larger_and_labelled_within_themselves(self):
        dice = Dice(8)
        maker = SceneMaker.of(None, dice, side=WHOLE)
        scenes = [maker.sample(dice) for _ in range(12)]
        self.assertTrue(all(picture.shape == (WHOLE, WHOLE, 3) for picture, _, _ in scenes))
        self.assertGreater(max(vehicles[:, 2].max() for _, _, vehicles in scenes), WINDOW)

    def test_a_known_foreign_plate_is_covered_or_ignored(self):
        dice = Dice(4)
        foreign = np.array([[40, 30], [60, 30], [60, 40], [40, 40]], np.float32)
        cutout = CutOut(np.full((60, 100, 3), 90, np.uint8), (0, 0, 100, 60), True, [foreign])
        board = np.full((20, 60, 3), 40, np.uint8)
        composer = Composer([cutout], PlateRack(Studio.of(None, dice), [Flat(np.full((36, 136, 3), 200, np.uint8), False)], dice), [board], [board])
        kinds = [labels.plates[0][9] for _, labels in (composer.scene(dice) for _ in range(60)) if len(labels.vehicles) == 1]
        self.assertTrue(kinds and set(kinds) == {WANTED, IGNORED}, 'a vehicle alone always has the one or the other')

    def test_a_plateless_scene_asks_for_no_plate(self):
        dice = Dice(6)
        maker = SceneMaker.of(None, dice)
        for _ in range(10):
            picture, plates, vehicles = maker.scene('plateless', dice)
            self.assertFalse((plates[:, 9] == WANTED).any())
            self.assertTrue((vehicles[:, 4] > 0).any())

    def test_rendered_views_keep_their_labels_on_their_vehicles(self):
        dice, quad = Dice(7), np.array([[300, 200], [360, 202], [360, 222], [300, 220]], np.float32)
        picture = np.full((448, 768, 3), 60, np.uint8)
        cv2.fillConvexPoly(picture, np.round(quad - 0.5).astype(np.int32), (250, 250, 250))
        with tempfile.TemporaryDirectory() as folder:
            cv2.imwrite(f'{folder}/00000.png', picture)
            corners = [f'{c}_{a}' for c in ('tl', 'tr', 'br', 'bl') for a in 'xy']
            Path(folder, 'views.csv').write_text(','.join(['picture', 'x1', 'y1', 'x2', 'y2', 'visible', 'plate_rows', 'plate_visible', *corners]) + '\n'
                                                 + ','.join(['00000.png', '200', '100', '460', '260', '1.000', '1', '1', *(f'{v}' for v in quad.reshape(-1))]) + '\n')
            views = RoadViews([folder], PlateRack(Studio.of(None, dice), [], dice))
            for _ in range(20):
                shown, labels = views.scene(dice)
                middle = np.array(labels.plates[0][:8]).reshape(4, 2).mean(0).astype(int)
                if (middle > 4).all() and (middle < WINDOW - 4).all():
                    self.assertGreater(np.ptp(shown[middle[1] - 4:middle[1] + 5, middle[0] - 4:middle[0] + 5].mean(2)) + shown[middle[1], middle[0]].mean(), 100)
                    low, high = np.array(labels.vehicles[0][:2]), np.array(labels.vehicles[0][2:4])
                    self.assertTrue((low <= middle).all() and (middle <= high).all())

    def test_the_kept_vehicles_are_few_and_always_the_same(self):
        kept = [is_kept(f'stanford/{k:05d}.jpg') for k in range(4000)]
        self.assertTrue(0.04 < np.mean(kept) < 0.08)


class Answers(unittest.TestCase):
    def test_the_best_of_each_group_stays(self):
        boxes = np.array([[0, 0, 10, 10], [1, 1, 11, 11], [40, 40, 50, 50], [42, 42, 46, 46]], np.float32)
        self.assertEqual(suppressed(boxes, np.array([0.8, 0.9, 0.7, 0.6]), 0.4, 0.7).tolist(), [1, 2])
        self.assertEqual(suppressed(boxes, np.array([0.8, 0.9, 0.7, 0.6]), 0.4, np.inf).tolist(), [1, 2, 3])

    def test_overlaps(self):
        a = np.array([[0, 0, 10, 10]], np.float32)
        self.assertAlmostEqual(float(box_overlaps(a, a + np.array([5, 0, 5, 0]))[0, 0]), 1 / 3, places=5)
        square = np.array([[[0, 0], [10, 0], [10, 10], [0, 10]]], np.float32)
        self.assertAlmostEqual(float(quad_overlaps(square, square + (5, 0))[0, 0]), 1 / 3, places=3)

    def test_a_tally_knows_what_was_found_and_what_was_false(self):
        plate_rows, vehicle_rows = _plates((100, 90, 60, 20, WANTED), (200, 90, 60, 20, IGNORED))[0], _vehicles((50, 50, 250, 220, WANTED))[0]
        quads = plate_rows[:2, :8].reshape(-1, 4, 2)
        quads = np.concatenate((quads + 1, quads[:1] + 150))
        plates, vehicles = Tally(), Tally()
        judge(Found(quads, np.array([0.8, 0.7, 0.4]), vehicle_rows[:1, :4], np.array([0.6])), plate_rows, vehicle_rows, plates, vehicles)
        self.assertEqual((len(plates), plates.found(0.75), plates.found(0.85)), (1, 1.0, 0.0))
        self.assertEqual((plates.alarms(0.3), plates.alarms(0.5), plates.threshold_for(0.02)), (1.0, 0.0, 0.41))
        self.assertAlmostEqual(plates.corner_error, 2 ** 0.5 / 60, places=3)
        self.assertEqual((vehicles.found(0.5), vehicles.alarms(0.1)), (1.0, 0.0))


class Mining(unittest.TestCase):
    def test_what_was_mined_survives_its_file(self):
        mined = Mined({'a.jpg': np.array([[[1, 2], [3, 4], [5, 6], [7, 8]]], np.float32)}, {'b.jpg'}, [3])
        with tempfile.TemporaryDirectory() as folder:
            mined.save(Path(folder) / 'mined.json')
            again = Mined.load(Path(folder) / 'mined.json')
        self.assertEqual((again.alarming, again.clutter), ({'b.jpg'}, [3]))
        self.assertTrue((again.foreign['a.jpg'] == mined.foreign['a.jpg']).all())


def _moved_detector():
    """A network of which nothing is as it begins, and pictures."""
    torch.manual_seed(1)
    net, probe = Detector(), torch.rand(4, 3, 128, 256)
    for bias in (parameter for parameter in net.parameters() if parameter.ndim == 1):
        bias.data += 0.1 * torch.randn(bias.shape)
    for _ in range(3):
        net.train()(probe)
    return net.eval(), probe


def _perfect(targets, thing):
    """Answers that are right in the cells that must answer, and silent elsewhere."""
    cells = targets.owner.shape[1]
    places, scores = torch.zeros(1, cells, len(thing)), torch.full((1, cells), -12.0)
    positive = torch.from_numpy(targets.owner) >= 0
    places[positive], scores[positive] = thing, 12.0
    return targets, places, scores


def _plates(*boxes):
    labels = np.zeros((1, 4, 10), np.float32)
    for row, (x, y, w, h, kind) in zip(labels[0], boxes):
        row[:8], row[9] = (x, y, x + w, y, x + w, y + h, x, y + h), kind
    return labels


def _vehicles(*boxes):
    labels = np.zeros((1, 4, 5), np.float32)
    labels[0, :len(boxes)] = np.array(boxes, np.float32).reshape(-1, 5)
    return labels


def _composed(seed, count):
    dice = Dice(seed)
    maker = SceneMaker.of(None, dice)
    return [maker.sample(dice) for _ in range(count)]


if __name__ == '__main__':
    unittest.main()
