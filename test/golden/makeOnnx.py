"""Small networks as PyTorch's two exporters write them, with what onnxruntime computes; see README.md in this folder.

Writes onnx/<case>.onnx and onnx/cases.json. Every case is run by PyTorch, too, and must agree with onnxruntime.
"""

import json
import logging
import pathlib
import sys
import warnings

import numpy as np
import onnx
import onnxruntime
import torch
import torch.nn.functional as F
from torch import nn

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)
HERE = pathlib.Path(__file__).parent / "onnx"


class Alex(nn.Module):
    """AlexNet's order of layers, with its local response normalisation, in small."""

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 6, 5, stride=2, padding=2), nn.ReLU(), nn.LocalResponseNorm(5, k=2.0), nn.MaxPool2d(3, 2),
            nn.Conv2d(6, 8, 3, padding=1, groups=2), nn.ReLU(), nn.LocalResponseNorm(5, alpha=0.1, k=2.0), nn.MaxPool2d(3, 2),
            nn.Conv2d(8, 6, 3, padding=1), nn.ReLU(),
        )  # fmt: skip
        self.classifier = nn.Sequential(nn.Dropout(), nn.Linear(6 * 3 * 3, 10), nn.ReLU(), nn.Linear(10, 4))

    def forward(self, x):
        return self.classifier(torch.flatten(self.features(x), 1))


