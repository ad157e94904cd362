"""Writes a network's description and weights as a TFLite model.

In the form that LiteRT's own converters give: NHWC, ReLU fused into the
convolutions, a pad before strided ones, since TFLite's SAME padding is not
symmetric there (XNNPACK fuses the pad again), means for the poolings.
"""

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema

from peers.description import layers

Op = schema.BuiltinOperator
Options = schema.BuiltinOptions
RELU = schema.ActivationFunctionType.RELU
NONE = schema.ActivationFunctionType.NONE
TYPES = {np.dtype(np.float32): schema.TensorType.FLOAT32,
         np.dtype(np.int32): schema.TensorType.INT32}
OPTIONS = {
    Options.Conv2DOptions: schema.Conv2DOptionsT,
    Options.DepthwiseConv2DOptions: schema.DepthwiseConv2DOptionsT,
    Options.FullyConnectedOptions: schema.FullyConnectedOptionsT,
    Options.MulOptions: schema.MulOptionsT,
    Options.PadOptions: schema.PadOptionsT,
    Options.ReducerOptions: schema.ReducerOptionsT,
}


class _Graph:
    """Collects tensors and operators; methods return the result's number."""

    def __init__(self, weights):
        self.weights = weights
        self.tensors, self.operators, self.codes, self.metadata = [], [], [], []
        self.buffers = [schema.BufferT()]  # Number 0 is the empty one.

    def tensor(self, shape, name, data=None):
        tensor = schema.TensorT()
        tensor.shape, tensor.name, tensor.buffer = list(shape), name, 0
        if data is not None:
            buffer = schema.BufferT()
            buffer.data = np.frombuffer(np.ascontiguousarray(data).tobytes(), np.uint8)
            tensor.buffer, tensor.type = len(self.buffers), TYPES[data.dtype]
            self.buffers.append(buffer)
        self.tensors.append(tensor)
        return len(self.tensors) - 1

    def constant(self, name, data):
        return self.tensor(data.shape, name, data)

    def shape(self, x):
        return self.tensors[x].shape

    def add(self, builtin, inputs, shape, name, kind=Options.NONE, **options):
        if builtin not in self.codes:
            self.codes.append(builtin)
        operator = schema.OperatorT()
        operator.opcodeIndex = self.codes.index(builtin)
        operator.inputs, operator.outputs = inputs, [self.tensor(shape, name)]
        operator.builtinOptionsType = kind
        if kind != Options.NONE:
            operator.builtinOptions = OPTIONS[kind]()
            for key, value in options.items():
                setattr(operator.builtinOptions, key, value)
        self.operators.append(operator)
        return operator.outputs[0]

    def pad(self, x, border, name):
        batch, height, width, channels = self.shape(x)
        amounts = np.array([[0, 0], [border] * 2, [border] * 2, [0, 0]], np.int32)
        return self.add(Op.PAD, [x, self.constant(name + ".amounts", amounts)],
                        (batch, height + 2 * border, width + 2 * border, channels), name,
                        Options.PadOptions)

    def conv(self, x, prefix, name, stride, activation):
        """Padded by half the kernel; depthwise where the weights are."""
        weight = self.weights[prefix + ".weight"]
        outputs, per_group, kernel, _ = weight.shape
        _, height, width, inputs = self.shape(x)
        shape = (1, -(-height // stride), -(-width // stride), outputs)
        options = {"padding": schema.Padding.SAME, "strideW": stride, "strideH": stride,
                   "dilationWFactor": 1, "dilationHFactor": 1,
                   "fusedActivationFunction": activation}
        if stride > 1:
            x = self.pad(x, kernel // 2, name + ".pad")
            options["padding"] = schema.Padding.VALID
        depthwise = per_group == 1 and inputs > 1
        axes = (1, 2, 3, 0) if depthwise else (0, 2, 3, 1)
        kind = Options.Conv2DOptions
        if depthwise:
            kind, options["depthMultiplier"] = Options.DepthwiseConv2DOptions, 1
        return self.add(Op.DEPTHWISE_CONV_2D if depthwise else Op.CONV_2D,
                        [x, self.constant(prefix + ".weight", weight.transpose(axes)),
                         self.constant(prefix + ".bias", self.weights[prefix + ".bias"])],
                        shape, name, kind, **options)

    def mean(self, x, name, keep):
        axes = self.constant(name + ".axes", np.array([1, 2], np.int32))
        channels = self.shape(x)[3]
        return self.add(Op.MEAN, [x, axes], (1, 1, 1, channels) if keep else (1, channels), name,
                        Options.ReducerOptions, keepDims=keep)

    def squeeze_excite(self, x, layer):
        gate = self.mean(x, layer + ".pool", keep=True)
        gate = self.conv(gate, layer + ".se.reduce", layer + ".hidden", 1, RELU)
        gate = self.conv(gate, layer + ".se.expand", layer + ".gate", 1, NONE)
        gate = self.add(Op.LOGISTIC, [gate], self.shape(gate), layer + ".sigmoid")
        return self.add(Op.MUL, [x, gate], self.shape(x), layer, Options.MulOptions,
                        fusedActivationFunction=RELU)

    def linear(self, x, name):
        weight, bias = (self.weights[f"linear.{part}"] for part in ("weight", "bias"))
        return self.add(Op.FULLY_CONNECTED,
                        [x, self.constant("linear.weight", weight),
                         self.constant("linear.bias", bias)],
                        (1, len(bias)), name, Options.FullyConnectedOptions,
                        fusedActivationFunction=NONE)

    def allow_halves(self):
        """Lets XNNPACK compute and accumulate with f16; types stay f32."""
        metadata = schema.MetadataT()
        metadata.name, metadata.buffer = "reduced_precision_support", len(self.buffers)
        buffer = schema.BufferT()
        buffer.data = np.frombuffer(b"fp16accfp16", np.uint8)
        self.buffers.append(buffer)
        self.metadata.append(metadata)

    def serialize(self, name, inputs, outputs):
        graph = schema.SubGraphT()
        graph.tensors, graph.operators, graph.name = self.tensors, self.operators, name
        graph.inputs, graph.outputs = inputs, outputs
        model = schema.ModelT()
        model.version, model.description = 3, name
        model.subgraphs, model.buffers, model.metadata = [graph], self.buffers, self.metadata
        model.operatorCodes = []
        for builtin in self.codes:
            code = schema.OperatorCodeT()
            code.builtinCode, code.deprecatedBuiltinCode, code.version = builtin, builtin, 1
            model.operatorCodes.append(code)
        builder = flatbuffers.Builder(1 << 20)
        builder.Finish(model.Pack(builder), b"TFL3")
        return bytes(builder.Output())


def build(spec, weights, precision="f32"):
    """The model's bytes: f32, batch 1, NHWC in, (1, classes) out."""
    graph, image = _Graph(weights), spec["input"]
    entry = x = graph.tensor((1, image["height"], image["width"], image["channels"]), "input")
    for name, _, _, _, stride, _, hidden in layers(spec):
        x = graph.conv(x, name + ".reparam_conv", name + ".conv", stride,
                       NONE if hidden else RELU)
        if hidden:
            x = graph.squeeze_excite(x, name)
    if precision == "f16":
        graph.allow_halves()
    x = graph.linear(graph.mean(x, "pool", keep=False), "logits")
    return graph.serialize(spec["name"], [entry], [x])
