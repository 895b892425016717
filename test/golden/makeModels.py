"""State-dict keys and logits of the networks in src/models, as torch.nn computes them; see README.md in this folder.

torchvision is not needed: the classes below have its structure and field names. Weights come from a hash of each
number's position, the same as in test/models/golden.test.ts, so that no file has to hold them. The benchmarks take the
networks from here too (bench/peers/pytorch).
"""

import hashlib
import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

HERE = pathlib.Path(__file__).parent


class AlexNet(nn.Module):
    def __init__(self, classes=1000):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 64, 11, stride=4, padding=2), nn.ReLU(), nn.MaxPool2d(3, 2),
            nn.Conv2d(64, 192, 5, padding=2), nn.ReLU(), nn.MaxPool2d(3, 2),
            nn.Conv2d(192, 384, 3, padding=1), nn.ReLU(),
            nn.Conv2d(384, 256, 3, padding=1), nn.ReLU(),
            nn.Conv2d(256, 256, 3, padding=1), nn.ReLU(), nn.MaxPool2d(3, 2),
        )  # fmt: skip
        self.avgpool = nn.AdaptiveAvgPool2d((6, 6))
        self.classifier = nn.Sequential(
            nn.Dropout(), nn.Linear(256 * 6 * 6, 4096), nn.ReLU(),
            nn.Dropout(), nn.Linear(4096, 4096), nn.ReLU(), nn.Linear(4096, classes),
        )  # fmt: skip

    def forward(self, x):
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))


class VGG(nn.Module):
    def __init__(self, depths, classes=1000):
        super().__init__()
        layers, channels = [], 3
        for width, depth in zip((64, 128, 256, 512, 512), depths):
            for _ in range(depth):
                layers += [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU()]
                channels = width
            layers.append(nn.MaxPool2d(2, 2))
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Sequential(
            nn.Linear(512 * 7 * 7, 4096), nn.ReLU(), nn.Dropout(),
            nn.Linear(4096, 4096), nn.ReLU(), nn.Dropout(), nn.Linear(4096, classes),
        )  # fmt: skip

    def forward(self, x):
        return self.classifier(torch.flatten(F.adaptive_avg_pool2d(self.features(x), 7), 1))


class BasicBlock(nn.Module):
    expansion = 1

    def __init__(self, channels, width, stride, downsample):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, width, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.downsample = downsample

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(y + (x if self.downsample is None else self.downsample(x)))