class Inception(nn.Module):
    """GoogLeNet's stem and one inception module, in small."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(3, 6, 3, stride=2, padding=1), nn.ReLU(), nn.MaxPool2d(3, 2, ceil_mode=True), nn.LocalResponseNorm(5, 1e-2),
            nn.Conv2d(6, 8, 1), nn.ReLU(), nn.LocalResponseNorm(5),
        )  # fmt: skip
        self.one = nn.Conv2d(8, 3, 1)
        self.three = nn.Sequential(nn.Conv2d(8, 2, 1), nn.ReLU(), nn.Conv2d(2, 4, 3, padding=1))
        self.five = nn.Sequential(nn.Conv2d(8, 2, 1), nn.ReLU(), nn.Conv2d(2, 2, 5, padding=2))
        self.pool = nn.Sequential(nn.MaxPool2d(3, 1, 1, ceil_mode=True), nn.Conv2d(8, 2, 1))
        self.fc = nn.Linear(11, 4)

    def forward(self, x):
        x = self.stem(x)
        x = F.relu(torch.cat([self.one(x), self.three(x), self.five(x), self.pool(x)], 1))
        return self.fc(torch.flatten(F.adaptive_avg_pool2d(x, 1), 1))


class Function(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


class Squeezes(nn.Module):
    def forward(self, x):
        return (x * 2).squeeze(1).sum(-1)


class Chooses(nn.Module):
    """Branches that read values around them, own weights, and hold a choice themselves."""

    def __init__(self):
        super().__init__()
        self.small, self.large = nn.Linear(3, 2), nn.Linear(3, 2)

    def forward(self, x):
        y = x.relu()
        z = y + 1
        if x.shape[0] > 2:
            if x.shape[0] == 4:
                y = self.large(y) + z.sum()
            else:
                y = self.large(z)
        else:
            y = self.small(y)
        return y * z.mean()


def cnn():
    return nn.Sequential(
        nn.Conv2d(3, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(4, 4, 3), nn.AvgPool2d(2, 1, 1),
        nn.Flatten(), nn.Linear(36, 3), nn.Softmax(1),
    )  # fmt: skip


# What each case is: module, shape of its input, and how it is exported.
BOTH = ({}, {"dynamo": True})
CASES = {
    **{f"lrn{size}": (lambda s=size: nn.LocalResponseNorm(s, 0.3, 0.6, 1.5), [2, 7, 4, 3], BOTH) for size in (1, 4, 5, 9)},
    "lrn5-open": (lambda: nn.LocalResponseNorm(5, 0.3), [2, 7, 4, 3], ({"open": "bhw"}, {"open": "bhw", "dynamo": True})),
    "lrn-line": (lambda: nn.LocalResponseNorm(3, 0.3), [2, 5, 6], BOTH),
    "lrn-volume": (lambda: nn.LocalResponseNorm(3, 0.3), [2, 4, 2, 3, 3], BOTH),
    "alex": (Alex, [2, 3, 31, 31], BOTH),
    "alex-open": (Alex, [2, 3, 31, 31], ({"open": "b"}, {"open": "b", "dynamo": True})),
    "inception": (Inception, [2, 3, 18, 18], BOTH),
    "inception-open": (Inception, [2, 3, 18, 18], ({"open": "bhw"}, {"open": "b", "dynamo": True})),
    "avg-line": (lambda: nn.AvgPool1d(3, 2, 1), [2, 3, 9], BOTH),
    "avg-volume": (lambda: nn.AvgPool3d((3, 2, 3), (2, 1, 2), (1, 0, 1)), [2, 2, 6, 5, 7], BOTH),
    "avg-volume-uncounted": (
        lambda: nn.AvgPool3d(3, 2, 1, ceil_mode=True, count_include_pad=False), [1, 2, 6, 7, 8], BOTH,
    ),
    "max-volume": (lambda: nn.MaxPool3d((2, 3, 3), 2, (1, 1, 1), ceil_mode=True), [2, 2, 5, 6, 7], BOTH),
    "conv-volume": (lambda: nn.Conv3d(2, 4, (2, 3, 3), (1, 2, 1), (1, 0, 2), (2, 1, 1), groups=2), [2, 2, 5, 6, 4], BOTH),
    "convtranspose-volume": (lambda: nn.ConvTranspose3d(4, 2, (2, 3, 3), (1, 2, 2), (1, 0, 1), (0, 1, 0), 2), [1, 4, 3, 4, 3], BOTH),
    "convtranspose-line": (lambda: nn.ConvTranspose1d(2, 3, 3, 2, 1, 1), [2, 2, 5], BOTH),
    "where": (lambda: Function(lambda x: torch.where(x > 0, x, x * 0.1).masked_fill(x >= 1.5, -1.0)), [3, 5], BOTH),
    "rounds": (lambda: Function(lambda x: x.sign() * (x * 3).round() + x.floor() - x.ceil()), [3, 5], BOTH),
    "top": (lambda: Function(lambda x: x.topk(2, 1)[0] * x.prod(1, keepdim=True) + x.argmin(1, keepdim=True)), [3, 5], BOTH),
    "expanded": (lambda: Function(lambda x: x.unsqueeze(1).expand(-1, 3, -1) + torch.arange(x.shape[1])), [3, 5], ({"open": "bc"}, {"open": "b", "dynamo": True})),
    "pixels": (lambda: nn.Sequential(nn.PixelShuffle(2), nn.Conv2d(2, 2, 3), nn.PixelUnshuffle(2)), [1, 8, 3, 3], BOTH),
    "waves": (lambda: Function(lambda x: x.sin() * x.cos() + x.tan().cumsum(1) + torch.einsum("bi,bi->i", x, x)), [3, 5], BOTH),
    "special-numbers": (
        lambda: Function(lambda x: torch.isnan(x.log()) + 2 * torch.isinf(1 / x.relu()) + 4 * torch.isfinite(x / x.relu())), [3, 5], BOTH,
    ),
    "onehot": (lambda: Function(lambda x: F.one_hot(x.argmax(1), 6).float() + (x >= 0).sum() * (x <= 1).all()), [3, 6], BOTH),
    "sorted": (lambda: Function(lambda x: x.gather(1, x.argsort(1)) - x.sort(1, descending=True)[0]), [3, 5], BOTH),
    "remainders": (lambda: Function(lambda x: x % 0.7 + torch.fmod(x, 0.6)), [3, 5], BOTH),
    "einsum": (lambda: Function(lambda x: torch.einsum("bchw,bdhw->bcd", x, x) + torch.einsum("bcii->bc", x).unsqueeze(1)), [2, 3, 4, 4], BOTH),
    "diagonal": (lambda: Function(lambda x: torch.diagonal(x, dim1=2, dim2=3)), [2, 3, 4, 4], BOTH),
    "triangles": (lambda: Function(lambda x: x.tril() - x.triu(1)), [2, 4, 5], BOTH),
    "fold": (lambda: nn.Fold((6, 7), (2, 3), stride=2, padding=(0, 1)), [2, 12, 12], ({"dynamo": True},)),
    "cubic": (lambda: nn.Upsample(scale_factor=2, mode="bicubic"), [2, 3, 4, 5], BOTH),
    "cubic-corners": (lambda: nn.Upsample((9, 3), mode="bicubic", align_corners=True), [2, 3, 4, 5], BOTH),
    "threshold": (lambda: nn.Threshold(0.3, -1), [2, 3, 4], ({"dynamo": True},)),
    "squeeze-one": (Squeezes, [2, 1, 3, 2], ({"open": "bchw"},)),
    "squeeze-more": (Squeezes, [2, 4, 3, 2], ({"open": "bchw"},)),
    **{f"choose{n}": (Chooses, [n, 3], ({"open": "b", "script": True},)) for n in (1, 3, 4)},
    "bn-batch": (lambda: nn.BatchNorm2d(3, track_running_stats=False), [4, 3, 2, 3], ({"opset": 11}, {}, {"dynamo": True})),
    "bn-training": (
        lambda: nn.Sequential(nn.Conv2d(3, 3, 1), nn.BatchNorm2d(3), nn.Dropout(0.0)), [4, 3, 2, 3],
        ({"opset": 11, "train": True}, {"opset": 13, "train": True}, {"train": True}),
    ),
    **{
        name.lower(): (lambda n=name, a=arguments: getattr(nn, n)(*a), [2, 3, 4, 5], ({"opset": 9}, {}, {"dynamo": True}))
        for name, *arguments in (
            ("GELU",), ("Hardswish",), ("Hardsigmoid",), ("Hardtanh", -0.5, 1.5), ("ReLU6",), ("SiLU",), ("Mish",), ("SELU",), ("CELU", 0.7), ("ELU", 0.7),
            ("LeakyReLU", 0.2), ("PReLU", 3), ("Softplus", 2), ("LogSigmoid",), ("Softsign",),
        )
    },
    "gelu-tanh": (lambda: nn.GELU("tanh"), [2, 3, 4], ({}, {"opset": 20, "dynamo": True})),
    "gelu-20": (lambda: nn.GELU(), [2, 3, 4], ({"opset": 20}, {"opset": 20, "dynamo": True})),
    "groupnorm": (
        lambda: stirred(nn.GroupNorm(2, 4)), [2, 4, 3, 5], ({"opset": 9}, {}, {"open": "bhw"}, {"dynamo": True}, {"opset": 21, "dynamo": True}),
    ),
    "groupnorm-line": (lambda: stirred(nn.GroupNorm(4, 8)), [2, 8], BOTH),
    "layernorm": (lambda: stirred(nn.LayerNorm([3, 4])), [2, 5, 3, 4], ({"opset": 9}, {}, {"dynamo": True})),
    "layernorm-last": (lambda: stirred(nn.LayerNorm(6)), [2, 5, 6], ({"opset": 13}, {"open": "b"}, {"open": "b", "dynamo": True})),
    "layernorm-plain": (lambda: nn.LayerNorm(6, elementwise_affine=False), [2, 5, 6], BOTH),
    "instancenorm": (lambda: stirred(nn.InstanceNorm2d(3, affine=True)), [2, 3, 4, 5], BOTH),
    "instancenorm-line": (lambda: nn.InstanceNorm1d(3), [2, 3, 5], BOTH),
    "cnn": (cnn, [2, 3, 8, 8], tuple({"opset": n} for n in (9, 13, 22)) + tuple({"opset": n, "dynamo": True} for n in (18, 23, 24, 25))),
}  # fmt: skip


def numbers(shape):
    """What goes in: number i is 2 * sin(1.7 * i), here and in test/io/onnxGolden.test.ts."""
    count = int(np.prod(shape))
    return torch.from_numpy(2 * np.sin(1.7 * np.arange(count))).float().reshape(shape)


def stirred(net):
    """With weights that are not 1 and biases that are not 0."""
    for parameter in net.parameters():
        parameter.data = torch.randn(parameter.shape)
    return net


def export(make, shape, path, open="", dynamo=False, script=False, opset=17, train=False):
    torch.manual_seed(len(shape))
    net = make().train(train)
    for name, buffer in net.named_buffers():
        if name.endswith("running_mean"):
            buffer.normal_()
        if name.endswith("running_var"):
            buffer.uniform_(0.5, 2)
    x = numbers(shape)
    axes = {"bchw".index(letter): letter for letter in open}
    common = {"input_names": ["x"], "opset_version": opset}
    if dynamo:
        common["opset_version"] = max(18, opset)
        dims = ({d: torch.export.Dim.DYNAMIC for d in axes},) if axes else None
        torch.onnx.export(net, (x,), path, dynamo=True, dynamic_shapes=dims, external_data=False, verbose=False, **common)
    else:
        given = torch.jit.script(net) if script else net
        mode = torch.onnx.TrainingMode.TRAINING if train else torch.onnx.TrainingMode.EVAL
        torch.onnx.export(
            given, (x,), path, dynamo=False, dynamic_axes={"x": axes} if axes else None, training=mode,
            do_constant_folding=not train, **common,
        )  # fmt: skip
    strip(path)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    [y] = session.run(None, {session.get_inputs()[0].name: x.numpy()})
    np.testing.assert_allclose(y, net(x).detach().numpy(), rtol=1e-4, atol=1e-5)
    return {"input": shape, "shape": list(y.shape), "output": [float(f"{v:.7g}") for v in y.flatten().tolist()]}


def strip(path):
    """Without the exporters' remarks, which are most of a small file."""
    model = onnx.load(path)
    def clear(graph):
        for thing in [graph, *graph.node, *graph.initializer, *graph.value_info, *graph.input, *graph.output]:
            thing.doc_string = ""
            del thing.metadata_props[:]
        for node in graph.node:
            for attribute in node.attribute:
                if attribute.type == onnx.AttributeProto.GRAPH:
                    clear(attribute.g)
        del graph.value_info[:]
    clear(model.graph)
    del model.metadata_props[:]
    del model.functions[:]
    onnx.save(model, path)


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    at = HERE / "cases.json"
    cases = json.loads(at.read_text()) if at.exists() else {}
    for name, (make, shape, ways) in CASES.items():
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        for way in ways:
            kind = ("-open" if "open" in way and "open" not in name and len(ways) > 3 else "") + ("-dynamo" if way.get("dynamo") else "")
            case = f"{name}{kind}" + (f"-{way['opset']}" if "opset" in way else "")
            try:
                cases[case] = export(make, shape, str(HERE / f"{case}.onnx"), **way)
            except Exception as error:
                print(f"{case}: {type(error).__name__}: {str(error)[:300]}")
    at.write_text("{\n" + ",\n".join(f"{json.dumps(k)}:{json.dumps(v, separators=(',', ':'))}" for k, v in sorted(cases.items())) + "\n}\n")
    print(len(cases), "cases", sum(f.stat().st_size for f in HERE.iterdir()), "bytes")
