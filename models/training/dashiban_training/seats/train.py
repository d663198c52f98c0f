"""What is particular to training the seat class: labels that allow several classes, two worlds of pictures."""
from functools import cached_property
from pathlib import Path

import torch
import torch.nn.functional as F

from ..corpus import Corpus
from ..dice import Dice
from ..plates.glyphs import Glyphs
from ..recover import recover
from . import foreign
from .committee import side_of
from .development import DevelopmentLooks
from .net import SeatNet, planes
from .rendered import load_views
from .samples import LookStream, Stock, drawn_plates, grey_stock
from .vehicles import Masks, load_vehicles

_SMOOTHING = 0.05
_SEED = 5


class SeatTask:
    """See `fit` for what a task is. `views`: folders of rendered roads to learn from; `kept_views`: to measure on, of other seeds.

    `foreign_plates`: file of plates found on real vehicles (`foreign`); `warm_onnx`: an exported seat class to start from.
    """
    batch, reuse, capacity = 64, 3, 6_144
    peak_rate, decay = 2e-3, 0.05
    trained_on = ['views rendered by this project (dashiban road views)', 'train/vehicles: Stanford Cars, roadside frames, street crops',
                  'train/glyphs']
    licence = 'Vehicle pictures partly for research only or without a stated licence; see MODEL_CARD.md.'

    def __init__(self, views=(), kept_views=(), left_out=(), masks=None, foreign_plates=None, data_root=None, synthetic_only=False, warm_onnx=None):
        self._views, self._kept_views, self._left_out, self._masks, self._foreign = views, kept_views, left_out, masks, foreign_plates
        self._data_root, self._synthetic_only, self._warm_onnx = data_root, synthetic_only, warm_onnx
        if warm_onnx:
            self.peak_rate /= 2             # enough to move; what was learned stays

    @staticmethod
    def network():
        return SeatNet()

    def warm_start(self, net, batch):
        if self._warm_onnx:
            # Who sees more than before begins with the eyes, not with the answers.
            recover(net, self._warm_onnx, planes(batch[0]), anew=() if side_of(self._warm_onnx) == net.side else ('classify',))

    def stream(self, seed):
        return LookStream(self.stocks[0], seed)

    def development(self, draw=0):
        return None if self._synthetic_only else DevelopmentLooks.of(self.stocks[1], draw)

    @cached_property
    def stocks(self):
        """-> to learn from, to measure on."""
        dice = Dice(_SEED)
        if self._synthetic_only:
            return grey_stock(dice), None
        corpus = Corpus(self._data_root)
        plates = drawn_plates(dice, Glyphs(corpus.glyph_pictures()))
        real = load_vehicles(corpus, Masks(self._masks), foreign.load(self._foreign) if self._foreign else {}, self._left_out)
        views = [load_views(folders, dice) for folders in (self._views, self._kept_views)]
        return tuple(Stock(patches, vehicles, grounds, plates) for (patches, grounds), vehicles in zip(views, real))

    @staticmethod
    def losses(net, batch):
        pictures, permitted = batch
        with torch.autocast(pictures.device.type, dtype=torch.bfloat16):
            answers = net(planes(pictures).contiguous(memory_format=torch.channels_last))
        loss = permitted_loss(answers.float(), permitted)
        right = permitted.gather(1, answers.argmax(1, keepdim=True)).mean()
        return loss, {'loss': loss.item(), 'permitted': right.item()}


def permitted_loss(answers, permitted):
    """Minus the log of what all permitted classes have together, lightly smoothed."""
    logs = F.log_softmax(answers, 1)
    together = torch.logsumexp(logs.masked_fill(permitted == 0, -1e4), 1)
    return -((1 - _SMOOTHING) * together + _SMOOTHING * logs.mean(1)).mean()
