"""`python3 -m dashiban_training <model> <action>`: every weight is one command.

Runs are resumable: the same command goes on from `--out`/checkpoint.pt. Data: `DASHIBAN_DATA`, else ../shared/data.
"""
import argparse
from pathlib import Path

from . import commands
from .memory import keep_freed

_WORK = Path(__file__).resolve().parents[1] / 'work'


def main(arguments=None):
    options = _parser().parse_args(arguments)
    keep_freed()
    options.run(options)


def _parser():
    parser = argparse.ArgumentParser(prog='dashiban_training', description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    actions = parser.add_subparsers(required=True, metavar='reader|detector|seats|strata|smoke|check|sheet')
    for model, run_train, run_export in (('reader', commands.train_reader, commands.export_reader),
                                         ('detector', commands.train_detector, commands.export_detector),
                                         ('seats', commands.train_seats, commands.export_seats)):
        of_model = actions.add_parser(model).add_subparsers(required=True, metavar='train|export|…')
        train = of_model.add_parser('train', help='train, or go on training')
        _training_options(train, model)
        train.set_defaults(run=run_train)
        if model == 'reader':
            _reader_options(of_model)
        if model == 'seats':
            _seat_options(of_model, train)
        export = of_model.add_parser('export', help='write ONNX, softmax inside')
        export.add_argument('--checkpoint', type=Path, default=_WORK / model / 'checkpoint.pt')
        export.add_argument('--out', type=Path, default=_WORK / model, help='folder of the new version')
        export.add_argument('--after', type=Path, help='folder of the version whose manifest is carried on')
        export.add_argument('--int8', action='store_true', help='ship roundings to eight bits; the floats go to model-float.onnx')
        export.set_defaults(run=run_export)
        if model != 'detector':
            _committee_option(export)
        if model == 'seats':
            _picture_options(export)
            export.add_argument('--trust', type=Path, help='what `seats judge` wrote: the reliability that the manifest states')
        if model == 'detector':
            _scene_options(export)
            mine = of_model.add_parser('mine', help='foreign plates and false alarms among the training vehicles')
            mine.add_argument('--checkpoint', type=Path, default=_WORK / model / 'checkpoint.pt')
            mine.add_argument('--warm-onnx', type=Path, help='an exported detector to look with, instead of a checkpoint')
            mine.add_argument('--out', type=Path, default=_WORK / model / 'mined.json')
            mine.set_defaults(run=commands.mine_detector)
    strata = _plain(actions, 'strata', commands.strata, 'an exported reader on drawn plates, one difficulty at a time')
    strata.add_argument('--model', type=Path, required=True, help='its floats')
    strata.add_argument('--int8', action='store_true', help='rounded as `reader export --int8` rounds')
    _plain(actions, 'smoke', commands.smoke, 'seconds: every renderer, network, loss and export once, without the data folder')
    _plain(actions, 'check', commands.check, 'no plate of the test-only sets among the training crops')
    _plain(actions, 'sheet', commands.sheet, 'a sheet of rendered crops to look at').add_argument('--out', type=Path, default=_WORK / 'sheet.png')
    return parser


def _training_options(train, model):
    train.add_argument('--out', type=Path, default=_WORK / model)
    budget = train.add_mutually_exclusive_group(required=True)
    budget.add_argument('--minutes', type=float, help='of training, over all resumed parts')
    budget.add_argument('--samples', type=int, help='seen in all; the same on every machine')
    train.add_argument('--workers', type=int, default=0, help='processes that render; 0: render between the steps')
    train.add_argument('--seed', type=int, default=1)
    train.add_argument('--device', default='auto', help='auto: the GPU where there is one')
    train.add_argument('--warm-onnx', type=Path, help='an exported model to start from')
    train.add_argument('--rate', type=float, default=1.0, help='times the usual peak rate: a short run from a model that has learned long wants less')
    if model == 'detector':
        _scene_options(train)
    if model == 'reader':
        train.add_argument('--teacher', type=Path, help='an exported reader in floats, of which the new one learns how sure to be')


def _scene_options(action):
    action.add_argument('--mined', type=Path, help='what `detector mine` found with an earlier stage of this run')
    _view_options(action)


def _reader_options(of_model):
    measure = of_model.add_parser('measure', help='an exported version on the plates kept from training')
    measure.add_argument('--model', type=Path, required=True, help='its floats')
    measure.add_argument('--against', type=Path, metavar='FLOATS', help='another version on the same plates')
    measure.add_argument('--int8', action='store_true', help='both rounded as `reader export --int8` rounds')
    measure.set_defaults(run=commands.measure_reader)


def _seat_options(of_model, train):
    _picture_options(train)
    judge = of_model.add_parser('judge', help='how far a network may be believed, from the sources left out of its training')
    judge.add_argument('--checkpoint', type=Path, default=_WORK / 'seats' / 'checkpoint.pt')
    judge.add_argument('--out', type=Path, default=_WORK / 'seats' / 'trust.json')
    judge.set_defaults(run=commands.judge_seats)
    _committee_option(judge)
    _picture_options(judge)
    measure = of_model.add_parser('measure', help='an exported version, from 1 on, on the vehicles kept from training')
    measure.add_argument('--model', type=Path, required=True, help='its floats')
    measure.add_argument('--int8', action='store_true', help='rounded as `seats export --int8` rounds')
    _committee_option(measure)
    measure.add_argument('--threshold', type=float, default=0.0, help='below which it says unknown')
    measure.add_argument('--draws', type=int, default=4, help='of looks at every vehicle, each counted')
    measure.set_defaults(run=commands.measure_seats)
    _picture_options(measure)
    foreign = of_model.add_parser('foreign', help='plates on the real vehicles, which then set their scale')
    foreign.add_argument('--detector', type=Path, required=True, help='floats of an exported plate detector')
    foreign.add_argument('--out', type=Path, default=_WORK / 'seats' / 'foreign.json')
    foreign.set_defaults(run=commands.find_foreign_plates)


def _committee_option(action):
    action.add_argument('--with', type=Path, dest='others', action='append', default=[], metavar='FLOATS',
                        help='an exported network that answers together with this one, of a committee the first; repeatable')


def _view_options(action):
    action.add_argument('--views', type=Path, action='append', default=[], help='folder of rendered roads, made by: dashiban road views --out DIR --count 12000 --seed 1; repeatable')
    action.add_argument('--kept-views', type=Path, action='append', default=[], help='the same of other seeds, to measure on')


def _picture_options(action):
    _view_options(action)
    action.add_argument('--leave-out', action='append', default=[], metavar='SOURCE', help='a source of real vehicles to measure on only, such as atl')
    action.add_argument('--foreign', type=Path, help='what `seats foreign` found')
    action.add_argument('--masks', type=Path, default=_WORK / 'seats' / 'masks.npz', help='where the cut-outs are kept between runs')


def _plain(actions, name, run, description):
    action = actions.add_parser(name, help=description)
    action.set_defaults(run=run)
    return action


if __name__ == '__main__':
    main()
