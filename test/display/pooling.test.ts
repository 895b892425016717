import { expect } from "chai";
import { F, manualSeed, nn, rand, randn, show, tensor } from "../../src";
import type { PoolingSteps } from "../../src/marks";
import { readPooling, windowAt } from "../../src/marks/steps/pooling";
import { bundleOf } from "./support";
import { drawn, markOf, expectClose } from "./stepsOf";

describe("show.pooling", () => {
  for (const kind of ["max", "average"] as const)
    for (let seed = 0; seed < 8; seed++)
      it(`${kind}: gives the engine's output at every place, with random settings (${seed})`, async () => {
        manualSeed(seed);
        const size = [await drawn(1, 4), await drawn(1, 4)] as const;
        const settings = {
          stride: [await drawn(1, 3), await drawn(1, 3)] as const,
          padding: [Math.min(await drawn(0, 2), size[0] >> 1), Math.min(await drawn(0, 2), size[1] >> 1)] as const,
          ceilMode: seed % 2 === 0,
        };
        const mean = { countIncludePad: seed % 3 !== 0, divisorOverride: seed === 4 ? 5 : null };
        const x = randn([2, 2, 7, 8]);
        const options = kind === "max" ? settings : { ...settings, ...mean };
        const output = kind === "max" ? F.maxPool2d(x, size, options) : F.avgPool2d(x, size, options);
        const mark = await markOf<PoolingSteps>(show.pooling(x, size, { ...options, kind, image: 1 }));
        const of = readPooling(mark);
        const result = await output.data();
        const input = await x.data();
        const [, C, P, Q] = output.shape;
        expect([...of.output]).to.deep.equal([...result.subarray(C * P * Q)]);
        for (let place = 0; place < C * P * Q; place++) {
          const [c, p, q] = [Math.floor(place / (P * Q)), Math.floor(place / Q) % P, place % Q];
          const { seen, winner, sum, divisor, output: shown } = windowAt(of, [c, p, q]);
          for (const { row, column, isPadding, value } of seen)
            if (!isPadding) expect(value).to.equal(input[((2 + c) * 7 + row) * 8 + column]);
          if (kind === "max") expect(seen[winner].value).to.equal(shown);
          else expectClose(sum / divisor, shown, `channel ${c}, row ${p}, column ${q}`);
        }
      });

  it("takes a layer with its options", async () => {
    const x = randn([1, 2, 7, 7]);
    for (const layer of [new nn.MaxPool2d(3, { stride: 2, padding: 1 }), new nn.AvgPool2d(2, 1)]) {
      const { output } = readPooling(await markOf<PoolingSteps>(show.pooling(x, layer)));
      expect([...output]).to.deep.equal([...(await layer(x).data())]);
    }
  });

  it("shows a dilated window of a max pooling", async () => {
    const x = randn([1, 1, 9, 9]);
    const mark = await markOf<PoolingSteps>(show.pooling(x, 3, { dilation: 2, stride: 1 }));
    const result = await F.maxPool2d(x, 3, { dilation: 2, stride: 1 }).data();
    const of = readPooling(mark);
    for (let place = 0; place < 25; place++) {
      const { seen, winner } = windowAt(of, [0, Math.floor(place / 5), place % 5]);
      expect(seen[winner].value).to.equal(result[place]);
    }
  });

  it("writes the mean and the winner", async () => {
    const x = tensor([
      [1, 5],
      [2, 0],
    ]);
    expect((await bundleOf(show.pooling(x, 2)))["text/plain"]).to.contain(
      "Output, row 0, column 0: 5\nmax(1, 5, 2, 0) = 5\nfrom row 0, column 1",
    );
    expect((await bundleOf(show.pooling(x, 2, { kind: "average" })))["text/plain"]).to.contain(
      "Output, row 0, column 0: 2\n(1 + 5 + 2 + 0) / 4 = 2",
    );
  });

  it("refuses what does not fit", () => {
    const x = rand([1, 1, 4, 4]);
    expect(() => show.pooling(x, 5)).to.throw("show.pooling: window 5x5 does not fit the 4x4 image (input [1,1,4,4]).");
    expect(() => show.pooling(x, 2, { padding: 2 })).to.throw(
      "show.pooling: padding 2x2 is more than half the window 2x2",
    );
    expect(() => show.pooling(x, 2, { kind: "min" as "max" })).to.throw(
      'show.pooling: kind must be "max" or "average", got "min". Choose one of them.',
    );
    expect(() => show.pooling(x, 2, { kind: "average", dilation: 2 })).to.throw(
      "show.pooling: an average has no dilation, got 2. Leave it out.",
    );
  });

  it("begins at the largest output of all channels", async () => {
    const x = tensor([
      [
        [0, 0],
        [0, 0],
      ],
      [
        [1, 2],
        [3, 9],
      ],
    ]);
    const { at } = await markOf<PoolingSteps>(show.pooling(x, 1));
    expect(at).to.deep.equal([1, 1, 1]);
  });

  it("names its padding, and refuses options of another kind", async () => {
    const x = rand([1, 1, 6, 6]);
    const bundle = await bundleOf(show.pooling(x, 3, { padding: [1, 0] }));
    expect(bundle["text/plain"]).to.contain("window 3x3, stride 3, padding 1x0");
    const wrong = (options: object) => () => show.pooling(x, 2, options);
    expect(wrong({ countIncludePad: "abc" })).to.throw("show.pooling: countIncludePad must be true or false, got ");
    expect(wrong({ ceilMode: 1 })).to.throw("show.pooling: ceilMode must be true or false, got 1.");
    expect(wrong({ dilation: null })).to.throw(/^show\.pooling: dilation must be /);
    expect(wrong({ kind: "average", dilation: 2 })).to.throw("show.pooling: an average has no dilation, got 2.");
    expect(wrong({ divisorOverride: 0 })).to.throw("show.pooling: divisorOverride must be a number other than 0");
  });
});
