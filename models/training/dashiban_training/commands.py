"""What each command line does."""
import json

import cv2
import numpy as np
import torch

from . import contamination, manifest
from .corpus import Corpus
from .detector.answers import VEHICLE_OVERLAP, VEHICLE_THRESHOLD
from .detector.export import FRAMES, VARIANTS, export as write_detector, export_rounded as write_rounded_detector
from .detector.mining import Mined, mine
from .detector.quantise import quantised as quantised_detector
from .detector.second_look import RECIPE as SECOND_LOOK
from .detector.train import DetectorTask
from .dice import Dice
from .fit import Budget, averaged, fit
from .plates.studio import Studio
from .reader.calibrate import AGAIN_BELOW, AGAIN_MARGINS, calibrate, calibration_plates, kept_plates
from .reader.committee import Committee, members_of, recovered
from .reader.development import read as read_slots
from .reader.export import CROP, OUTPUTS, export as write_reader, export_rounded
from .reader.quantise import quantised, rounded_from
from .reader.samples import some_inputs
from .reader.strata import measure, reader_of
from .reader.train import ReaderTask
from .recover import recover
from .seats import foreign
from .seats.calibrate import calibrate as calibrate_seats, trust
from .seats.committee import Committee as SeatCommittee, recovered as recovered_seats
from .seats.development import probabilities, summary
from .seats.export import contract, export as write_seats, export_rounded as write_rounded_seats, seat_class_of
from .seats.net import SIDE, BothSides
from .seats.quantise import quantised as quantised_seats
from .seats.train import SeatTask
from .smoke import run_all

_FLOATS = 'model-float.onnx'       # beside a model in eight bits: what a later version starts from


def train_reader(options):
    _train(ReaderTask(warm_onnx=options.warm_onnx, teacher=options.teacher), options)


def train_detector(options):
    _train(_detector(options, options.warm_onnx), options)


def mine_detector(options):
    net = recover(DetectorTask.network(), options.warm_onnx).eval() if options.warm_onnx else averaged(DetectorTask, options.checkpoint)
    mined = mine(net, Corpus(), Dice(1))
    mined.save(options.out)
    foreign = sum(len(quads) > 0 for quads in mined.foreign.values())
    print(f'{options.out}: of {len(mined.foreign)} vehicles {foreign} with foreign plates and {len(mined.alarming)} with false alarms; {len(mined.clutter)} such crops')


def train_seats(options):
    if not options.views:
        print('no --views: learning from foreign vehicles alone, which does not carry over to Chinese roads; '
              'make views with: dashiban road views --out DIR --count 12000 --seed 1', flush=True)
    if not options.foreign:
        print('no --foreign: foreign vehicles are scaled by their bodies alone; find their plates with: seats foreign', flush=True)
    _train(_seats(options, options.warm_onnx), options)


def _train(task, options):
    task.peak_rate *= options.rate
    fit(task, options.out, Budget(options.minutes, options.samples), options.workers, options.seed, options.device)


def export_reader(options):
    """Calibrated on the plates kept from training; the figures go to calibration.json beside the model."""
    net = averaged(ReaderTask, options.checkpoint)
    if options.others:
        net = Committee([net, *(members_of(recovered(other))[0] for other in options.others)])
    shipped = quantised(net, some_inputs()) if options.int8 else net
    calibration = calibrate(shipped, *calibration_plates())
    temperatures = calibration.temperature, 1.0, 1.0
    difference = write_reader(net, options.out / (_FLOATS if options.int8 else 'model.onnx'), temperatures)
    if options.int8:
        export_rounded(shipped, options.out / 'model.onnx', temperatures)
    (options.out / 'calibration.json').write_text(manifest.readable(calibration.as_dict()), encoding='utf-8')
    again = {'below': AGAIN_BELOW, 'margins': [{'x': x, 'y': y} for x, y in AGAIN_MARGINS]}
    _manifest(options, ReaderTask, {'reading': {'minCharacterConfidence': calibration.gate, 'requireAgreement': calibration.agreement, 'crop': CROP, 'again': again}},
              {'model.onnx': {'outputs': OUTPUTS}})
    print(f'{options.out}: differs from PyTorch by {difference:.1e}; temperature {calibration.temperature:.2f}, gate {calibration.gate}'
          f'{" and agreement" if calibration.agreement else ""}: {calibration.accepted:.1%} accepted, calibration error {calibration.expected_error:.3f} (was {calibration.expected_error_before:.3f})')


