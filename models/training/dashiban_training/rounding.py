"""Networks in eight bits: their trunks round weights and activations as integer arithmetic will, their heads stay in floats.

Exported, each rounding becomes a pair of QuantizeLinear and DequantizeLinear, which a runtime fuses with the convolution
between them. In PyTorch the same roundings run in floats, so that the network can be examined and calibrated as it ships.
"""
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.utils.fusion import fuse_conv_bn_eval

_WEIGHT_LEVELS = 63             # of 127: processors without VNNI add two products in 16 bits, which full weights overflow


def rounding(module, joints, outliers):
    """The same module with every convolution and norm folded and rounded, and eight bits wherever it hands something on.

    `joints`: kinds of modules whose own result, such as a sum, is handed on too. `outliers`: share of activations at each end
    that may be cut off for finer steps. A convolution without a norm is a head and stays as it is. The ranges of the
    activations follow from the first pictures that the network sees.
    """
    if isinstance(module, nn.Sequential) and isinstance(module[0], nn.Conv2d):
        convolution, norm, *relu = module
        return nn.Sequential(RoundedConvolution(fuse_conv_bn_eval(convolution, norm)), *relu, Levels(outliers))
    for name, child in module.named_children():
        setattr(module, name, rounding(child, joints, outliers))
    return nn.Sequential(module, Levels(outliers)) if isinstance(module, joints) else module


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

    def __init__(self, outliers):
        super().__init__()
        self.scale, self.zero, self._outliers = None, 0, outliers

    def forward(self, x):
        if self.scale is None:
            low, high = np.quantile(x.numpy(), (self._outliers, 1 - self._outliers))
            self.scale = max(float(max(high, 0) - min(low, 0)), 1e-6) / 255         # a silent block has no range
            self.zero = round(-min(low, 0) / self.scale)
            return x
        return torch.fake_quantize_per_tensor_affine(x, self.scale, self.zero, 0, 255)
