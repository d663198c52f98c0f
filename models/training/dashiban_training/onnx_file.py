"""Writes a network as ONNX (opset 13) and reads the file back with another runtime to prove that it says the same."""
import warnings
from pathlib import Path

import cv2
import numpy as np
import onnx
import torch
from onnx import numpy_helper

_OPSET = 13


def write(model, example, path, input_name, output_names, any_batch, compared=lambda output: output):
    """-> the largest difference between PyTorch and OpenCV over the `compared` part of each output for `example`."""
    save(model, example, path, input_name, output_names, any_batch)
    with torch.no_grad():
        expected = model(example)
    expected = expected if isinstance(expected, tuple) else (expected,)
    runtime = cv2.dnn.readNetFromONNX(str(path))
    runtime.setInput(example.numpy())
    got = runtime.forward(list(output_names))
    return max(float(abs(compared(torch.from_numpy(g).reshape(e.shape)) - compared(e)).max()) for g, e in zip(got, expected))


def save(model, example, path, input_name, output_names, any_batch):
    """Writes only: OpenCV does not read roundings to eight bits."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    dynamic = {name: {0: 'n'} for name in (input_name, *output_names)} if any_batch else None
    with warnings.catch_warnings():
        warnings.simplefilter('ignore', torch.jit.TracerWarning)                      # sizes are fixed here on purpose
        warnings.filterwarnings('ignore', 'The shape inference of prim::Constant')    # PyTorch 1.13, of its own constants
        torch.onnx.export(model.eval(), example, str(path), opset_version=_OPSET, do_constant_folding=True,
                          input_names=[input_name], output_names=list(output_names), dynamic_axes=dynamic)
    _store_rounded(path)


def _store_rounded(path):
    """Weights that are rounded to eight bits when the file is read are stored so: a quarter of the size, the same numbers."""
    model = onnx.load(str(path))
    graph = model.graph
    tensors = {tensor.name: tensor for tensor in graph.initializer}
    constants = {node.output[0]: node.attribute[0].t for node in graph.node if node.op_type == 'Constant'}
    rounded = [node for node in graph.node if node.op_type == 'QuantizeLinear' and node.input[0] in tensors]
    for node in rounded:
        weight, scale = (numpy_helper.to_array({**tensors, **constants}[name]) for name in node.input[:2])
        levels = np.rint(weight / scale.reshape((-1,) + (1,) * (weight.ndim - 1))).astype(np.int8)      # their zero is zero
        graph.initializer.append(numpy_helper.from_array(levels, node.output[0]))
        graph.initializer.remove(tensors[node.input[0]])
        graph.node.remove(node)
    if rounded:
        onnx.save(model, str(path))
