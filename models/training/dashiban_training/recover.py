"""Starts training from an exported model: what ships is an ONNX file with batch norm folded in, not a checkpoint."""
import onnx
import torch
import torch.nn as nn
from onnx import numpy_helper

from .corpus import refuse_test_only


def recover(net, onnx_path, probe=None, anew=(), grown=()):
    """Gives `net` the exported weights; `probe` (inputs) restores the batch statistics that folding hid, for which to learn on it needs one.

    Layers are matched by the names that the exporter gives to the graph's nodes. Blocks that the file lacks stay as they
    are: a deeper network whose new blocks start as identities says what the file says. So do the layers named in `anew`, and
    of those named in `grown` what they have more than in the file: a ninth slot beside eight.

    A folded convolution hides scale and shift; after it, batch norm must reproduce its own input in evaluation and come
    close to it in training. With the statistics of real inputs as running mean and variance, and their root and the
    old bias as scale and shift, both hold.
    """
    model = onnx.load(str(refuse_test_only(onnx_path)))
    tensors = {tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy()) for tensor in model.graph.initializer}
    norms = _take_folded(net, model.graph.node, tensors)
    _take_named(net, tensors, anew, grown)
    if probe is not None:
        _restore_statistics(net, norms, probe)
    return net


def layer_of(node_name):
    """The module behind a node: `/_net/context/context.0/mix/mix.0/Conv` -> `context.0.mix.0`; each scope repeats its container."""
    scopes = node_name.split('/')[2:-1]
    return '.'.join(scope for scope, inner in zip(scopes, scopes[1:] + ['']) if not inner.startswith(scope + '.'))


def _take_folded(net, nodes, tensors):
    """Weights of the layers whose initializers lost their names. -> the batch norms that now only add the folded bias"""
    layers, norms = dict(net.named_modules()), []
    for node in nodes:
        unnamed = [tensors[name] for name in node.input if name.startswith('onnx::')]
        if node.op_type == 'MatMul' and unnamed:
            layers[layer_of(node.name)].weight.data.copy_(unnamed[0].T)
        elif node.op_type == 'Conv' and unnamed:
            path, _, last = layer_of(node.name).rpartition('.')
            layers[f'{path}.{last}'].weight.data.copy_(unnamed[0])
            norms.append(layers[f'{path}.{int(last) + 1}'])
            _only_add(norms[-1], unnamed[1])
    return norms


def _take_named(net, tensors, anew, grown):
    for name, tensor in tensors.items():
        path = name[len('_net.'):].removeprefix('net.')         # `net.`: of a network that another asks twice
        if name.startswith('_net.') and path.rpartition('.')[0] not in anew:
            kept = net.get_parameter(path).data
            larger = any(part in grown for part in path.split('.'))
            (kept[tuple(map(slice, tensor.shape))] if larger else kept).copy_(tensor)


def _only_add(norm, bias):
    """Batch norm that only adds the folded bias, until its statistics are known."""
    norm.running_mean.zero_()
    norm.running_var.fill_(1 - norm.eps)
    norm.weight.data.fill_(1)
    norm.bias.data.copy_(bias)


def _restore_statistics(net, norms, probe):
    """One pass over `probe` with hooks that set each norm to the statistics it meets, leaving its output as it was."""
    def restore(norm, inputs):
        mean, variance = inputs[0].mean((0, 2, 3)), inputs[0].var((0, 2, 3))
        if norm in norms:
            norm.bias.data += norm.weight.data * mean
            norm.weight.data *= torch.sqrt(variance + norm.eps)
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(variance)
    hooks = [module.register_forward_pre_hook(restore) for module in net.modules() if isinstance(module, nn.BatchNorm2d)]
    with torch.no_grad():
        net.eval()(probe)
    for hook in hooks:
        hook.remove()
