/** Steps and sandbox in a page: click, keys and playback, and the numbers that come of them. */
import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import { F, manualSeed, rand, randn, show, type Tensor } from "../../src";
import type { ConvolutionSteps, PoolingSteps, StepsMark, View } from "../../src/marks";
import { drawnExactly, formatNumber, typeset } from "../../src/marks/kit/numbers";
import { paper } from "../../src/marks/kit/theme";
import { beginning, framesOf } from "../../src/marks/steps/frames";
import type { Displayable } from "../../src/protocol";
import { viewOf } from "../display/support";
import { pause } from "../support/jupyterServer";
import { openStage, type Stage } from "./support/stage";

/** CSS pixels of a frame, and of the paddings around it. */
const [WIDTH, PADDING] = [1100, 16 + 6];

describe("steps in a page", function () {
  this.timeout(120_000);
  let watched: Stage;
  let page: Page;

  before(async () => {
    watched = await openStage({ width: 1280, height: 900 });
    page = watched.page;
    await page.addStyleTag({ content: ":root { --jp-brand-color1: #1976d2 }" });
  });
  after(() => watched?.close());
  afterEach(() => expect(watched.errors, "errors on the page").to.deep.equal([]));

  async function draw(picture: Displayable, width = WIDTH): Promise<View> {
    const view = await viewOf(picture);
    await page.evaluate(`draw("view", ${JSON.stringify(view)}, ${width + PADDING})`);
    // It is drawn once it is in sight.
    await page.locator(".rcp-View svg > *").first().waitFor({ state: "attached" });
    return view;
  }

  const stage = (): Locator => page.locator(".rcp-Steps-stage");
  const press = (name: string): Promise<void> => page.getByRole("button", { name }).click();
  const readout = (): Promise<string[]> => page.locator(".rcp-Steps-line").allTextContents();
  const counter = (): Promise<string | null> => page.locator(".rcp-Steps-counter").textContent();
  const numbersIn = (part: string, channel: number): Promise<string[]> =>
    page.locator(`svg g[data-part="${part}"][data-channel="${channel}"] text`).allTextContents();
  const filled = (): Promise<number> => page.locator(`svg g[data-part="output"] text`).count();
  /** Cells write three digits, or as many as fit: none is wrong by more than half of its last. */
  function expectCells(shown: readonly string[], values: readonly number[], what: string): void {
    expect(shown, what).to.have.length(values.length);
    values.forEach((value, i) =>
      expect(Number(shown[i].replaceAll("−", "-")), `${what}, ${value}: ${shown[i]}`).to.be.closeTo(
        value,
        halfOfLast(shown[i]),
      ),
    );
  }
  /** 0.005 of "0.12" and "−1.34", 500 of "2e4". */
  function halfOfLast(written: string): number {
    const [, decimals = "", power = "0"] = /^−?\d+(?:\.(\d+))?(?:e(.+))?$/.exec(written) ?? [];
    return 0.5001 * 10 ** (Number(power.replace("−", "-")) - decimals.length);
  }
  const five = (value: number): string => typeset(formatNumber(value, 5));

  /** The middle of a cell on the page. */
  async function middleOf(mark: StepsMark, part: string, row: number, column: number): Promise<[number, number]> {
    const frames = framesOf(mark);
    const { areas } = frames.draw(beginning(mark, frames), paper, WIDTH);
    const area = areas.find((each) => each.part === part);
    const box = await page.locator(".rcp-Steps-stage svg").boundingBox();
    if (!area || !box) throw new Error(`no ${part} on the page`);
    return [box.x + area.x + (column + 0.5) * area.cell[0], box.y + area.y + (row + 0.5) * area.cell[1]];
  }

  it("shows patch, products and sums of ten places of a convolution that were clicked", async () => {
    manualSeed(5);
    const [x, w, bias] = [randn([1, 2, 6, 7]), randn([3, 2, 3, 3]), randn([3])];
    const settings = { padding: 1, stride: [1, 2] as const };
    const view = await draw(show.convolution(x, w, { bias, ...settings, filter: 1 }));
    const mark = view.marks[0] as ConvolutionSteps;
    const output = F.conv2d(x, w, bias, settings);
    const [, , P, Q] = output.shape;
    const [input, weight, added, result] = await Promise.all([x, w, bias, output].map((t) => t.data()));
    for (let click = 0; click < 10; click++) {
      const [p, q] = [Math.floor((await rand([1]).item()) * P), Math.floor((await rand([1]).item()) * Q)];
      await page.mouse.click(...(await middleOf(mark, "output", p, q)));
      const sums: number[] = [];
      for (let c = 0; c < 2; c++) {
        await page.getByRole("toolbar").getByLabel("Channel").selectOption(String(c));
        const taps = Array.from({ length: 9 }, (_, tap) => {
          const [row, column] = [p - 1 + Math.floor(tap / 3), 2 * q - 1 + (tap % 3)];
          const isInside = row >= 0 && column >= 0 && row < 6 && column < 7;
          return { value: isInside ? input[(c * 6 + row) * 7 + column] : 0, by: weight[((2 + c) * 3 + 0) * 3 + tap] };
        });
        expectCells(
          await numbersIn("patch", c),
          taps.map(({ value }) => value),
          `patch at ${p}, ${q}`,
        );
        expectCells(
          await numbersIn("filter", c),
          taps.map(({ by }) => by),
          "filter",
        );
        expectCells(
          await numbersIn("product", c),
          taps.map(({ value, by }) => value * by),
          "products",
        );
        sums.push(taps.reduce((sum, { value, by }) => sum + value * by, 0));
        const shown = await page.locator('svg text[data-part="sum"]').allTextContents();
        expect(shown).to.deep.equal([`= ${five(sums[c])}`]);
      }
      const exact = result[(P + p) * Q + q];
      expect((await readout())[0]).to.equal(`Output, filter 1, row ${p}, column ${q}: ${drawnExactly(exact)}`);
      const equation = (await page.locator('svg text[data-part="equation"]').allTextContents()).join(" ");
      expect(equation)
        .to.match(new RegExp(` [=≈] ${five(exact)}$`.replace(/[.+]/g, "\\$&")))
        .and.to.contain("(bias)");
      const total = sums[0] + sums[1] + added[1];
      expect(Math.abs(total - exact)).to.be.at.most(1e-5 * Math.max(1, Math.abs(exact)));
    }
  });

  it("leads from a click on the input to the window around it", async () => {
    const view = await draw(show.convolution(rand([7, 7]), rand([3, 3])));
    const mark = view.marks[0] as ConvolutionSteps;
    for (const [row, column, p, q] of [
      [3, 4, 2, 3],
      [0, 0, 0, 0],
      [6, 6, 4, 4],
    ]) {
      await page.mouse.click(...(await middleOf(mark, "input", row, column)));
      expect((await readout())[0]).to.match(new RegExp(`^Output, row ${p}, column ${q}: `));
    }
  });

  it("plays to the end and stops there; the output fills in", async () => {
    await draw(show.convolution(rand([5, 5]), rand([3, 3])));
    expect(await filled(), "all at first").to.equal(9);
    expect(await page.getByRole("button", { name: "Pause" }).count(), "nothing plays by itself").to.equal(0);
    await press("Play");
    await press("Pause");
    expect(Number((await counter())!.split(" ")[0]), "it plays from the first step").to.be.at.most(2);
    expect(await filled(), "and fills in from there").to.be.at.most(2);
    await press("First");
    expect([await counter(), await filled()]).to.deep.equal(["1 of 9", 1]);
    await press("Next");
    expect([await counter(), await filled()]).to.deep.equal(["2 of 9", 2]);
    await press("Back");
    expect([await counter(), await filled()]).to.deep.equal(["1 of 9", 2]);
    await page.locator(".rcp-Slider input").fill("30");
    await press("Play");
    await page.getByRole("button", { name: "Pause" }).waitFor();
    await page.getByRole("button", { name: "Play" }).waitFor({ timeout: 10_000 });
    expect([await counter(), await filled()]).to.deep.equal(["9 of 9", 9]);
    await pause(300);
    expect(await counter(), "it stays at the end").to.equal("9 of 9");
    // From the end it begins anew, and stops where one pauses it.
    await page.locator(".rcp-Slider input").fill("1");
    await press("Play");
    expect([await counter(), await filled()]).to.deep.equal(["1 of 9", 1]);
    await press("Pause");
    const stopped = await counter();
    await pause(1300);
    expect(await counter()).to.equal(stopped);
    await press("Last");
    expect([await counter(), await filled()]).to.deep.equal(["9 of 9", 9]);
  });

  it("is worked by keys alone, which speak and which the notebook does not get", async () => {
    await draw(show.convolution(randn([1, 5, 6, 6]), randn([2, 5, 3, 3])));
    await page.evaluate(`window.leaked = []; document.body.onkeydown = (event) => window.leaked.push(event.key)`);
    await page.getByRole("button", { name: "First" }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    expect(await page.evaluate("document.activeElement.textContent")).to.equal("Next");
    await page.keyboard.press("Enter");
    expect(await counter()).to.equal("2 of 16");
    await page.keyboard.press("Tab");
    expect(
      await page.evaluate("document.activeElement.type"),
      "the buttons are one tab stop, a slider another",
    ).to.equal("range");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.className")).to.equal("rcp-Steps-stage");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    expect((await readout())[0]).to.match(/^Output, filter 0, row 1, column 2: /);
    expect(await page.locator(".rcp-Steps-readout").getAttribute("aria-live")).to.equal("polite");
    await page.keyboard.press("PageDown");
    expect((await readout())[0]).to.match(/^Output, filter 1, row 1, column 2: /);
    for (const [key, at] of [
      ["End", "16 of 16"],
      ["Home", "1 of 16"],
      ["ArrowUp", "1 of 16"],
    ]) {
      await page.keyboard.press(key);
      expect(await counter()).to.equal(at);
    }
    await page.keyboard.press(" ");
    await page.getByRole("button", { name: "Pause" }).waitFor();
    await page.keyboard.press("Escape");
    expect(await page.getByRole("button", { name: "Pause" }).count()).to.equal(0);
    expect(await page.evaluate("window.leaked.filter((key) => key !== 'Enter' && key !== 'Tab')")).to.deep.equal([]);
    const outline = await page.evaluate(`getComputedStyle(document.activeElement).outlineStyle`);
    expect(outline, "the focus is seen").to.equal("solid");
  });

  it("chooses filter and channel", async () => {
    manualSeed(1);
    const [x, w] = [randn([1, 5, 5, 5]), randn([2, 5, 3, 3])];
    await draw(show.convolution(x, w));
    await page.getByRole("toolbar").getByLabel("Filter").selectOption("1");
    await page.getByRole("toolbar").getByLabel("Channel").selectOption("3");
    const weight = await w.data();
    expectCells(await numbersIn("filter", 3), Array.from(weight.subarray(8 * 9, 9 * 9)), "filter");
    expect((await readout())[0]).to.match(/^Output, filter 1, /);
  });

  it("says at the pointer what is exact, and marks the winner of a pooling", async () => {
    manualSeed(2);
    const x = randn([1, 1, 6, 6]);
    const view = await draw(show.pooling(x, 2));
    const mark = view.marks[0] as PoolingSteps;
    const values = await x.data();
    await page.mouse.move(...(await middleOf(mark, "input", 4, 3)));
    expect(await page.locator(".rcp-Tip").textContent()).to.equal(`row 4, column 3: ${drawnExactly(values[27])}`);
    await page.mouse.click(...(await middleOf(mark, "output", 2, 1)));
    const window = [26, 27, 32, 33].map((i) => values[i]);
    const winner = window.indexOf(Math.max(...window));
    const lines = await readout();
    expect(lines[0]).to.equal(`Output, row 2, column 1: ${drawnExactly(window[winner])}`);
    expect(lines[2]).to.equal(`from row ${4 + (winner >> 1)}, column ${2 + (winner % 2)}`);
  });

  it("walks the numbers of an activation, and the stages of softmax", async () => {
    manualSeed(4);
    const x = randn([3, 4]);
    await draw(show.activation(F.relu, x));
    const values = await x.data();
    await stage().focus();
    await page.keyboard.press("Home");
    for (let i = 0; i < 4; i++) {
      expect((await readout())[1]).to.equal(
        `relu(${drawnExactly(values[i])}) = ${drawnExactly(Math.max(0, values[i]))}`,
      );
      await page.keyboard.press("ArrowRight");
    }
    await draw(show.softmax(x, { target: 2, image: 1 }));
    const count = (): Promise<number> => page.locator('svg text[data-part="number"]').count();
    expect(await count(), "four logits, exps, shares and slopes, one loss").to.equal(17);
    await stage().focus();
    await page.keyboard.press("Home");
    expect(await count()).to.equal(4);
    await page.keyboard.press("ArrowRight");
    expect(await count()).to.equal(8);
    await page.keyboard.press("ArrowRight");
    const shares: Tensor = F.softmax(x, 1);
    const p = (await shares.data()).subarray(4, 8);
    const shown = await page.locator('svg text[data-part="number"]').allTextContents();
    expect(shown.slice(8)).to.deep.equal(Array.from(p, (share) => typeset(formatNumber(share, 4))));
  });

  it("fits a page of 640 pixels without a scroll bar", async () => {
    for (const picture of [
      show.convolution(randn([1, 3, 7, 7]), randn([2, 3, 3, 3]), { padding: 1 }),
      show.convolution(randn([2, 30]), randn([2, 2, 5])),
      show.pooling(randn([8, 8]), 3, { kind: "average", padding: 1 }),
      show.activation(F.gelu, randn([8, 8])),
      show.softmax(randn([10]), { target: 1 }),
      show.sandbox({ inputSize: 224, kernelSize: 11, stride: 4 }),
    ]) {
      await draw(picture, 640 - PADDING);
      const wide = await page.evaluate<number[]>(
        `[...document.querySelectorAll(".rcp-Steps-stage, .rcp-Sandbox-stage")].map((e) => e.scrollWidth - e.clientWidth)`,
      );
      expect(wide).to.deep.equal([0]);
      const over = await page.evaluate<number>(`(() => {
        const svg = document.querySelector("svg");
        return Math.max(...[...svg.querySelectorAll("rect, image, text")].map((e) => e.getBBox().x + e.getBBox().width));
      })()`);
      expect(over, "the right end of what is drawn").to.be.at.most(640);
    }
  });

  describe("the sandbox", () => {
    const verdict = (): Promise<string | null> => page.locator(".rcp-Sandbox-verdict").textContent();
    const formula = (): Promise<string | null> => page.locator(".rcp-Sandbox-formula").textContent();
    const cells = (part: string): Promise<number> => page.locator(`svg [data-part="${part}"]`).count();
    const set = (name: string, value: number): Promise<void> => page.getByLabel(name).fill(String(value));

    it("refuses 7, 3, stride 3, says why, and takes what fits", async () => {
      await draw(show.sandbox());
      expect(await verdict()).to.equal("Fits. The output has 5 pixels.");
      await set("Stride S", 3);
      expect(await formula()).to.equal("(W − F + 2P) / S + 1 = (7 − 3 + 2·0) / 3 + 1 = 2.33");
      expect(await verdict()).to.match(/^Does not fit: 2\.33 is not a whole number\..*pixel 6 is left over/);
      expect([await cells("output"), await cells("left")]).to.deep.equal([2, 1]);
      await page.getByRole("button", { name: "Set stride 2: output 3" }).click();
      expect(await verdict()).to.equal("Fits. The output has 3 pixels.");
      expect([await cells("output"), await cells("left")]).to.deep.equal([3, 0]);
      expect(await page.getByLabel("Stride S").inputValue()).to.equal("2");
      expect(await page.locator(".rcp-Sandbox-fitting button").count()).to.equal(0);
    });

    it("shows padding and dilation, and a window that is too large", async () => {
      await draw(show.sandbox({ inputSize: 9 }));
      await set("Padding P", 2);
      await set("Dilation D", 3);
      expect(await formula()).to.equal("(W − D·(F − 1) − 1 + 2P) / S + 1 = (9 − 3·(3 − 1) − 1 + 2·2) / 1 + 1 = 7");
      expect([await cells("padding"), await cells("input"), await cells("output")]).to.deep.equal([4, 9, 7]);
      await set("Input size W", 2);
      expect(await verdict()).to.equal(
        "Does not fit. A window of 3 taps, 3 apart, spans 7 and is larger than the padded input of 6.",
      );
      expect(await cells("output")).to.equal(0);
    });

    it("is worked by keys alone", async () => {
      await draw(show.sandbox());
      await page.getByLabel("Input size W").focus();
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      expect(await page.evaluate("document.activeElement.value"), "the stride's slider").to.equal("1");
      await page.keyboard.press("ArrowUp");
      expect(await verdict()).to.equal("Fits. The output has 3 pixels.");
      await page.keyboard.press("ArrowUp");
      expect(await verdict()).to.match(/^Does not fit/);
      for (let tab = 0; tab < 3; tab++) await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      expect(await verdict()).to.match(/^Fits/);
      expect(await page.evaluate("document.activeElement.className"), "the focus is not lost").to.equal(
        "rcp-Sandbox-stage",
      );
    });
  });
});
