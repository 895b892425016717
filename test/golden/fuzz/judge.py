"""PyTorch's judgement of the cases that main.ts drew: what differs, line by line, then how many cases of each kind agree."""

import collections
import importlib.util
import json
import pathlib
import re
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from make import OPS
from makeOptim import snake

TOLERANCE = 1e-4

# What runs instead of the bare op, as in test/fuzz/ops.ts.
FUNCTIONS = {**OPS, "strided": lambda x, **_: x.transpose(0, -1)[1::2].flip(-1)}


def is_apart(op, shapes):
    """
    Where PyTorch is no judge: it gives memory that nobody wrote, a result without channels for filters that have some,
    NaN for the sum of nothing, or the input as it was.
    """
    empty = 0 in shapes[0]
    return (
        (op == "multiMarginLoss" and shapes[0][0] == 0)
        or (op.startswith("conv") and len(shapes[0]) > 1 and shapes[0][1] == 0)
        or (op in ("groupNorm", "pixelUnshuffle") and empty)
    )


torch.set_num_threads(2)


def tensor(data, dtype=torch.float64):
    return torch.tensor([float(value) for value in data], dtype=dtype)


def distance(got, want):
    """The largest difference as a part of the largest number, and of 0.05 at least."""
    if got.shape != want.shape:
        return float("inf")
    same = (got == want) | (got.isnan() & want.isnan())
    apart = torch.where(same, torch.zeros_like(got), (got - want).abs())
    apart = torch.nan_to_num(apart, nan=float("inf"))
    largest = torch.nan_to_num(want.abs(), nan=0, posinf=0).max().item() if want.numel() else 0
    return (apart.max().item() if apart.numel() else 0) / max(0.05, largest)


def seen(x, views):
    for view in views:
        if view["kind"] == "permute":
            x = x.permute(view["dims"])
        elif view["kind"] == "flip":
            x = x.flip(view["dims"])
        else:
            x = x.narrow(view["dim"], view["start"], view["end"] - view["start"])
    return x


def judge_op(row):
    leaves, inputs = [], []
    for given in row["inputs"]:
        dtype = {"float32": torch.float64, "bool": torch.bool}.get(given["dtype"], torch.int64)
        leaf = tensor(given["data"]).to(dtype).reshape(given["shape"]).requires_grad_(given["requiresGrad"])
        leaves.append(leaf)
        inputs.append(seen(leaf, given["views"]))
    if is_apart(row["op"], [list(x.shape) for x in inputs]):
        return []
    output = FUNCTIONS[row["op"]](*inputs, **row["options"])
    problems = []
    ours = row["ours"]
    if list(output.shape) != list(ours["shape"]):
        return [f"shape is {ours['shape']}, PyTorch gives {list(output.shape)}"]
    apart = distance(tensor(ours["output"]), output.detach().double().flatten())
    if apart > TOLERANCE:
        problems.append(f"output is {apart:.1e} away")
    if row["differentiable"]:
        (output * tensor(row["weights"]).reshape(output.shape)).sum().backward()
        for i, (leaf, grad) in enumerate(zip(leaves, ours["grads"])):
            want = leaf.grad
            if want is None:
                want = torch.zeros(leaf.shape, dtype=torch.float64) if grad is not None else None
            if want is None:
                continue
            got = tensor(grad) if grad is not None else torch.zeros(want.numel(), dtype=torch.float64)
            apart = distance(got, want.flatten())
            if apart > TOLERANCE:
                problems.append(f"gradient {i} is {apart:.1e} away")
    return problems


def judge_trajectory(row):
    parameters = [torch.nn.Parameter(tensor(start)) for start in row["parameters"]]
    settings = snake(row["settings"])
    if "betas" in settings:
        settings["betas"] = [float(beta) for beta in settings["betas"]]
    optimizer = getattr(torch.optim, row["optimizer"])(parameters, **settings)
    problems = []
    for step, (grads, ours) in enumerate(zip(row["grads"], row["ours"])):
        for p, grad in zip(parameters, grads):
            p.grad = None if grad is None else tensor(grad)
        optimizer.step()
        apart = max(distance(tensor(mine), p.detach()) for mine, p in zip(ours, parameters))
        if apart > TOLERANCE:
            problems.append(f"step {step + 1} is {apart:.1e} away")
            break
    return problems


def judge_network(row):
    spec = importlib.util.spec_from_file_location("net", pathlib.Path(row["folder"]) / "net.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    net = module.load().double()
    net.train(row["training"])
    x = tensor(row["input"]).reshape(row["shape"]).requires_grad_()
    output = net(x)
    problems = []
    apart = distance(tensor(row["output"]), output.detach().flatten())
    if apart > TOLERANCE:
        problems.append(f"output is {apart:.1e} away")
    (output * output).sum().backward()
    want = {"input": x.grad, **{name: p.grad for name, p in net.named_parameters()}}
    for name, grad in row["grads"].items():
        apart = distance(tensor(grad), want[name].flatten())
        if apart > 5 * TOLERANCE:
            problems.append(f"gradient to {name} is {apart:.1e} away")
    return problems


def judged(judge, row):
    """What differs; PyTorch also refuses forward or backward of some empty shapes that we take."""
    try:
        return judge(row)
    except (RuntimeError, IndexError, ValueError, NotImplementedError) as error:
        return [f"PyTorch refuses: {str(error).splitlines()[0][:150]}"]


def main(path):
    cases = json.loads(pathlib.Path(path).read_text())
    kinds = [
        ("ops", judge_op, lambda row: f"{row['op']} {json.dumps(row['options'])} {[[i['shape'], i['views']] for i in row['inputs']]}"),
        ("trajectories", judge_trajectory, lambda row: f"{row['optimizer']} {row['settings']}"),
        ("networks", judge_network, lambda row: re.sub(r"\s+", " ", row["text"]) + f" on {row['shape']}"),
    ]
    for kind, judge, describe in kinds:
        counts, wrong, refused = collections.Counter(), 0, 0
        for row in cases[kind]:
            counts[row.get("op") or row.get("optimizer") or "networks"] += 1
            problems = judged(judge, row)
            refuses = any(problem.startswith("PyTorch refuses") for problem in problems)
            refused += refuses
            wrong += bool(problems) and not refuses
            for problem in problems:
                print(f"{describe(row)}: {problem}")
        print(f"{kind}: {len(cases[kind])} cases, {wrong} differ, PyTorch refuses {refused}; fewest: {counts.most_common()[:-6:-1]}")


main(sys.argv[1])
