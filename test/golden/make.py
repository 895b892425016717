"""PyTorch's outputs and gradients for every op sample; see README.md in this folder."""

import json
import pathlib
import sys

import torch
import torch.nn.functional as F

HERE = pathlib.Path(__file__).parent


def number(value):
    return float("inf") if value == "inf" else value


def snake(options):
    """PyTorch's spelling of options: ceilMode is ceil_mode."""
    return {"".join(f"_{c.lower()}" if c.isupper() else c for c in name): value for name, value in options.items()}


def matmul(a, b, transposeA=False, transposeB=False):
    return (a.T if transposeA else a) @ (b.T if transposeB else b)


def index_select(x, dim, indices, fill=0):
    """-1 is a row of the fill value: here one more row behind the others."""
    extra = torch.full_like(x.select(dim, 0).unsqueeze(dim), fill)
    rows = torch.tensor([x.shape[dim] if i < 0 else i for i in indices])
    return torch.cat([x, extra], dim).index_select(dim, rows)
def interpolate(x, size=None, scaleFactor=None, mode="nearest", alignCorners=None):
    scale = tuple(scaleFactor) if isinstance(scaleFactor, list) else scaleFactor
    return F.interpolate(x, size, scale, mode, alignCorners)


def batch_norm(x, w, b, mean=None, var=None, eps=1e-5, **_):
    if mean is None:
        return F.batch_norm(x, None, None, w, b, training=True, eps=eps)
    # F.batch_norm has no gradients for the running statistics; written out it has.
    of = lambda t: t.reshape(-1, *[1] * (x.dim() - 2))
    y = (x - of(mean)) / torch.sqrt(of(var) + eps) * of(w) + of(b)
    torch.testing.assert_close(y, F.batch_norm(x, mean.detach(), var.detach(), w, b, eps=eps))
    return y