def measure_reader(options):
    """An exported reader on plates kept from training, by one look, as rows of a table; another on the same, and what either alone reads."""
    readers = [_reading(path, options.int8) for path in (options.model, options.against) if path]
    for name, (pictures, texts) in kept_plates().items():
        right = [np.array([text == truth for text, truth in zip(read(list(pictures.numpy())), texts)]) for read in readers]
        alone = f' | {(right[0] & ~right[1]).sum()} / {(right[1] & ~right[0]).sum()}' if len(right) > 1 else ''
        print(f'| {name} ({len(texts)}) | ' + ' | '.join(str(of.sum()) for of in right) + alone + ' |', flush=True)


def _reading(onnx_path, int8):
    """A function from crops (48 x 168 BGR bytes) to their texts by an exported reader."""
    if not int8:
        return reader_of(onnx_path)
    net = rounded_from(onnx_path, some_inputs())
    return lambda crops: read_slots(net, torch.from_numpy(np.stack(crops)), 'cpu')


def export_detector(options):
    """Thresholds come from scenes kept from training; what is found with them goes to development.json beside the model."""
    task, net = _detector(options), averaged(DetectorTask, options.checkpoint)
    shipped = quantised_detector(net, task.some_inputs()) if options.int8 else net
    for variant in VARIANTS if options.int8 else ():
        write_rounded_detector(shipped, options.out / variant.file, variant)
    for file, variant in {_FLOATS: FRAMES}.items() if options.int8 else ((variant.file, variant) for variant in VARIANTS):
        print(f'{options.out / file}: differs from PyTorch by {write_detector(net, options.out / file, variant):.1e}')
    plates, report = task.development(scenes=400).calibrated(shipped)
    (options.out / 'development.json').write_text(json.dumps(report, indent=1) + '\n', encoding='utf-8')
    sections = {'plates': {'threshold': plates, 'secondLook': SECOND_LOOK}, 'vehicles': {'tensor': 'vehicles', 'threshold': VEHICLE_THRESHOLD, 'overlap': VEHICLE_OVERLAP}}
    _manifest(options, DetectorTask, sections, {variant.file: {'outputs': variant.outputs} for variant in VARIANTS})
    print(f'{options.out}: threshold {plates} for plates')
    print(json.dumps(report, indent=1))


def _detector(options, warm_onnx=None):
    return DetectorTask(warm_onnx=warm_onnx, views=options.views, kept_views=options.kept_views, mined=options.mined and Mined.load(options.mined))


def find_foreign_plates(options):
    plates = foreign.find(recover(DetectorTask.network(), options.detector).eval(), Corpus())
    foreign.save(plates, options.out)
    print(f'{options.out}: something that may be a plate on {len(plates)} vehicles')


def export_seats(options):
    """Calibrated on vehicles kept from training; the figures go to calibration.json beside the model. Of a committee in eight bits only the trained member's floats are kept."""
    development, trained = _seats(options).development(), BothSides(averaged(SeatTask, options.checkpoint)).eval()
    shipped = _shipped_seats(trained, development, options)
    calibration = calibrate_seats(shipped, development)
    difference = write_seats(trained if options.int8 else shipped, options.out / (_FLOATS if options.int8 else 'model.onnx'), calibration['temperature'])
    if options.int8:
        write_rounded_seats(shipped, options.out / 'model.onnx', calibration['temperature'])
    (options.out / 'calibration.json').write_text(manifest.readable(calibration), encoding='utf-8')
    trusted = json.loads(options.trust.read_text(encoding='utf-8')) if options.trust else None
    _manifest(options, SeatTask, contract(calibration['threshold'], trusted), {'model.onnx': {'input': [-1, 3, SIDE, SIDE]}})
    print(f'{options.out}: differs from PyTorch by {difference:.1e}; temperature {calibration["temperature"]}, threshold {calibration["threshold"]}')


