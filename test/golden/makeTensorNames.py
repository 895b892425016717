"""Outputs and gradients of tensors' methods, each beside our way to write it; see README.md in this folder."""

import itertools

import torch
from makePromotion import HERE, NAMES
import json

i = lambda values: torch.tensor(values)
b = lambda values: torch.tensor(values).bool()
inf = float("inf")
F, I, B = "float64", "int32", "bool"
# Floats that are all different.
D = "distinct"
X = [[3, 4, 5]]
M = [[3, 4]]

# PyTorch's words, ours, and the inputs x, y, z: shapes, of float64 unless a dtype is named.
CASES = [
    *[
        (f"x[{ours.replace('null', ':').replace(chr(34), '')}]", f"x.index({ours})", X)
        for ours in (
            "0", "-1", "0, 1", "0, 1, 2", 'null, 1', 'null, null, -1', '"1:"', '":2"', '"1:3"', '"::2"', '"-2:"', '":-1", "1:3"',
            'null, "1::2"', '"...", 0', '0, "..."', '"...", "1:3"', '1, "...", "::2"', "[0, 2]", "null, [3, 0, 0]", '"...", [4, -1]',
            "[0, 2], [1, 3]", "null, [1, 2], [0, 4]", "[0, 1], null, [2, 3]", "0, null, [1, 2]", "[0, 1], 2", "[[0, 1]]".strip("[]") + ", [2]",
            '":", [1]', '"3:1"', '"5:"', '"-10:10"', 'null, null, null', '"0:0", 1',
        )
    ],
    ("x[i([[0, 2], [1, 1]])]", "x.index(i([[0, 2], [1, 1]]))", X),
    ("x[:, i([[0, 2], [1, -1]])]", "x.index(null, i([[0, 2], [1, -1]]))", X),
    ("x[i([[0], [2]]), i([1, 3])]", "x.index(i([[0], [2]]), i([1, 3]))", X),
    ("x[i([[0], [2]]), :, i([1, 3])]", "x.index(i([[0], [2]]), null, i([1, 3]))", X),
    ("x[i(1)]", "x.index(i(1))", X),
    ("x[b([1, 0, 1])]", "x.index(b([1, 0, 1]))", X),
    ("x[:, b([1, 0, 1, 1])]", "x.index(null, b([1, 0, 1, 1]))", X),
    ("x[b([0, 0, 0])]", "x.index(b([0, 0, 0]))", X),
    ("x[x > 0]", "x.index(x.gt(0))", X),
    ("x[b([[1, 0, 1, 0], [0, 0, 0, 1], [1, 1, 0, 0]])]", "x.index(b([[1, 0, 1, 0], [0, 0, 0, 1], [1, 1, 0, 0]]))", X),
    ("x[b([[1, 0, 1, 0], [0, 0, 0, 1], [1, 1, 0, 0]]), 1:3]", 'x.index(b([[1, 0, 1, 0], [0, 0, 0, 1], [1, 1, 0, 0]]), "1:3")', X),
    ("x[b([1, 0, 1]), [1, 2]]", "x.index(b([1, 0, 1]), [1, 2])", X),
    ("x[[]]", "x.index([])", X),
    ("x[0]", "x.index(0)", [(I, [3, 4])]),
    ("x[:, [1, 1]]", "x.index(null, [1, 1])", [(B, [3, 4])]),
    *[(f"x.select({d}, {k})", f"x.select({d}, {k})", X) for d, k in ((0, 0), (1, -1), (-1, 2))],
    *[(f"x.narrow({d}, {s}, {n})", f"x.narrow({d}, {s}, {n})", X) for d, s, n in ((0, 1, 2), (1, -3, 2), (2, 5, 0), (-1, 0, 5))],
    *[(f"x.unbind({d})", f"x.unbind({d})", M) for d in (0, 1, -1)],
    *[(f"x.split({n}, {d})", f"x.split({n}, {d})", X) for n, d in ((2, 0), (3, 1), (2, -1), ([1, 2], 0), ([5, 0], 2))],
    *[(f"x.chunk({n}, {d})", f"x.chunk({n}, {d})", X) for n, d in ((2, 0), (3, 1), (3, 2), (7, 0), (1, 1))],
    *[(f"x.index_select({d}, i({n}))", f"x.indexSelect({d}, {ours})", X) for d, n in ((0, [2, 0]), (1, [1, 1, 3]), (-1, [4])) for ours in (f"i({n})", str(n))],
    ("x.gather(1, y.clamp(0, 3))", "x.gather(1, y.clamp(0, 3))", [[3, 4], (I, [3, 6])]),
    ("x.gather(0, y.clamp(0, 2))", "x.gather(0, y.clamp(0, 2))", [[3, 4], (I, [5, 2])]),
    ("x.gather(-1, y.clamp(0, 4))", "x.gather(-1, y.clamp(0, 4))", [[3, 4, 5], (I, [2, 4, 1])]),
    ("x.gather(1, y.clamp(0, 3).unsqueeze(1)).squeeze(1)", "x.gather(1, y.clamp(0, 3).unsqueeze(1)).squeeze(1)", [[3, 4], (I, [3])]),
    ("x.gather(0, i([1, 0]))", "x.gather(0, i([1, 0]))", [(I, [3])]),
    *[
        (f"torch.{name}(x{theirs})", f"x.{ours}({args})", X)
        for name, ours in (("sort", "sort"), ("argsort", "argsort"))
        for theirs, args in (("", ""), (", 0", "0"), (", 1, descending=True", "1, { descending: true }"))
    ],
    ("x.sort(stable=True)", "x.sort()", [(I, [30])]),
    ("x.sort(stable=True, descending=True)", "x.sort(-1, { descending: true })", [(I, [30])]),
    ("x.sort(stable=True)", "x.sort()", [(B, [9])]),
    ("i([1.5, float('nan'), -inf, 0, inf, -0.0, float('nan')]).double().sort(stable=True)", "f([1.5, NaN, -Infinity, 0, Infinity, -0, NaN]).sort()", []),
    ("i([1.5, float('nan'), -inf, 0, inf, -0.0]).double().sort(stable=True, descending=True)", "f([1.5, NaN, -Infinity, 0, Infinity, -0]).sort(-1, { descending: true })", []),
    *[(f"x.topk({k}{theirs})", f"x.topk({k}{ours})", [(D, [3, 4, 5])]) for k, theirs, ours in ((2, "", ""), (1, ", 0", ", 0"), (3, ", 1, False", ", 1, { largest: false }"), (0, "", ""), (5, "", ""))],
    *[(f"x.max({d}, {k})", f"x.maxWithIndices({d}, {{ keepdim: {str(k).lower()} }})", X) for d, k in ((0, False), (-1, True))],
    *[(f"x.min({d}, {k})", f"x.minWithIndices({d}, {{ keepdim: {str(k).lower()} }})", X) for d, k in ((1, False), (2, True))],
    ("x.max(0)", "x.maxWithIndices(0)", [(I, [9])]),
    ("x.max(0)", "x.maxWithIndices(0)", [(B, [9])]),
    ("x.argmin()", "x.argmin()", X),
    ("x.argmin(1, keepdim=True)", "x.argmin(1, { keepdim: true })", X),
    *[(f"x.prod({theirs})", f"x.prod({ours})", X) for theirs, ours in (("", ""), ("1", "1"), ("-1, keepdim=True", "-1, { keepdim: true }"))],
    ("(x * b([1, 0, 1, 1])).prod(1)", "x.mul(b([1, 0, 1, 1])).prod(1)", M),
    ("(x * b([1, 0, 0, 1])).prod(1)", "x.mul(b([1, 0, 0, 1])).prod(1)", M),
    ("x.prod(0)", "x.prod(0)", [(I, [4, 2])]),
    ("x.prod()", "x.prod()", [(B, [3])]),
    *[(f"x.cumsum({d})", f"x.cumsum({d})", X) for d in (0, 1, -1)],
    ("x.cumsum(0)", "x.cumsum(0)", [(I, [7])]),
    ("x.cumsum(0)", "x.cumsum(0)", [(B, [7])]),
    *[
        (f"x.norm({p}{theirs})", f"x.norm({str(p).replace('inf', 'Infinity')}{ours})", X)
        for p in (2, 1, 3, 0.5, inf, -inf, 0, -1, 1.5)
        for theirs, ours in (("", ""), (", 1", ", 1"), (", [0, 2], True", ", [0, 2], { keepdim: true }"))
    ],
    ("x.norm()", "x.norm()", X),
    ("x.norm('fro')", 'x.norm("fro")', X),
    ("(x * 0).norm()", "x.mul(0).norm()", M),
    ("(x * 0).norm(3)", "x.mul(0).norm(3)", M),
    ("(x * b([1, 0, 1, 0])).norm(1.5, 1)", "x.mul(b([1, 0, 1, 0])).norm(1.5, 1)", M),
    ("(x * b([1, 0, 1, 0])).norm(inf, 1)", "x.mul(b([1, 0, 1, 0])).norm(Infinity, 1)", M),
    ("(x.abs() > 0).double().norm(inf)", "x.abs().gt(0).to(x.dtype).norm(Infinity)", M),
    *[(f"x.{f}({theirs})", f"x.{f}({ours})", [(dtype, [3, 4])]) for f in ("any", "all") for dtype in (F, I, B) for theirs, ours in (("", ""), ("0", "0"), ("1, keepdim=True", "1, { keepdim: true }"))],
    ("x.expand(3, 4)", "x.expand(3, 4)", [[3, 1]]),
    ("x.expand(2, -1, 4)", "x.expand(2, -1, 4)", [[3, 1]]),
    ("x.expand(2, 3)", "x.expand(2, 3)", [[3]]),
    ("x.expand(0, 3)", "x.expand(0, 3)", [[1, 3]]),
    ("x.expand(2, 3)", "x.expand(2, 3)", [(I, [3])]),
    ("x.expand_as(y)", "x.expandAs(y)", [[4, 1], [2, 4, 3]]),
    *[(f"x.repeat({r})", f"x.repeat({r})", M) for r in ("1, 1", "2, 3", "2, 1, 3", "0, 2", "3, 2, 1, 1")],
    ("x.repeat(2)", "x.repeat(2)", [(B, [3])]),
    *[(f"x.roll({a})", f"x.roll({a})", X) for a in ("1", "-2, 0", "7, 1", "[1, -1], [0, 2]", "0, 1", "100")],
    *[(f"x.movedim({a})", f"x.movedim({a})", X) for a in ("0, 2", "-1, 0", "[0, 1], [1, 2]", "[2, 0], [0, 1]", "1, 1")],
    ("x.T", "x.T", M),
    ("x.mT", "x.mT", X),
    ("x.T", "x.T", [[5]]),
    *[(f"x.{f}({d})", f"x.{f}({d})", [shape]) for f in ("tril", "triu") for d in ("", "1", "-1", "5", "-5") for shape in ([3, 4], [2, 4, 3])],
    ("x.tril()", "x.tril()", [(I, [3, 3])]),
    ("x.triu(1)", "x.triu(1)", [(B, [3, 3])]),
    ("x.dot(y)", "x.dot(y)", [[5], [5]]),
    ("x.dot(y)", "x.dot(y)", [(I, [5]), (I, [5])]),
    ("x.outer(y)", "x.outer(y)", [[3], [4]]),
    ("x.mm(y)", "x.mm(y)", [[3, 4], [4, 2]]),
    ("x.mv(y)", "x.mv(y)", [[3, 4], [4]]),
    ("x.bmm(y)", "x.bmm(y)", [[2, 3, 4], [2, 4, 5]]),
    ("torch.minimum(x, y)", "x.minimum(y)", [[3, 4], [4]]),
    ("x.masked_fill(y, 2.5)", "x.maskedFill(y, 2.5)", [[3, 4], (B, [4])]),
    ("x.masked_fill(y, 2.5)", "x.maskedFill(y, 2.5)", [[4], (B, [3, 4])]),
    ("torch.where(z, x, y)", "where(z, x, y)", [[3, 1], [4], (B, [3, 4])]),
    ("x.where(z, y)", "x.where(z, y)", [[3, 4], [], (B, [4])]),
    ("torch.where(x > 0, x, 0.1 * x)", "where(x.gt(0), x, x.mul(0.1))", X),
    ("torch.cat([x, y], 1)", "cat([x, y], 1)", [[3, 4], [3, 2]]),
    ("torch.stack([x, y], -1)", "stack([x, y], -1)", [[3, 4], [3, 4]]),
    *[
        (f"torch.einsum('{e}', {', '.join('xyz'[: len(shapes)])})", f"einsum('{e}', {', '.join('xyz'[: len(shapes)])})", shapes)
        for e, *shapes in (
            ("ij,jk->ik", [3, 4], [4, 5]), ("bij,bjk->bik", [2, 3, 4], [2, 4, 5]), ("ij,jk", [3, 4], [4, 5]), ("ba", [3, 4]),
            ("ij->ji", [3, 4]), ("ij->", [3, 4]), ("ij->j", [3, 4]), ("ii->i", [4, 4]), ("ii", [4, 4]), ("ii->", [4, 4]), ("i,i->", [5], [5]),
            ("i,j->ij", [3], [4]), ("ij,ij->ij", [3, 4], [3, 4]), ("ij,ij->", [3, 4], [3, 4]), ("bhqd,bhkd->bhqk", [2, 3, 4, 5], [2, 3, 6, 5]),
            ("...ij,...jk->...ik", [2, 3, 4], [4, 5]), ("...i,...i", [2, 3, 4], [3, 4]), ("b...,b...->...", [2, 3, 4], [2, 3, 4]),
            ("ij,jk,kl->il", [2, 3], [3, 4], [4, 2]), ("i,ij,j->", [3], [3, 4], [4]), ("ijk,jk->i", [2, 3, 4], [3, 4]), ("nchw,kc->nkhw", [2, 3, 2, 2], [4, 3]),
            ("ij,kl->ijkl", [2, 3], [1, 2]), ("i...->...", [3, 4, 2]), ("iij,j->i", [3, 3, 4], [4]), ("ij,j->i", [3, 1], [4]), ("a,b,c->abc", [2], [3], [2]),
            (" i j , j k -> k i ", [3, 4], [4, 5]), (",->", [], []), ("ij,->ij", [2, 3], []), ("iji->j", [3, 2, 3]), ("ij,jk->ik", [0, 4], [4, 5]), ("ij,jk->ik", [2, 0], [0, 3]),
        )
    ],
    ("torch.einsum('ij,jk->ik', x, y)", "einsum('ij,jk->ik', x, y)", [(I, [3, 4]), (I, [4, 2])]),
    ("torch.isclose(x, y)", "x.isclose(y)", [[3, 4], [3, 4]]),
    ("torch.isclose(x, x + 1e-6)", "x.isclose(x.add(1e-6))", X),
    ("torch.isclose(x, x * 1.01, rtol=0.02)", "x.isclose(x.mul(1.01), { rtol: 0.02 })", X),
    ("torch.isclose(i([inf, -inf, float('nan')]), i([inf, inf, float('nan')]), equal_nan=True)", "f([Infinity, -Infinity, NaN]).isclose(f([Infinity, Infinity, NaN]), { equalNan: true })", []),
    *[(f"torch.tensor(torch.{f}({a}))", f"t(await {f}({o}))", X) for f in ("allclose", "equal") for a, o in (("x, x", "x, x"), ("x, x + 1", "x, x.add(1)"), ("x, x + 1e-7", "x, x.add(1e-7)"))],
    ("torch.tensor(torch.equal(x, x[0]))", "t(await x.equal(x.index(0)))", X),
    ("torch.tensor(torch.allclose(x, x + 1, atol=2))", "t(await x.allclose(x.add(1), { atol: 2 }))", X),
    *[(f"torch.{f}_like(x)", f"{f}Like(x)", [(dtype, [2, 3])]) for f in ("zeros", "ones") for dtype in (F, I, B)],
    ("torch.full_like(x, 7)", "fullLike(x, 7)", [(I, [2, 3])]),
    ("torch.full_like(x, 0.5)", "fullLike(x, 0.5)", M),
]
TYPES = {F: torch.float64, I: torch.int64, B: torch.bool}


