"""The cases: each function gives an object with `iterate`, and what else a Measurement asks for."""

from types import SimpleNamespace

import torch
import torch.nn.functional as F
from torch import nn

from data import FILTERS, NETS, fill, images, labels, probe_of, tensor


class Cannot(Exception):
    """PyTorch has no way to do it."""


class LectureNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 6, 5)
        self.pool = nn.MaxPool2d(2, 2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * 5 * 5, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, x):
        x = self.pool(F.relu(self.conv1(x)))
        x = self.pool(F.relu(self.conv2(x)))
        x = x.view(-1, 16 * 5 * 5)
        return self.fc3(F.relu(self.fc2(F.relu(self.fc1(x)))))


class LeNet28(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5, padding=2)
        self.pool = nn.AvgPool2d(2, 2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * 5 * 5, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, x):
        x = self.pool(torch.tanh(self.conv1(x)))
        x = self.pool(torch.tanh(self.conv2(x)))
        return self.fc3(torch.tanh(self.fc2(torch.tanh(self.fc1(x.flatten(1))))))


TRAINED = {
    "lecture": (LectureNet, (3, 32, 32)),
    "lenet5": (LeNet28, (1, 28, 28)),
    "resnet18": (lambda: NETS["ResNet18"](classes=10), (3, 32, 32)),
}


def prepare(spec):
    cases = {"train": train, "conv": conv, "forward": forward, "overhead": overhead}
    if spec["kind"] not in cases:
        raise Cannot("there is no such case")
    return cases[spec["kind"]](spec)


def train(spec):
    make, image = TRAINED[spec["net"]]
    net = fill(make())
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.001, momentum=0.9)
    x, y = images((spec["batch"], *image)), labels(spec["batch"])
    case = SimpleNamespace(last=0.0)

    def iterate():
        optimizer.zero_grad()
        loss = criterion(net(x), y)
        loss.backward()
        optimizer.step()
        case.last = loss.item()

    def probe():
        first = case.last
        iterate()
        return [first, case.last]

    case.iterate, case.probe = iterate, probe
    return case


def conv(spec):
    s = SimpleNamespace(**spec["shape"])
    per_filter = s.C // s.groups
    x = images((s.N, s.C, s.H, s.W))
    w = tensor((s.K, per_filter, s.R, s.S), FILTERS, (per_filter * s.R * s.S) ** -0.5)
    case = SimpleNamespace(y=None, loss=None)

    def forward_pass():
        return F.conv2d(x, w, None, stride=s.stride, padding=s.padding, groups=s.groups)

    if spec["pass"] == "forward":

        def iterate():
            with torch.no_grad():
                case.y = forward_pass()

        case.iterate, case.probe = iterate, lambda: probe_of(case.y)
        return case

    leaf = (x if spec["pass"] == "input" else w).requires_grad_()

    def before():
        leaf.grad = None
        case.loss = forward_pass().sum()

    case.before, case.iterate = before, lambda: case.loss.backward()
    case.probe = lambda: probe_of(leaf.grad)
    return case


def forward(spec):
    net = fill(NETS[spec["net"]]()).eval()
    x = images((1, 3, 224, 224))
    case = SimpleNamespace(logits=None)

    def iterate():
        with torch.no_grad():
            case.logits = net(x)

    case.iterate, case.probe = iterate, lambda: probe_of(case.logits)
    return case


def overhead(spec):
    op = spec["op"]
    w = torch.ones(1, 1, 1, 1, requires_grad=op == "convBackward")
    case = SimpleNamespace(x=torch.ones(1, 1, 1, 1))
    if op == "add":
        one = torch.tensor([1.0])
        case.x = torch.tensor([0.0])

        def iterate():
            case.x = case.x + one

    elif op == "conv":

        def iterate():
            case.x = F.conv2d(case.x, w)

    else:

        def iterate():
            w.grad = None
            F.conv2d(case.x, w).backward()

    case.iterate, case.finish = iterate, lambda: case.x.item()
    return case
