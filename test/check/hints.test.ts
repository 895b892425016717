import { expect } from "chai";
import { F, rand, randn, tensor, manualSeed, type Tensor } from "../../src";
import { Given, type Inputs } from "../../src/check/given";
import { likelyCause } from "../../src/check/hints";
import { read, type Numbers } from "../../src/check/numbers";

const hint = async (got: Numbers, expected: Numbers, inputs?: Inputs): Promise<string | null> =>
  likelyCause(await read("t", "got", got), await read("t", "expected", expected), inputs ? new Given(inputs) : null);

type Shape = readonly number[];
/** Input, weight, and the options of a convolution. */
interface Conv {
  x: Shape;
  w: Shape;
  stride?: number;
  padding?: number;
}
const convolutions: Conv[] = [
  { x: [2, 3, 8, 8], w: [4, 3, 3, 3], padding: 1 },
  { x: [1, 1, 7, 9], w: [1, 1, 3, 3], stride: 2, padding: 1 },
  { x: [1, 2, 11, 11], w: [3, 2, 5, 5], stride: 2, padding: 2 },
  { x: [2, 2, 10, 6], w: [2, 2, 2, 3], stride: 2, padding: 1 },
];
const made = ({ x, w, stride = 1, padding = 0 }: Conv) => ({
  x: randn(x),
  w: randn(w),
  bias: randn([w[0]]),
  stride,
  padding,
});
type Made = ReturnType<typeof made>;
const right = ({ x, w, bias, stride, padding }: Made): Tensor => F.conv2d(x, w, bias, { stride, padding });
const flipped = (w: Tensor): Tensor => w.flip([2, 3]);
const grids: Shape[] = [[2, 3, 4, 5], [6, 4], [3, 5, 2], [2, 2, 3, 3]]; // prettier-ignore

