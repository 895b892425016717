import { expect } from "chai";
import { F, manualSeed, nn, rand, randn, show, tensor, type Tensor } from "../../src";
import type { ConvolutionSteps, View } from "../../src/marks";
import { floatsFromBase64 } from "../../src/marks/kit/base64";
import { inputChannel, readConvolution, sumsAt, termsAt } from "../../src/marks/steps/convolution";
import { type Displayable } from "../../src/protocol";
import { bundleOf } from "./support";
import { drawn, markOf, expectClose } from "./stepsOf";

describe("show.convolution", () => {
  it("shows the products and sums that one computes by hand", async () => {
    const x = tensor([
      [1, 2, 0],
      [0, 1, 3],
      [2, 0, 1],
    ]);
    const w = tensor([
      [1, -1],
      [0.5, 2],
    ]);
    const bundle = await bundleOf(show.convolution(x, w, { bias: tensor([0.25]) }));
    // 2·1 + 0·(−1) + 1·0.5 + 3·2 = 8.5 is the largest of the four.
    expect(bundle["text/plain"]).to.equal(
      [
        "Convolution",
        "[3,3] float32 on cpu, filters [2,2]",
        "Output, row 0, column 1: 8.75",
        "8.5 + 0.25 (bias) = 8.75",
        "2 × 1 + 0 × (−1) + 1 × 0.5 + 3 × 2 = 8.5",
      ].join("\n"),
    );
    const mark = await markOf<ConvolutionSteps>(show.convolution(x, w, { bias: tensor([0.25]) }));
    expect([...floatsFromBase64(mark.output)]).to.deep.equal([1.25, 8.75, 0.25, 0.25]);
  });

  it("takes a layer with its bias and options", async () => {
    const layers: [nn.Conv1d | nn.Conv2d, Tensor][] = [
      [new nn.Conv2d(2, 4, 3, { stride: 2, padding: 1, groups: 2 }), randn([1, 2, 7, 7])],
      [new nn.Conv1d(2, 3, 3, { dilation: 2, bias: false }), randn([1, 2, 9])],
    ];
    for (const [layer, x] of layers) {
      const { output } = await markOf<ConvolutionSteps>(show.convolution(x, layer));
      const [shown, expected] = [floatsFromBase64(output), await layer(x).data()];
      expect(shown.length).to.equal(expected.length);
      expected.forEach((value, i) => expectClose(shown[i], value, `${String(layer)}, number ${i}`));
    }
  });

  it("starts at the padding with its zeros", async () => {
    const mark = await markOf<ConvolutionSteps>(
      show.convolution(tensor([[1, 2]]), tensor([[1, 2, 3]]), { padding: [0, 1] }),
    );
    const terms = termsAt(readConvolution(mark), [0, 0, 0], 0);
    expect(terms.map(({ value, isPadding }) => [value, isPadding])).to.deep.equal([
      [0, true],
      [1, false],
      [2, false],
    ]);
  });

  for (let seed = 0; seed < 12; seed++)
    it(`adds up to F.conv2d at every place, with random settings (${seed})`, async () => {
      manualSeed(seed);
      const groups = await drawn(1, 2);
      const [own, filters] = [await drawn(1, 3), groups * (await drawn(1, 2))];
      const [R, S, H, W] = [await drawn(1, 3), await drawn(1, 3), await drawn(6, 9), await drawn(6, 9)];
      const settings = {
        stride: [await drawn(1, 3), await drawn(1, 3)] as const,
        padding: seed === 7 ? ("valid" as const) : ([await drawn(0, 3), await drawn(0, 3)] as const),
        dilation: [await drawn(1, 2), await drawn(1, 2)] as const,
        groups,
      };
      const [x, w] = [randn([2, groups * own, H, W]), randn([filters, own, R, S])];
      const bias = seed % 3 === 0 ? null : randn([filters]);
      const mark = await markOf<ConvolutionSteps>(show.convolution(x, w, { ...settings, bias, image: 1 }));
      await expectAddsUp(mark, x, w, bias, F.conv2d(x, w, bias, settings));
    });

  it('adds up with padding "same" of an even filter', async () => {
    const [x, w] = [randn([1, 2, 7, 6]), randn([3, 2, 4, 2])];
    const mark = await markOf<ConvolutionSteps>(show.convolution(x, w, { padding: "same", dilation: [1, 3] }));
    await expectAddsUp(mark, x, w, null, F.conv2d(x, w, null, { padding: "same", dilation: [1, 3] }), 0);
  });

  for (let seed = 20; seed < 26; seed++)
    it(`adds up to F.conv1d at every place, with random settings (${seed})`, async () => {
      manualSeed(seed);
      const settings = { stride: await drawn(1, 3), padding: await drawn(0, 3), dilation: await drawn(1, 2) };
      const [x, w, bias] = [randn([2, 3, 15]), randn([2, 3, await drawn(1, 4)]), randn([2])];
      const mark = await markOf<ConvolutionSteps>(show.convolution(x, w, { ...settings, bias, image: 1 }));
      const output = F.conv1d(x, w, bias, settings);
      await expectAddsUp(mark, x.unsqueeze(2), w.unsqueeze(2), bias, output.unsqueeze(2));
    });

  /** Every term is that of the tensors, and each sum is the engine's output, which is carried to the bit. */
  async function expectAddsUp(
    mark: ConvolutionSteps,
    x: Tensor,
    w: Tensor,
    bias: Tensor | null,
    output: Tensor,
    image = 1,
  ): Promise<void> {
    const [input, weight, result] = await Promise.all([x, w, output].map((t) => t.data()));
    const [, K, P, Q] = output.shape;
    const [, C, H, W] = x.shape;
    const [, own, R, S] = w.shape;
    const of = readConvolution(mark);
    expect(mark.axes.map(({ outputs }) => outputs)).to.deep.equal([
      [0, P, P],
      [0, Q, Q],
    ]);
    expect([...of.output]).to.deep.equal([...result.subarray(image * K * P * Q, (image + 1) * K * P * Q)]);
    const first = result.subarray(image * K * P * Q, image * K * P * Q + P * Q);
    expect(first[mark.at[1] * Q + mark.at[2]], "begins at the largest").to.equal(Math.max(...first));
    for (let place = 0; place < K * P * Q; place++) {
      const [k, p, q] = [Math.floor(place / (P * Q)), Math.floor(place / Q) % P, place % Q];
      const { channels, bias: added, total, output: shown } = sumsAt(of, [k, p, q]);
      for (let c = 0; c < own; c++) {
        const plane = image * C + inputChannel(mark, k, c);
        termsAt(of, [k, p, q], c).forEach(({ row, column, isPadding, value, weight: factor, product }, tap) => {
          expect(isPadding).to.equal(row < 0 || column < 0 || row >= H || column >= W);
          expect(value).to.equal(isPadding ? 0 : input[(plane * H + row) * W + column]);
          expect(factor).to.equal(weight[(k * own + c) * R * S + tap]);
          expect(product).to.equal(value * factor);
        });
      }
      expect(channels).to.have.length(own);
      expect(added).to.equal(bias ? (await bias.data())[k] : undefined);
      expectClose(total, shown, `filter ${k}, row ${p}, column ${q}`);
    }
  }

  it("carries a part of what is large, says which, and stays below 1 MB", async () => {
    const [x, w] = [randn([1, 3, 300, 400]), randn([64, 3, 5, 5])];
    const bundle = await bundleOf(show.convolution(x, w, { filter: 2, padding: 2 }));
    expect(JSON.stringify(bundle["application/vnd.receptive.v1+json"]).length).to.be.below(1_000_000);
    expect(JSON.stringify(bundle).length).to.be.below(2_000_000);
    expect(bundle["text/plain"]).to.match(
      /first 3 of 64 filters · shown: rows \d+ to \d+ of 300, columns \d+ to \d+ of 400/,
    );
    const mark = (bundle["application/vnd.receptive.v1+json"] as View).marks[0] as ConvolutionSteps;
    const of = readConvolution(mark);
    const result = await F.conv2d(x, w, null, { padding: 2 }).data();
    const [rows, columns] = mark.axes.map(({ outputs }) => outputs);
    for (const [row, column] of [
      [0, 0],
      [rows[1] - 1, columns[1] - 1],
      [mark.at[1], mark.at[2]],
    ]) {
      const { total, output } = sumsAt(of, [2, row, column]);
      expect(output).to.equal(result[(2 * 300 + rows[0] + row) * 400 + columns[0] + column]);
      expectClose(total, output, `${row}, ${column}`);
    }
  });

  it("shows a whole picture of 200x200, and the first channels of a large depthwise convolution", async () => {
    const whole = await markOf<ConvolutionSteps>(show.convolution(rand([200, 200]), randn([3, 3])));
    expect(whole.axes.map(({ carried }) => carried[1])).to.deep.equal([200, 200]);
    const deep = await markOf<ConvolutionSteps>(
      show.convolution(rand([1, 256, 28, 28]), randn([256, 1, 3, 3]), { groups: 256, padding: 1 }),
    );
    expect(deep.allFilters).to.equal(256);
    expect(deep.channels).to.equal(deep.filters).and.to.be.below(128);
  });

  it("refuses what does not fit, in its own name", () => {
    const [x, w] = [rand([1, 3, 5, 5]), rand([4, 3, 3, 3])];
    const rows: [() => Displayable, string][] = [
      [
        () => show.convolution(rand([1, 2, 5, 5]), w),
        "show.convolution: input has 2 channels, weight expects 3 (input [1,2,5,5], weight [4,3,3,3]). Is the input ordered [N,C,H,W]?",
      ],
      [
        () => show.convolution(x, rand([4, 3, 7, 7])),
        "show.convolution: filter 7x7 does not fit the 5x5 padded image (input [1,3,5,5], weight [4,3,7,7]). Use a smaller filter or more padding.",
      ],
      [
        () => show.convolution(x, w, { image: 1 }),
        "show.convolution: there is no image 1 (input [1,3,5,5]). Count from 0 to 0.",
      ],
      [
        () => show.convolution(x, w, { filter: 4 }),
        "show.convolution: there is no filter 4 (weight [4,3,3,3]). Count from 0 to 3.",
      ],
      [
        () => show.convolution(x, rand([4])),
        "show.convolution: expected a convolution, or weights [K,C,R,S], [R,S] or, for lines, [K,C,R], got [4]. Bring it to that shape with reshape() or slice().",
      ],
      [
        () => show.convolution(x, rand([4, 3, 3])),
        "show.convolution: expected lines [N,C,L] or [C,L], as the weights are [K,C,R], got [1,3,5,5]. Bring it to that shape with reshape() or slice().",
      ],
      [
        () => show.convolution(tensor([[1, 2]], { dtype: "int32" }), tensor([[1]])),
        "show.convolution: takes a float tensor, got int32 (input [1,2]). Convert it with .float().",
      ],
      [
        () => show.convolution(x, w, { stride: 0 }),
        "show.convolution: stride must be a whole number >= 1, got 0. Give one number or [vertical, horizontal].",
      ],
      [
        () => show.convolution(x, w, { groups: {} as unknown as number }),
        "show.convolution: groups must be a whole number >= 1, got {}. Leave it out for one group.",
      ],
      [
        () => show.convolution(x, w, { bias: rand([3]) }),
        "show.convolution: bias must have shape [4], one number a filter (bias [3], input [1,3,5,5], weight [4,3,3,3]).",
      ],
    ];
    for (const [call, message] of rows) expect(call).to.throw(message);
  });

  it("names its padding", async () => {
    const words = async (padding: number | "same") =>
      (await bundleOf(show.convolution(rand([1, 1, 6, 6]), rand([1, 1, 3, 3]), { padding })))["text/plain"];
    expect(await words(2)).to.contain("filters [1,1,3,3], padding 2");
    expect(await words("same")).to.contain("filters [1,1,3,3], padding same");
    expect(await words(0)).not.to.contain("padding");
  });

  it("leaves gradients and graph of what is shown alone", async () => {
    const layer = new nn.Conv2d(1, 2, 3);
    const x = rand([1, 1, 6, 6]);
    await bundleOf(show.convolution(x, layer.weight, { bias: layer.bias }));
    expect(layer.weight.grad).to.equal(null);
    expect(layer.weight.requiresGrad).to.equal(true);
  });

  it("shows NaN as NaN", async () => {
    const x = tensor([
      [1, NaN, 3],
      [1, 2, 3],
    ]);
    const bundle = await bundleOf(show.convolution(x, tensor([[1, 1]])));
    expect(bundle["text/plain"]).to.contain("1 number is NaN or infinite").and.to.contain("Output, row 1, column 1: 5");
    expect(bundle["image/svg+xml"]).to.contain(">NaN</text>");
  });
});
