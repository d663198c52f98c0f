import hashlib
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dashiban_training import manifest, smoke
from dashiban_training.alphabet import CLASSES, SLOTS, classes_of
from dashiban_training.exposure import lit_anew
from dashiban_training.fit import Alternation, Budget, Ring
from dashiban_training.plates.framing import HEIGHT, WIDTH
from dashiban_training.reader.calibrate import Look, Reads, averaged_looks, expected_calibration_error, fitted_temperature, lowest_gate
from dashiban_training.reader.committee import Committee, recovered
from dashiban_training.reader.export import export as export_reader
from dashiban_training.reader.net import Reader, multiply_adds, normalised
from dashiban_training.reader.quantise import quantised
from dashiban_training.reader.train import ReaderTask, taught_loss
from dashiban_training.recover import layer_of, recover

torch.set_num_threads(1)


class Every_entry_runs(unittest.TestCase):
    def test_each_model_trains_resumes_and_exports(self):
        self.assertEqual(len(list(smoke.run_all())), 3)


class Reading(unittest.TestCase):
    def test_the_reader_stays_small(self):
        self.assertLess(multiply_adds(Reader()), 140e6)

    def test_an_exported_reader_is_recovered_exactly_by_a_deeper_one(self):
        net, probe = _moved_reader()
        net.strokes_deepest, net.parts_deepest, net.columns_deep, net.across = (torch.nn.Identity() for _ in range(4))
        with tempfile.TemporaryDirectory() as folder:
            export_reader(net, Path(folder) / 'model.onnx')
            found = recover(Reader(), Path(folder) / 'model.onnx', probe).eval()
        with torch.no_grad():
            for got, want in zip(found(probe), net.eval()(probe)):
                self.assertLess(float((got - want).abs().max()), 2e-4)

    def test_a_reader_of_eight_slots_keeps_them_beside_a_ninth(self):
        net, probe = _moved_reader(slots=8)
        with tempfile.TemporaryDirectory() as folder:
            export_reader(net, Path(folder) / 'model.onnx')
            as_it_was, found = (recovered(Path(folder) / 'model.onnx', probe, slots) for slots in (None, 9))
        with torch.no_grad():
            want = net.eval()(probe)[0]
            self.assertLess(float((as_it_was(probe)[0] - want).abs().max()), 2e-4)
            self.assertLess(float((found(probe)[0][:, :8] - want).abs().max()), 2e-4)
            self.assertEqual(found(probe)[0].shape[1], 9)

    def test_two_that_agree_say_together_what_one_says(self):
        net, probe = _moved_reader()
        with torch.no_grad():
            for got, want in zip(Committee([net, net]).eval()(probe), net.eval()(probe)):
                self.assertLess(float((got - want).abs().max()), 1e-5)

    def test_a_committee_is_one_file_that_says_what_its_members_say(self):
        (one, probe), (other, _) = _moved_reader(1), _moved_reader(2)
        committee = Committee([one, other]).eval()
        with tempfile.TemporaryDirectory() as folder:
            difference = export_reader(committee, Path(folder) / 'model.onnx')
            found = recovered(Path(folder) / 'model.onnx')
        self.assertLess(difference, 2e-4)
        with torch.no_grad():
            for got, together, first, second in zip(found(probe), committee(probe), one(probe), other(probe)):
                self.assertLess(float((got - together).abs().max()), 2e-4)
                self.assertLess(float((together - (first + second) / 2).abs().max()), 1e-5)

    def test_whoever_has_a_teacher_learns_how_sure_to_be_where_the_truth_says_otherwise(self):
        teacher, _ = _moved_reader()
        with tempfile.TemporaryDirectory() as folder:
            export_reader(teacher, Path(folder) / 'model.onnx')
            task = ReaderTask(teacher=Path(folder) / 'model.onnx', synthetic_only=True)
            pupil = recovered(Path(folder) / 'model.onnx')
            pictures = torch.randint(0, 256, (4, HEIGHT, WIDTH, 3), dtype=torch.uint8)
            with torch.no_grad():
                said = teacher.eval()(normalised(pictures))[0]
            untrue = (said.argmax(2) + 1) % CLASSES
            losses = []
            for one in (ReaderTask(synthetic_only=True), task):
                torch.manual_seed(3)                # the same light
                losses.append(one.losses(pupil, [pictures, untrue, torch.zeros(4)])[1]['slot'])
        agreeing = float(taught_loss(said, said))
        self.assertLess(agreeing, float(taught_loss(said + torch.randn(said.shape, generator=torch.Generator().manual_seed(1)), said)))
        self.assertAlmostEqual(losses[1], 0.3 * losses[0] + 0.7 * agreeing, delta=0.05)

    def test_layers_are_found_by_the_names_of_the_graph(self):
        self.assertEqual(layer_of('/_net/context/context.0/mix/mix.0/Conv'), 'context.0.mix.0')
        self.assertEqual(layer_of('/_net/parts/parts.0/parts.0.0/Conv'), 'parts.0.0')
        self.assertEqual(layer_of('/_net/classify/MatMul'), 'classify')

    def test_eight_bits_say_nearly_the_same_and_nothing_finer(self):
        net, probe = _moved_reader()
        rounded = quantised(net, probe)
        with torch.no_grad():
            want, got = net.eval()(probe)[0], rounded(probe)[0]
            levels = rounded.strokes(rounded.edges(probe))
        self.assertLess(float((got - want).abs().mean()), 0.2 * float(want.std()))
        self.assertGreater(float((got - want).abs().max()), 0)
        self.assertLessEqual(len(levels.unique()), 256)

    def test_a_temperature_makes_confidence_honest(self):
        torch.manual_seed(2)
        odds = torch.rand(4000) * 6                 # of the one slot that may be wrong
        logits = torch.zeros(4000, SLOTS, CLASSES)
        logits[..., 1], logits[:, 0, 1], logits[:, :, 3:] = 20, odds, -20
        truth = torch.ones(4000, SLOTS, dtype=torch.long)
        truth[:, 0] = torch.where(torch.rand(4000) < torch.softmax(logits[:, 0], 1)[:, 1], 1, 2)
        self.assertAlmostEqual(fitted_temperature([Look(logits, logits)], truth), 1.0, delta=0.1)
        self.assertAlmostEqual(fitted_temperature([Look(logits * 1.7, logits)], truth), 1.7, delta=0.17)

    def test_only_unsure_plates_are_looked_at_again(self):
        sure, unsure, other = (torch.tensor([[level, 0.0]]).expand(8, 2) for level in (9.0, 1.0, -1.0))
        looks = [torch.stack((sure, unsure)), torch.stack((other, other))]
        seen, strips = averaged_looks([Look(slots, torch.softmax(slots, 2)) for slots in looks], 1.0)
        self.assertTrue(torch.equal(seen[0], torch.softmax(sure, 1)))
        self.assertTrue(torch.allclose(seen[1], (torch.softmax(unsure, 1) + torch.softmax(other, 1)) / 2))
        self.assertTrue(torch.equal(seen, strips))

    def test_the_gate_lets_no_more_wrong_reads_through_than_allowed_in_any_group(self):
        confidence, right = np.linspace(0.3, 1, 1000), np.arange(1000) > 300
        all_of, even = np.ones(1000, bool), np.arange(1000) % 2 == 0
        halves = even, ~even
        reads = Reads(confidence, right, all_of, right)
        gate = lowest_gate(reads, halves, 0.01)
        self.assertLessEqual(reads.accepted(gate)[1], 0.01)
        self.assertAlmostEqual(gate, 0.51, delta=0.02)
        worse_half = Reads(confidence, right & (even | (np.arange(1000) > 600)), all_of, all_of)
        self.assertAlmostEqual(lowest_gate(worse_half, halves, 0.01), 0.72, delta=0.02)
        self.assertEqual(lowest_gate(reads.agreeing(), halves, 0.01), 0.3, 'a second opinion that is always right needs no threshold')

    def test_honest_confidence_has_no_calibration_error(self):
        confidence = np.repeat(np.linspace(0.05, 0.95, 10), 1000)
        right = np.random.default_rng(1).random(10000) < confidence
        self.assertLess(expected_calibration_error(confidence, right)[0], 0.02)
        self.assertGreater(expected_calibration_error(confidence, np.zeros(10000, bool))[0], 0.4)

    def test_the_longest_text_fills_the_slots(self):
        self.assertNotIn(0, classes_of('WJ0112345'))


