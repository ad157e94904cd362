"""OpenVINO, CPU plugin, f32 forced: it takes bf16 where the CPU has it."""

import openvino


def load(folder, image, threads):
    core = openvino.Core()
    model = core.compile_model(folder / "network.onnx", "CPU", {
        "INFERENCE_PRECISION_HINT": "f32",
        "PERFORMANCE_HINT": "LATENCY",
        "INFERENCE_NUM_THREADS": threads,
        "NUM_STREAMS": 1,
    })
    request = model.create_infer_request()
    request.set_input_tensor(openvino.Tensor(image))
    return request.infer, lambda: request.get_output_tensor().data
