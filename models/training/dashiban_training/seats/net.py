"""The seat-class network: plain residual, 117 million multiply-adds, 128 x 128 pixels.

It sees no colours and no brightness, only local contrast: rendered and photographed vehicles differ most in paint, light and
exposure, their outlines least. The view is fixed to the plate, so it matters where something is: the last maps are pooled to
4 x 4, not to one number.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

CLASSES = ('car_le6', 'van_7_9', 'minibus_10_19', 'coach_ge20', 'truck', 'other')
SIDE = 128
_GREY = (0.114, 0.587, 0.299)       # of blue, green and red
_OUTSIDE = 114.0                    # level outside the picture, `framing.PAD`
_AROUND, _REACH = 6.0, 12           # pixels: deviation of the neighbourhood, a third of a plate's width, and where it ends
_FLOOR = 10.0                       # levels: less contrast than that is noise and stays small
_MIXED_STAGES = (0, 2, 5)           # of `features`: what follows the first means bodies, not photographs
_MIX_CHANCE, _MIX_SHAPE = 0.5, 0.1  # of a batch at a stage; of the beta distribution: mostly near one of the two


def planes(pictures):
    """BGR bytes n x h x w x 3 to floats n x 3 x h x w, still 0..255."""
    return pictures.permute(0, 3, 1, 2).float()


def convolution(inputs, outputs, stride=1):
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


class Residual(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.first = convolution(channels, channels)
        self.second = nn.Sequential(nn.Conv2d(channels, channels, 3, 1, 1, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x):
        return F.relu(x + self.second(self.first(x)))


class LocalContrast(nn.Module):
    """n x 3 x side x side, BGR 0..255 -> n x 1 x side x side: grey minus its neighbourhood's mean, over the neighbourhood's deviation.

    Beyond the view the level goes on that stands for "outside the picture".
    """

    def __init__(self, side=SIDE):
        super().__init__()
        across = torch.arange(side, dtype=torch.float32)
        apart = (across[:, None] - across).abs()
        bells = torch.exp(-apart ** 2 / (2 * _AROUND ** 2)) * (apart <= _REACH)
        self.register_buffer('_bells', bells / bells[side // 2].sum(), persistent=False)    # a product with it blurs lines
        self.register_buffer('_grey', torch.tensor(_GREY).view(1, 3, 1, 1), persistent=False)

    def forward(self, x):
        with torch.autocast(x.device.type, enabled=False):      # squares of levels need more digits than bf16 has
            grey = F.conv2d(x.float() - _OUTSIDE, self._grey)
            relief = grey - self._around(grey)
            return relief / torch.sqrt(self._around(relief * relief) + _FLOOR ** 2)

    def _around(self, x):
        return ((x @ self._bells).transpose(2, 3) @ self._bells).transpose(2, 3)


def mixed_styles(x):
    """Half of the batches: every map takes a share of the mean and deviation of another sample's map, a render's from a photograph's."""
    if torch.rand(()) > _MIX_CHANCE:
        return x
    levels = x.float()
    mean = levels.mean((2, 3), keepdim=True).detach()
    deviation = (levels.var((2, 3), keepdim=True) + 1e-5).sqrt().detach()
    other = torch.randperm(len(x), device=x.device)
    own = torch.distributions.Beta(_MIX_SHAPE, _MIX_SHAPE).sample((len(x), 1, 1, 1)).to(x.device)
    restyled = (levels - mean) / deviation * (own * deviation + (1 - own) * deviation[other]) + own * mean + (1 - own) * mean[other]
    return restyled.to(x.dtype)


class SeatNet(nn.Module):
    """n x 3 x side x side, BGR 0..255 -> n x 6 before softmax. `side` in pixels, a multiple of 32."""

    def __init__(self, side=SIDE):
        super().__init__()
        self.side = side
        self.contrast = LocalContrast(side)
        self.features = nn.Sequential(
            convolution(1, 24, 2), convolution(24, 32, 2), Residual(32), convolution(32, 64, 2), Residual(64), Residual(64),
            convolution(64, 128, 2), Residual(128), Residual(128))
        self.forget = nn.Dropout(0.3)
        self.classify = nn.Linear((side // 32) ** 2 * 128, len(CLASSES))

    def forward(self, x):
        return self.of_contrast(self.contrast(x))

    def of_contrast(self, x):
        for number, stage in enumerate(self.features):
            x = stage(x)
            if self.training and number in _MIXED_STAGES:
                x = mixed_styles(x)
        return self.classify(self.forget(F.avg_pool2d(x, 2).flatten(1)))


class BothSides(nn.Module):
    """The mean of what a network says of a vehicle and of its mirror image: no body has a side, and two answers err less than one."""

    def __init__(self, net):
        super().__init__()
        self.net = net
        self.register_buffer('_mirror', torch.eye(net.side).flip(0), persistent=False)

    def forward(self, x):
        seen = self.net.contrast(x)
        both = torch.cat([seen, seen @ self._mirror], 1).reshape(-1, 1, self.net.side, self.net.side)
        return self.net.of_contrast(both).reshape(-1, 2, len(CLASSES)).mean(1)