def _moved_reader(seed=1, slots=SLOTS):
    """A reader whose batch statistics differ from the probe's, and whose blocks all do something."""
    torch.manual_seed(seed)
    net, probe = Reader(slots), torch.randn(64, 3, 48, 168)
    for norm in (module for module in net.modules() if isinstance(module, torch.nn.BatchNorm2d)):
        torch.nn.init.uniform_(norm.weight, 0.5, 1.5)
    torch.nn.init.normal_(net.slot_bias)
    for _ in range(3):
        net.train()(probe * 1.3 + 0.2)
    return net, probe


class Manifests(unittest.TestCase):
    def test_a_new_version_carries_the_contract_on(self):
        with tempfile.TemporaryDirectory() as root:
            old, new = Path(root) / '0', Path(root) / '1'
            old.mkdir(), new.mkdir()
            (old / 'manifest.json').write_text(json.dumps({
                'schema': 1, 'version': 0, 'license': 'old', 'origin': {}, 'input': {'mean': [127.5, 0.5]},
                'files': [{'file': 'model.onnx', 'sha256': 'old'}], 'reading': {'alphabet': '_京', 'minCharacterConfidence': 0.8}}))
            (new / 'model.onnx').write_bytes(b'weights')
            manifest.succeed(old, new, ['plates'], 'free', {'reading': {'minCharacterConfidence': 0.9}}, {'model.onnx': {'input': [-1, 3, 64, 64]}})
            text = (new / 'manifest.json').read_text()
        found = json.loads(text)
        self.assertEqual((found['version'], found['license'], found['input']['mean']), (1, 'free', [127.5, 0.5]))
        self.assertEqual(found['reading'], {'alphabet': '_京', 'minCharacterConfidence': 0.9})
        self.assertEqual(found['files'][0]['input'], [-1, 3, 64, 64])
        self.assertEqual(found['files'][0]['sha256'], hashlib.sha256(b'weights').hexdigest())
        self.assertIn('[127.5, 0.5]', text, 'numbers stay on one line')


