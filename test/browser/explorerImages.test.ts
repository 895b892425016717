/** The slider through the images of a batch: the explorer in Chromium, the kernel's part played by the engine's own answers. */
import { expect } from "chai";
import { show } from "../../src";
import type { View } from "../../src/marks";
import * as F from "../../src/nn/functional";
import * as nn from "../../src/nn";
import { randn } from "../../src/tensor/create";
import { manualSeed } from "../../src/tensor/random";
import type { Tensor } from "../../src/tensor/tensor";
import type { InspectHandler } from "../../src/protocol";
import { inNotebook, viewOf } from "../display/support";
import { CLASSES, numberIn, openExplorer, type ExplorerStage } from "./support/explorerStage";

const IMAGES = 4;

describe("the images of a batch in the network explorer", function () {
  this.timeout(180_000);
  let stage: ExplorerStage;
  let x: Tensor;
  let view: View;
  /** Of the kernel that made the view that is drawn. */
  let handler: InspectHandler | undefined;

  before(async () => {
    stage = await openExplorer();
    manualSeed(21);
    x = randn([IMAGES, 3, 32, 32]);
    await stage.page.exposeFunction("answer", async (question: { ask: string }) => {
      try {
        const answer = await handler?.(question, { cancelled: false, buffers: [] });
        if (!answer) throw new Error("No kernel of Receptive is running. Start one and run the cell again.");
        const { content, buffers = [] } = answer;
        return {
          content: JSON.parse(JSON.stringify(content)) as object,
          floats: buffers.map((numbers) => Array.from(numbers as Float32Array)),
        };
      } catch (error) {
        return { content: {}, floats: [], error: (error as Error).message };
      }
    });
    [view, handler] = await shown(stage.net, x, { image: 1, classes: CLASSES, target: 3 });
  });
  after(() => stage?.close());

  /** A view as a notebook has it, and who answers for it. */
  async function shown(net: nn.Module, batch: Tensor, options: object): Promise<[View, InspectHandler | undefined]> {
    let made: [View, InspectHandler | undefined] | undefined;
    await inNotebook(async (_shown, handlers) => {
      const drawn = await viewOf(show.network(net, batch, options));
      made = [drawn, handlers.get(drawn.inspect ?? "")];
    });
    return made!;
  }

  const slider = () => stage.page.locator(".rcp-Network-images input");
  const line = () => stage.page.locator(".rcp-Network-images-line");
  /** What the bars say, in the order of the classes. */
  const bars = (): Promise<string[]> =>
    stage.page.evaluate(`[...document.querySelectorAll(".rcp-Network-words text")]
      .filter((text) => text.getAttribute("text-anchor") === "end").map((text) => text.textContent)`);
  const rowOf = (batch: Tensor, image: number): Tensor => batch.narrow(0, image, 1);

  async function expectBars(image: number): Promise<void> {
    const shares = await F.softmax(stage.net(rowOf(x, image)), 1).data();
    const last = `${(100 * shares[CLASSES.length - 1]).toFixed(1)} %`;
    await stage.page.waitForFunction(
      `[...document.querySelectorAll(".rcp-Network-words text")].at(-1).textContent === ${JSON.stringify(last)}`,
    );
    const said = await bars();
    CLASSES.forEach((name, i) => {
      const at = said.findIndex((words) => words.replace(" ◂", "") === name);
      expect(said[at + 1], `${name} of image ${image}`).to.equal(`${(100 * shares[i]).toFixed(1)} %`);
    });
    const widths = await stage.page.evaluate<number[]>(
      `[...document.querySelectorAll("rect[data-class]")].map((bar) => Number(bar.getAttribute("width")))`,
    );
    widths.forEach((width, i) =>
      expect(width / Math.max(...widths)).to.be.closeTo(shares[i] / Math.max(...shares), 0.02),
    );
  }

  it("are led through by a slider, whose bars are the engine's softmax", async () => {
    await stage.draw(view, true);
    expect(await slider().getAttribute("aria-valuetext")).to.equal("1 (0 to 3)");
    await expectBars(1);
    await slider().focus();
    for (const [key, image] of [
      ["ArrowRight", 2],
      ["End", 3],
      ["Home", 0],
      ["ArrowRight", 1],
    ] as const) {
      await stage.page.keyboard.press(key);
      expect(await slider().getAttribute("aria-valuetext")).to.equal(`${image} (0 to 3)`);
      await expectBars(image);
    }
  });

  it("are looked at in the same unit and pixel, and their numbers are the engine's", async () => {
    await stage.draw(view, true);
    await stage.open("conv2", 3, { row: 2, column: 5 });
    await slider().fill("2");
    await expectBars(2);
    expect(await stage.placeOf()).to.deep.equal({ node: "conv2", unit: 3, row: 2, column: 5 });
    const { conv1, conv2, pool } = stage.net;
    const values = await conv2(pool(F.relu(conv1(rowOf(x, 2))))).data();
    const expected = values[(3 * 10 + 2) * 10 + 5];
    await stage.page.waitForFunction(`document.querySelector(".rcp-Result")`);
    await stage.page.waitForTimeout(100);
    expect(Math.fround(numberIn(await stage.result().innerText()))).to.equal(expected);
    // A step back leads to where the reader was, in the image that is shown now.
    await stage.open("pool", 0, { row: 1, column: 1 });
    await stage.page.getByRole("button", { name: "Back to the step before" }).click();
    expect(await stage.placeOf()).to.deep.equal({ node: "conv2", unit: 3, row: 2, column: 5 });
    // The gradients are those of the image whose class was given.
    const filter = stage.page.locator('canvas[aria-label="filter 3, channel 0"]');
    await filter.click();
    await stage.page.locator(".rcp-Network-note:not([hidden])").waitFor();
    expect(await stage.page.locator(".rcp-Network-note").innerText()).to.contain("{ image: 2, target: 3 }");
  });

  it("are what is saved as a picture, and where another drawing of the output goes on", async () => {
    await stage.draw(view, true);
    expect(await stage.page.evaluate("picture()"), "the picture beside the output is as good").to.equal(undefined);
    expect(await stage.page.evaluate("state()")).to.equal(undefined);
    await slider().fill("3");
    await expectBars(3);
    await stage.open("fc1", 7);
    const svg = await stage.page.evaluate<string>("picture()");
    expect(svg).to.contain(">image 3 (0 to 3)</text>");
    const shares = await F.softmax(stage.net(rowOf(x, 3)), 1).data();
    for (const share of shares) expect(svg).to.contain(`>${(100 * share).toFixed(1)} %</text>`);
    const state = await stage.page.evaluate<object>("state()");
    await stage.draw(view, true);
    await stage.page.evaluate(`restore(${JSON.stringify(state)})`);
    await expectBars(3);
    expect(await slider().inputValue()).to.equal("3");
    expect(await stage.placeOf()).to.deep.include({ node: "fc1", unit: 7 });
    // The output as it was made, without asking.
    handler = undefined;
    await slider().fill("1");
    await expectBars(1);
    expect(await stage.page.evaluate("picture()")).to.equal(undefined);
    [, handler] = await shown(stage.net, x, { image: 1, classes: CLASSES, target: 3 });
  });

  it("are asked for number by number where the network is large", async () => {
    const net = new nn.Sequential(new nn.Conv2d(3, 96, 5, { padding: 2 }), new nn.ReLU(), new nn.Conv2d(96, 32, 3));
    const batch = randn([3, 3, 48, 48]);
    const made = await shown(net, batch, {});
    [handler] = [made[1]];
    await stage.draw(made[0], true);
    await slider().fill("2");
    await stage.page.waitForTimeout(200);
    await stage.open("2", 31, { row: 20, column: 7 });
    await stage.page.waitForFunction(`document.querySelector(".rcp-Result")`);
    const values = await net(rowOf(batch, 2)).data();
    expect(Math.fround(numberIn(await stage.result().innerText()))).to.equal(values[(31 * 46 + 20) * 46 + 7]);
    // Back at the first image its own numbers are asked for.
    await slider().fill("0");
    const first = (await net(rowOf(batch, 0)).data())[(31 * 46 + 20) * 46 + 7];
    await stage.page.waitForFunction(
      `Math.fround(Number(document.querySelector(".rcp-Result").textContent.replace("−", "-").replace(/[=,\\s]/g, ""))) === ${first}`,
    );
  });

  it("stay where they were, and say why, when the network was trained meanwhile", async () => {
    const other = await shown(stage.net, x, { classes: CLASSES });
    [handler] = [other[1]];
    await stage.draw(other[0], true);
    await expectBars(0);
    const { storage } = stage.net.fc3.bias!;
    const memory = storage.memory;
    storage.replace(randn([10]).storage.memory);
    await slider().fill("3");
    await line().filter({ hasText: "changed" }).waitFor();
    expect(await line().innerText()).to.equal(
      "view: the network or its images have changed since they were shown. Run the cell again.",
    );
    expect(await slider().inputValue()).to.equal("0");
    storage.replace(memory);
    await expectBars(0);
  });

  it("are one without a kernel, which the slider says, and a kernel that came later is found", async () => {
    handler = undefined;
    await stage.draw(view, true);
    await line().filter({ hasText: "kernel" }).waitFor();
    expect(await line().innerText()).to.match(/^Other images need the kernel\. No kernel of Receptive is running\./);
    expect(await slider().isDisabled()).to.equal(true);
    await stage.open("conv1", 2);
    const values = await stage.net.conv1(rowOf(x, 1)).data();
    await stage.page.waitForFunction(`document.querySelector(".rcp-Result")`);
    expect(Math.fround(numberIn(await stage.result().innerText()))).to.equal(values[(2 * 28 + 13) * 28 + 13]);
    [, handler] = await shown(stage.net, x, { image: 1, classes: CLASSES, target: 3 });
    await stage.page.locator(".rcp-Network-images").hover();
    await stage.page.waitForFunction(`!document.querySelector(".rcp-Network-images input").disabled`);
    await slider().fill("2");
    await expectBars(2);
    // An output that was made where nobody can be asked says it too.
    await stage.draw(view, false);
    await line().filter({ hasText: "carries one image alone" }).waitFor();
    expect(await slider().isDisabled()).to.equal(true);
  });

  it("have no slider where there is one", async () => {
    await stage.draw(stage.view, true);
    expect(await slider().isVisible()).to.equal(false);
  });

  it("did all this without an error on the console", () => expect(stage.watched.errors).to.deep.equal([]));
});