class Bottleneck(nn.Module):
    expansion = 4

    def __init__(self, channels, width, stride, downsample):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, width, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, stride=stride, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3 = nn.Conv2d(width, 4 * width, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(4 * width)
        self.downsample = downsample

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = self.bn3(self.conv3(F.relu(self.bn2(self.conv2(y)))))
        return F.relu(y + (x if self.downsample is None else self.downsample(x)))


class ResNet(nn.Module):
    def __init__(self, block, depths, classes=1000):
        super().__init__()
        self.channels = 64
        self.conv1 = nn.Conv2d(3, 64, 7, stride=2, padding=3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        for i, depth in enumerate(depths):
            setattr(self, f"layer{i + 1}", self.stage(block, 64 * 2**i, depth, 1 if i == 0 else 2))
        self.fc = nn.Linear(512 * block.expansion, classes)

    def stage(self, block, width, depth, stride):
        blocks = []
        for i in range(depth):
            out, step = width * block.expansion, stride if i == 0 else 1
            downsample = None
            if step != 1 or self.channels != out:
                downsample = nn.Sequential(nn.Conv2d(self.channels, out, 1, stride=step, bias=False), nn.BatchNorm2d(out))
            blocks.append(block(self.channels, width, step, downsample))
            self.channels = out
        return nn.Sequential(*blocks)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 3, stride=2, padding=1)
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(x.mean((2, 3)))


class BasicConv2d(nn.Module):
    def __init__(self, channels, filters, **options):
        super().__init__()
        self.conv = nn.Conv2d(channels, filters, bias=False, **options)
        self.bn = nn.BatchNorm2d(filters, eps=0.001)

    def forward(self, x):
        return F.relu(self.bn(self.conv(x)))


class Inception(nn.Module):
    def __init__(self, c, ones, reduce3, threes, reduce5, fives, pooled):
        super().__init__()
        self.branch1 = BasicConv2d(c, ones, kernel_size=1)
        three = {"kernel_size": 3, "padding": 1}
        self.branch2 = nn.Sequential(BasicConv2d(c, reduce3, kernel_size=1), BasicConv2d(reduce3, threes, **three))
        self.branch3 = nn.Sequential(BasicConv2d(c, reduce5, kernel_size=1), BasicConv2d(reduce5, fives, **three))
        pool = nn.MaxPool2d(3, stride=1, padding=1, ceil_mode=True)
        self.branch4 = nn.Sequential(pool, BasicConv2d(c, pooled, kernel_size=1))

    def forward(self, x):
        return torch.cat([self.branch1(x), self.branch2(x), self.branch3(x), self.branch4(x)], 1)


class InceptionAux(nn.Module):
    def __init__(self, c, classes):
        super().__init__()
        self.conv = BasicConv2d(c, 128, kernel_size=1)
        self.fc1 = nn.Linear(2048, 1024)
        self.fc2 = nn.Linear(1024, classes)


class GoogLeNet(nn.Module):
    def __init__(self, classes=1000):
        super().__init__()
        self.conv1 = BasicConv2d(3, 64, kernel_size=7, stride=2, padding=3)
        self.conv2 = BasicConv2d(64, 64, kernel_size=1)
        self.conv3 = BasicConv2d(64, 192, kernel_size=3, padding=1)
        self.inception3a = Inception(192, 64, 96, 128, 16, 32, 32)
        self.inception3b = Inception(256, 128, 128, 192, 32, 96, 64)
        self.inception4a = Inception(480, 192, 96, 208, 16, 48, 64)
        self.inception4b = Inception(512, 160, 112, 224, 24, 64, 64)
        self.inception4c = Inception(512, 128, 128, 256, 24, 64, 64)
        self.inception4d = Inception(512, 112, 144, 288, 32, 64, 64)
        self.inception4e = Inception(528, 256, 160, 320, 32, 128, 128)
        self.inception5a = Inception(832, 256, 160, 320, 32, 128, 128)
        self.inception5b = Inception(832, 384, 192, 384, 48, 128, 128)
        self.aux1 = InceptionAux(512, classes)
        self.aux2 = InceptionAux(528, classes)
        self.fc = nn.Linear(1024, classes)

    def forward(self, x):
        x = F.max_pool2d(self.conv1(x), 3, 2, ceil_mode=True)
        x = F.max_pool2d(self.conv3(self.conv2(x)), 3, 2, ceil_mode=True)
        x = F.max_pool2d(self.inception3b(self.inception3a(x)), 3, 2, ceil_mode=True)
        x = self.inception4d(self.inception4c(self.inception4b(self.inception4a(x))))
        x = F.max_pool2d(self.inception4e(x), 2, 2, ceil_mode=True)
        x = self.inception5b(self.inception5a(x))
        return self.fc(x.mean((2, 3)))


NETS = {
    "AlexNet": AlexNet,
    "VGG16": lambda **o: VGG((2, 2, 3, 3, 3), **o),
    "VGG19": lambda **o: VGG((2, 2, 4, 4, 4), **o),
    "GoogLeNet": GoogLeNet,
    "ResNet18": lambda **o: ResNet(BasicBlock, (2, 2, 2, 2), **o),
    "ResNet34": lambda **o: ResNet(BasicBlock, (3, 4, 6, 3), **o),
    "ResNet50": lambda **o: ResNet(Bottleneck, (3, 4, 6, 3), **o),
    "ResNet101": lambda **o: ResNet(Bottleneck, (3, 4, 23, 3), **o),
    "ResNet152": lambda **o: ResNet(Bottleneck, (3, 8, 36, 3), **o),
}


def hashed(count, seed):
    """Numbers from -1 to 1, each a hash of its position."""
    x = np.arange(count, dtype=np.uint32) + np.uint32((seed * 747796405) % 2**32)
    x = x * np.uint32(2654435769)
    x ^= x >> np.uint32(15)
    x = x * np.uint32(2246822519)
    x ^= x >> np.uint32(13)
    return x.astype(np.float64) / 2**31 - 1


def fill(net):
    """He-uniform weights, small biases and means, scales and variances from 0.5 to 1.5."""
    for seed, (key, tensor) in enumerate(net.state_dict().items()):
        if key.endswith("num_batches_tracked"):
            continue
        values = hashed(tensor.numel(), seed)
        if tensor.dim() > 1:
            values = values * np.sqrt(6 / (tensor.numel() / tensor.shape[0]))
        elif key.endswith("running_var") or ("bn" in key.split(".")[-2] and key.endswith("weight")):
            values = 1 + values / 2
        elif key.split(".")[-3:-1] == ["downsample", "1"] and key.endswith("weight"):
            values = 1 + values / 2
        else:
            values = values / 10
        tensor.copy_(torch.from_numpy(values.astype(np.float32).reshape(tensor.shape)))


def structure(make):
    with torch.device("meta"):
        net = make()
    lines = [f"{key} {list(tensor.shape)}".replace(", ", ",") for key, tensor in net.state_dict().items()]
    return {
        "parameters": sum(p.numel() for p in net.parameters()),
        "keys": len(lines),
        "first": lines[0],
        "last": lines[-1],
        "sha256": hashlib.sha256("\n".join(lines).encode()).hexdigest(),
    }


def logits(make, size, classes=10):
    with torch.no_grad():
        net = make(classes=classes).double().eval()
        fill(net)
        images = torch.from_numpy(hashed(2 * 3 * size * size, 12345).astype(np.float32)).double().reshape(2, 3, size, size)
        return [float(f"{value:.9g}") for value in net(images).flatten().tolist()]


if __name__ == "__main__":
    golden = {name: structure(make) for name, make in NETS.items()}
    for name in ("AlexNet", "ResNet18", "ResNet50"):
        golden[name]["logits"] = logits(NETS[name], 64)
    golden["GoogLeNet"]["logits"] = logits(GoogLeNet, 64)
    path = HERE / "models.json"
    text = json.dumps(golden).replace('"}, ', '"},\n').replace('}, "', '},\n"') + "\n"
    if path.exists() and path.read_text() != text:
        path = path.with_name(path.name + "-changed")
    path.write_text(text)
    print(f"{path.name}: {len(text)} bytes")
