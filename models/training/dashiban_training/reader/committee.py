"""Readers trained apart that answer as one: they err on different plates, and what both say is more often right."""
import functools

import onnx
import torch
import torch.nn as nn

from ..corpus import refuse_test_only
from ..recover import recover
from .net import Reader

_PER_SLOT = ('attention', 'slot_bias')      # layers with a row for each slot


class Committee(nn.Module):
    """Input and outputs of a `Reader`: the mean of the members' logits.

    After the softmax that is the geometric mean of their probabilities, in which a member that is sure counts for more.
    """

    def __init__(self, members):
        super().__init__()
        self.members = nn.ModuleList(members)

    def forward(self, x):
        said = [member(x) for member in self.members]
        return tuple(functools.reduce(torch.add, outputs) / len(said) for outputs in zip(*said))


def members_of(net):
    """The readers in a committee; a reader alone is all of its own."""
    return list(net.members) if isinstance(net, Committee) else [net]


def recovered(onnx_path, probe=None, slots=None):
    """The reader or committee whose floats a file holds; `probe` as for `recover`; `slots`: as many as in the file, or more."""
    tensors = {tensor.name: tensor.dims for tensor in onnx.load(str(refuse_test_only(onnx_path))).graph.initializer}
    biases = [dims for name, dims in tensors.items() if name.endswith('slot_bias')]
    members = [Reader(slots or biases[0][1]) for _ in biases]
    alone = '_net.slot_bias' in tensors
    return recover(members[0] if alone else Committee(members), onnx_path, probe, grown=_PER_SLOT).eval()
