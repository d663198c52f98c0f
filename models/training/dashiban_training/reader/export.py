"""The reader as it ships: batch norm folded, temperatures and softmax inside, any batch size."""
import torch
import torch.nn as nn

from .. import onnx_file
from ..alphabet import CLASSES, COLOURS, SLOTS
from ..plates.framing import HEIGHT, LOWER_ROW, MARGIN, UPPER_ROW, UPPER_ROW_HEIGHT, UPPER_ROW_WIDTH, WIDTH
from .net import STEPS

OUTPUTS = {'slots': (-1, SLOTS, CLASSES), 'steps': (-1, STEPS, CLASSES), 'colour': (-1, len(COLOURS))}

CROP = {'marginX': MARGIN[0], 'marginY': MARGIN[1],
        'doubleRow': {'upperTo': round(UPPER_ROW_HEIGHT, 6), 'lowerFrom': round(LOWER_ROW, 6), 'upperWidth': UPPER_ROW_WIDTH,
                      'upperLeft': UPPER_ROW[0], 'upperRight': UPPER_ROW[1]}}


class Exported(nn.Module):
    """RGB floats in, probabilities out."""

    def __init__(self, net, temperatures=(1.0, 1.0, 1.0)):
        super().__init__()
        self._net, self._temperatures = net, temperatures

    def forward(self, image):
        slots, steps, colour = (out / t for out, t in zip(self._net(image), self._temperatures))
        return torch.softmax(slots, 2), torch.softmax(steps, 2), torch.softmax(colour, 1)


def export(net, path, temperatures=(1.0, 1.0, 1.0)):
    """-> largest difference of any probability to PyTorch. `temperatures`: of slots, steps, colour."""
    return onnx_file.write(Exported(net, temperatures), _example(), path, 'image', tuple(OUTPUTS), any_batch=True)


def export_rounded(net, path, temperatures=(1.0, 1.0, 1.0)):
    """A network from `quantised`, whose file OpenCV cannot read back."""
    onnx_file.save(Exported(net, temperatures), _example(), path, 'image', tuple(OUTPUTS), any_batch=True)


def _example():
    return torch.randn(1, 3, HEIGHT, WIDTH, generator=torch.Generator().manual_seed(5))
