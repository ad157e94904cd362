"""The engines that are compared on GPUs: one entry here, one file engine_<name>.py.

They are not installed, as their packages have gigabytes: those count that the
interpreter of --python has. An engine's file defines

    load(driver, folder, image, precision)

which returns (enqueue, stream, result): `enqueue()` puts one run on `stream`, a
CUstream as a number, with input and output in the GPU's memory; `result()` are the
last run's logits as f32. `image` is f32 NCHW. The folder holds network.<P>.onnx,
fused.safetensors and spec.json. f32 is forced where an engine would compute with
less (TF32).
"""

TITLES = {
    "mobileonec": "mobileonec",
    "pytorch": "PyTorch, eager",
    "pytorch_compile": "torch.compile, CUDA graphs",
    "tensorrt": "TensorRT, CUDA graph",
    "onnxruntime": "ONNX Runtime, CUDA graph",
}
OURS = "mobileonec"
PEERS = [name for name in TITLES if name != OURS]
