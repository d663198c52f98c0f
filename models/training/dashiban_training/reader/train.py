"""What is particular to training the reader: its losses, its samples, where it starts, whom it learns from."""
from functools import cached_property

import torch
import torch.nn.functional as F

from ..alphabet import SLOTS
from ..exposure import lit_anew
from .committee import members_of, recovered
from .development import DevelopmentSets
from .net import DEVIATION, MEAN, Reader, normalised
from .samples import CropStream

# The province decides most errors and is never implied by its neighbours.
_SLOT_WEIGHTS = torch.tensor([4.0] + [1.0] * (SLOTS - 1))
_STRIP, _COLOUR = 0.5, 0.1      # weights of the second opinion and of the plate colour beside the slots
_TAUGHT = 0.7                   # share of the slots' loss by what a teacher says, where there is one; the rest by the truth


class ReaderTask:
    """See `fit` for what a task is. `warm_onnx`: an exported reader to start from, of a committee the first; `synthetic_only`: no data.

    `teacher`: an exported reader or committee in floats. A character under dirt has no right answer to learn; how sure those who read it
    together are is worth more than a truth that cannot be seen (Hinton, Vinyals, Dean: Distilling the knowledge in a neural network, 2015).
    """
    batch, reuse, capacity = 96, 3, 40_000
    peak_rate, decay = 1.5e-3, 0.02
    trained_on = ['plates rendered by models/training (GA 36 glyph pictures, MIT; own outlines; Noto Sans CJK)',
                  'train/plate-crops: real plate crops, one text in ten kept for calibration', 'train/negatives']
    licence = ('Feasibility weights: real crops under Apache-2.0 and EasyPR plate-only cut-outs, backdrops partly for research '
               'only; see MODEL_CARD.md.')

    def __init__(self, data_root=None, warm_onnx=None, synthetic_only=False, teacher=None):
        self._data_root, self._warm_onnx, self._synthetic_only, self._teacher_onnx = data_root, warm_onnx, synthetic_only, teacher
        if warm_onnx:
            self.peak_rate /= 1.5           # enough to move, not enough to forget

    @staticmethod
    def network():
        return Reader()

    def stream(self, seed):
        return CropStream(self._data_root, seed, self._synthetic_only)

    def development(self):
        return None if self._synthetic_only else DevelopmentSets.load(self._data_root)

    def warm_start(self, net, batch):
        if self._warm_onnx:
            net.load_state_dict(members_of(recovered(self._warm_onnx, normalised(batch[0]), SLOTS))[0].state_dict())

    @cached_property
    def _teacher(self):
        return recovered(self._teacher_onnx)

    def losses(self, net, batch):
        pictures, classes, colours = batch[0], batch[1].long(), batch[2].long()
        inputs = lit_anew(pictures, MEAN, DEVIATION)
        with torch.autocast(inputs.device.type, dtype=torch.bfloat16):
            outputs = net(inputs)
        slots, steps, colour = (out.float() for out in outputs)
        slot, strip, paint = slot_loss(slots, classes), strip_loss(steps, classes), colour_loss(colour, colours)
        if self._teacher_onnx:
            slot = (1 - _TAUGHT) * slot + _TAUGHT * taught_loss(slots, self._taught(inputs))
        right = (slots.argmax(2) == classes).all(1).float().mean()
        figures = {'slot': slot.item(), 'strip': strip.item(), 'colour': paint.item(), 'whole plates': right.item()}
        return slot + _STRIP * strip + _COLOUR * paint, figures

    @torch.no_grad()
    def _taught(self, inputs):
        with torch.autocast(inputs.device.type, dtype=torch.bfloat16):
            slots, _, _ = self._teacher.to(inputs.device)(inputs)
        return slots.float()


def slot_loss(slots, classes):
    return _weighted(F.cross_entropy(slots.flatten(0, 1), classes.flatten(), label_smoothing=0.02, reduction='none'))


def taught_loss(slots, taught):
    """Cross-entropy against the teacher's probabilities; least where the logits say the same."""
    return _weighted(F.cross_entropy(slots.flatten(0, 1), torch.softmax(taught, 2).flatten(0, 1), reduction='none'))


def _weighted(losses):
    weights = _SLOT_WEIGHTS.to(losses.device)
    return (losses.view(-1, SLOTS) * weights / weights.mean()).mean()


def strip_loss(steps, classes):
    """CTC per character."""
    lengths = (classes > 0).sum(1)
    widths = torch.full_like(lengths, steps.shape[1])
    losses = F.ctc_loss(F.log_softmax(steps, 2).transpose(0, 1), classes, widths, lengths, zero_infinity=True, reduction='none')
    return (losses / lengths.clamp(min=1)).mean()


def colour_loss(colour, colours):
    """Over the samples whose paint can be told; a batch may hold none."""
    known = (colours >= 0).sum().clamp(min=1)
    return F.cross_entropy(colour, colours, ignore_index=-1, reduction='sum') / known
