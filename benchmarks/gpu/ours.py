"""Compiles a network with mobileonec for a GPU, as a library that Python calls."""

import json

from peers.ours import SOURCE, run


def target_for(device, build):
    """The newest target that the GPU runs."""
    targets = json.loads(run(build / "bin/mobileonec", "targets", "--json"))
    prefix = "cuda-sm"
    known = [int(target["name"].removeprefix(prefix)) for target in targets
             if target["name"].startswith(prefix)]
    fitting = [capability for capability in known if capability <= device.capability]
    if not fitting:
        raise ValueError(f"{device.name} has compute capability {device.capability / 10}; "
                         f"mobileonec compiles for {min(known) / 10} and later")
    return f"{prefix}{max(fitting)}"


def build(name, batch, precision, folder, settings):
    """Compiles folder/fused.safetensors to folder/session.so; returns the launches of
    a run."""
    library = folder / "library"
    run(settings.build / "bin/mobileonec", "compile", name, "--weights",
        folder / "fused.safetensors", "--target", settings.target, "--batch", batch,
        "--precision", precision, "-o", library)
    run(settings.cxx, "-O2", "-std=c++17", "-shared", "-fPIC", f"-DMODEL={name}",
        f'-DMODEL_HEADER="{name}.h"', "-I", library, "-I", SOURCE / "runtime/include",
        SOURCE / "examples/cuda_stream/session.cpp", library / f"lib{name}.a",
        settings.build / "lib/libmobileone_runtime.a", "-lm", "-pthread",
        "-o", folder / "session.so")
    manifest = json.loads((library / f"{name}.manifest.json").read_text("utf-8"))
    return manifest["programs"][0]["launches"]