# One line an op: our name, and PyTorch's words for the same thing.
OPS = {
    "neg": torch.neg,
    "exp": torch.exp,
    "log": torch.log,
    "sqrt": torch.sqrt,
    "abs": torch.abs,
    "relu": torch.relu,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "pow": lambda x, p: torch.pow(x, p),
    "clamp": lambda x, p, q: torch.clamp(x, number(p), number(q)),
    "leakyRelu": lambda x, p: F.leaky_relu(x, p),
    "elu": lambda x, p: F.elu(x, p),
    "erf": torch.erf,
    "gelu": F.gelu,
    "geluTanh": lambda x: F.gelu(x, approximate="tanh"),
    "softplus": lambda x, p, q: F.softplus(x, p, q),
    "hardtanh": lambda x, p, q: F.hardtanh(x, p, q),
    # F.hardsigmoid has 1/6 in single precision in its gradient, whatever the dtype.
    "hardsigmoid": lambda x: F.relu6(x + 3) / 6,
    "hardswish": F.hardswish,
    "silu": F.silu,
    "mish": F.mish,
    "selu": F.selu,
    "celu": lambda x, p: F.celu(x, p),
    "threshold": lambda x, p, q: F.threshold(x, p, q),
    "softsign": F.softsign,
    "prelu": F.prelu,
    "spread": torch.sqrt,
    "add": torch.add,
    "sub": torch.sub,
    "mul": torch.mul,
    "div": torch.div,
    "maximum": torch.maximum,
    **{name: getattr(torch, name) for name in "minimum eq ne lt le gt ge square reciprocal rsqrt sin cos tan".split()},
    **{name: getattr(torch, name) for name in "sign floor ceil trunc round isnan isinf isfinite".split()},
    "bceWithLogits": lambda x, t: F.binary_cross_entropy_with_logits(*torch.broadcast_tensors(x, t), reduction="none"),
    "gather": lambda x, index, dim, rows=False: x.index_select(dim, index) if rows else x.gather(dim, index),
    "argsort": lambda x, dim, descending, count=None: torch.argsort(x, dim=dim, descending=descending, stable=True).narrow(dim, 0, x.shape[dim] if count is None else count),
    "cumsum": lambda x, dim: x.cumsum(dim),
    "prod": lambda x, dim: x.prod(dim),
    "ravelIndex": lambda *xs, lengths: xs[0] if len(xs) == 1 else xs[0] * lengths[1] + xs[1],
    "root": lambda x, p: torch.pow(x, p),
    "logicalAnd": torch.logical_and,
    "logicalOr": torch.logical_or,
    "logicalXor": torch.logical_xor,
    "logicalNot": torch.logical_not,
    "cast": lambda x, dtype: x.to({"float32": torch.float64, "int32": torch.int64, "bool": torch.bool}[dtype]),
    "where": torch.where,
    "expand": lambda x, shape: x.expand(shape),
    "sum": lambda x, dim, evenly=False: x.sum(dim),
    "max": lambda x, dim, evenly=False: x.amax(dim) if evenly else x.max(dim).values,
    "min": lambda x, dim, evenly=False: x.amin(dim) if evenly else x.min(dim).values,
    "argmax": lambda x, dim, evenly=False: x.argmax(dim),
    "argmin": lambda x, dim, evenly=False: x.argmin(dim),
    "reshape": lambda x, shape, caller: x.reshape(shape),
    "strided": lambda x, shape, strides, offset: x.as_strided(shape, strides, offset),
    "indexSelect": index_select,
    "cat": lambda *xs, dim: torch.cat(xs, dim),
    "pad": lambda x, pad, mode="constant", value=None: F.pad(x, pad, mode, value),
    "interpolate": interpolate,
    "oneHot": lambda x, numClasses: F.one_hot(x, numClasses),
    "linear": lambda x, w, b=None: F.linear(x, w, b),
    "matmul": matmul,
    "batchMatmul": torch.matmul,
    "conv2d": lambda x, w, b=None, **options: F.conv2d(x, w, b, **options),
    "conv1d": lambda x, w, b=None, **options: F.conv1d(x, w, b, **options),
    "convTranspose2dBias": lambda x, w, b, **options: F.conv_transpose2d(x, w, b, **snake(options)),
    "maxPool1d": lambda x, kernelSize, **options: F.max_pool1d(x, kernelSize, **snake(options)),
    "avgPool1d": lambda x, kernelSize, **options: F.avg_pool1d(x, kernelSize, **snake(options)),
    "convTranspose2d": lambda x, w, b=None, **options: F.conv_transpose2d(x, w, b, **snake(options)),
    "unfold": lambda x, kernelSize, **options: F.unfold(x, kernelSize, **options),
    "conv3d": lambda x, w, b=None, **options: F.conv3d(x, w, b, **options),
    "convTranspose3d": lambda x, w, **options: F.conv_transpose3d(x, w, None, **snake(options)),
    "convTranspose3dBias": lambda x, w, b, **options: F.conv_transpose3d(x, w, b, **snake(options)),
    "convTranspose1d": lambda x, w, b=None, **options: F.conv_transpose1d(x, w, b, **snake(options)),
    "maxPool3d": lambda x, kernelSize, **options: F.max_pool3d(x, kernelSize, **snake(options)),
    "avgPool3d": lambda x, kernelSize, **options: F.avg_pool3d(x, kernelSize, **snake(options)),
    "adaptiveAvgPool3d": lambda x, outputSize: F.adaptive_avg_pool3d(x, outputSize),
    "adaptiveMaxPool3d": lambda x, outputSize: F.adaptive_max_pool3d(x, outputSize),
    "fold": lambda x, outputSize, kernelSize, **options: F.fold(x, outputSize, kernelSize, **options),
    "adaptiveAvgPool1d": lambda x, outputSize: F.adaptive_avg_pool1d(x, outputSize),
    "adaptiveMaxPool1d": lambda x, outputSize: F.adaptive_max_pool1d(x, outputSize),
    "interpolateAnyRank": interpolate,
    "pixelShuffle": lambda x, r: F.pixel_shuffle(x, r),
    "pixelUnshuffle": lambda x, r: F.pixel_unshuffle(x, r),
    "normalize": lambda x, p=2.0, **options: F.normalize(x, number(p), **options),
    "cosineSimilarity": lambda a, b, **options: F.cosine_similarity(a, b, **options),
    "maxPool2d": lambda x, kernelSize, **options: F.max_pool2d(x, kernelSize, **snake(options)),
    "avgPool2d": lambda x, kernelSize, **options: F.avg_pool2d(x, kernelSize, **snake(options)),
    "adaptiveAvgPool2d": lambda x, outputSize: F.adaptive_avg_pool2d(x, outputSize),
    "adaptiveMaxPool2d": lambda x, outputSize: F.adaptive_max_pool2d(x, outputSize),
    "batchNorm": batch_norm,
    "groupNorm": lambda x, w, b, numGroups, eps: F.group_norm(x, numGroups, w, b, eps),
    "layerNorm": lambda x, w, b, normalizedShape, eps: F.layer_norm(x, normalizedShape, w, b, eps),
    "instanceNorm": lambda x, w, b, eps: F.instance_norm(x, weight=w, bias=b, eps=eps),
    "localResponseNorm": lambda x, size, **options: F.local_response_norm(x, size, **options),
    "softmax": lambda x, dim: F.softmax(x, dim),
    "logSoftmax": lambda x, dim: F.log_softmax(x, dim),
    "logSigmoid": F.logsigmoid,
    "huber": lambda x, p: F.huber_loss(x, torch.zeros_like(x), reduction="none", delta=p),
    "binaryCrossEntropy": lambda x, t: F.binary_cross_entropy(x, t, reduction="none"),
    "multiMarginLoss": lambda x, t, w=None, **options: F.multi_margin_loss(x, t, weight=w, **options),
    "nllLoss": lambda x, t, w=None, reduction="mean", ignoreIndex=-100, caller="": F.nll_loss(
        x, t, w, ignore_index=ignoreIndex, reduction=reduction
    ),
}


