"""PyTorch, eager, channels last, cuDNN choosing its kernels by timing them."""

import torch

from peers.torch_network import load_network


def strict():
    """f32 is f32: no TF32."""
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cudnn.benchmark = True


def prepare(folder, image, precision):
    """The network and its input on the GPU."""
    strict()
    kind = torch.float16 if precision == "f16" else torch.float32
    place = {"device": "cuda", "dtype": kind, "memory_format": torch.channels_last}
    return load_network(folder).to(**place), torch.from_numpy(image).to(**place)


def serve(network, image):
    stream, logits = torch.cuda.Stream(), [None]

    def enqueue():
        with torch.inference_mode(), torch.cuda.stream(stream):
            logits[0] = network(image)

    return enqueue, stream.cuda_stream, lambda: logits[0].float().cpu().numpy()


def load(driver, folder, image, precision):
    return serve(*prepare(folder, image, precision))
