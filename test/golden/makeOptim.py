"""PyTorch's parameters after each step of every optimizer, and its schedulers' learning rates; see README.md."""

import re

import torch

from make import write

STEPS, EPOCHS = 15, 30
PENALTY = [{}, {"lr": 0.05}, {"lr": 0.05, "weightDecay": 0.1}, {"lr": 0.02, "maximize": True}]

# Our names of the settings; PyTorch's are the same in snake case.
OPTIMIZERS = {
    "SGD": PENALTY + [{"momentum": 0.9, "lr": 0.05}, {"momentum": 0.9, "lr": 0.05, "nesterov": True, "weightDecay": 0.01}, {"momentum": 0.9, "lr": 3, "dampening": 0.999}],
    "Adam": PENALTY + [{"lr": 0.05, "amsgrad": True, "betas": [0.5, 0.6]}, {"betas": [0.8, 0.9], "eps": 0.001, "lr": 0.1}, {"lr": 1}],
    "AdamW": PENALTY + [{"lr": 0.05, "amsgrad": True, "betas": [0.5, 0.6]}, {"lr": 0.1, "weightDecay": 0}],
    "Adadelta": PENALTY + [{"rho": 0.5, "eps": 0.001}, {"rho": 0, "lr": 3}],
    # A group's own initialAccumulatorValue counts for nothing: GROUPS below.
    "Adagrad": PENALTY + [{"lr": 0.1, "lrDecay": 0.2}, {"initialAccumulatorValue": 0.5, "eps": 0.01, "lr": 0.3}],
    "RMSprop": PENALTY
    + [{"centered": True}, {"momentum": 0.5, "alpha": 0.8}, {"momentum": 0.9, "centered": True, "lr": 0.001, "eps": 0.01}],
}

# A function has no JSON: both sides know it by its name.
LAMBDAS = {"0.95 ** epoch": lambda epoch: 0.95**epoch, "1 / (1 + epoch)": lambda epoch: 1 / (1 + epoch)}

SCHEDULERS = {
    "StepLR": [{"stepSize": 1}, {"stepSize": 7}, {"stepSize": 3, "gamma": 0.5}, {"stepSize": 10, "gamma": 2}],
    "MultiStepLR": [
        {"milestones": [5, 20]},
        {"milestones": [20, 5], "gamma": 0.5},
        {"milestones": [4, 4, 9], "gamma": 0.7},
        {"milestones": [0, 3], "gamma": 0.9},
    ],
    "ExponentialLR": [{"gamma": gamma} for gamma in (0.9, 0.5, 1, 1.1)],
    "CosineAnnealingLR": [{"tMax": 30}, {"tMax": 7}, {"tMax": 10, "etaMin": 0.01}, {"tMax": 1, "etaMin": 0.02}],
    "LambdaLR": [{"lrLambda": name} for name in [*LAMBDAS, list(LAMBDAS), list(LAMBDAS)[::-1]]],
    "ReduceLROnPlateau": [
        {"patience": 2},
        {"patience": 0, "factor": 0.5, "cooldown": 3},
        {"mode": "max", "patience": 1, "threshold": 0.05},
        {"patience": 1, "threshold": 0.1, "thresholdMode": "abs", "factor": 0.7, "minLr": 0.03},
        {"mode": "max", "thresholdMode": "abs", "patience": 1, "minLr": [0.04, 0.001], "eps": 0.005},
    ],
}


def snake(settings):
    return {"T_max" if key == "tMax" else re.sub("[A-Z]", lambda m: "_" + m[0].lower(), key): settings[key] for key in settings}


def digits(numbers):
    return [float(f"{number:.13g}") for number in numbers]


def problem():
    """A least-squares problem with a bent line, in numbers that float32 holds exactly."""
    torch.manual_seed(3)
    exact = lambda *shape: torch.randn(*shape).double()
    return {"x": exact(5, 3), "y": exact(5, 2), "weight": exact(2, 3), "bias": exact(2)}