def measure_seats(options):
    """An exported version on the vehicles kept from training, as rows of a table: [right, of] of each question that the plate leaves open.

    Over several draws of looks: by one, two versions can differ by as much as they do in truth.
    """
    task, ask, temperature = _seats(options), seat_class_of(options.model), 1.0
    if options.int8 or options.others:       # made anew from floats, whose temperature stands beside them
        ask = _shipped_seats(recovered_seats(options.model), task.development(), options)
        temperature = json.loads((options.model.parent / 'calibration.json').read_text(encoding='utf-8'))['temperature']
    found = {}
    for draw in range(options.draws):
        for name, looks in task.development(draw).sets.items():
            found.setdefault(name, []).append(summary(probabilities(ask, looks.pictures, temperature=temperature), looks, options.threshold))
    for name, draws in found.items():
        questions = np.sum([[*row['sevenPlusSmall'], *row['busLarge'], *row['trucksCalledPassenger']] for row in draws], 0).reshape(-1, 2)
        shares = ' | '.join(f'{right} of {of}' if of else '—' for right, of in questions)
        print(f'| {name} | {shares} | {np.mean([row["unknown"] for row in draws]):.0%} |')


def _shipped_seats(net, development, options):
    """With the network that answers together with it, and rounded, as the options say."""
    together = _with_other_seats(net, options)
    return quantised_seats(together, development.some_inputs()) if options.int8 else together


def _with_other_seats(net, options):
    return SeatCommittee([net, *map(recovered_seats, options.others)]).eval() if options.others else net


def judge_seats(options):
    """How far a network may be believed, from the real sources that were left out of its training."""
    net = _with_other_seats(BothSides(averaged(SeatTask, options.checkpoint)).eval(), options)
    promised = trust(net, _seats(options).development(), options.leave_out)
    options.out.write_text(json.dumps(promised, indent=1) + '\n', encoding='utf-8')
    print(json.dumps(promised, indent=1))


def _seats(options, warm_onnx=None):
    return SeatTask(options.views, options.kept_views, options.leave_out, options.masks, options.foreign, warm_onnx=warm_onnx)


def _manifest(options, task, changes=None, tensors=None):
    if options.after:
        manifest.succeed(options.after, options.out, task.trained_on, task.licence, changes, tensors)


def check(_):
    texts, looks = contamination.check(Corpus()), contamination.check_looks(Corpus())
    print(texts, looks, sep='\n')
    if texts.same or texts.near or looks.alike:
        raise SystemExit(1)


def sheet(options, rows=20, columns=6):
    """Rendered crops with the seed of the day of the first model, so that two sheets can be compared."""
    dice = Dice(20_261_123)
    studio = Studio.of(Corpus(), dice)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(options.out), np.vstack([np.hstack([studio.crop(dice).picture for _ in range(columns)]) for _ in range(rows)]))
    print(options.out)


def strata(options):
    by_stratum, by_province, by_kind = measure(_reading(options.model, options.int8), Studio.of(Corpus(), Dice(1)))
    worst_first = sorted(by_province.items(), key=lambda item: item[1][0] / item[1][1])
    for rows in (by_stratum.items(), by_kind.items(), worst_first):
        for name, (right, total, right_of_legible, legible) in rows:
            print(f'{name:28s} {right:4d} of {total:4d} = {right / total:.1%}    legible {right_of_legible:4d} of {legible:4d} = {right_of_legible / max(1, legible):.1%}')
        print()


def smoke(_):
    for line in run_all():
        print(line)