def numbers(dtype, shape, generator):
    if dtype == D:
        return torch.randperm(torch.Size(shape).numel(), generator=generator).double().reshape(shape) / 8
    if dtype == F:
        # Few digits make a small file.
        return (torch.randn(shape, generator=generator, dtype=torch.float64) * 16).round() / 8 + 1 / 16
    return torch.randint(-3, 4, shape, generator=generator) if dtype == I else torch.randint(0, 2, shape, generator=generator).bool()


def weights(x):
    """Other numbers for each element, of few digits."""
    return (((torch.arange(x.numel()).double() * 7) % 11 - 5) / 4).reshape(x.shape)


def flat(x):
    values = x.detach().flatten().to(torch.float64).tolist()
    return [None if v != v else {"inf": 1 if v > 0 else -1} if abs(v) == inf else float(f"{v:.12g}") for v in values]


def given(x):
    name = F if x.dtype == torch.float64 else NAMES[x.dtype]
    return {"dtype": name, "shape": list(x.shape), "data": flat(x)}


def row(at, theirs, ours, inputs):
    generator = torch.Generator().manual_seed(at)
    typed = [entry if isinstance(entry, tuple) else (F, entry) for entry in inputs]
    made = [numbers(dtype, shape, generator) for dtype, shape in typed]
    named = [x.requires_grad_() if x.is_floating_point() else x for x in made]
    result = eval(theirs, {**globals(), **dict(zip("xyz", named))})
    outputs = [result] if isinstance(result, torch.Tensor) else list(result)
    weighted = [(o * weights(o)).sum() for o in outputs if o.requires_grad]
    if weighted:
        sum(weighted).backward()
    grads = [flat(x.grad) if x.grad is not None else None for x in named]
    return {"ours": ours, "theirs": theirs, "inputs": [given(x) for x in made], "outputs": [given(o.detach().to(torch.float64) if o.is_floating_point() else o) for o in outputs], "grads": grads}


rows = [row(at, *case) for at, case in enumerate(CASES)]
text = "[\n" + ",\n".join(json.dumps(each, separators=(",", ":")) for each in rows) + "\n]\n"
path = HERE / "tensorNames.json"
if path.exists() and path.read_text() != text:
    path = path.with_name(path.name + "-changed")
path.write_text(text)
print(f"{path.name}: {len(rows)} rows, {len(text)} bytes")
