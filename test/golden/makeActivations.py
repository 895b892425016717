"""What PyTorch's activations and their gradients are at corners, far out, at infinities and NaN; see README.md."""

import torch
import torch.nn.functional as F

from make import write

INF, NAN = float("inf"), float("nan")
# Numbers that float32 holds exactly.
POINTS = [-INF, -1e30, -1000, -104, -30, -20, -6, -3, -1, -0.5, -0.0, 0.0, 0.5, 1, 3, 6, 20, 21, 30, 1000, 1e30, INF, NAN]
# Each by its name and the options that both sides take.
FUNCTIONS = {
    "relu6": F.relu6,
    "silu": F.silu,
    "hardswish": F.hardswish,
    "hardsigmoid": F.hardsigmoid,
    "hardtanh": lambda x: F.hardtanh(x, -1, 3),
    "selu": F.selu,
    "mish": F.mish,
    "celu": lambda x: F.celu(x, 2.0),
    "softsign": F.softsign,
    "threshold": lambda x: F.threshold(x, 1, -5.0),
    "prelu": lambda x: F.prelu(x, torch.tensor([0.25]).double()),
}


def words(numbers):
    """JSON has no infinity and no NaN."""
    return [v if abs(v) < INF else str(v) for v in numbers]


def corners(name):
    # Each point many times: PyTorch computes the last few numbers of an array in another way, with other NaN.
    x = torch.tensor(POINTS).double().repeat_interleave(64).requires_grad_()
    y = FUNCTIONS[name](x)
    y.sum().backward()
    return {"name": name, "output": words(y.detach()[::64].tolist()), "grad": words(x.grad[::64].tolist())}


if __name__ == "__main__":
    points = torch.tensor(POINTS).tolist()
    write("activations.json", {"points": words(points), "functions": [corners(name) for name in FUNCTIONS]})
