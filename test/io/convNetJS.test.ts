import { expect } from "chai";
import { DataError } from "../../src/errors";
import { fromConvNetJS } from "../../src/io";
import { fromArray } from "../../src/tensor/create";
import { Random } from "../../src/tensor/random";
import { expectClose } from "../support/close";

interface Volume {
  sx: number;
  sy: number;
  depth: number;
  w: Record<string, number>;
}
interface Layer {
  layer_type: string;
  out_sx: number;
  out_sy: number;
  out_depth: number;
  [field: string]: unknown;
}

const random = new Random(7);
const volume = (sx: number, sy: number, depth: number): Volume => ({
  sx,
  sy,
  depth,
  w: Object.fromEntries(Array.from({ length: sx * sy * depth }, (_, i) => [i, random.normal()])),
});
const at = (v: Volume, x: number, y: number, d: number): number => v.w[(v.sx * y + x) * v.depth + d];

/** What a layer of ConvNetJS gives in prediction, written from its definition with its own order of numbers. */
function forward(layer: Layer, v: Volume): Volume {
  const { out_sx, out_sy, out_depth } = layer;
  const out: Volume = { sx: out_sx, sy: out_sy, depth: out_depth, w: {} };
  const numbers = Object.values(v.w);
  const each = (f: (x: number, y: number, d: number) => number): Volume => {
    for (let y = 0; y < out_sy; y++)
      for (let x = 0; x < out_sx; x++)
        for (let d = 0; d < out_depth; d++) out.w[(out_sx * y + x) * out_depth + d] = f(x, y, d);
    return out;
  };
  const { sx, sy, stride, pad, filters, biases } = layer as unknown as Record<string, number> & {
    filters: Volume[];
    biases: Volume;
  };
  const window = (x: number, y: number, body: (fx: number, fy: number, ox: number, oy: number) => void): void => {
    for (let fy = 0; fy < sy; fy++)
      for (let fx = 0; fx < sx; fx++) {
        const [ox, oy] = [x * stride - pad + fx, y * stride - pad + fy];
        if (ox >= 0 && oy >= 0 && ox < v.sx && oy < v.sy) body(fx, fy, ox, oy);
      }
  };
  switch (layer.layer_type) {
    case "conv":
      return each((x, y, d) => {
        let sum = biases.w[d];
        window(x, y, (fx, fy, ox, oy) => {
          for (let c = 0; c < v.depth; c++) sum += at(filters[d], fx, fy, c) * at(v, ox, oy, c);
        });
        return sum;
      });
    case "pool":
      return each((x, y, d) => {
        let best = -99999;
        window(x, y, (_fx, _fy, ox, oy) => (best = Math.max(best, at(v, ox, oy, d))));
        return best;
      });
    case "fc":
      return each((_x, _y, d) => numbers.reduce((sum, value, i) => sum + value * filters[d].w[i], biases.w[d]));
    case "relu":
      return each((x, y, d) => Math.max(0, at(v, x, y, d)));
    case "dropout":
      return each((x, y, d) => at(v, x, y, d) * (layer.drop_prob as number));
    case "lrn": {
      const { k, n, alpha, beta } = layer as unknown as Record<string, number>;
      const half = Math.floor(n / 2);
      return each((x, y, d) => {
        let sum = 0;
        for (let j = Math.max(0, d - half); j <= Math.min(d + half, v.depth - 1); j++) sum += at(v, x, y, j) ** 2;
        return at(v, x, y, d) / (k + (alpha / n) * sum) ** beta;
      });
    }
    case "softmax": {
      const total = numbers.reduce((sum, value) => sum + Math.exp(value), 0);
      return each((_x, _y, d) => Math.exp(numbers[d]) / total);
    }
    default:
      return v;
  }
}

const filters = (count: number, sx: number, sy: number, depth: number) =>
  Array.from({ length: count }, () => volume(sx, sy, depth));
const size = (out_sx: number, out_sy: number, out_depth: number) => ({ out_sx, out_sy, out_depth });
const layers: Layer[] = [
  { layer_type: "input", ...size(7, 8, 3) },
  { layer_type: "conv", ...size(7, 6, 4), sx: 3, sy: 5, stride: 1, pad: 1, filters: filters(4, 3, 5, 3), biases: volume(1, 1, 4) }, // prettier-ignore
  { layer_type: "relu", ...size(7, 6, 4) },
  { layer_type: "lrn", ...size(7, 6, 4), k: 1, n: 4, alpha: 0.5, beta: 0.75 },
  { layer_type: "pool", ...size(3, 3, 4), sx: 2, sy: 2, stride: 2, pad: 0 },
  {
    layer_type: "fc",
    ...size(1, 1, 6),
    num_inputs: 36,
    filters: filters(6, 1, 1, 36),
    biases: volume(1, 1, 6),
  },
  { layer_type: "relu", ...size(1, 1, 6) },
  { layer_type: "dropout", ...size(1, 1, 6), drop_prob: 0.3 },
  {
    layer_type: "fc",
    ...size(1, 1, 5),
    num_inputs: 6,
    filters: filters(5, 1, 1, 6),
    biases: volume(1, 1, 5),
  },
  { layer_type: "softmax", ...size(1, 1, 5), num_inputs: 5 },
];

describe("fromConvNetJS", () => {
  it("gives the numbers that ConvNetJS gives", async () => {
    const net = fromConvNetJS(JSON.stringify({ layers }));
    const image = volume(7, 8, 3);
    const expected = layers.reduce((v, layer) => forward(layer, v), image);
    const pixels = Float32Array.from({ length: 168 }, (_, i) =>
      at(image, i % 7, Math.floor(i / 7) % 8, Math.floor(i / 56)),
    );
    const y = net(fromArray(pixels, [1, 3, 8, 7]));
    expect(y.shape).to.deep.equal([1, 5]);
    expectClose(await y.data(), Object.values(expected.w), 1e-5, "output"); // sums in float32
    expect(net.children().map((module) => module.constructor.name)).to.deep.equal(
      ["Conv2d", "ReLU", "LocalResponseNorm", "MaxPool2d", "Flatten", "Linear", "ReLU", "Dropout", "Linear", "Softmax"], // prettier-ignore
    );
  });
  it("says what it cannot read", () => {
    const attempt = (more: object[]) => () => fromConvNetJS({ layers: [layers[0], ...more] });
    expect(() => fromConvNetJS("{")).to.throw(DataError, "fromConvNetJS: the text is no JSON, ");
    expect(() => fromConvNetJS({})).to.throw(
      DataError,
      "fromConvNetJS: the snapshot has no layers that begin with input. Save the network with JSON.stringify(net.toJSON()).",
    );
    expect(attempt([{ layer_type: "maxout" }, { layer_type: "svm" }])).to.throw(
      DataError,
      "fromConvNetJS: the snapshot has layers maxout, svm (expected input, conv, pool, fc, softmax, lrn, dropout, relu, sigmoid, tanh). Remove them from the JSON.",
    );
    expect(attempt([{ ...layers[1], filters: undefined }])).to.throw(
      DataError,
      "fromConvNetJS: layer 1 (conv) has no filters. Save the network again.",
    );
    expect(attempt([{ ...layers[1], filters: filters(4, 1, 1, 3) }])).to.throw(
      DataError,
      "fromConvNetJS: layer 1 has a filter without number 3 (expected 45 numbers). Save the network again.",
    );
    expect(attempt([layers[7], layers[9]])).to.throw(DataError, "layer 2 (softmax) follows a dropout without weights");
  });
});
