"""`python3 -m dashiban_training <model> <action>`: every weight is one command.

Runs are resumable: the same command goes on from `--out`/checkpoint.pt. Data: `DASHIBAN_DATA`, else ../shared/data.
"""
import argparse
from pathlib import Path

from . import commands

_WORK = Path(__file__).resolve().parents[1] / 'work'


def main(arguments=None):
    options = _parser().parse_args(arguments)
    options.run(options)


def _parser():
    parser = argparse.ArgumentParser(prog='dashiban_training', description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    actions = parser.add_subparsers(required=True, metavar='reader|detector|seats|strata|smoke|check|sheet')
    for model, run_train, run_export in (('reader', commands.train_reader, commands.export_reader),
                                         ('detector', commands.train_detector, commands.export_detector),
                                         ('seats', commands.train_seats, commands.export_seats)):
        of_model = actions.add_parser(model).add_subparsers(required=True, metavar='train|export')
        train = of_model.add_parser('train', help='train, or go on training')
        _training_options(train, model)
        train.set_defaults(run=run_train)
        export = of_model.add_parser('export', help='write ONNX, softmax inside')
        export.add_argument('--checkpoint', type=Path, default=_WORK / model / 'checkpoint.pt')
        export.add_argument('--out', type=Path, default=_WORK / model, help='folder of the new version')
        export.add_argument('--after', type=Path, help='folder of the version whose manifest is carried on')
        export.set_defaults(run=run_export)
    strata = _plain(actions, 'strata', commands.strata, 'an exported reader on drawn plates, one difficulty at a time')
    strata.add_argument('--model', type=Path, required=True)
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
    if model == 'reader':
        train.add_argument('--warm-onnx', type=Path, help='an exported reader to start from')


def _plain(actions, name, run, description):
    action = actions.add_parser(name, help=description)
    action.set_defaults(run=run)
    return action


if __name__ == '__main__':
    main()
