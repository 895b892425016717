import { expect } from "chai";
import { CpuArray } from "../../src/devices/cpu/buffer";
import { getNumThreads, setNumThreads } from "../../src/devices/cpu/threads";
import { Parameter } from "../../src/nn/parameter";
import { SGD } from "../../src/optim";
import { conv2d, conv2dOp } from "../../src/ops/conv2d";
import { conv2dCpu } from "../../src/ops/conv2d/cpu";
import { dense } from "../../src/ops/conv2d/cpu/dense";
import { depthwise } from "../../src/ops/conv2d/cpu/depthwise";
import { conv2dGeometry, type Conv2dGeometry, type Conv2dOptions } from "../../src/ops/conv2d/geometry";
import { batchLanes } from "../../src/ops/conv2d/cpu/batchLanes";
import { canWinograd, winograd } from "../../src/ops/conv2d/cpu/winograd";
import { randn } from "../../src/tensor/create";
import type { Tensor } from "../../src/tensor/tensor";
import { Random } from "../../src/tensor/random";
import { sizeOf, type Shape } from "../../src/tensor/shape";

const truth = conv2dOp.definition.kernels.reference;
const random = new Random(5);
const normal = (size: number): Float32Array => Float32Array.from({ length: size }, () => random.normal());
const numbers = (memory: unknown): Float32Array => (memory as CpuArray).read() as Float32Array;
const at = (memory: unknown) => (i: number) => (memory as Float64Array)[i];
const exact = (values: Float32Array): Float64Array => Float64Array.from(values);

/** Of a long array only every so manieth number is compared: the reference loops would take minutes. */
const COMPARED = 3000;

/** The largest difference, as a part of the largest number. */
function distance(got: Float32Array, want: (i: number) => number): number {
  const step = Math.ceil(got.length / COMPARED);
  let [most, largest] = [0, 0];
  for (let i = 0; i < got.length; i += step) {
    const value = want(i);
    const apart = Math.abs(got[i] - value);
    if (!(apart <= most)) most = apart;
    largest = Math.max(largest, Math.abs(value));
  }
  return most / largest;
}

interface Case {
  g: Conv2dGeometry;
  x: Float32Array;
  w: Float32Array;
  b: Float32Array;
  dy: Float32Array;
}
function caseOf(x: Shape, w: Shape, options: Conv2dOptions): Case {
  const g = conv2dGeometry(x, w, [w[0]], options);
  return { g, x: normal(sizeOf(x)), w: normal(sizeOf(w)), b: normal(w[0]), dy: normal(sizeOf(g.outShape)) };
}
const of = (values: Float32Array): CpuArray => CpuArray.of(values);

/** Number i of the result, in double precision. */
function outputAt({ g, x, w, b }: Case, i: number): number {
  const [n, k, p, q] = unravel(i, [g.N, g.K, g.P, g.Q]);
  let sum = b[k];
  for (let c = 0; c < g.C; c++)
    for (let r = 0; r < 3; r++)
      for (let s = 0; s < 3; s++) {
        const [h, column] = [p + r - g.padH, q + s - g.padW];
        if (h >= 0 && h < g.H && column >= 0 && column < g.W)
          sum += x[((n * g.C + c) * g.H + h) * g.W + column] * w[((k * g.C + c) * 3 + r) * 3 + s];
      }
  return sum;
}
/** Number i of the gradient to the input, in double precision. */
function inputGradientAt({ g, w, dy }: Case, i: number): number {
  const [n, c, h, column] = unravel(i, [g.N, g.C, g.H, g.W]);
  let sum = 0;
  for (let k = 0; k < g.K; k++)
    for (let r = 0; r < 3; r++)
      for (let s = 0; s < 3; s++) {
        const [p, q] = [h - r + g.padH, column - s + g.padW];
        if (p >= 0 && p < g.P && q >= 0 && q < g.Q)
          sum += dy[((n * g.K + k) * g.P + p) * g.Q + q] * w[((k * g.C + c) * 3 + r) * 3 + s];
      }
  return sum;
}
function unravel(i: number, shape: Shape): number[] {
  const place: number[] = [];
  for (const length of [...shape].reverse()) {
    place.unshift(i % length);
    i = Math.floor(i / length);
  }
  return place;
}

