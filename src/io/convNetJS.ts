/** Networks that were saved by ConvNetJS, the library of the first demonstrations of CNNs in a browser. */
import { DataError } from "../errors";
import { otherThan } from "../fileKind";
import * as nn from "../nn";
import { Parameter } from "../nn/parameter";
import { fromArray } from "../tensor/create";

/** Numbers [sy,sx,depth] as ConvNetJS orders them: ((sx * y) + x) * depth + d. */
interface Volume {
  sx: number;
  sy: number;
  depth: number;
  w: Record<string, number> | number[];
}

/** One layer as `toJSON` writes it; which fields are there depends on the type. */
interface Layer {
  layer_type: string;
  out_sx: number;
  out_sy: number;
  out_depth: number;
  sx?: number;
  sy?: number;
  stride?: number;
  pad?: number;
  filters?: Volume[];
  biases?: Volume;
  drop_prob?: number;
  k?: number;
  n?: number;
  alpha?: number;
  beta?: number;
}

const plain: Record<string, () => nn.Module> = {
  relu: () => new nn.ReLU(),
  sigmoid: () => new nn.Sigmoid(),
  tanh: () => new nn.Tanh(),
};
const known = ["input", "conv", "pool", "fc", "softmax", "lrn", "dropout", ...Object.keys(plain)];
/** Layers through which a factor on all numbers passes unchanged. */
const homogeneous = new Set(["relu", "pool", "dropout"]);

/**
 * The network of a ConvNetJS snapshot (`net.toJSON()`) as a Sequential that gives the same numbers in evaluation mode,
 * in which it is. Images are [N,C,H,W], scaled as they were in training: the demos use pixel / 255 - 0.5.
 * @param json the text of the snapshot, its bytes, or the object
 * @throws DataError if it is no snapshot, or has layers other than input, conv, relu, sigmoid, tanh, pool, fc, softmax, lrn, dropout
 * @see https://cs.stanford.edu/people/karpathy/convnetjs
 */
export function fromConvNetJS(json: string | object): nn.Sequential {
  const layers = readLayers(json);
  const unknown = [...new Set(layers.map((layer) => layer.layer_type))].filter((type) => !known.includes(type));
  if (unknown.length)
    throw new DataError(
      `fromConvNetJS: the snapshot has layers ${unknown.join(", ")} (expected ${known.join(", ")}). Remove them from the JSON.`,
    );
  const modules: nn.Module[] = [];
  // In evaluation ConvNetJS multiplies by drop_prob where PyTorch does nothing; the next weights take the factor.
  let factor = 1;
  layers.forEach((layer, i) => {
    const before = layers[i - 1] ?? layer;
    const type = layer.layer_type;
    if (factor !== 1 && type !== "conv" && type !== "fc" && !homogeneous.has(type))
      throw new DataError(
        `fromConvNetJS: layer ${i} (${type}) follows a dropout without weights between, which has no counterpart. Remove the dropout.`,
      );
    if (type === "dropout") factor *= need(layer, "drop_prob", i);
    const made = toModules(layer, before, i, factor);
    // What an fc layer gives is flat already, and stays so.
    const flat = layers.slice(0, i).some((earlier) => earlier.layer_type === "fc");
    modules.push(...made.filter((module) => !flat || !(module instanceof nn.Flatten)));
    if (type === "conv" || type === "fc") factor = 1;
  });
  return new nn.Sequential(...modules).eval();
}

