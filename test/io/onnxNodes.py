"""ONNX's generated node cases for the operators named, as folders of files: argv is the folder and the operators."""

import json
import pathlib
import sys

import numpy as np
import onnx
from onnx.backend.test.case.node import collect_testcases

folder, wanted = pathlib.Path(sys.argv[1]), set(sys.argv[2:])
# The operator sets that are read here: what changed behind the newest says nothing yet.
OLDEST, NEWEST = 6, 28
cases = []
for case in collect_testcases(""):
    nodes = case.model.graph.node
    op = nodes[0].op_type
    if len(nodes) != 1 or nodes[0].domain or op not in wanted or onnx.defs.get_schema(op).since_version > NEWEST:
        continue
    for opset in case.model.opset_import:
        opset.version = max(OLDEST, min(opset.version, NEWEST))
    inputs, outputs = case.data_sets[0]
    arrays = [*inputs, *outputs]
    if not all(isinstance(a, (np.ndarray, np.generic)) and str(a.dtype) in ("float32", "int64", "int32", "bool") for a in arrays):
        continue
    at = folder / case.name
    at.mkdir(exist_ok=True)
    # Settings are initializers, as in exported networks; the first input is what runs through.
    graph = case.model.graph
    names = [i.name for i in graph.input]
    for name, array in list(zip(names, inputs))[1:]:
        graph.initializer.append(onnx.numpy_helper.from_array(np.asarray(array), name))
    onnx.save(case.model, at / "model.onnx")
    for kind, values in (("input", inputs[:1]), ("output", outputs)):
        for i, value in enumerate(values):
            (at / f"{kind}_{i}.pb").write_bytes(onnx.numpy_helper.from_array(np.asarray(value)).SerializeToString())
    cases.append({"op": op, "name": case.name})
print(json.dumps(cases))
