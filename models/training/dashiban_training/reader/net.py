"""The reader's network. Small enough for a tenth of a core at 12 frames a second, batch norm folds away on export."""
import torch
import torch.nn as nn
import torch.nn.functional as F

from ..alphabet import BLANK, CLASSES, COLOURS, SLOTS
from ..plates.framing import HEIGHT, WIDTH

STEPS = WIDTH // 4
MEAN, DEVIATION = 127.5, 64.0
_RARE_SLOT, _SILENCE = 8, 6.0    # the ninth slot, empty on all but old plates of the armed police, begins with a blank; logits


def normalised(pictures):
    """BGR bytes, n x 48 x 168 x 3, to the RGB floats of the exported model: n x 3 x 48 x 168."""
    return (pictures.permute(0, 3, 1, 2).flip(1).float() - MEAN) / DEVIATION


def convolution(inputs, outputs, kernel=3, stride=1, padding=None, relu=True):
    """Convolution, batch norm and, unless told otherwise, ReLU."""
    padding = kernel // 2 if padding is None else padding
    layers = [nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False), nn.BatchNorm2d(outputs)]
    return nn.Sequential(*layers, nn.ReLU(inplace=True)) if relu else nn.Sequential(*layers)


def start_silent(norm):
    """A block that ends in `norm` adds nothing until trained: how a trained network is made deeper without forgetting."""
    nn.init.zeros_(norm.weight)
    nn.init.zeros_(norm.bias)


class Residual(nn.Module):
    """Two 3 x 3 convolutions beside the identity."""

    def __init__(self, channels):
        super().__init__()
        self.first = convolution(channels, channels)
        self.second = convolution(channels, channels, relu=False)

    def forward(self, x):
        return F.relu(x + self.second(self.first(x)))

    def start_as_identity(self):
        start_silent(self.second[1])


class Context(nn.Module):
    """Looks four steps to each side along the plate: a residual depthwise 1 x 9 and a pointwise convolution."""

    def __init__(self, channels, reach=9):
        super().__init__()
        self.along = nn.Sequential(nn.Conv2d(channels, channels, (1, reach), 1, (0, reach // 2), groups=channels, bias=False),
                                   nn.BatchNorm2d(channels))
        self.mix = convolution(channels, channels, 1)

    def forward(self, x):
        return x + self.mix(self.along(x))


class Across(nn.Module):
    """Every step hears from all others: a slot must count characters from the far end of the plate.

    Two linear layers along the 42 steps, the same for all channels, then a pointwise convolution across channels.
    """

    def __init__(self, channels):
        super().__init__()
        self.widen, self.narrow = nn.Linear(STEPS, 2 * STEPS), nn.Linear(2 * STEPS, STEPS)
        self.mix = convolution(channels, channels, 1, relu=False)

    def forward(self, x):
        return x + self.mix(self.narrow(F.relu(self.widen(x))))

    def start_as_identity(self):
        start_silent(self.mix[1])


class Reader(nn.Module):
    """n x 3 x 48 x 168 -> slots n x 9 x 77 (`slots`: of versions up to 5 eight), steps n x 42 x 77, colour n x 6; all before softmax.

    The trunk keeps a quarter of the plate's width (42 steps) and folds its height away. Nine learned attention maps
    over the steps fill the slots; a CTC head on the same steps is the second opinion.
    """

    def __init__(self, slots=SLOTS):
        super().__init__()
        self.edges = convolution(3, 16, stride=2)                       # 24 x 84
        self.strokes = convolution(16, 32, stride=2)                    # 12 x 42
        self.strokes_deep, self.strokes_deeper, self.strokes_deepest = Residual(32), Residual(32), Residual(32)
        self.parts = nn.Sequential(convolution(32, 64, stride=(2, 1)), convolution(64, 64))     # 6 x 42
        self.parts_deep, self.parts_deeper, self.parts_deepest = Residual(64), Residual(64), Residual(64)
        self.columns = convolution(64, 96, stride=(2, 1))               # 3 x 42
        self.columns_deep = Residual(96)
        self.fold = convolution(96, 160, kernel=(3, 1), padding=0)      # 1 x 42
        self.context = nn.Sequential(Context(160), Context(160), Context(160))
        self.across = Across(160)
        self.position = nn.Parameter(torch.randn(1, 160, 1, STEPS) * 0.02)
        self.attention = nn.Conv2d(160, slots, 1)
        self.value = convolution(160, 160, 1)
        self.classify = nn.Linear(160, CLASSES)
        self.slot_bias = nn.Parameter(torch.zeros(1, slots, CLASSES))
        self.slot_bias.data[:, _RARE_SLOT:, BLANK] = _SILENCE
        self.steps = nn.Conv2d(160, CLASSES, 1)
        self.colour = nn.Sequential(nn.Linear(32 + 160, 32), nn.ReLU(), nn.Linear(32, len(COLOURS)))
        for block in (self.strokes_deeper, self.strokes_deepest, self.parts_deep, self.parts_deeper, self.parts_deepest,
                      self.columns_deep, self.across):
            block.start_as_identity()

    def forward(self, x):
        x = self.strokes(self.edges(x))
        paint = x.mean((2, 3))
        x = self.parts(self.strokes_deepest(self.strokes_deeper(self.strokes_deep(x))))
        x = self.parts_deepest(self.parts_deeper(self.parts_deep(x)))
        x = self.across(self.context(self.fold(self.columns_deep(self.columns(x)))))
        colour = self.colour(torch.cat([paint, x.mean((2, 3))], 1))
        return self._slots(x + self.position), self.steps(x).flatten(2).transpose(1, 2), colour

    def _slots(self, x):
        where = torch.softmax(self.attention(x).flatten(2), 2)
        what = torch.matmul(where, self.value(x).flatten(2).transpose(1, 2))
        return self.classify(what) + self.slot_bias


def multiply_adds(net):
    """Multiplications of one plate through the convolutions."""
    total = []
    hooks = [layer.register_forward_hook(lambda layer, _, out: total.append(out[0].numel() * layer.weight[0].numel()))
             for layer in net.modules() if isinstance(layer, nn.Conv2d)]
    with torch.no_grad():
        net.eval()(torch.zeros(1, 3, HEIGHT, WIDTH))
    for hook in hooks:
        hook.remove()
    return sum(total)