/** The convolution of dy that is the gradient to the input. */
const transposed = (g: Conv2dGeometry): Conv2dGeometry => ({
  ...g,
  ...{ C: g.K, K: g.C, H: g.P, W: g.Q, P: g.H, Q: g.W },
  padH: g.dilationH * (g.R - 1) - g.padH,
  padW: g.dilationW * (g.S - 1) - g.padW,
});

/** Everything the device computes of a case. */
const all = ({ g, x, w, b, dy }: Case): Float32Array[] => [
  numbers(conv2dCpu.forward(of(x), of(w), of(b), g)),
  numbers(conv2dCpu.backwardInput(of(dy), of(w), g)),
  numbers(conv2dCpu.backwardWeight(of(dy), of(x), g)),
];

/** That the device computes what reference does, all three to 1e-5 unless sums for the weights are long. */
function expectTruth(c: Case, weightLimit = 1e-5): void {
  const [y, dx, dw] = all(c);
  const [x, w, dy] = [exact(c.x), exact(c.w), exact(c.dy)];
  expect(distance(y, at(truth.forward(x, w, exact(c.b), c.g)))).to.be.below(1e-5);
  expect(distance(dx, at(truth.backwardInput(dy, w, c.g)))).to.be.below(1e-5);
  expect(distance(dw, at(truth.backwardWeight(dy, x, c.g)))).to.be.below(weightLimit);
}

