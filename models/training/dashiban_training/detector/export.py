"""The detector as it ships: decoding and sigmoid inside, in the three sizes that the pipeline uses."""
import torch
import torch.nn as nn

from .. import onnx_file
from .net import decoded

# File -> input height and width: frames, whole photographs, the second look at one plate.
VARIANTS = {'model.onnx': (384, 640), 'model-640.onnx': (640, 640), 'model-zoom.onnx': (128, 256)}


class Exported(nn.Module):
    """1 x cells x 14: box x1 y1 x2 y2, score, two rows, then the corners; all in input pixels and 0..1."""

    def __init__(self, net):
        super().__init__()
        self._net = net

    def forward(self, x):
        corners, scores, doubles = decoded(self._net(x))
        across, down = corners[..., 0::2], corners[..., 1::2]
        box = (_extreme(torch.minimum, across), _extreme(torch.minimum, down), _extreme(torch.maximum, across), _extreme(torch.maximum, down))
        return torch.cat((*box, torch.sigmoid(scores)[..., None], torch.sigmoid(doubles)[..., None], corners), 2)


def _extreme(choose, values):
    """Over four corners, pairwise: opset 13 has no cheap reduction that every runtime fuses."""
    return choose(choose(values[..., 0:1], values[..., 1:2]), choose(values[..., 2:3], values[..., 3:4]))


def export(net, path, height, width):
    """-> largest difference of any score to PyTorch; corners are pixels and follow the same graph."""
    example = torch.rand(1, 3, height, width, generator=torch.Generator().manual_seed(5))
    return onnx_file.write(Exported(net), example, path, 'x', ('plates',), any_batch=False, compared=lambda plates: plates[..., 4:6])