def run(row):
    inputs = []
    for given in row["inputs"]:
        dtype = {"float64": torch.float64, "bool": torch.bool}.get(given["dtype"], torch.int64)
        tensor = torch.tensor(given["data"], dtype=dtype).reshape(given["shape"])
        inputs.append(tensor.requires_grad_(given["requiresGrad"]))
    output = OPS[row["op"]](*inputs, **row["options"])
    grads = [None] * len(inputs)
    if row["differentiable"]:
        weights = torch.tensor(row["weights"], dtype=torch.float64).reshape(output.shape)
        (output * weights).sum().backward()
        grads = [None if x.grad is None else [float(f"{v:.12g}") for v in x.grad.flatten().tolist()] for x in inputs]
    values = [float(f"{float(v):.12g}") for v in output.detach().flatten().tolist()]
    return {"index": row["index"], "shape": list(output.shape), "output": values, "grads": grads}


class Net(torch.nn.Module):
    """The first lecture's network."""

    def __init__(self):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(3, 6, 5)
        self.pool = torch.nn.MaxPool2d(2, 2)
        self.conv2 = torch.nn.Conv2d(6, 16, 5)
        self.fc1 = torch.nn.Linear(16 * 5 * 5, 120)
        self.fc2 = torch.nn.Linear(120, 84)
        self.fc3 = torch.nn.Linear(84, 10)

    def forward(self, x):
        x = self.pool(F.relu(self.conv1(x)))
        x = self.pool(F.relu(self.conv2(x)))
        x = x.view(-1, 16 * 5 * 5)
        return self.fc3(F.relu(self.fc2(F.relu(self.fc1(x)))))


def train(program):
    """The losses of a few steps of the lecture's program, in double precision."""
    net = Net().double()
    shapes = {name: parameter.shape for name, parameter in net.named_parameters()}
    net.load_state_dict({name: torch.tensor(program["weights"][name]).double().reshape(shape) for name, shape in shapes.items()})
    settings = {"weightDecay": "weight_decay"}
    optimizer = torch.optim.SGD(net.parameters(), **{settings.get(k, k): v for k, v in program["settings"].items()})
    losses = []
    for images, labels in zip(program["images"], program["labels"]):
        optimizer.zero_grad()
        inputs = torch.tensor(images).double().reshape(-1, 3, 32, 32)
        loss = F.cross_entropy(net(inputs), torch.tensor(labels))
        loss.backward()
        optimizer.step()
        losses.append(float(f"{loss.item():.14g}"))
    return {"settings": program["settings"], "losses": losses}