describe("conv2d on cpu", () => {
  describe("by Winograd's transforms is what reference gives, forward and to the input (1e-5)", () => {
    // prettier-ignore
    const cases: [Shape, number, number | [number, number]][] = [
      [[1, 1, 3, 3], 1, 0], [[1, 1, 4, 4], 1, 1], [[2, 5, 5, 6], 3, 0], [[2, 5, 7, 8], 7, 2], [[2, 33, 9, 10], 33, 1],
      [[5, 8, 4, 4], 12, 1], [[1, 3, 33, 30], 20, [0, 2]], [[1, 4, 1, 9], 5, 1], [[1, 2, 37, 3], 13, [2, 1]],
      // Few filters in several blocks, many filters, channels in parts, blocks of filters that are no whole panels.
      [[1, 64, 37, 35], 40, 1], [[3, 70, 14, 14], 250, 1], [[2, 300, 10, 13], 64, 1], [[1, 130, 9, 9], 131, 1],
    ];
    for (const [x, filters, padding] of cases)
      it(`[${x.join(",")}], ${filters} filters, padding ${String(padding)}`, () => {
        const c = caseOf(x, [filters, x[1], 3, 3], { padding });
        expect(canWinograd(c.g)).to.equal(true);
        const y = numbers(winograd.forward(of(c.x), of(c.w), of(c.b), c.g));
        expect(distance(y, (i) => outputAt(c, i))).to.be.below(1e-5);
        const dx = numbers(winograd.transposed(of(c.dy), of(c.w), transposed(c.g)));
        expect(distance(dx, (i) => inputGradientAt(c, i))).to.be.below(1e-5);
      });
  });

  it("takes that way where it is shorter, and keeps 1e-5 with 512 channels", () => {
    const c = caseOf([1, 512, 14, 14], [256, 512, 3, 3], { padding: 1 });
    expect(winograd.fits(c.g) && winograd.fits(transposed(c.g))).to.equal(true);
    expect(winograd.fits(conv2dGeometry([1, 512, 5, 5], [512, 512, 3, 3], null, { padding: 1 }))).to.equal(false);
    const [y, dx] = all(c);
    expect(distance(y, (i) => outputAt(c, i))).to.be.below(1e-5);
    expect(distance(dx, (i) => inputGradientAt(c, i))).to.be.below(1e-5);
  });

  it("computes a filter a channel over several blocks of rows", () => {
    for (const stride of [1, 2])
      for (const side of [3, 5]) {
        const c = caseOf([1, 2, 130, 301], [2, 1, side, side], { groups: 2, padding: side - 2, stride });
        expect(depthwise.fits(c.g)).to.equal(true);
        expectTruth(c, 1e-4);
      }
  });

  describe("of eight images at a time is what reference gives, in all three directions (1e-5)", () => {
    const cases: [Shape, Shape, Conv2dOptions][] = [
      [[8, 3, 9, 9], [5, 3, 3, 3], {}],
      [[7, 2, 7, 8], [6, 2, 5, 5], { padding: 2 }],
      [[16, 3, 8, 8], [7, 3, 3, 3], { padding: 1, stride: 2 }],
      [[7, 4, 6, 6], [16, 4, 5, 5], {}],
      [[14, 2, 12, 9], [4, 2, 3, 5], { padding: [1, 2], dilation: [2, 1] }],
      [[8, 5, 4, 4], [3, 5, 1, 1], {}],
      [[8, 1, 3, 3], [4, 1, 7, 7], { padding: 4 }],
      [[8, 2, 4, 5], [3, 2, 3, 3], { padding: 5 }],
      [[24, 6, 14, 14], [16, 6, 5, 5], {}],
      [[15, 2, 6, 7], [3, 2, 2, 3], { stride: [3, 2], dilation: [1, 3], padding: 3 }],
      [[8, 1, 1, 1], [6, 1, 5, 5], { padding: 4 }],
      // Rows in several blocks.
      [[8, 3, 61, 70], [12, 3, 3, 3], { padding: 1 }],
      [[8, 3, 64, 64], [16, 3, 5, 5], { padding: 3, stride: 2 }],
    ];
    for (const [x, w, options] of cases)
      it(`[${x.join(",")}] with [${w.join(",")}] ${JSON.stringify(options)}`, () => {
        const c = caseOf(x, w, options);
        expect(batchLanes.fits(c.g)).to.equal(true);
        const [X, W, dy] = [exact(c.x), exact(c.w), exact(c.dy)];
        const y = numbers(batchLanes.forward(of(c.x), of(c.w), of(c.b), c.g));
        expect(distance(y, at(truth.forward(X, W, exact(c.b), c.g)))).to.be.below(1e-5);
        const other = transposed(c.g);
        if (c.g.strideH === 1 && c.g.strideW === 1 && other.padH >= 0 && other.padW >= 0) {
          const dx = numbers(batchLanes.transposed(of(c.dy), of(c.w), other));
          expect(distance(dx, at(truth.backwardInput(dy, W, c.g)))).to.be.below(1e-5);
        }
        const dw = numbers(conv2dCpu.backwardWeight(of(c.dy), of(c.x), c.g));
        expect(distance(dw, at(truth.backwardWeight(dy, X, c.g)))).to.be.below(1e-5);
      });
  });

  describe("of images that every filter sees whole is what reference gives, in all three directions (1e-5)", () => {
    const cases: [Shape, Shape, Conv2dOptions][] = [
      [[8, 5, 1, 1], [7, 5, 3, 3], { padding: 1 }],
      [[9, 6, 2, 2], [13, 6, 3, 3], { padding: 1 }],
      [[9, 4, 2, 2], [5, 4, 3, 3], { padding: 1, stride: 2 }],
      [[1, 3, 6, 5], [8, 3, 6, 5], {}],
      [[32, 64, 2, 2], [48, 64, 3, 3], { padding: 1 }],
      [[3, 2, 3, 2], [4, 2, 7, 5], { padding: [3, 2], stride: [2, 1] }],
      [[8, 100, 1, 1], [95, 100, 3, 3], { padding: 1 }],
      [[2, 3, 4, 4], [4, 3, 7, 7], { padding: 3, stride: 3 }],
    ];
    for (const [x, w, options] of cases)
      it(`[${x.join(",")}] with [${w.join(",")}] ${JSON.stringify(options)}`, () => {
        const c = caseOf(x, w, options);
        expect(dense.fits(c.g)).to.equal(true);
        expectTruth(c);
      });

    it("is not the way where a filter would see a pixel from some places only", () => {
      const ofImage = (side: number, options: Conv2dOptions, taps = 3): Conv2dGeometry =>
        conv2dGeometry([32, 4, side, side], [4, 4, taps, taps], null, options);
      expect(dense.fits(ofImage(3, { padding: 1 }))).to.equal(false);
      expect(dense.fits(ofImage(2, { padding: 2 }))).to.equal(false);
      expect(dense.fits(ofImage(2, { padding: 2, dilation: 2 }))).to.equal(false);
      expect(dense.fits(ofImage(4, { padding: 3 }, 7))).to.equal(false);
    });
  });

  it("keeps packed filters while they are the same, and no longer", async () => {
    const p = new Parameter(randn([64, 128, 3, 3]).mul(0.01));
    const optimizer = new SGD([p], { lr: 0.1 });
    // All see the same numbers.
    const bias = randn([64]);
    const cases: [Tensor, () => Tensor, Tensor | null, number][] = [
      [randn([1, 128, 5, 5]), () => p.detach(), null, 0],
      [randn([1, 8, 4, 4]), () => p.detach().reshape(1024, 8, 3, 3), null, 0],
      [randn([2, 128, 2, 2]), () => p.detach(), bias, 1],
      [randn([1, 128, 7, 7]), () => p.detach(), bias, 1],
    ];
    // What was kept last in a step is the first to be asked for in the next.
    for (let step = 0; step < 4; step++) {
      for (const [x, weight, b, padding] of cases.reverse()) {
        const [X, W, B] = [x, weight(), b].map((t) => t?.to("reference") ?? null);
        const truth = await conv2d(X as Tensor, W as Tensor, B, { padding }).data();
        for (let run = 0; run < 3; run++) {
          const got = Float32Array.from(await conv2d(x, weight(), b, { padding }).data());
          expect(distance(got, (i) => truth[i])).to.be.below(1e-5);
        }
      }
      optimizer.zeroGrad();
      conv2d(cases[0][0], p).sum().backward();
      optimizer.step();
    }
  });

  it("keeps transformed filters whose channels come in parts", () => {
    const c = caseOf([1, 300, 7, 7], [70, 300, 3, 3], { padding: 1 });
    const [x, w, b] = [of(c.x), of(c.w), of(c.b)];
    for (let run = 0; run < 3; run++) {
      const y = numbers(winograd.forward(x, w, b, c.g));
      expect(distance(y, (i) => outputAt(c, i))).to.be.below(1e-5);
    }
  });

  it("keeps filters as a matrix for one stride at a time", async () => {
    const [x, w] = [randn([8, 16, 4, 4]), randn([64, 16, 7, 7])];
    for (const stride of [2, 2, 3, 3, 2]) {
      const options = { padding: 3, stride };
      expect(dense.fits(conv2dGeometry(x.shape, w.shape, null, options))).to.equal(true);
      const truth = await conv2d(x.to("reference"), w.to("reference"), null, options).data();
      const got = Float32Array.from(await conv2d(x, w, null, options).data());
      expect(distance(got, (i) => truth[i])).to.be.below(1e-5);
    }
  });

  it("gives the same bits with 1, 2 and 3 threads", async () => {
    const before = getNumThreads();
    const cases = [
      caseOf([1, 64, 37, 35], [40, 64, 3, 3], { padding: 1 }),
      caseOf([3, 70, 14, 14], [250, 70, 3, 3], { padding: 1 }),
      caseOf([2, 300, 12, 13], [64, 300, 3, 3], { padding: 1 }),
      caseOf([2, 40, 31, 33], [40, 1, 3, 3], { groups: 40, padding: 1, stride: 2 }),
      caseOf([2, 64, 20, 20], [48, 64, 1, 1], {}),
      caseOf([23, 6, 14, 14], [16, 6, 5, 5], {}),
      caseOf([8, 3, 60, 60], [16, 3, 3, 3], { padding: 1 }),
      caseOf([32, 100, 2, 2], [90, 100, 3, 3], { padding: 1 }),
    ];
    try {
      setNumThreads(1);
      const want = cases.map(all);
      for (const threads of [2, 3]) {
        setNumThreads(threads);
        // Workers join in when they are up.
        await new Promise((resolve) => setTimeout(resolve, 300));
        for (let run = 0; run < 3; run++)
          cases.forEach((c, i) =>
            all(c).forEach((got, j) => expect(Buffer.compare(bytes(got), bytes(want[i][j]))).to.equal(0)),
          );
      }
    } finally {
      setNumThreads(before);
    }
  });
});

const bytes = (values: Float32Array): Uint8Array => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
