/** Networks as they come: a small one with all its numbers, one with a shortcut, one that has to be asked for. */
import { floatsToBase64, toBase64 } from "../kit/base64";
import { explain } from "./arithmetic";
import type { Numbers, Operation } from "./operation";
import type { NetworkMark, NetworkNode, PackedNumbers, PackedOperation } from "./payload";

/** Numbers that look like something: waves of another direction a plane. */
const waves = (shape: readonly number[], size = 1): Float32Array => {
  const count = shape.reduce((all, length) => all * length, 1);
  const width = shape.at(-1) ?? 1;
  return Float32Array.from({ length: count }, (_, i) => {
    const [row, column] = [Math.floor(i / width), i % width];
    return size * Math.sin(0.7 * row + 0.45 * column * (1 + (row % 3)) + 0.3);
  });
};

const packed = ({ shape, data }: Numbers): PackedNumbers => ({ shape, values: floatsToBase64(data) });
const isNumbers = (value: unknown): value is Numbers => typeof value === "object" && value !== null && "data" in value;

/** Builds a network node by node; each is computed from those before it by the arithmetic that the page shows. */
class Building {
  readonly nodes: NetworkNode[] = [];
  private readonly outputs: Numbers[] = [];

  add(id: string, kind: string, operation: Operation, inputs: number[], shape: number[], given?: Float32Array): this {
    const operands = inputs.map((input) => this.outputs[input]);
    const size = shape.reduce((all, length) => all * length, 1);
    const empty = { shape, data: given ?? new Float32Array(size) };
    const data =
      given ?? Float32Array.from({ length: size }, (_, at) => explain(operation, operands, empty, at).result);
    this.outputs.push({ shape, data });
    const fields = Object.entries(operation).map(([key, value]: [string, unknown]) => [
      key,
      isNumbers(value) ? packed(value) : value,
    ]);
    this.nodes.push({
      id,
      kind,
      scope: id.includes(".") ? id.slice(0, id.lastIndexOf(".")) : "",
      inputs,
      shape,
      operation: Object.fromEntries(fields) as PackedOperation,
      range: [Math.min(...data), Math.max(...data)],
      values: floatsToBase64(data),
    });
    return this;
  }

  relu(id: string, input: number): this {
    const { shape, data } = this.outputs[input];
    const values = Float32Array.from(data, (value) => Math.max(value, 0));
    return this.add(id, "relu", { op: "elementwise", name: "relu" }, [input], [...shape], values);
  }
}

const numbers = (shape: number[], size: number): Numbers => ({ shape, data: waves(shape, size) });
const conv = (weight: number[], size: number, padding: number): Operation => ({
  op: "conv2d",
  weight: numbers(weight, size),
  bias: numbers([weight[0]], 0.1),
  stride: [1, 1],
  padding: [padding, padding],
  dilation: [1, 1],
  groups: 1,
});

const small = (): NetworkMark => {
  const { nodes } = new Building()
    .add("input", "input", { op: "input" }, [], [1, 8, 8], waves([1, 8, 8]))
    .add("conv1", "conv2d", conv([3, 1, 3, 3], 0.5, 0), [0], [3, 6, 6])
    .relu("relu", 1)
    .add(
      "pool",
      "maxPool2d",
      { op: "maxPool2d", size: [2, 2], stride: [2, 2], padding: [0, 0], dilation: [1, 1] },
      [2],
      [3, 3, 3],
    )
    .add("reshape", "reshape", { op: "reshape" }, [3], [27])
    .add("fc", "linear", { op: "linear", weight: numbers([3, 27], 0.3), bias: null }, [4], [3])
    .add("softmax", "softmax", { op: "softmax", length: 3, inner: 1 }, [5], [3]);
  nodes[6] = { ...nodes[6], added: true };
  return { mark: "network", nodes, scores: 6, classes: ["cat", "dog", "ship"] };
};

const shortcut = (): NetworkMark => {
  const vector = (size: number): Numbers => ({ shape: [2], data: Float32Array.of(size, 2 * size) });
  const norm: Operation = {
    op: "batchNorm",
    mean: vector(0.1),
    variance: vector(0.5),
    weight: vector(1),
    bias: vector(0),
    eps: 1e-5,
  };
  const spans = { start: [0], end: [6], divisor: [6] };
  const { nodes } = new Building()
    .add("input", "input", { op: "input" }, [], [2, 6, 6], waves([2, 6, 6]))
    .add("block.conv", "conv2d", conv([2, 2, 3, 3], 0.4, 1), [0], [2, 6, 6])
    .add("block.norm", "batchNorm", norm, [1], [2, 6, 6])
    .add(
      "block.add",
      "add",
      {
        op: "binary",
        name: "add",
        strides: [
          [36, 6, 1],
          [36, 6, 1],
        ],
      },
      [2, 0],
      [2, 6, 6],
    )
    .add("avgpool", "avgPool2d", { op: "avgPool2d", rows: spans, columns: spans }, [3], [2, 1, 1]);
  return { mark: "network", nodes };
};

/** Layers so wide that units are folded and numbers stay in the kernel, as those of the other images do. */
const asked = (): NetworkMark => {
  const bytes = (count: number): string => toBase64(Uint8Array.from({ length: count }, (_, i) => (i * 37) % 256));
  const input: NetworkNode = {
    ...{
      id: "input",
      kind: "input",
      scope: "",
      inputs: [],
      shape: [3, 32, 32],
      operation: { op: "input" },
      range: [-1, 1],
    },
    maps: { units: 3, height: 8, width: 8, bytes: bytes(192) },
  };
  const layer: NetworkNode = {
    ...{ id: "conv", kind: "conv2d", scope: "", inputs: [0], shape: [512, 32, 32], range: [-2, 3], unusual: 4 },
    operation: {
      ...{ op: "conv2d", weight: { shape: [512, 3, 3, 3] }, bias: null },
      ...{ stride: [1, 1], padding: [1, 1], dilation: [1, 1], groups: 1 },
    },
    maps: { units: 4, height: 8, width: 8, bytes: bytes(256) },
  };
  return { mark: "network", nodes: [input, layer], images: { count: 8, shown: 2 } };
};

export const samples = { small, shortcut, asked };
