"""Inputs and weights, the same as in bench/child/numbers.ts. `hashed` and the networks come from the goldens' script."""

import pathlib
import re
import sys

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).parents[3] / "test" / "golden"))
from makeModels import NETS, hashed  # noqa: E402

__all__ = ["NETS", "fill", "images", "labels", "probe_of", "tensor"]

IMAGES, FILTERS = 12345, 777
SCALES = re.compile(r"(running_var|bn\d?\.weight|downsample\.1\.weight)$")


def tensor(shape, seed, scale=1.0):
    values = hashed(int(np.prod(shape)), seed) * scale
    return torch.from_numpy(values.astype(np.float32).reshape(shape))


def images(shape):
    return tensor(shape, IMAGES)


def labels(count):
    return (torch.arange(count) * 7) % 10


def fill(net):
    """He-uniform weights, small biases and means, scales and variances from 0.5 to 1.5."""
    state = {key: value for key, value in net.state_dict().items() if not key.endswith("num_batches_tracked")}
    with torch.no_grad():
        for seed, (key, value) in enumerate(state.items()):
            shape = tuple(value.shape)
            if len(shape) > 1:
                value.copy_(tensor(shape, seed, np.sqrt(6 / (value.numel() / shape[0]))))
            elif SCALES.search(key):
                value.copy_(1 + tensor(shape, seed, 0.5))
            else:
                value.copy_(tensor(shape, seed, 0.1))
    return net


def probe_of(values, count=64):
    flat = values.detach().flatten()
    step = max(1, flat.numel() // count)
    return flat[: step * count : step][:count].tolist()
