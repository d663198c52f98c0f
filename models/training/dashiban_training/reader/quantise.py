"""The reader in eight bits: its trunk rounds weights and activations as integer arithmetic will, its heads stay in floats.

Exported, each rounding becomes a pair of QuantizeLinear and DequantizeLinear, which a runtime fuses with the convolution
between them. In PyTorch the same roundings run in floats, so that the network can be examined and calibrated as it ships.
"""
import copy

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.utils.fusion import fuse_conv_bn_eval

from .net import Context, Reader, Residual
from .recover import recover

_TRUNK = ('edges', 'strokes', 'strokes_deep', 'strokes_deeper', 'parts', 'parts_deep', 'parts_deeper', 'columns', 'fold', 'context')
_WEIGHT_LEVELS = 63             # of 127: processors without VNNI add two products in 16 bits, which full weights overflow
_OUTLIERS = 1e-4                # share of activations at each end that may be cut off for finer steps


def quantised(net, inputs):
    """A copy of `net` that rounds; `inputs` (normalised crops) set the ranges of its activations."""
    net = copy.deepcopy(net).eval()
    for name in _TRUNK:
        setattr(net, name, _rounding(getattr(net, name)))
    net.edges = nn.Sequential(Levels(), net.edges)
    with torch.no_grad():
        net(inputs)
    return net


def rounded_from(onnx_path, inputs):
    """The rounding network whose floats an exported file holds."""
    return quantised(recover(Reader(), onnx_path, inputs), inputs)


def _rounding(module):
    """The same module with every convolution folded and rounded, and eight bits wherever it hands something on."""
    if isinstance(module, nn.Sequential) and isinstance(module[0], nn.Conv2d):
        convolution, norm, *relu = module
        return nn.Sequential(RoundedConvolution(fuse_conv_bn_eval(convolution, norm)), *relu, Levels())
    for name, child in module.named_children():
        setattr(module, name, _rounding(child))
    return nn.Sequential(module, Levels()) if isinstance(module, (Residual, Context)) else module


class RoundedConvolution(nn.Module):
    """Weights on one scale per output channel."""

    def __init__(self, convolution):
        super().__init__()
        self.convolution = convolution
        scale = convolution.weight.detach().abs().amax((1, 2, 3)).clamp(min=1e-8) / _WEIGHT_LEVELS
        self.register_buffer('scale', scale)
        self.register_buffer('zero', torch.zeros(len(scale), dtype=torch.int32))

    def forward(self, x):
        c = self.convolution
        weight = torch.fake_quantize_per_channel_affine(c.weight, self.scale, self.zero, 0, -128, 127)
        return F.conv2d(x, weight, c.bias, c.stride, c.padding, c.dilation, c.groups)


class Levels(nn.Module):
    """256 levels over the range of the first tensor that passes, which passes unrounded."""

    def __init__(self):
        super().__init__()
        self.scale, self.zero = None, 0

    def forward(self, x):
        if self.scale is None:
            low, high = np.quantile(x.numpy(), (_OUTLIERS, 1 - _OUTLIERS))
            self.scale = float(max(high, 0) - min(low, 0)) / 255
            self.zero = round(-min(low, 0) / self.scale)
            return x
        return torch.fake_quantize_per_tensor_affine(x, self.scale, self.zero, 0, 255)
