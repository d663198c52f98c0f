"""Networks of different reach that answer as one: the widest view holds the views of the others."""
import onnx
import torch
import torch.nn as nn

from ..corpus import refuse_test_only
from ..recover import recover
from .framing import seen_by
from .net import BothSides, SeatNet


class Committee(nn.Module):
    """Input and output of the member that sees most: the mean of the members' logits, each asked about what it sees."""

    def __init__(self, members):
        super().__init__()
        self.members = nn.ModuleList(members)

    def forward(self, x):
        return sum(member(seen_by(member.net.side, x)) for member in self.members) / len(self.members)


def recovered(onnx_path):
    """The network whose floats a file holds, asked about both sides."""
    return BothSides(recover(SeatNet(side_of(onnx_path)), onnx_path)).eval()


def side_of(onnx_path):
    """Of the input, in pixels."""
    return onnx.load(str(refuse_test_only(onnx_path))).graph.input[0].type.tensor_type.shape.dim[2].dim_value
