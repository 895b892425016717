"""PyTorch's numbers for the transforms that interpolate, as transforms.json; run `python test/golden/transforms.py`."""

import json
import math
import pathlib

import torch
import torch.nn.functional as F

torch.manual_seed(0)


def resize(shape, size):
    x = torch.rand(shape, dtype=torch.float64)
    y = F.interpolate(x, size=size, mode="bilinear", align_corners=False, antialias=False)
    return {"kind": "resize", "size": size, "shape": shape, "input": x.flatten().tolist(), "output": y.flatten().tolist()}


def affine(shape, angle, translate, scale, mode):
    """`angle` clockwise in degrees, as torchvision's affine; outside is 0."""
    x = torch.rand(shape, dtype=torch.float64)
    turn = math.radians(angle)
    cos, sin = math.cos(turn) * scale, math.sin(turn) * scale
    forward = torch.tensor([[cos, -sin, translate[0]], [sin, cos, translate[1]], [0, 0, 1]], dtype=torch.float64)
    (a, b, c), (d, e, f), _ = torch.linalg.inv(forward).tolist()
    height, width = shape[2:]
    theta = torch.tensor(
        [[[a, b * height / width, 2 * c / width], [d * width / height, e, 2 * f / height]]], dtype=torch.float64
    )
    grid = F.affine_grid(theta.expand(shape[0], 2, 3), shape, align_corners=False)
    y = F.grid_sample(x, grid, mode=mode, padding_mode="zeros", align_corners=False)
    case = {"kind": "affine", "angle": angle, "translate": translate, "scale": scale, "mode": mode, "shape": shape}
    return {**case, "input": x.flatten().tolist(), "output": y.flatten().tolist()}


cases = [
    resize([1, 3, 8, 8], [16, 16]),
    resize([2, 1, 7, 5], [3, 9]),
    resize([1, 2, 9, 12], [4, 5]),
    resize([1, 1, 1, 4], [3, 7]),
    resize([1, 1, 5, 6], [5, 6]),
    affine([1, 2, 7, 7], -17.0, [0, 0], 1.0, "nearest"),
    affine([1, 2, 6, 9], -17.0, [0, 0], 1.0, "bilinear"),
    affine([2, 1, 8, 6], 33.0, [1, -2], 1.25, "bilinear"),
    affine([1, 1, 8, 8], -140.0, [2, 1], 0.8, "nearest"),
    affine([1, 3, 5, 8], 61.5, [-1, 0], 0.6, "bilinear"),
]
rows = ",\n".join(json.dumps(case) for case in cases)
text = f"[\n{rows}\n]\n"
file = pathlib.Path(__file__).with_name("transforms.json")
if file.exists() and file.read_text() != text:
    file = file.with_name("transforms.json-changed")
file.write_text(text)
