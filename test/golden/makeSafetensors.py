"""Small safetensors files written by PyTorch, and what they hold; see README.md in this folder."""

import json
import math
import pathlib

import torch
from safetensors.torch import save

HERE = pathlib.Path(__file__).parent / "safetensors"
HERE.mkdir(exist_ok=True)

torch.manual_seed(0)
TENSORS = {
    "float32": torch.randn(2, 3),
    "float64": torch.randn(3, dtype=torch.float64),
    "float16": torch.tensor([0.0, -0.0, 1.0, -2.5, 65504.0, 6e-8, 6.1e-5, 1 / 3, float("inf"), float("-inf")]).half(),
    "bfloat16": torch.tensor([[1.0, -2.5], [3e38, 1e-39]]).bfloat16(),
    "int32": torch.tensor([-(2**31), 2**31 - 1], dtype=torch.int32),
    "int64": torch.tensor([[7], [-(2**31)], [2**31 - 1]]),
    "uint8": torch.tensor([0, 1, 255], dtype=torch.uint8),
    "int8": torch.tensor([-128, 127], dtype=torch.int8),
    "int16": torch.tensor([-(2**15), 2**15 - 1], dtype=torch.int16),
    "uint16": torch.tensor([0, 2**16 - 1], dtype=torch.uint16),
    "uint32": torch.tensor([0, 2**31 - 1], dtype=torch.uint32),
    "uint64": torch.tensor([0, 2**31 - 1], dtype=torch.uint64),
    "float8_e4m3": torch.arange(256, dtype=torch.uint8).view(torch.float8_e4m3fn),
    "float8_e5m2": torch.arange(256, dtype=torch.uint8).view(torch.float8_e5m2),
    "bool": torch.tensor([True, False, True]),
    "scalar": torch.tensor(4.25),
    "empty": torch.zeros(0, 3),
}


def write(name, content):
    """Never over an older file that differs: the new one then lies beside it."""
    path = HERE / name
    if path.exists() and path.read_bytes() != content:
        path = path.with_name(path.name + "-changed")
    path.write_bytes(content)


def number(value):
    value = float(value)
    return value if math.isfinite(value) else str(value)


write("dtypes.safetensors", save(TENSORS, metadata={"format": "pt"}))
expected = {name: {"shape": list(t.shape), "data": [number(v) for v in t.double().flatten()]} for name, t in TENSORS.items()}
write("dtypes.json", (json.dumps(expected, indent=1) + "\n").encode())

net = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.ReLU(), torch.nn.Flatten(), torch.nn.Linear(8, 3))
x = torch.randn(2, 1, 4, 4)
write("net.safetensors", save(net.state_dict(), metadata={"format": "pt"}))
rows = {"input": x.flatten().tolist(), "output": net(x).detach().flatten().tolist()}
write("net.json", (json.dumps(rows) + "\n").encode())
