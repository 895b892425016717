/** Steps: every line that is printed is true of what it prints, cells have numbers, and a frame fits a page. */
import { expect } from "chai";
import { F, manualSeed, randn, show, type Tensor } from "../../src";
import type { ConvolutionSteps, PoolingSteps, SoftmaxSteps, StepsMark } from "../../src/marks";
import { formatNumber, typeset } from "../../src/marks/kit/numbers";
import { wordsOf, type SceneElement } from "../../src/marks/kit/scene";
import { softmaxShift } from "../../src/marks/kit/softmaxShift";
import { textWidth } from "../../src/marks/kit/textWidth";
import { paper } from "../../src/marks/kit/theme";
import { beginning, framesOf, type Reading } from "../../src/marks/steps/frames";
import { markOf } from "../display/stepsOf";

const NUMBER = "−?[\\d,]+(?:\\.\\d+)?(?:e−?\\d+)?";
const read = (text: string): number => Number(text.replace(/−/g, "-").replace(/[ ,]/g, ""));

/** The right side of a line as its left side gives it, in as many digits. */
function expectTrue(line: string, left: number): void {
  const [, sign, right] = new RegExp(` ([=≈]) (${NUMBER}|NaN|∞|−∞)$`).exec(line) ?? [];
  expect(right, line).to.be.a("string");
  if (sign === "≈") return expect(Math.abs(left - read(right)), line).to.be.at.most(1e-5) as unknown as void;
  if (right === "0" && Math.abs(left) < 1e-12) return;
  expect(typeset(formatNumber(left, 5)), line).to.equal(right);
}

/** "1.5 − 2e−5 + 3 (bias)" */
function sumOf(text: string): number {
  const signed = text.replace(/ \([^)]*\)/g, "").replace(/ ([+−]) /g, (_, sign: string) => ` ${sign}`);
  return signed.split(" ").reduce((sum, each) => sum + read(each.replace(/^\+/, "")), 0);
}

const at = (mark: StepsMark, row: number, column: number): string =>
  framesOf(mark).say({ place: [0, row, column], channel: 0, filled: 1 })[1];

describe("equations of steps", () => {
  it("of softmax hold in the digits they print", async () => {
    manualSeed(7);
    let lines = 0;
    for (const scale of [1, 5, 12, 40])
      for (let trial = 0; trial < 8; trial++) {
        const logits: Tensor = randn([6]).mul(scale);
        const mark = await markOf<SoftmaxSteps>(show.softmax(logits, { target: trial % 6 }));
        for (let row = 0; row < 6; row++)
          for (let stage = 1; stage < 5; stage++) {
            const line = at(mark, row, stage);
            const pattern = [
              `^exp\\((${NUMBER})(?: ([+−]) (${NUMBER}))?\\)`,
              `^p = (${NUMBER}) / (${NUMBER})`,
              `= −log\\((${NUMBER})\\)`,
              `= (${NUMBER}) − ([01])`,
            ][stage - 1];
            const found = new RegExp(pattern).exec(line) ?? [];
            expect(found, line).to.have.length.above(1);
            const [a, b] = [read(found[1]), read(found[2] ?? "0")];
            const shift = found[3] === undefined ? 0 : read(found[3]) * (found[2] === "+" ? 1 : -1);
            expectTrue(line, [Math.exp(a + shift), a / b, -Math.log(a), a - b][stage - 1]);
            lines++;
          }
      }
    expect(lines).to.equal(4 * 8 * 6 * 4);
  });

  it("of convolution and mean pooling hold in the digits they print", async () => {
    manualSeed(8);
    const conv = await markOf<ConvolutionSteps>(
      show.convolution(randn([1, 6, 6, 6]), randn([1, 6, 3, 3]), { bias: randn([1]) }),
    );
    const pool = await markOf<PoolingSteps>(show.pooling(randn([1, 1, 8, 8]), 2, { kind: "average" }));
    for (let place = 0; place < 16; place++) {
      const line = at(conv, place >> 2, place % 4);
      expectTrue(line, sumOf(line.slice(0, line.search(/ [=≈] /))));
      const mean = at(pool, place >> 2, place % 4);
      const [, sum, count] = /^\((.*)\) \/ (\d+)/.exec(mean) ?? [];
      expectTrue(mean, sumOf(sum) / Number(count));
    }
  });

  it("takes the largest score away only where one is 30 or farther from zero", () => {
    expect(softmaxShift([1, -29.9, 29.9])).to.equal(0);
    expect(softmaxShift([1, 30, 12])).to.equal(30);
    expect(softmaxShift([1, -30, 12])).to.equal(12);
    expect(softmaxShift([Infinity, 1])).to.equal(Infinity);
  });

  it("of softmax says that the largest score is taken away", async () => {
    const words = async (scores: number): Promise<string> => {
      const mark = await markOf<SoftmaxSteps>(show.softmax(randn([4]).add(scores)));
      const frames = framesOf(mark);
      return wordsOf(frames.draw(beginning(mark, frames), paper, 700).elements).join(" ");
    };
    expect(await words(60)).to.contain("The largest score is subtracted from all, which changes no probability.");
    expect(await words(1)).not.to.contain("subtracted");
  });
});

