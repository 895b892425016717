"""Which dtype PyTorch's functions give for every pair of dtypes, and which numbers; see README.md in this folder."""

import itertools
import json
import pathlib

import torch

HERE = pathlib.Path(__file__).parent
DTYPES = {"bool": torch.bool, "int32": torch.int32, "float32": torch.float32, "float64": torch.float64}
# There is no int64 here: what becomes int64 in PyTorch stays int32.
NAMES = {torch.int64: "int32", **{dtype: name for name, dtype in DTYPES.items()}}
LEFT = {"bool": [1, 0, 1, 0], "int32": [3, -1, 0, 7], "float32": [1.5, -0.25, 0, 3], "float64": [1.5, -0.1, 0, 7]}
RIGHT = {"bool": [1, 1, 0, 0], "int32": [3, 2, -4, 5], "float32": [1.5, 2.75, -1, 0.125], "float64": [0.5, 2.75, 3, 0.1]}
NUMBERS = [2, -1, 0, 0.5, -1.5, True, False]
MASK = {"dtype": "bool", "shape": [4], "data": [1, 0, 0, 1]}


def tensor(x):
    """PyTorch's functions that take tensors alone get numbers as tensors of no dimensions, which promote alike."""
    return x if isinstance(x, torch.Tensor) else torch.tensor(x)


BINARY = {
    **{name: getattr(torch, name) for name in "add sub mul div eq ne lt le gt ge".split()},
    **{name: lambda a, b, f=getattr(torch, name): f(a, tensor(b)) for name in "maximum minimum".split()},
    **{
        ours: lambda a, b, f=getattr(torch, theirs): f(a, tensor(b))
        for ours, theirs in (("logicalAnd", "logical_and"), ("logicalOr", "logical_or"), ("logicalXor", "logical_xor"))
    },
    "where": lambda a, b: torch.where(torch.tensor(MASK["data"]).bool(), a, b),
}
UNARY = {
    **{
        name: getattr(torch, name)
        for name in "neg exp sqrt abs relu sigmoid tanh square reciprocal rsqrt sin cos tan sign floor ceil trunc round isnan isinf isfinite".split()
    },
    "logicalNot": torch.logical_not,
    "sum": torch.sum,
    "mean": torch.mean,
    "max": torch.max,
    "min": torch.min,
    "argmax": torch.argmax,
    "argmin": torch.argmin,
    **{f"max({dim})": lambda x, dim=dim: x.max(dim).values for dim in (0, -1)},
    **{f"pow({p})": lambda x, p=p: x.pow(p) for p in (0, 2, 3, -1, 0.5)},
    **{f"clamp({p},{q})": lambda x, p=p, q=q: x.clamp(p, q) for p, q in ((0, 2), (0.5, 2), (0, 1.5), (2, -2))},
    **{f"maskedFill({p})": lambda x, p=p: x.masked_fill(torch.tensor(MASK["data"]).bool(), p) for p in (2, 0, -1.5)},
    "float": lambda x: x.float(),
    "int": lambda x: x.int(),
    "bool": lambda x: x.bool(),
}


def given(dtype, shape, data):
    return {"dtype": dtype, "shape": shape, "data": data}


def make(x):
    if not isinstance(x, dict):
        return x
    made = torch.tensor(x["data"]).to(DTYPES[x["dtype"]]).reshape(x["shape"])
    return made.requires_grad_() if made.is_floating_point() else made


def plain(x):
    return [None if v != v else {"inf": 1} if v == float("inf") else {"inf": -1} if v == -float("inf") else v for v in x.tolist()]


def row(name, function, operands):
    made = [make(x) for x in operands]
    out = {"name": name, "inputs": operands}
    try:
        result = function(*made)
    except (RuntimeError, TypeError, IndexError) as error:
        return {**out, "error": str(error).split("\n")[0][:80]}
    if result.requires_grad:
        result.sum().backward()
    grads = [plain(x.grad.flatten()) if isinstance(x, torch.Tensor) and x.grad is not None else None for x in made]
    numbers = plain(result.detach().flatten().to(torch.float64))
    return {**out, "dtype": NAMES[result.dtype], "shape": list(result.shape), "output": numbers, "grads": grads}


def rows():
    for name, function in BINARY.items():
        for a, b in itertools.product(DTYPES, DTYPES):
            yield row(name, function, [given(a, [4], LEFT[a]), given(b, [4], RIGHT[b])])
            yield row(name, function, [given(a, [2, 2], LEFT[a]), given(b, [], RIGHT[b][1:2])]) if name != "where" else None
        for a, number in itertools.product(DTYPES, NUMBERS):
            yield row(name, function, [given(a, [4], LEFT[a]), number])
    for name, function in UNARY.items():
        for a in DTYPES:
            yield row(name, function, [given(a, [4], LEFT[a])])
    for a, b in itertools.product(DTYPES, DTYPES):
        yield row("cat", lambda *xs: torch.cat(xs), [given(a, [4], LEFT[a]), given(b, [4], RIGHT[b])])
        yield row("stack", lambda *xs: torch.stack(xs), [given(a, [4], LEFT[a]), given(b, [4], RIGHT[b])])


def write(name, rows):
    text = "[\n" + ",\n".join(json.dumps(each, separators=(",", ":")) for each in rows if each) + "\n]\n"
    path = HERE / name
    if path.exists() and path.read_text() != text:
        path = path.with_name(path.name + "-changed")
    path.write_text(text)
    print(f"{path.name}: {len(text)} bytes")


if __name__ == "__main__":
    write("promotion.json", rows())
