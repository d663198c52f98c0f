"""The seat class as it ships: scaling, temperature and softmax inside, any batch size."""
import cv2
import numpy as np
import torch
import torch.nn as nn

from .. import onnx_file
from .committee import side_of
from .framing import ABOVE, BELOW, WIDTH, seen_by
from .net import SIDE


class _Shipped(nn.Module):
    def __init__(self, net, temperature):
        super().__init__()
        self._net, self._temperature = net, temperature

    def forward(self, pictures):
        return torch.softmax(self._net(pictures) / self._temperature, 1)


def export(net, path, temperature=1.0):
    """-> largest difference of any probability to PyTorch."""
    return onnx_file.write(_Shipped(net, temperature), _example(), path, 'image', ('prob',), any_batch=True)


def export_rounded(net, path, temperature=1.0):
    """A network from `quantised`, whose file OpenCV cannot read back."""
    onnx_file.save(_Shipped(net, temperature), _example(), path, 'image', ('prob',), any_batch=True)


def _example():
    return torch.rand(1, 3, SIDE, SIDE, generator=torch.Generator().manual_seed(5)) * 255


def seat_class_of(path):
    """An exported seat class of any version, in floats, to be asked as a network is: planes n x 3 x 128 x 128 -> logarithms of n x 6 probabilities."""
    runtime, side = cv2.dnn.readNetFromONNX(str(path)), side_of(path)

    def ask(planes):
        answers = []
        for plane in seen_by(side, planes).numpy():         # one by one: OpenCV keeps the batch it met first
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