describe("hints", () => {
  beforeEach(() => manualSeed(5));

  describe("of a convolution whose input and weight are given", () => {
    const mistakes: [string, RegExp, (given: Made) => Tensor][] = [
      ["a flipped kernel", /^the kernel is flipped/, (m) => right({ ...m, w: flipped(m.w) })],
      ["no bias", /^the bias is missing/, ({ x, w, stride, padding }) => F.conv2d(x, w, null, { stride, padding })],
      ["a padding of one more", /^the padding is \d, expected/, (m) => right({ ...m, padding: m.padding + 1 })],
      ["a padding of one less", /^the padding is \d, expected/, (m) => right({ ...m, padding: m.padding - 1 })],
      [
        "a flipped kernel and no bias",
        /^the kernel is flipped.*and the bias is missing/,
        ({ x, w, stride, padding }) => F.conv2d(x, flipped(w), null, { stride, padding }),
      ],
    ];
    for (const [what, words, wrong] of mistakes)
      for (const shape of convolutions)
        it(`${what}: ${JSON.stringify(shape)}`, async () => {
          const given = made(shape);
          expect(await hint(wrong(given), right(given), given)).to.match(words);
          // `weight` is PyTorch's name.
          const { w, ...rest } = given;
          expect(await hint(wrong(given), right(given), { ...rest, weight: w })).to.match(words);
        });

    for (const shape of convolutions.slice(1))
      it(`an ignored stride: ${JSON.stringify(shape)}`, async () => {
        const given = made(shape);
        const got = right({ ...given, stride: 1 });
        expect(await hint(got, right(given), given)).to.match(/^the stride is ignored: .* expected 2/);
      });

    it("one image without a batch, and a padding that was left out", async () => {
      const given = made({ x: [1, 2, 9, 9], w: [3, 2, 5, 5], padding: 2 });
      const one = { ...given, x: given.x.select(0, 0) };
      const plain = (m: Made): Tensor => right(m).select(0, 0);
      expect(await hint(plain({ ...given, padding: 0 }), plain(given), one)).to.match(/^the padding is 0, expected 2/);
    });
  });

  describe("of a convolution whose inputs are nested arrays of one image", () => {
    const cut = (t: Tensor, like: Tensor): Tensor => t.slice(-2, 0, like.shape[2]).slice(-1, 0, like.shape[3]);
    for (const [height, width, size, stride] of [
      [7, 9, 3, 2],
      [6, 6, 2, 2],
      [11, 8, 3, 3],
    ])
      it(JSON.stringify([height, width, size, stride]), async () => {
        const given = {
          ...made({ x: [1, 1, height, width], w: [1, 1, size, size], stride, padding: 1 }),
          bias: tensor([0.5]),
        };
        const one = (t: Tensor): Tensor => t.index(0, 0);
        const inputs = { ...given, x: one(given.x), w: one(given.w), bias: 0.5 };
        const expected = one(right(given));
        expect(await hint(one(right({ ...given, w: flipped(given.w) })), expected, inputs)).to.match(
          /^the kernel is flipped/,
        );
        const { padding } = given;
        expect(await hint(one(F.conv2d(given.x, given.w, null, { stride, padding })), expected, inputs)).to.match(
          /^the bias/,
        );
        const near = cut(right({ ...given, stride: 1 }), right(given));
        expect(await hint(one(near), expected, inputs)).to.match(/^the stride is ignored/);
        expect(await hint(randn(expected.shape), expected, inputs)).to.equal(null);
        const volume = { ...inputs, x: given.x.index(0), w: given.w.index(0) };
        expect(await hint(one(right({ ...given, w: flipped(given.w) })), expected, volume)).to.match(
          /^the kernel is flipped/,
        );
      });
  });

  describe("of loops over arrays", () => {
    for (const shape of [
      [3, 4],
      [2, 3, 5],
      [2, 2, 3, 3],
    ])
      // prettier-ignore
      it(JSON.stringify(shape), async () => {
        const y = randn(shape);
        const rank = shape.length;
        for (const from of [0, rank - 2, rank - 1])
          expect(await hint(y.flatten(from).cumsum(from).reshape(...shape), y)).to.match(/^each number has the ones before it/);
        const last = (t: Tensor, d: number): Tensor => t.narrow(d, shape[d] - 1, 1).expand(...t.shape);
        expect(await hint(last(y, rank - 2), y)).to.match(/^all rows are the same, the last one: fill/);
        const all = Array.from({ length: rank - 1 }, (_, d) => d).reduce(last, y);
        expect(await hint(all, y)).to.match(/^all rows are the same/);
        const sums = y.sum(rank - 2, { keepdim: true }).expand(...shape); // += into one array
        expect(await hint(sums, y)).to.match(/^all rows are the same: fill/);
        expect(await hint(y.narrow(rank - 2, 0, 1).expand(...shape), y)).not.to.match(/^all rows/);
        if (rank > 2)
          expect(await hint(y.sum(0, { keepdim: true }).expand(...shape), y)).to.match(/^all maps are the same: fill/);
        if (rank > 2) expect(await hint(last(y, 0), y)).to.match(/^all maps are the same/);
        const values: number[] = [...(await y.data())];
        values[values.length - 1] = NaN;
        const end = shape.map((length) => length - 1).join(", ");
        expect(await hint(tensor(values).reshape(...shape), y)).to.contain(`1 of ${values.length} numbers is NaN, the first at [${end}]`);
      });
  });

  describe("of maps whose inputs are not known", () => {
    for (const shape of [
      [1, 1, 6, 6],
      [2, 3, 5, 8],
      [4, 7, 7],
    ]) {
      it(`a padding off by one, a range off by one, a stride: ${JSON.stringify(shape)}`, async () => {
        const large = randn(shape);
        const rank = shape.length;
        const inner = (t: Tensor, from: number, less: number): Tensor =>
          [rank - 2, rank - 1].reduce((at, d) => at.slice(d, from, at.shape[d] - less), t);
        expect(await hint(inner(large, 1, 1), large)).to.match(/^the padding is too small by 1/);
        expect(await hint(large, inner(large, 1, 1))).to.match(/^the padding is too large by 1/);
        expect(await hint(inner(large, 0, 1), large)).to.match(/range of the loop off by one/);
        const strided = [rank - 2, rank - 1].reduce((at, d) => at.slice(d, 0, at.shape[d], 2), large);
        expect(await hint(large, strided)).to.match(/^the stride is ignored: .* expected 2/);
      });
    }
    for (const shape of grids)
      it(`a missing bias: ${JSON.stringify(shape)}`, async () => {
        const channels =
          shape.length === 3 ? [shape[0], 1, 1] : shape.length === 4 ? [1, shape[1], 1, 1] : [1, shape[1]];
        const y = randn(shape);
        expect(await hint(y, y.add(randn(channels)))).to.match(/is the bias missing/);
        expect(await hint(y.add(0.3), y)).to.match(/^every number is off by the same, 0\.3: is the bias missing/);
        const bias = randn([Math.max(...channels)]);
        const whole = y.add(bias.reshape(...channels));
        expect(await hint(y, whole, { bias })).to.match(/^the bias is missing/);
        expect(await hint(whole.add(bias.reshape(...channels)), whole, { bias })).to.equal("the bias was added twice.");
      });
  });

  describe("of a pooling whose input and window are given", () => {
    for (const [shape, kernelSize, stride] of [
      [[2, 3, 8, 8], 2, 2],
      [[1, 1, 9, 7], 3, 2],
      [[1, 2, 6, 10], 2, 2],
    ] as const)
      it(JSON.stringify({ shape, kernelSize, stride }), async () => {
        const given = { x: randn(shape), kernelSize, stride };
        const [max, mean] = [
          F.maxPool2d(given.x, kernelSize, { stride }),
          F.avgPool2d(given.x, kernelSize, { stride }),
        ];
        expect(await hint(mean, max, given)).to.equal("the mean of each window was taken, expected its maximum.");
        expect(await hint(max, mean, given)).to.equal("the maximum of each window was taken, expected its mean.");
        expect(await hint(F.maxPool2d(given.x, kernelSize, { stride: 1 }), max, given)).to.match(
          /^the stride is ignored/,
        );
        expect(await hint(mean.mul(kernelSize ** 2), mean, given)).to.contain("a sum stands where a mean belongs");
        const one = { ...given, x: given.x.index(0) };
        expect(await hint(mean.index(0), max.index(0), one)).to.match(/^the mean of each window was taken/);
        const near = F.maxPool2d(given.x, kernelSize, { stride: 1 });
        expect(await hint(near.slice(2, 0, max.shape[2]).slice(3, 0, max.shape[3]), max, given)).to.match(
          /^the stride is ignored/,
        );
        const positive = max.sub(1);
        expect(await hint(F.relu(positive), positive)).to.contain("a maximum that begins at 0");
        expect(await hint(randn(max.shape), max, given)).to.equal(null);
      });
  });

  describe("of a backward pass", () => {
    for (const shape of convolutions)
      it(`a kernel turned the wrong way: ${JSON.stringify(shape)}`, async () => {
        const { stride, padding, ...given } = made(shape);
        const x = randn(shape.x, { requiresGrad: true });
        const y = F.conv2d(x, given.w, null, { stride, padding });
        const dy = randn(y.shape);
        const gradient = async (w: Tensor): Promise<Tensor> => {
          x.grad = null;
          F.conv2d(x, w, null, { stride, padding }).mul(dy).sum().backward();
          return x.grad!;
        };
        const [expected, wrong] = [await gradient(given.w), await gradient(flipped(given.w))];
        expect(await hint(wrong, expected, { dy, w: given.w, stride, padding })).to.match(/^the kernel is turned/);
        expect(await hint(randn(shape.x), expected, { dy, w: given.w, stride, padding })).to.equal(null);
      });

    for (const [rows, classes] of [
      [4, 10],
      [1, 3],
      [7, 2],
    ])
      it(`a one-hot that is not subtracted: ${rows} x ${classes}`, async () => {
        const scores = randn([rows, classes], { requiresGrad: true });
        const labels = tensor(
          Array.from({ length: rows }, (_, i) => (i * 3) % classes),
          { dtype: "int32" },
        );
        F.crossEntropy(scores, labels).backward();
        const softmax = F.softmax(scores.detach(), 1);
        expect(await hint(softmax.div(rows), scores.grad!)).to.match(/^the 1 of the right class is not subtracted/);
        expect(await hint(scores.grad!.mul(5), scores.grad!)).to.not.contain("one-hot");
      });

    for (const shape of grids)
      it(`a ReLU's mask that is missing: ${JSON.stringify(shape)}`, async () => {
        const [x, dy] = [randn(shape), randn(shape)];
        expect(await hint(dy, dy.mul(x.gt(0)))).to.match(/should be 0, the others are right: is a mask missing/);
      });
  });

  for (const shape of [
    [1, 1, 6, 6],
    [2, 3, 4, 5],
    [5, 4],
  ])
    it(`one pixel beside its place: ${JSON.stringify(shape)}`, async () => {
      const rank = shape.length;
      const large = randn([...shape.slice(0, -2), shape[rank - 2] + 2, shape[rank - 1] + 2]);
      const at = (row: number, column: number): Tensor =>
        large.slice(rank - 2, row, row + shape[rank - 2]).slice(rank - 1, column, column + shape[rank - 1]);
      expect(await hint(at(0, 1), at(1, 1))).to.match(/^the result lies one pixel too far down/);
      expect(await hint(at(1, 2), at(1, 1))).to.match(/^the result lies one pixel too far left/);
      expect(await hint(at(0, 0), at(1, 1))).to.match(/^the result lies one pixel too far down and right/);
    });

  for (const shape of grids)
    describe(`of ${JSON.stringify(shape)}`, () => {
      const numel = shape.reduce((a, b) => a * b);
      let y: Tensor;
      beforeEach(() => (y = randn(shape)));

      it("a wrong sign, a gradient added twice, a missing 1/N, a mean for a sum", async () => {
        expect(await hint(y.neg(), y)).to.match(/^the sign is wrong/);
        expect(await hint(y.mul(2), y)).to.match(/something was added twice/);
        expect(await hint(y.mul(numel), y)).to.match(/^every number is \d+ times .* a sum stands where a mean/);
        expect(await hint(y.div(numel), y)).to.match(/^every number is 1\/\d+ of .* a mean stands where a sum/);
        const x = randn([17, 2]);
        expect(await hint(y.mul(17), y, { x })).to.contain("(17 is the first dimension of x)");
        expect(await hint(y.sum(), y.mean(), { y })).to.match(/a sum stands where a mean belongs/);
        expect(await hint(y.mean(), y.sum(), { y })).to.match(/a mean stands where a sum belongs/);
      });

      it("transposed, height and width swapped, flipped, reshaped", async () => {
        const swapped = y.transpose(-2, -1);
        const words = shape.length === 2 ? /^the result is transposed/ : /^height and width are swapped/;
        expect(await hint(swapped, y)).to.match(words);
        if (shape.length > 2)
          expect(await hint(y.transpose(0, 1), y)).to.match(/^the dimensions stand in the order \[1, 0/);
        expect(await hint(y.flip([shape.length - 2, shape.length - 1]), y)).to.match(/^the result is flipped/);
        expect(await hint(y.reshape(1, numel), y)).to.match(/^the numbers are right, their shape is not/);
      });

      it("a ReLU missing, one too many", async () => {
        expect(await hint(y, F.relu(y))).to.match(/^the ReLU is missing/);
        expect(await hint(F.relu(y), y)).to.match(/is there a ReLU too many/);
      });

      it("a softmax over the wrong dimension", async () => {
        for (let dim = 0; dim < shape.length; dim++) {
          const other = (dim + 1) % shape.length;
          expect(await hint(F.softmax(y, dim), F.softmax(y, other))).to.match(
            new RegExp(`^the softmax is over dimension ${dim}, expected over dimension ${other}`),
          );
        }
        expect(await hint(F.softmax(y.flatten(), 0).reshape(...shape), F.softmax(y, 1))).to.match(
          /over all numbers at once/,
        );
      });

      it("numbers that are NaN or infinite where none is expected", async () => {
        const zeros = y.mul(0);
        expect(await hint(zeros.div(zeros), y)).to.match(new RegExp(`^${numel} of ${numel} numbers are NaN`));
        expect(await hint(y.div(zeros), y)).to.match(
          /numbers are infinite, the first at \[[0, ]+\]: is there a division by 0/,
        );
        const first = y.where(y.ne(y.max()), zeros.div(zeros));
        expect(await hint(first, y)).to.match(/^1 of \d+ numbers is NaN/);
        expect(await hint(y, y.div(zeros))).to.not.match(/NaN|infinite/);
      });

      it("fractions cut off", async () => {
        const large = y.mul(10);
        expect(await hint(large.to("int32"), large)).to.match(/^the fractions are cut off: the dtype is int32/);
        expect(await hint(large.round(), large)).to.match(/^the fractions are rounded/);
      });

      it("an input changed in place", async () => {
        const x = [...(await y.data())];
        const given = new Given({ x });
        x[1] += 1;
        const [a, b] = [await read("t", "a", x), await read("t", "b", y.flatten())];
        expect(await likelyCause(a, b, given)).to.match(/^x was changed in place/);
      });

      it("none of a right answer, of one with rounding errors, or of a random one", async () => {
        expect(await hint(y, y)).to.equal(null);
        expect(await hint(y.add(randn(shape).mul(1e-5)), y)).to.equal(null);
        for (let seed = 0; seed < 200; seed++) {
          manualSeed(seed);
          const make = [rand, randn][seed % 2];
          expect(await hint(make(shape), make(shape)), `seed ${seed}`).to.equal(null);
          expect(await hint(F.softmax(make(shape), 1), F.softmax(make(shape), 1)), `seed ${seed}`).to.equal(null);
          expect(await hint(F.relu(randn(shape)), F.relu(randn(shape))), `seed ${seed}`).to.equal(null);
          expect(await hint(make([1]), make([1]), { x: make(shape) }), `seed ${seed}, one number`).to.equal(null);
        }
      });
    });

  it("none of a random answer to a convolution, of its size or of another", async () => {
    for (let seed = 0; seed < 40; seed++) {
      manualSeed(seed);
      const given = made(convolutions[seed % convolutions.length]);
      const expected = right(given);
      const [n, k, p, q] = expected.shape;
      expect(await hint(randn(expected.shape), expected, given), `seed ${seed}`).to.equal(null);
      expect(await hint(randn([n, k, p + 2, q + 2]), expected, given), `seed ${seed}`).to.equal(null);
      expect(await hint(randn([n, k, p - 1, q - 1]), expected, given), `seed ${seed}`).to.equal(null);
      expect(await hint(right({ ...given, w: randn(given.w.shape) }), expected, given), `seed ${seed}`).to.equal(null);
    }
  });

  it("none of numbers that are all equal, zero or missing", async () => {
    for (const [got, expected] of [
      [
        [0, 0, 0, 0],
        [1, 2, 3, 4],
      ],
      [
        [1, 1, 1, 1],
        [1, 2, 3, 4],
      ],
      [[], []],
      [
        [[0, 0]],
        [
          [0, 0],
          [1, 2],
        ],
      ],
      [
        [1, 2],
        [0, 0],
      ],
    ])
      expect(await hint(got, expected), JSON.stringify([got, expected])).to.equal(null);
    expect(await hint(tensor(1), tensor(1.7))).to.equal(null);
  });
});
