"""What Captum computes for three small networks; see README.md in this folder.

Weights, images and noise come from a hash of each number's position, as test/models/hashed.ts makes them. Captum changes
the way back through nn.ReLU alone, so the network that calls F.relu here has a twin that calls modules there.
"""

from unittest import mock

import torch
import torch.nn.functional as F
from captum.attr import (
    Deconvolution,
    GuidedBackprop,
    InputXGradient,
    IntegratedGradients,
    LayerAttribution,
    LayerGradCam,
    NoiseTunnel,
    Occlusion,
    Saliency,
)
from torch import nn

from make import write
from makeModels import fill, hashed

SHAPE = (2, 3, 9, 8)
IMAGES, BASELINE, NOISE = 101, 102, 103
SAMPLES, STDEV = 3, 0.3


class Shortcut(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3, padding=1)
        self.conv2 = nn.Conv2d(4, 4, 3, padding=1)
        self.conv3 = nn.Conv2d(4, 4, 3, padding=1)
        self.relu1, self.relu2, self.relu3 = nn.ReLU(), nn.ReLU(), nn.ReLU()
        self.pool = nn.AvgPool2d(2, 2)
        self.fc = nn.Linear(64, 5)

    def forward(self, x):
        x = self.relu1(self.conv1(x))
        x = self.relu3(self.conv3(self.relu2(self.conv2(x))) + x)
        return self.fc(self.pool(x).flatten(1))


class Functional(nn.Module):
    """The twin with modules of a network that calls F.relu."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3)
        self.conv2 = nn.Conv2d(4, 5, 2)
        self.fc1 = nn.Linear(20, 8)
        self.fc2 = nn.Linear(8, 4)
        self.relu1, self.relu2, self.relu3 = nn.ReLU(), nn.ReLU(), nn.ReLU()

    def forward(self, x):
        x = F.max_pool2d(self.relu1(self.conv1(x)), 2)
        x = self.relu2(self.conv2(x))
        return self.fc2(self.relu3(self.fc1(x.flatten(1))))


class Norm(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(4)
        self.conv2 = nn.Conv2d(4, 6, 3, stride=2, bias=False)
        self.bn2 = nn.BatchNorm2d(6)
        self.relu1, self.relu2 = nn.ReLU(), nn.ReLU()
        self.dropout = nn.Dropout(0.5)
        self.fc = nn.Linear(6, 4)

    def forward(self, x):
        x = self.relu1(self.bn1(self.conv1(x)))
        x = self.relu2(self.bn2(self.conv2(x)))
        return self.fc(self.dropout(x.mean((2, 3))))


def tensor(seed, *shape):
    count = torch.Size(shape).numel()
    return torch.from_numpy(hashed(count, seed)).reshape(shape)


def noise(*_):
    """Ours comes copy by copy, each of all images; Captum has the copies of an image side by side."""
    drawn = STDEV * tensor(NOISE, SAMPLES, *SHAPE)
    return drawn.transpose(0, 1).reshape(-1, *SHAPE[1:])


def smooth_grad(net, x, target):
    with mock.patch("torch.normal", noise):
        return NoiseTunnel(Saliency(net)).attribute(
            x, nt_type="smoothgrad", nt_samples=SAMPLES, stdevs=STDEV, target=target
        )


def occlusion(net, x, target, window, stride, baseline):
    result = Occlusion(net).attribute(x, (3, *window), (3, *stride), baseline, target)
    assert torch.equal(result[:, :1], result[:, 1:2])
    return result[:, :1]


def rows(name, net, layers):
    x = tensor(IMAGES, *SHAPE)
    black = tensor(BASELINE, 1, *SHAPE[1:])
    for target in (0, [3, 1]):
        wanted = torch.tensor(target) if isinstance(target, list) else target

        def row(method, options, result):
            assert result.abs().max() > 0
            numbers = [float(f"{number:.6g}") for number in result.flatten().tolist()]
            options = {"target": target, **options}
            return {"index": name, "method": method, "options": options, "shape": list(result.shape), "data": numbers}

        yield row("saliency", {}, Saliency(net).attribute(x, wanted))
        yield row("guidedBackprop", {}, GuidedBackprop(net).attribute(x, wanted))
        yield row("deconvolution", {}, Deconvolution(net).attribute(x, wanted))
        for layer in layers:
            heat = LayerGradCam(net, net.get_submodule(layer)).attribute(x, wanted, relu_attributions=True)
            yield row("gradCam", {"layer": layer, "resize": False}, heat)
            yield row("gradCam", {"layer": layer}, LayerAttribution.interpolate(heat, SHAPE[2:], "bilinear"))
        if target == 0:
            yield row("inputXGradient", {}, InputXGradient(net).attribute(x, wanted))
            yield row("occlusion", {"window": 3, "stride": 2}, occlusion(net, x, wanted, (3, 3), (2, 2), 0))
            continue
        yield row("integratedGradients", {}, IntegratedGradients(net).attribute(x, 0, wanted))
        result = IntegratedGradients(net).attribute(x, black, wanted, n_steps=7)
        yield row("integratedGradients", {"steps": 7, "baseline": "image"}, result)
        options = {"window": [4, 3], "stride": [3, 1], "baseline": 0.5}
        yield row("occlusion", options, occlusion(net, x, wanted, (4, 3), (3, 1), 0.5))
        yield row("smoothGrad", {"samples": SAMPLES, "stdev": STDEV}, smooth_grad(net, x, wanted))


if __name__ == "__main__":
    networks = {"shortcut": (Shortcut, ["conv1", "relu3"]), "functional": (Functional, ["conv2"]), "norm": (Norm, ["bn2"])}
    found = []
    for name, (kind, layers) in networks.items():
        net = kind()
        with torch.no_grad():
            fill(net)
        found += rows(name, net.double().eval(), layers)
    write("interpret.json", found)
