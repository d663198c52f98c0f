"""The seat class in eight bits."""
import copy

import torch
import torch.nn as nn

from ..rounding import Levels, rounding
from .committee import Committee
from .net import BothSides, Residual

_OUTLIERS = 1e-5


def quantised(net, pictures):
    """A copy of `net` that rounds, of a committee every member; `pictures` (n x 3 x side x side, levels) set the ranges of its activations.

    Local contrast, the first convolution and the answers stay in floats.
    """
    net = copy.deepcopy(net).eval()
    for part in net.members if isinstance(net, Committee) else [net]:
        _round(part.net if isinstance(part, BothSides) else part)
    with torch.no_grad():
        net(pictures)
    return net


def _round(net):
    first = net.features[0]
    rounding(net.features, (Residual,), _OUTLIERS)
    net.features[0] = nn.Sequential(first, Levels(_OUTLIERS))