def spread(kind):
    return lambda x, dim=None, keepdim=False, correction=1: kind(x, dim, keepdim=keepdim, correction=correction)


# Ops composed of others: name, PyTorch's words, input shapes and options.
COMPOSED = [
    ("var", spread(torch.var), [[3, 4, 5]], [{}, {"dim": 1}, {"dim": [0, -1], "keepdim": True}, {"dim": 2, "correction": 0}]),
    ("std", spread(torch.std), [[3, 4, 5]], [{}, {"dim": 1}, {"dim": [0, -1], "keepdim": True}, {"dim": 2, "correction": 0}]),
    ("flip", lambda x, dims: torch.flip(x, dims), [[3, 4, 5]], [{"dims": d} for d in ([0], [2], [0, -2], [0, 1, 2])]),
    ("matmul", torch.matmul, [[5], [2, 5, 3]], [{}]),
    ("matmul", torch.matmul, [[2, 3, 5], [5]], [{}]),
    ("matmul", torch.matmul, [[2, 3, 4, 5], [5, 2]], [{}]),
    ("matmul", torch.matmul, [[4], [4]], [{}]),
    ("stack", lambda *xs, dim: torch.stack(xs, dim), [[3, 4], [3, 4]], [{"dim": d} for d in (0, 1, 2, -2)]),
    ("linspace", lambda start, end, steps: torch.linspace(start, end, steps, dtype=torch.float64), [],
     [{"start": a, "end": b, "steps": n} for a, b, n in ((0, 1, 5), (-3, 7, 4), (2, 1, 1), (0.1, 0.9, 8))]),
    ("eye", lambda n, m: torch.eye(n, m).double(), [], [{"n": n, "m": m} for n, m in ((3, 3), (2, 4), (4, 2), (1, 1))]),
]


def composed(name, function, shapes, options):
    numbers = torch.Generator().manual_seed(len(name))
    inputs = [torch.randn(shape, generator=numbers).double().requires_grad_() for shape in shapes]
    output = function(*inputs, **options)
    flat = lambda t: [float(f"{v:.12g}") for v in t.detach().flatten().tolist()]
    if inputs:
        (output * torch.cos(3 * torch.arange(output.numel()).double() + 1).reshape(output.shape)).sum().backward()
    given = [{"shape": list(x.shape), "data": x.flatten().tolist(), "grad": flat(x.grad)} for x in inputs]
    return {"name": name, "options": options, "inputs": given, "shape": list(output.shape), "output": flat(output)}


def nearest(length, options):
    """Which pixel of a row each pixel of the resized row shows."""
    row = torch.arange(length).float().reshape(1, 1, 1, length)
    if "size" in options:
        shown = F.interpolate(row, size=(1, options["size"]))
    else:
        shown = F.interpolate(row, scale_factor=(1, options["scaleFactor"]))
    return {"length": length, "options": options, "shown": shown.int().flatten().tolist()}


def batch_norm_layer(shape, options):
    """Three training batches through a BatchNorm layer, its state after them, and the first batch in evaluation."""
    names = {"trackRunningStats": "track_running_stats"}
    kind = torch.nn.BatchNorm2d if len(shape) == 4 else torch.nn.BatchNorm1d
    layer = kind(shape[1], **{names.get(k, k): v for k, v in options.items()}).double()
    numbers = torch.Generator().manual_seed(len(shape))
    inputs = [(torch.randn(shape, generator=numbers) * (i + 1) + i).double() for i in range(3)]
    flat = lambda t: [float(f"{v:.12g}") for v in t.detach().flatten().tolist()]
    batches = [{"shape": shape, "data": flat(x), "output": flat(layer(x))} for x in inputs]
    state = {key: flat(value) for key, value in layer.state_dict().items()}
    return {"options": options, "batches": batches, "state": state, "evaluated": flat(layer.eval()(inputs[0]))}