/** Of all elements, those inside of others too. */
const all = (elements: readonly SceneElement[]): SceneElement[] =>
  elements.flatMap((each) => [each, ...all(each.children.filter((child) => typeof child !== "string"))]);

describe("frames of steps", () => {
  const cases: [size: number, taps: number, channels: number][] = [
    [7, 3, 1],
    [12, 3, 2],
    [32, 5, 3],
    [28, 7, 1],
  ];
  for (const [size, taps, channels] of cases)
    for (const width of [1048, 618, 278])
      it(`${channels} channels of ${size}, filters of ${taps}, ${width} pixels: numbers everywhere, no word cut`, async () => {
        manualSeed(size);
        const mark = await markOf<ConvolutionSteps>(
          show.convolution(randn([1, channels, size, size]), randn([2, channels, taps, taps]), { padding: taps >> 1 }),
        );
        const frames = framesOf(mark);
        const reading: Reading = beginning(mark, frames);
        for (let place = 0; place < size * size; place += 37) {
          const at = [0, Math.floor(place / size), place % size] as const;
          const { elements, height } = frames.draw({ ...reading, place: at }, paper, width);
          const every = all(elements);
          for (const part of ["patch", "filter", "product"]) {
            const grid = every.find(({ attributes }) => attributes["data-part"] === part)!;
            expect(wordsOf([grid]), `${part} at ${at.join()}`).to.have.length(taps * taps);
          }
          for (const { tag, attributes, children } of every) {
            if (tag !== "text" || attributes["text-anchor"] === "middle") continue;
            const own = textWidth(
              String(children[0]),
              Number(attributes["font-size"]),
              attributes["font-weight"] === 600,
            );
            if (attributes["data-part"] === "sum")
              expect(Number(attributes.x) + own, String(children[0])).to.be.at.most(width);
          }
          if (width > 1000) expect(height, "height of a frame on a projector").to.be.at.most(500);
        }
      });

  it("of softmax print no number over another, at any width", async () => {
    manualSeed(2);
    const mark = await markOf<SoftmaxSteps>(show.softmax(randn([10]).mul(9), { target: 3 }));
    const frames = framesOf(mark);
    for (const width of [228, 278, 400, 618, 1048])
      for (let stage = 0; stage < 5; stage++) {
        const { elements } = frames.draw({ place: [0, 2, stage], channel: 0, filled: 5 }, paper, width);
        const rows = new Map<number, [number, number][]>();
        for (const { tag, attributes, children } of all(elements)) {
          if (tag !== "text" || attributes["data-part"] === "equation") continue;
          const own = textWidth(
            String(children[0]),
            Number(attributes["font-size"]),
            attributes["font-weight"] === 600,
          );
          const row = rows.get(Number(attributes.y)) ?? [];
          row.push([Number(attributes.x), Number(attributes.x) + own]);
          rows.set(Number(attributes.y), row);
        }
        for (const row of rows.values()) {
          row.sort((a, b) => a[0] - b[0]);
          row.forEach(([left, right], i) => {
            if (i > 0) expect(left, `${width}, stage ${stage}`).to.be.at.least(row[i - 1][1]);
            expect(right, `${width}, stage ${stage}`).to.be.at.most(width);
          });
        }
      }
  });

  it("of softmax mark the target and the guess", async () => {
    const picture = show.softmax(F.relu(randn([3])).add(1), { classes: ["a", "b", "c"], target: 1 });
    const mark = await markOf<SoftmaxSteps>(picture);
    const frames = framesOf(mark);
    const words = wordsOf(frames.draw(beginning(mark, frames), paper, 700).elements);
    expect(words.filter((word) => /^▸?✓▸? b$/.test(word))).to.have.length(1);
    expect(words.filter((word) => /^✓?▸ [abc]$/.test(word))).to.have.length(1);
  });
});
