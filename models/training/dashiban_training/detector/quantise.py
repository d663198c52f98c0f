"""The detector in eight bits."""
import copy

import torch
import torch.nn as nn

from ..rounding import Levels, rounding
from .net import Joint, Residual

# A plate fills a thousandth of the cells: what looks like an outlier may be all there is of it.
_OUTLIERS = 1e-5


def quantised(net, inputs):
    """A copy of `net` that rounds; `inputs` (pictures, n x 3 x h x w in 0..1) set the ranges of its activations.

    The first convolution stays in floats: with three channels in, integers cost twice its time.
    """
    net = copy.deepcopy(net).eval()
    stem, net = net.stem, rounding(net, (Residual, Joint), _OUTLIERS)
    net.stem = nn.Sequential(stem, Levels(_OUTLIERS))
    with torch.no_grad():
        net(inputs)
    return net
