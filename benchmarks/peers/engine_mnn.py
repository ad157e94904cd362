"""MNN, module interface, precision high: f32."""

import MNN.expr
import MNN.nn


def convert(folder):
    """With the wheel's native converter. Its script would install a package that
    reports to a server."""
    import _tools
    _tools.mnnconvert(["mnnconvert", "-f", "ONNX", "--modelFile", str(folder / "network.onnx"),
                       "--MNNModel", str(folder / "network.mnn"), "--bizCode", "benchmark"])


def load(folder, image, threads):
    runtime = MNN.nn.create_runtime_manager(
        ({"backend": "CPU", "precision": "high", "numThread": threads},))
    net = MNN.nn.load_module_from_file(str(folder / "network.mnn"), ["input"], ["logits"],
                                       runtime_manager=runtime)
    image = MNN.expr.const(image, list(image.shape), MNN.expr.NCHW)
    logits = [None]

    def run():
        # Reading is what makes sure that all is computed.
        logits[0] = net.forward(image).read()

    return run, lambda: logits[0]
