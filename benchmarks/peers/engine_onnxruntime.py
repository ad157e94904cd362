"""ONNX Runtime, CPU provider, all graph optimizations, bound buffers."""

import numpy as np
import onnxruntime


def load(folder, image, threads):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    session = onnxruntime.InferenceSession(str(folder / "network.onnx"), options,
                                           providers=["CPUExecutionProvider"])
    binding = session.io_binding()
    binding.bind_ortvalue_input("input", onnxruntime.OrtValue.ortvalue_from_numpy(image))
    logits = np.zeros(session.get_outputs()[0].shape, np.float32)
    result = onnxruntime.OrtValue.ortvalue_from_numpy(logits)
    binding.bind_ortvalue_output("logits", result)
    return lambda: session.run_with_iobinding(binding), result.numpy
