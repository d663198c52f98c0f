"""The seat-class network: plain residual, 54 million multiply-adds, 96 x 96 pixels."""
import torch.nn as nn
import torch.nn.functional as F

CLASSES = ('car_le6', 'van_7_9', 'minibus_10_19', 'coach_ge20', 'truck', 'other')
SIDE = 96
_MEAN, _DEVIATION = 114.0, 58.0


def _convolution(inputs, outputs, stride=1, kernel=3):
    return nn.Sequential(nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


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
            _convolution(64, 128, 2), _Residual(128), _convolution(128, 192, kernel=1))
        self.forget = nn.Dropout(0.2)
        self.classify = nn.Linear(192, len(CLASSES))

    def forward(self, x):
        return self.classify(self.forget(self.features((x - _MEAN) / _DEVIATION).mean((2, 3))))
