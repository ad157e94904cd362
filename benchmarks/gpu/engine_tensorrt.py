"""TensorRT, from ONNX whose types it keeps, replayed as a CUDA graph."""

import numpy as np
import tensorrt


def build(path, precision, logger):
    """The engine as bytes."""
    builder = tensorrt.Builder(logger)
    flags = tensorrt.NetworkDefinitionCreationFlag
    # Later versions know no other networks.
    strong = getattr(flags, "STRONGLY_TYPED", None)
    network = builder.create_network(0 if strong is None else 1 << int(strong))
    parser = tensorrt.OnnxParser(network, logger)
    if not parser.parse_from_file(str(path)):
        raise RuntimeError(str(parser.get_error(0)))
    config = builder.create_builder_config()
    if precision == "f32":
        config.clear_flag(tensorrt.BuilderFlag.TF32)
    built = builder.build_serialized_network(network, config)
    if built is None:
        raise RuntimeError("the engine could not be built")
    return built


def load(driver, folder, image, precision):
    logger = tensorrt.Logger(tensorrt.Logger.ERROR)
    runtime = tensorrt.Runtime(logger)
    engine = runtime.deserialize_cuda_engine(
        build(folder / f"network.{precision}.onnx", precision, logger))
    context, stream = engine.create_execution_context(), driver.stream()
    logits = np.zeros(tuple(engine.get_tensor_shape("logits")), np.float32)
    addresses = {"input": driver.allocate(image), "logits": driver.allocate(logits)}
    for name, address in addresses.items():
        context.set_tensor_address(name, address)

    def enqueue():
        if not context.execute_async_v3(stream):
            raise RuntimeError("execute_async_v3 failed")

    # The first run allocates, which a capture must not.
    enqueue()
    driver.call("cuCtxSynchronize")
    launch = driver.capture(stream, enqueue)
    # What the graph uses must live as long as it does.
    launch.keeps = (runtime, engine, context)
    return launch, stream, lambda: driver.read(addresses["logits"], logits)
