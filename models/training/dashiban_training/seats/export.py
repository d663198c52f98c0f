"""The seat class as it ships: scaling, temperature and softmax inside, any batch size."""
import cv2
import numpy as np
import onnx
import torch
import torch.nn as nn

from .. import onnx_file
from .framing import ABOVE, BELOW, WIDTH
from .net import SIDE

# Rows and columns of today's view that a network with an input of that side sees: versions 1 to 3 saw 5.6 plates, 4.6 above the plate.
_SEEN = {SIDE: (slice(None), slice(None)), 96: (slice(26, 122), slice(16, 112))}


class _Shipped(nn.Module):
    def __init__(self, net, temperature):
        super().__init__()
        self._net, self._temperature = net, temperature

    def forward(self, pictures):
        return torch.softmax(self._net(pictures) / self._temperature, 1)


def export(net, path, temperature=1.0):
    """-> largest difference of any probability to PyTorch."""
    example = torch.rand(1, 3, SIDE, SIDE, generator=torch.Generator().manual_seed(5)) * 255
    return onnx_file.write(_Shipped(net, temperature), example, path, 'image', ('prob',), any_batch=True)


def seat_class_of(path):
    """An exported seat class of any version, to be asked as a network is: planes n x 3 x 128 x 128 -> logarithms of n x 6 probabilities."""
    runtime = cv2.dnn.readNetFromONNX(str(path))
    rows, columns = _SEEN[onnx.load(str(path)).graph.input[0].type.tensor_type.shape.dim[2].dim_value]

    def ask(planes):
        answers = []
        for plane in planes[:, :, rows, columns].numpy():       # one by one: OpenCV keeps the batch it met first
            runtime.setInput(np.ascontiguousarray(plane[None]))
            answers.append(runtime.forward()[0].copy())
        return torch.log(torch.from_numpy(np.stack(answers)).clamp(min=1e-9))
    return ask


def contract(threshold, trust=None):
    """What the manifest says of this version beyond the previous one's."""
    classes = {'threshold': threshold, 'margin': 0, 'view': {'widthInPlates': WIDTH, 'abovePlates': ABOVE, 'belowPlates': BELOW}}
    if trust:
        classes['reliability'] = trust
    return {'input': {'resize': 'ruler', 'pad': 114}, 'classes': classes}