# Settings of the optimizer, and of its two groups.
GROUPS = [
    ("SGD", {"lr": 0.1, "momentum": 0.5}, [{"lr": 0.02}, {"weightDecay": 0.1, "momentum": 0}]),
    ("Adam", {"lr": 0.1}, [{"betas": [0.5, 0.9]}, {"eps": 0.1, "weightDecay": 0.2}]),
    ("Adagrad", {"lr": 0.1, "initialAccumulatorValue": 0.5}, [{"initialAccumulatorValue": 7}, {"lr": 0.3}]),
]


def train(kind, settings, groups=None):
    given = problem()
    weight, bias = (given[name].clone().requires_grad_() for name in ("weight", "bias"))
    parameters = [weight, bias]
    if groups:
        parameters = [{"params": [p], **snake(group)} for p, group in zip(parameters, groups)]
    optimizer = getattr(torch.optim, kind)(parameters, **snake(settings))
    steps = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        ((torch.tanh(given["x"] @ weight.T + bias) - given["y"]) ** 2).mean().backward()
        optimizer.step()
        steps.append(digits([*weight.flatten().tolist(), *bias.tolist()]))
    return {"optimizer": kind, "settings": settings, "groups": groups, "steps": steps}


def clip(options):
    """Gradients after clipping, and the norm before."""
    torch.manual_seed(7)
    parameters = [torch.zeros(2, 3).double(), torch.zeros(4).double(), torch.zeros(1).double()]
    for parameter in parameters[:2]:
        parameter.grad = torch.randn(parameter.shape).double()
    grads = [p.grad.flatten().tolist() for p in parameters[:2]]
    named = snake(options)
    if named.get("norm_type") == "inf":
        named["norm_type"] = float("inf")
    if "clip_value" in named:
        total = None
        torch.nn.utils.clip_grad_value_(parameters, **named)
    else:
        total = torch.nn.utils.clip_grad_norm_(parameters, **named).item()
    after = [digits(p.grad.flatten().tolist()) for p in parameters[:2]]
    return {"options": options, "grads": grads, "norm": total, "after": after}


CLIPS = [{"maxNorm": m, "normType": p} for m in (0.5, 100) for p in (2, 1, "inf", 3)] + [{"maxNorm": 1}, {"clipValue": 0.3}]


def schedule(kind, options):
    """The learning rates of two groups before the first step and after each."""
    groups = [{"params": [torch.zeros(1, requires_grad=True)], "lr": lr} for lr in (0.1, 0.05)]
    optimizer = torch.optim.SGD(groups)
    named = dict(options)
    if kind == "LambdaLR":
        names = options["lrLambda"]
        named["lrLambda"] = LAMBDAS[names] if isinstance(names, str) else [LAMBDAS[name] for name in names]
    scheduler = getattr(torch.optim.lr_scheduler, kind)(optimizer, **snake(named))
    torch.manual_seed(5)
    metrics = (torch.linspace(1, 0.5, EPOCHS).double() + 0.1 * torch.randn(EPOCHS).double()).tolist()
    lrs = [digits(scheduler.get_last_lr())]
    for metric in metrics:
        optimizer.step()
        scheduler.step(*([metric] if kind == "ReduceLROnPlateau" else []))
        lrs.append(digits(scheduler.get_last_lr()))
    return {"scheduler": kind, "options": options, "metrics": metrics, "lrs": lrs}


if __name__ == "__main__":
    flat = {name: {"shape": list(value.shape), "data": value.flatten().tolist()} for name, value in problem().items()}
    runs = [train(kind, settings) for kind, sets in OPTIMIZERS.items() for settings in sets]
    runs += [train(*row) for row in GROUPS]
    schedules = [schedule(kind, options) for kind, sets in SCHEDULERS.items() for options in sets]
    write("optim.json", {"problem": flat, "runs": runs, "schedules": schedules, "clips": [clip(options) for options in CLIPS]})
