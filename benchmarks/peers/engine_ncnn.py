"""ncnn, converted by pnnx, which reads ONNX; f32 or f16 in storage and arithmetic."""

import json
import pathlib
import subprocess
import sysconfig

import ncnn


def convert(folder):
    """pnnx is a program that its package carries; it writes f16 by default."""
    image = json.loads((folder / "spec.json").read_text())["input"]
    shape = f"[1,{image['channels']},{image['height']},{image['width']}]"
    pnnx = pathlib.Path(sysconfig.get_path("purelib")) / "pnnx" / "pnnx"
    subprocess.run([pnnx, "network.onnx", f"inputshape={shape}", "fp16=0", "optlevel=2"],
                   cwd=folder, check=True)


def load(folder, image, threads, precision="f32"):
    net = ncnn.Net()
    net.opt.num_threads = threads
    net.opt.use_vulkan_compute = False
    for option in ("fp16_packed", "fp16_storage", "fp16_arithmetic"):
        setattr(net.opt, "use_" + option, precision == "f16")
    for option in ("bf16_packed", "bf16_storage"):
        setattr(net.opt, "use_" + option, False)
    for read, suffix in ((net.load_param, "param"), (net.load_model, "bin")):
        if read(str(folder / f"network.ncnn.{suffix}")) != 0:
            raise RuntimeError(f"cannot read network.ncnn.{suffix}")
    # A copy: it would only borrow the array's memory.
    image = ncnn.Mat(image[0]).clone()
    logits = [None]

    def run():
        extractor = net.create_extractor()
        extractor.input("in0", image)
        _, logits[0] = extractor.extract("out0")

    return run, lambda: logits[0]
