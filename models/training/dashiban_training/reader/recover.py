"""Starts training from an exported model: version 0 left no checkpoint, only an ONNX file with batch norm folded in."""
import numpy as np
import onnx
import torch
import torch.nn as nn
from onnx import numpy_helper

from ..corpus import refuse_test_only


def recover(net, onnx_path, probe):
    """Gives `net` the exported weights; `probe` (normalised pictures) restores the batch statistics that folding hid.

    A folded convolution hides scale and shift; after it, batch norm must reproduce its own input in evaluation and come
    close to it in training. With the statistics of real inputs as running mean and variance, and their root and the
    old bias as scale and shift, both hold.
    """
    arrays = _convolutions_in_order(onnx.load(str(refuse_test_only(onnx_path))))
    for (convolution, norm), (weight, bias) in zip(_folded_pairs(net), arrays['folded']):
        convolution.weight.data.copy_(torch.from_numpy(weight))
        _pass_through(norm, torch.from_numpy(bias))
    for name, array in arrays['named'].items():
        net.get_parameter(name).data.copy_(torch.from_numpy(array).reshape(net.get_parameter(name).shape))
    _restore_statistics(net, probe)
    return net


def _folded_pairs(net):
    """Convolution and batch norm of every pair that version 0 had, in the order of its graph."""
    blocks = [net.edges, net.strokes, net.strokes_deep.first, net.strokes_deep.second, *net.parts, net.columns, net.fold]
    for context in net.context:
        blocks += [context.along, context.mix]
    return [(block[0], block[1]) for block in blocks + [net.value]]


def _convolutions_in_order(model):
    tensors = {t.name: numpy_helper.to_array(t).copy() for t in model.graph.initializer}
    folded, named = [], {}
    for node in model.graph.node:
        if node.op_type == 'Conv' and not node.input[1].startswith('net.'):
            folded.append((tensors[node.input[1]], tensors[node.input[2]]))
        elif node.op_type == 'MatMul' and node.input[1] in tensors:
            named['classify.weight'] = np.ascontiguousarray(tensors[node.input[1]].T)
    renamed = {'net.pos': 'position', 'net.bias': 'slot_bias', 'net.cls.bias': 'classify.bias',
               'net.ctc.weight': 'steps.weight', 'net.ctc.bias': 'steps.bias', 'net.att.weight': 'attention.weight',
               'net.att.bias': 'attention.bias', 'net.colour.0.weight': 'colour.0.weight', 'net.colour.0.bias': 'colour.0.bias',
               'net.colour.2.weight': 'colour.2.weight', 'net.colour.2.bias': 'colour.2.bias'}
    named.update({new: tensors[old] for old, new in renamed.items()})
    return {'folded': folded, 'named': named}


def _pass_through(norm, bias):
    """Batch norm that only adds the folded bias, until its statistics are known."""
    norm.running_mean.zero_()
    norm.running_var.fill_(1 - norm.eps)
    norm.weight.data.fill_(1)
    norm.bias.data.copy_(bias)


def _restore_statistics(net, probe):
    """One pass over `probe` with hooks that set each norm to the statistics it meets, leaving its output as it was."""
    def restore(norm, inputs):
        mean, variance = inputs[0].mean((0, 2, 3)), inputs[0].var((0, 2, 3))
        norm.bias.data += norm.weight.data * mean
        norm.weight.data *= torch.sqrt(variance + norm.eps)
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(variance)
    recovered = [norm for _, norm in _folded_pairs(net)]
    hooks = [norm.register_forward_pre_hook(restore) for norm in recovered if isinstance(norm, nn.BatchNorm2d)]
    with torch.no_grad():
        net.eval()(probe)
    for hook in hooks:
        hook.remove()