# Layers of other norms: kind, arguments, input shape, our options.
NORM_LAYERS = [
    ("GroupNorm", [2, 4], [3, 4, 2, 3], {}),
    ("GroupNorm", [4, 4], [3, 4, 5], {"eps": 0.1, "affine": False}),
    ("LayerNorm", [[4, 3]], [2, 5, 4, 3], {}),
    ("LayerNorm", [6], [5, 6], {"elementwiseAffine": False, "eps": 0.1}),
    ("LayerNorm", [6], [5, 6], {"bias": False}),
    ("InstanceNorm1d", [3], [4, 3, 5], {}),
    ("InstanceNorm1d", [3], [3, 5], {"affine": True}),
    ("InstanceNorm1d", [3], [4, 3, 5], {"trackRunningStats": True, "momentum": 0.3}),
    ("InstanceNorm2d", [3], [4, 3, 2, 3], {"affine": True, "eps": 0.1}),
    ("InstanceNorm2d", [3], [2, 3, 4, 3], {"affine": True, "trackRunningStats": True}),
    ("InstanceNorm3d", [2], [2, 2, 3, 2, 2], {"affine": True, "trackRunningStats": True}),
    ("InstanceNorm3d", [2], [2, 3, 2, 2], {}),
    ("BatchNorm3d", [2], [3, 2, 2, 3, 2], {}),
]


def norm_layer(kind, arguments, shape, options):
    """Two training batches through a layer with weights of its own, its state, and the first batch in evaluation."""
    layer = getattr(torch.nn, kind)(*arguments, **snake(options)).double()
    numbers = torch.Generator().manual_seed(len(shape))
    exact = lambda shape: torch.randn(shape, generator=numbers).double()
    with torch.no_grad():
        for parameter in layer.parameters():
            parameter.copy_(exact(parameter.shape))
    flat = lambda t: [float(f"{v:.12g}") for v in t.detach().flatten().tolist()]
    weights = {key: flat(value) for key, value in layer.named_parameters()}
    inputs = [exact(shape) * (i + 1) + i for i in range(2)]
    batches = [{"data": flat(x), "output": flat(layer(x))} for x in inputs]
    state = {key: flat(value) for key, value in layer.state_dict().items()}
    evaluated = flat(layer.eval()(inputs[0]))
    return {"kind": kind, "arguments": arguments, "shape": shape, "options": options, "weights": weights,
            "batches": batches, "state": state, "evaluated": evaluated}


def write(name, value):
    path = HERE / name
    path.parent.mkdir(exist_ok=True)
    text = json.dumps(value, separators=(",", ":")).replace('{"index"', '\n{"index"') + "\n"
    if path.exists() and path.read_text() != text:
        path = path.with_name(path.name + "-changed")
    path.write_text(text)
    print(f"{path.name}: {len(text)} bytes")


if __name__ == "__main__":
    samples = json.loads(pathlib.Path(sys.argv[1]).read_text())
    wanted = sys.argv[2:]
    for name in dict.fromkeys(row["op"] for row in samples["rows"]):
        if not wanted or name in wanted:
            write(f"ops/{name}.json", [run(row) for row in samples["rows"] if row["op"] == name])
    if not wanted or "batchNormLayer" in wanted:
        settings = [{}, {"momentum": 0.5, "eps": 0.1}, {"momentum": None}, {"affine": False}, {"trackRunningStats": False}]
        shapes = [[5, 3], [4, 3, 2], [2, 3, 3, 2]]
        write("batchNorm.json", [batch_norm_layer(shape, options) for shape in shapes for options in settings])
    if not wanted or "normLayers" in wanted:
        write("normLayers.json", [norm_layer(*row) for row in NORM_LAYERS])
    if not wanted or "composed" in wanted:
        write("composed.json", [composed(n, f, s, o) for n, f, s, options in COMPOSED for o in options])
    if not wanted or "nearest" in wanted:
        options = [{"size": n} for n in (1, 2, 3, 7, 10, 13, 29)] + [{"scaleFactor": f} for f in (0.3, 0.7, 1.1, 2.5, 3)]
        write("nearest.json", [nearest(n, o) for n in (4, 7, 11, 24) for o in options])
    if not wanted or "lecture" in wanted:
        write("lecture.json", [train(program) for program in samples["programs"]])
