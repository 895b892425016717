"""Principal components by numpy's eigen-decomposition in float64; see README.md in this folder."""

import json
from pathlib import Path

import numpy as np

random = np.random.default_rng(3)


def case(name, x):
    x = np.round(x, 2)
    centred = x - x.mean(0)
    values, vectors = np.linalg.eigh(centred.T @ centred)
    order = np.argsort(values)[::-1][:2]
    points = centred @ vectors[:, order]
    # The sign that makes the largest coordinate positive.
    points *= np.sign(points[np.abs(points).argmax(0), range(2)])
    shares = values[order] / values.sum()
    return {"name": name, "shape": list(x.shape), "x": x.ravel().tolist(), "points": points.ravel().tolist(), "shares": shares.tolist()}


scales = np.linspace(2, 1, 20)
cases = [
    case("more points than dimensions", random.normal(size=(40, 20)) * scales),
    case("more dimensions than points", random.normal(size=(14, 40))),
    case("directions that differ little", random.normal(size=(60, 12))),
]
(Path(__file__).parent / "pca.json").write_text(json.dumps(cases) + "\n")
