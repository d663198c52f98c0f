"""Every renderer, network, loss and export once, in seconds, without the data folder."""
import tempfile
import time
from pathlib import Path

from .detector.export import ZOOM, export as export_detector
from .detector.train import DetectorTask
from .fit import Budget, averaged, fit
from .reader.export import export as export_reader
from .reader.train import ReaderTask
from .seats.export import export as export_seats
from .seats.train import SeatTask

_STEPS = 3
_TOLERANCE = 2e-4               # of probabilities, between PyTorch and OpenCV on the exported file


class SmallReader(ReaderTask):
    batch, capacity = 12, 48


class SmallDetector(DetectorTask):
    batch, capacity = 2, 8


class SmallSeats(SeatTask):
    batch, capacity = 8, 32


def run_all():
    """Trains each model for a few steps, resumes it, exports it; -> a line per model."""
    for task, write in ((SmallReader(synthetic_only=True), export_reader),
                        (SmallDetector(synthetic_only=True), lambda net, path: export_detector(net, path, ZOOM)),
                        (SmallSeats(synthetic_only=True), export_seats)):
        yield _run(task, write)


def _run(task, write):
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        fit(task, folder, Budget(samples=_STEPS * task.batch))
        checkpoint = fit(task, folder, Budget(samples=2 * _STEPS * task.batch))
        difference = write(averaged(task, checkpoint), Path(folder) / 'model.onnx')
    if difference > _TOLERANCE:
        raise AssertionError(f'{type(task).__name__}: the exported model differs by {difference:.1e}')
    return f'{type(task).__name__}: trained, resumed, exported in {time.monotonic() - started:.1f} s, difference {difference:.1e}'