class Fitting(unittest.TestCase):
    def test_a_ring_forgets_the_oldest(self):
        ring = Ring(4)
        for k in range(6):
            ring.add((torch.tensor(k),))
        seen = set(ring.batch(200, torch.Generator().manual_seed(1))[0].tolist())
        self.assertEqual(seen, {2, 3, 4, 5})

    def test_every_third_batch_comes_from_aside(self):
        class Feed:
            def __init__(self, name):
                self.next = lambda: name
        feed = Alternation(Feed('window'), Feed('whole'), 3)
        self.assertEqual([feed.next() for _ in range(6)], 2 * ['window', 'window', 'whole'])

    def test_a_sample_met_again_looks_otherwise_and_on_average_the_same(self):
        torch.manual_seed(3)
        grey = torch.full((600, 2, 2, 3), 127, dtype=torch.uint8)
        seen = lit_anew(grey, 27.0, 50.0).float().mean((1, 2, 3))
        self.assertAlmostEqual(float(seen.mean()), 2.0, delta=0.1)
        self.assertTrue(0.2 < float(seen.std()) < 0.8)

    def test_freed_memory_is_used_again_without_page_faults(self):
        again = ('import resource, sys\n'
                 'from dashiban_training.memory import keep_freed\n'
                 'keep_freed() if sys.argv[1] == "kept" else None\n'
                 'hold = [bytearray(80_000_000), None]\n'        # beyond what malloc keeps of its own accord
                 'del hold[0]\n'
                 'before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt\n'
                 'for _ in range(5): bytearray(80_000_000)\n'
                 'print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)\n')
        faults = {how: int(subprocess.run([sys.executable, '-c', again, how], cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True).stdout)
                  for how in ('kept', 'given back')}
        self.assertLess(faults['kept'] * 10, faults['given back'])

    def test_a_budget_is_minutes_or_samples(self):
        for wrong in ({}, {'minutes': 1, 'samples': 1}):
            with self.assertRaises(ValueError):
                Budget(**wrong)


if __name__ == '__main__':
    unittest.main()
