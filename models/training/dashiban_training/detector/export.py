"""The detector as it ships: decoding and sigmoid inside, in the three sizes that the pipeline uses."""
from dataclasses import dataclass

import torch
import torch.nn as nn

from .. import onnx_file
from .net import PLATE_STRIDES, VEHICLE_STRIDES, plates_of, vehicles_of


@dataclass(frozen=True)
class Variant:
    """One exported file: its input size, and whether it answers for vehicles."""
    file: str
    height: int
    width: int
    vehicles: bool = True

    @property
    def outputs(self):
        """Dimensions by the tensor's name, as the manifest states them."""
        plates = {'plates': [1, self._cells(PLATE_STRIDES), 14]}
        return {**plates, 'vehicles': [1, self._cells(VEHICLE_STRIDES), 5]} if self.vehicles else plates

    def _cells(self, strides):
        return sum((self.height // stride) * (self.width // stride) for stride in strides)


# Frames, whole photographs, the second look at one plate.
ZOOM = Variant('model-zoom.onnx', 128, 256, vehicles=False)
FRAMES = Variant('model.onnx', 384, 640)
VARIANTS = (FRAMES, Variant('model-640.onnx', 640, 640), ZOOM)


class Exported(nn.Module):
    """-> plates, 1 x cells x 14: box x1 y1 x2 y2, score, two rows, then the corners; vehicles, 1 x cells x 5: box, score.

    All in input pixels and 0..1.
    """

    def __init__(self, net, vehicles):
        super().__init__()
        self._net, self._vehicles = net, vehicles

    def forward(self, x):
        maps = self._net(x)
        corners, scores, doubles = plates_of(maps)
        across, down = corners[..., 0::2], corners[..., 1::2]
        box = (_extreme(torch.minimum, across), _extreme(torch.minimum, down), _extreme(torch.maximum, across), _extreme(torch.maximum, down))
        plates = torch.cat((*box, torch.sigmoid(scores)[..., None], torch.sigmoid(doubles)[..., None], corners), 2)
        if not self._vehicles:
            return plates
        boxes, scores = vehicles_of(maps)
        return plates, torch.cat((boxes, torch.sigmoid(scores)[..., None]), 2)


def _extreme(choose, values):
    """Over four corners, pairwise: opset 13 has no cheap reduction that every runtime fuses."""
    return choose(choose(values[..., 0:1], values[..., 1:2]), choose(values[..., 2:3], values[..., 3:4]))


def export(net, path, variant):
    """-> largest difference of any score to PyTorch; corners and boxes are pixels and follow the same graph."""
    return onnx_file.write(Exported(net, variant.vehicles), _example(variant), path, 'x', tuple(variant.outputs), any_batch=False, compared=lambda rows: rows[..., 4:5])


def export_rounded(net, path, variant):
    """A network from `quantised`, whose file OpenCV cannot read back."""
    onnx_file.save(Exported(net, variant.vehicles), _example(variant), path, 'x', tuple(variant.outputs), any_batch=False)


def _example(variant):
    return torch.rand(1, 3, variant.height, variant.width, generator=torch.Generator().manual_seed(5))
