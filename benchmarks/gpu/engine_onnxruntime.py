"""ONNX Runtime's CUDA provider, bound to memory of the GPU, with its CUDA graph."""

import numpy as np
import onnxruntime

PROVIDER = "CUDAExecutionProvider"


def load(driver, folder, image, precision):
    # Without the GPU's libraries it would run on the CPU and say nothing.
    stream = driver.stream()
    session = onnxruntime.InferenceSession(
        str(folder / f"network.{precision}.onnx"),
        providers=[(PROVIDER, {"enable_cuda_graph": "1", "use_tf32": "0",
                               "cudnn_conv_algo_search": "EXHAUSTIVE",
                               "user_compute_stream": str(stream)})])
    if PROVIDER not in session.get_providers():
        raise RuntimeError(f"has no {PROVIDER}")
    shape = session.get_outputs()[0].shape
    source = onnxruntime.OrtValue.ortvalue_from_numpy(image, "cuda", 0)
    target = onnxruntime.OrtValue.ortvalue_from_numpy(np.zeros(shape, np.float32), "cuda", 0)
    binding = session.io_binding()
    binding.bind_ortvalue_input("input", source)
    binding.bind_ortvalue_output("logits", target)
    options = onnxruntime.RunOptions()
    options.add_run_config_entry("disable_synchronize_execution_providers", "1")
    return (lambda: session.run_with_iobinding(binding, options)), stream, target.numpy
