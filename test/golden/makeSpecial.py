"""What PyTorch makes of NaN, infinity, ties, scalars and numbers at the edge of float32; see README.md in this folder."""

import itertools

import torch
import torch.nn.functional as F
from makePromotion import given, row, write

NAN, INF = float("nan"), float("inf")
NUMBERS = [NAN, 0.0, -0.0, INF, -INF, -1.0, 1.0, -87.0, 40.0, -40.0, 2.5, -2.5, 0.5, 1.5, 1e-4, -1e-4, 88.0]

UNARY = {
    **{
        name: getattr(torch, name)
        for name in "neg exp log sqrt abs relu sigmoid tanh square reciprocal rsqrt sign floor ceil trunc round isnan isinf isfinite".split()
    },
    "logicalNot": torch.logical_not,
    # PyTorch's slope of elu at NaN depends on how long the tensor is.
    "elu": lambda x: F.elu(x[1:]),
    "leakyRelu": lambda x: F.leaky_relu(x, 0.1),
    "softplus": F.softplus,
    "softplus(2,50)": lambda x: F.softplus(x, 2, 50),
    **{f"pow({p})": lambda x, p=p: x.pow(p) for p in (0, 1, 2, 3, -1, 0.5)},
    **{
        f"clamp({p},{q})": lambda x, p=p, q=q: x.clamp(float(p), float(q))
        for p, q in (("-1", "1"), ("1", "-1"), ("0", "Infinity"), ("-Infinity", "0"), ("NaN", "1"), ("0", "NaN"), ("-Infinity", "Infinity"))
    },
    "bce with targets 1": lambda x: F.binary_cross_entropy_with_logits(x, torch.ones_like(x), reduction="none"),
    "bce with targets 0": lambda x: F.binary_cross_entropy_with_logits(x, torch.zeros_like(x), reduction="none"),
}
BINARY = {name: getattr(torch, name) for name in "maximum minimum add mul div eq ne lt le gt ge".split()}
ROWS = [[1, 3, 3], [NAN, 3, NAN], [1, NAN, 3], [2, 2, 2], [-INF, -INF, 0], [INF, 0, INF], [-INF, 0, 1], [0, -0.0, -1], [-INF, -INF, -INF]]
REDUCTIONS = {
    "sum()": lambda x: x.sum(),
    "mean()": lambda x: x.mean(),
    "max()": lambda x: x.max(),
    "min()": lambda x: x.min(),
    "max(0)": lambda x: x.max(0).values,
    "min(0)": lambda x: x.min(0).values,
    "argmax(0)": lambda x: x.argmax(0),
    "argmin(0)": lambda x: x.argmin(0),
    "softmax(0)": lambda x: x.softmax(0),
    "logSoftmax(0)": lambda x: x.log_softmax(0),
    **{
        f"crossEntropy({target},{smoothing})": lambda x, t=target, s=smoothing: F.cross_entropy(x.view(1, 3), torch.tensor([t]), label_smoothing=s)
        for target, smoothing in itertools.product((0, 1, 2), (0, 0.1))
    },
}
SCALAR = {
    **{f"{name}({dim})": lambda x, name=name, dim=dim: getattr(x, name)(dim) for name in ("sum", "mean", "argmax", "argmin", "softmax") for dim in (0, -1, 1)},
    **{f"{name}({dim})": lambda x, name=name, dim=dim: getattr(x, name)(dim).values for name in ("max", "min") for dim in (0, -1, 1)},
    **{f"{name}({dim})": lambda x, name=name, dim=dim: getattr(x, name)(dim) for name in ("flip", "squeeze", "unsqueeze") for dim in (0, -1, 1)},
    **{f"transpose({a},{b})": lambda x, a=a, b=b: x.transpose(a, b) for a, b in ((0, 0), (0, -1), (0, 1))},
    "logSoftmax(0)": lambda x: x.log_softmax(0),
    "std(0)": lambda x: x.std(0),
    "var(0)": lambda x: x.var(0),
    "sum()": lambda x: x.sum(),
    "max()": lambda x: x.max(),
    "squeeze()": lambda x: x.squeeze(),
    "permute()": lambda x: x.permute([]),
    "flatten()": lambda x: x.flatten(),
    "flatten(0,-1)": lambda x: x.flatten(0, -1),
    "sum(0), keepdim": lambda x: x.sum(0, keepdim=True),
    "max(0), keepdim": lambda x: x.max(0, keepdim=True).values,
    "cat": lambda x: torch.cat([x, x]),
    "stack": lambda x: torch.stack([x, x]),
    "select(0,0)": lambda x: x.select(0, 0),
    "size(0)": lambda x: torch.tensor(x.size(0)),
    "matmul": lambda x: x.matmul(x),
}


def rows():
    for name, function in UNARY.items():
        yield row(name, function, [given("float32", [len(NUMBERS)], NUMBERS)])
    special = NUMBERS[:7]
    left, right = zip(*itertools.product(special, special))
    for name, function in BINARY.items():
        yield row(name, function, [given("float32", [len(left)], list(left)), given("float32", [len(left)], list(right))])
        if name not in ("maximum", "minimum"):
            continue
        for number in special:
            yield row(name, lambda x, y, f=function: f(x, torch.tensor(y)), [given("float32", [len(special)], special), number])
    for name, function in REDUCTIONS.items():
        for numbers in ROWS:
            yield row(name, function, [given("float32", [3], numbers)])
    for name, function in SCALAR.items():
        yield row(name, function, [given("float32", [], [3])])


def text(value):
    """JSON has neither NaN nor infinity."""
    if isinstance(value, float):
        if value != value:
            return None
        if abs(value) == INF:
            return {"inf": 1 if value > 0 else -1}
        return value
    if isinstance(value, dict):
        return {key: text(each) for key, each in value.items()} if "inf" not in value else value
    return [text(each) for each in value] if isinstance(value, list) else value


write("special.json", (text(each) for each in rows()))
