"""The reader in eight bits."""
import copy

import torch
import torch.nn as nn

from ..rounding import Levels, rounding
from .committee import Committee, recovered
from .net import Context, Residual

_TRUNK = ('edges', 'strokes', 'strokes_deep', 'strokes_deeper', 'strokes_deepest', 'parts', 'parts_deep', 'parts_deeper', 'parts_deepest',
          'columns', 'columns_deep', 'fold', 'context')
_OUTLIERS = 1e-5


def quantised(net, inputs):
    """A copy of `net` that rounds, of a committee every member; `inputs` (normalised crops) set the ranges of its activations."""
    if isinstance(net, Committee):
        return Committee([quantised(member, inputs) for member in net.members])
    net = copy.deepcopy(net).eval()
    for name in _TRUNK:
        setattr(net, name, rounding(getattr(net, name), (Residual, Context), _OUTLIERS))
    net.edges = nn.Sequential(Levels(_OUTLIERS), net.edges)
    with torch.no_grad():
        net(inputs)
    return net


def rounded_from(onnx_path, inputs):
    """The rounding network whose floats an exported file holds."""
    return quantised(recovered(onnx_path), inputs)
