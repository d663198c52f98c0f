"""What is particular to training the detector."""
from itertools import islice

import torch

from ..exposure import lit_anew
from ..recover import recover
from .development import DevelopmentScenes
from .labels import WHOLE, WINDOW
from .losses import plate_loss, vehicle_loss
from .net import Detector, plates_of, vehicles_of
from .scenes import SceneStream, scaled
from .targets import assign_plates, assign_vehicles


class DetectorTask:
    """See `fit` for what a task is.

    `views`: folders of rendered roads; `kept_views`: others, of another seed, to measure on; `mined`: what an earlier
    detector fell for; `warm_onnx`: an exported detector to start from. Every third step is on whole pictures.
    """
    batch, reuse, capacity = 16, 4, 4_000       # of windows; of whole pictures as many as hold the same pixels
    every = 3
    peak_rate, decay = 2e-3, 0.02
    trained_on = ['roads and vehicles rendered by Dashiban', 'train/vehicles with plates rendered by models/training',
                  'train/plate-crops', 'train/negatives']
    licence = 'Feasibility weights: vehicle pictures partly for research only; see MODEL_CARD.md.'

    def __init__(self, data_root=None, synthetic_only=False, views=(), kept_views=(), mined=None, warm_onnx=None, side=WINDOW):
        self._data_root, self._synthetic_only = data_root, synthetic_only
        self._views, self._kept_views, self._mined, self._warm_onnx, self._side = views, kept_views, mined, warm_onnx, side
        self.aside = type(self)(data_root, synthetic_only, views, mined=mined, side=WHOLE) if side == WINDOW else None
        if side != WINDOW:
            pixels = (WINDOW / side) ** 2
            self.batch, self.capacity = round(self.batch * pixels), round(self.capacity * pixels / self.every)
        if warm_onnx:
            self.peak_rate /= 4             # enough to move; at half, what was learned takes half an hour of a core to come back

    @staticmethod
    def network():
        return Detector()

    def stream(self, seed):
        return SceneStream(self._data_root, seed, self._views, self._mined, self._side, self._synthetic_only)

    def some_inputs(self, count=48):
        """Training pictures as the network takes them, for whatever needs typical inputs."""
        return scaled(torch.stack([sample[0] for sample in islice(self.stream(5), count)]))

    def warm_start(self, net, batch):
        if self._warm_onnx:
            recover(net, self._warm_onnx, scaled(batch[0]))

    def development(self, scenes=160):
        """With so many scenes of each kind."""
        return None if self._synthetic_only else DevelopmentScenes(self._data_root, self._kept_views, self._mined, scenes)

    @staticmethod
    def losses(net, batch):
        pictures, plates, vehicles = batch
        with torch.autocast(pictures.device.type, dtype=torch.bfloat16):
            maps = net(lit_anew(pictures, 0.0, 255.0))
        on_plates, figures = plate_loss(plates_of(maps), assign_plates(plates.cpu().numpy(), pictures.shape[1]))
        on_vehicles, vehicle_figures = vehicle_loss(vehicles_of(maps), assign_vehicles(vehicles.cpu().numpy(), pictures.shape[1]))
        return on_plates + on_vehicles, {**figures, **vehicle_figures}
