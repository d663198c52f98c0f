"""The seat-class network: plain residual, 66 million multiply-adds, 96 x 96 pixels.

The view is fixed to the plate, so it matters where something is: the last maps are pooled to 3 x 3, not to one number.
"""
import torch.nn as nn
import torch.nn.functional as F

CLASSES = ('car_le6', 'van_7_9', 'minibus_10_19', 'coach_ge20', 'truck', 'other')
SIDE = 96
_MEAN, _DEVIATION = 114.0, 58.0


def _convolution(inputs, outputs, stride=1):
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


class _Residual(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.first = _convolution(channels, channels)
        self.second = nn.Sequential(nn.Conv2d(channels, channels, 3, 1, 1, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x):
        return F.relu(x + self.second(self.first(x)))


class SeatNet(nn.Module):
    """n x 3 x 96 x 96, BGR 0..255 -> n x 6 before softmax."""

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            _convolution(3, 24, 2), _convolution(24, 32, 2), _Residual(32), _convolution(32, 64, 2), _Residual(64), _Residual(64),
            _convolution(64, 128, 2), _Residual(128), _Residual(128))
        self.forget = nn.Dropout(0.3)
        self.classify = nn.Linear(3 * 3 * 128, len(CLASSES))

    def forward(self, x):
        parts = F.avg_pool2d(self.features((x - _MEAN) / _DEVIATION), 2)
        return self.classify(self.forget(parts.flatten(1)))