function readLayers(json: string | object): Layer[] {
  const text = json instanceof Uint8Array ? new TextDecoder().decode(json) : json;
  let snapshot: unknown = text;
  try {
    if (typeof text === "string") snapshot = JSON.parse(text);
  } catch (error) {
    if (typeof text === "string" && /^[^\n{["]+\.json$/i.test(text))
      throw new DataError(
        `fromConvNetJS: ${text} is a path, not the text of a snapshot. ` +
          `Give the file's text: io.fromConvNetJS(require("node:fs").readFileSync(${JSON.stringify(text)}, "utf8")).`,
      );
    const bytes = json instanceof Uint8Array ? json : new TextEncoder().encode(text as string);
    const other = otherThan("ConvNetJS", bytes, "");
    if (other) throw new DataError(`fromConvNetJS: the text given ${other}`);
    throw new DataError(
      `fromConvNetJS: the text is no JSON, ${(error as Error).message}. Save the network with JSON.stringify(net.toJSON()).`,
    );
  }
  const layers = (snapshot as { layers?: Layer[] } | null)?.layers;
  if (!Array.isArray(layers) || layers[0]?.layer_type !== "input")
    throw new DataError(
      `fromConvNetJS: the snapshot has no layers that begin with input. Save the network with JSON.stringify(net.toJSON()).`,
    );
  return layers;
}

function need<K extends keyof Layer>(layer: Layer, field: K, i: number): NonNullable<Layer[K]> {
  const value = layer[field];
  if (value === undefined || value === null)
    throw new DataError(`fromConvNetJS: layer ${i} (${layer.layer_type}) has no ${field}. Save the network again.`);
  return value;
}

/** The modules of one layer; `before` gives the shape it takes. */
function toModules(layer: Layer, before: Layer, i: number, factor: number): nn.Module[] {
  switch (layer.layer_type) {
    case "input":
      return [];
    case "conv":
      return [convolution(layer, before, i, factor)];
    case "fc":
      return fullyConnected(layer, before, i, factor);
    case "pool": {
      const [sx, sy] = [need(layer, "sx", i), layer.sy ?? need(layer, "sx", i)];
      return [new nn.MaxPool2d([sy, sx], { stride: layer.stride ?? 2, padding: layer.pad ?? 0 })];
    }
    case "lrn": {
      // The sum runs over n/2 channels on either side, an odd number, but is divided by n.
      const n = need(layer, "n", i);
      const size = 2 * Math.floor(n / 2) + 1;
      const alpha = (need(layer, "alpha", i) * size) / n;
      return [new nn.LocalResponseNorm(size, { alpha, beta: need(layer, "beta", i), k: need(layer, "k", i) })];
    }
    case "dropout":
      return [new nn.Dropout(need(layer, "drop_prob", i))];
    case "softmax":
      if (before.out_sx * before.out_sy > 1)
        throw new DataError(
          `fromConvNetJS: layer ${i} (softmax) follows an image of ${before.out_sy}x${before.out_sx} pixels, whose order differs here. ` +
            `Only snapshots with an fc layer before it can be read.`,
        );
      return [new nn.Flatten(), new nn.Softmax(1)];
    default:
      return [plain[layer.layer_type]()];
  }
}

/** The number at (d, y, x) of each filter, filter by filter, times `factor`. */
function weights(filters: Volume[], [C, H, W]: readonly number[], i: number, factor: number): Float32Array {
  const out = new Float32Array(filters.length * C * H * W);
  let at = 0;
  for (const { w } of filters)
    for (let d = 0; d < C; d++)
      for (let y = 0; y < H; y++)
        for (let x = 0; x < W; x++) {
          const value = (w as Record<string, number>)[(W * y + x) * C + d];
          if (typeof value !== "number")
            throw new DataError(
              `fromConvNetJS: layer ${i} has a filter without number ${(W * y + x) * C + d} (expected ${C * H * W} numbers). Save the network again.`,
            );
          out[at++] = value * factor;
        }
  return out;
}

const biases = (layer: Layer, i: number): Float32Array =>
  weights([need(layer, "biases", i)], [layer.out_depth, 1, 1], i, 1);

function convolution(layer: Layer, before: Layer, i: number, factor: number): nn.Conv2d {
  const filters = need(layer, "filters", i);
  const [sx, sy] = [need(layer, "sx", i), layer.sy ?? need(layer, "sx", i)];
  const options = { stride: layer.stride ?? 1, padding: layer.pad ?? 0 };
  const conv = new nn.Conv2d(before.out_depth, layer.out_depth, [sy, sx], options);
  const shape = [before.out_depth, sy, sx];
  conv.weight = new Parameter(fromArray(weights(filters, shape, i, factor), [layer.out_depth, ...shape]));
  conv.bias = new Parameter(fromArray(biases(layer, i), [layer.out_depth]));
  return conv;
}

/** The image is flattened channel by channel here, pixel by pixel there: the columns change places. */
function fullyConnected(layer: Layer, before: Layer, i: number, factor: number): nn.Module[] {
  const shape = [before.out_depth, before.out_sy, before.out_sx];
  const size = shape.reduce((product, length) => product * length, 1);
  const linear = new nn.Linear(size, layer.out_depth);
  linear.weight = new Parameter(
    fromArray(weights(need(layer, "filters", i), shape, i, factor), [layer.out_depth, size]),
  );
  linear.bias = new Parameter(fromArray(biases(layer, i), [layer.out_depth]));
  return [new nn.Flatten(), linear];
}
