"""Starts from version 1, which saw colours where later networks see local contrast."""
import torch
import torch.nn as nn

from ..recover import recover
from .net import SeatNet, convolution

_FIRST = 'features.0.0.weight'
_MIDDLE, _SPREAD = 114.0, 58.0
_PASSES = 4


class _Levels(nn.Module):
    def forward(self, x):
        return (x - _MIDDLE) / _SPREAD


class ColouredSeatNet(SeatNet):
    """Version 1 as it was trained."""

    def __init__(self):
        super().__init__()
        self.contrast = _Levels()
        self.features[0] = convolution(3, 24, 2)


def start_from_version_1(net, onnx_path, pictures):
    """Filters of version 1 for `net`, the first ones summed over the channels; all statistics as `pictures` (n x 3 x h x w, 0..255) now give them."""
    coloured = recover(ColouredSeatNet(), onnx_path, pictures)
    weights = coloured.state_dict()
    weights[_FIRST] = weights[_FIRST].sum(1, keepdim=True)
    net.load_state_dict(weights)
    _measure_anew(net, pictures)


@torch.no_grad()
def _measure_anew(net, pictures):
    norms = [module for module in net.modules() if isinstance(module, nn.BatchNorm2d)]
    usual = norms[0].momentum
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None                # the mean over all batches
    net.train()
    for part in pictures.chunk(_PASSES):
        net(part)
    for norm in norms:
        norm.momentum = usual
