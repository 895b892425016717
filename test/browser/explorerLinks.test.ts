/** Deep links within the explorer: what its words name is where they lead, by pointer and keys, and Back leads back. */
import { expect } from "chai";
import type { Locator } from "playwright-core";
import { explore } from "../../src/display/network/explore";
import { networkMark } from "../../src/display/network/payload";
import { Source } from "../../src/marks/network/source";
import { placeAt } from "../../src/marks/network/network";
import * as nn from "../../src/nn";
import * as F from "../../src/nn/functional";
import { randn } from "../../src/tensor/create";
import type { Tensor } from "../../src/tensor/tensor";
import { nodeOf, numberIn, openExplorer, type ExplorerStage } from "./support/explorerStage";

/** One convolution, used twice. */
class Twice extends nn.Module {
  conv = new nn.Conv2d(2, 2, 3, { padding: 1 });
  fc = new nn.Linear(2 * 36, 3);
  forward(x: Tensor): Tensor {
    return this.fc(F.relu(this.conv(F.relu(this.conv(x)))).flatten(1));
  }
}

describe("links in the network explorer", function () {
  this.timeout(180_000);
  let stage: ExplorerStage;
  before(async () => {
    stage = await openExplorer();
  });
  after(() => stage?.close());

  const focused = (): Promise<string> => stage.page.evaluate(`document.activeElement.textContent`);
  const stops = (list: Locator): Promise<number> =>
    list
      .locator("button")
      .evaluateAll((all: { tabIndex: number }[]) => all.filter((each) => each.tabIndex === 0).length);
  const back = (): Promise<void> => stage.page.getByRole("button", { name: "Back to the step before" }).click();
  /** The place that words name: "pool, map 3, row 4, column 5", "view, number 7". */
  const placeIn = (words: string): object => {
    const [, node, unit, row = 0, column = 0] =
      /^(.+), (?:map|number|channel) (\d+)(?:, row (\d+), column (\d+))?$/.exec(words) ?? [];
    return { node, unit: Number(unit), row: Number(row), column: Number(column) };
  };

  it("are one tab stop a list, through which the arrow keys lead", async () => {
    await stage.draw(stage.view);
    await stage.open("fc1", 7);
    const terms = stage.page.locator(".rcp-Terms");
    await terms.waitFor();
    expect(await terms.locator("button").count()).to.equal(16);
    expect(await stops(terms)).to.equal(1);
    const names = await terms.locator(".rcp-Terms-name").allInnerTexts();
    const weights = await terms.locator(".rcp-Terms-weight").allInnerTexts();
    await terms.locator("button").first().focus();
    await stage.page.keyboard.press("ArrowDown");
    await stage.page.keyboard.press("ArrowDown");
    expect(await focused()).to.equal(names[2]);
    await stage.page.keyboard.press("ArrowRight");
    expect(await focused()).to.equal(weights[2]);
    await stage.page.keyboard.press("ArrowUp");
    expect(await focused()).to.equal(weights[1]);
    await stage.page.keyboard.press("ArrowLeft");
    expect(await stops(terms)).to.equal(1);
    await stage.page.keyboard.press("Enter");
    expect(await stage.placeOf()).to.deep.equal(placeIn(names[1]));
    await stage.page.keyboard.press("Escape");
    expect(await stage.placeOf()).to.deep.include({ node: "fc1", unit: 7 });
  });

  it("lead along the path, each step to the place that it names", async () => {
    await stage.draw(stage.view);
    const { terms } = await new Source(stage.network, undefined).explanation(nodeOf(stage.network, "conv2"), 325);
    const path = stage.page.locator(".rcp-Path-steps");
    await stage.open("conv2", 3, { row: 2, column: 5 });
    await path.locator("button").nth(2).waitFor();
    const names = await path.locator("button").allInnerTexts();
    const strongest = terms.reduce((a, b) =>
      Math.abs(b.value * (b.weight ?? 0)) > Math.abs(a.value * (a.weight ?? 0)) ? b : a,
    );
    expect(placeIn(names[0])).to.deep.equal({ node: "pool", ...placeAt(nodeOf(stage.network, "pool"), strongest.at) });
    for (const [i, name] of names.entries()) {
      expect(await stops(path)).to.equal(1);
      await path.locator("button").first().focus();
      for (let step = 0; step < i; step++) await stage.page.keyboard.press("ArrowDown");
      await stage.page.keyboard.press("Enter");
      expect(await stage.placeOf()).to.deep.equal(placeIn(name));
      await back();
      expect(await stage.placeOf()).to.deep.equal({ node: "conv2", unit: 3, row: 2, column: 5 });
      await stage.page.waitForFunction(
        `[...document.querySelectorAll(".rcp-Path-steps button")].map((b) => b.textContent).join() === ${JSON.stringify(names.join())}`,
      );
    }
  });

  it("lead from a patch's name to the middle of the patch, by the arrow keys too", async () => {
    await stage.draw(stage.view);
    await stage.open("conv2", 3, { row: 2, column: 5 });
    const cells = stage.page.locator('[aria-label^="patch of pool"]');
    const unit = Number(/map (\d+)/.exec((await cells.getAttribute("aria-label")) ?? "")?.[1]);
    await cells.locator("button").first().focus();
    await stage.page.keyboard.press("ArrowUp");
    expect(await focused()).to.equal(`pool, map ${unit}`);
    await stage.page.keyboard.press("ArrowDown");
    expect(await stage.page.evaluate(`document.activeElement.className`)).to.contain("rcp-Numbers-cell");
    await stage.page.keyboard.press("ArrowUp");
    await stage.page.keyboard.press("Enter");
    // A window of 5×5 with its upper left corner at row 2, column 5.
    expect(await stage.placeOf()).to.deep.equal({ node: "pool", unit, row: 4, column: 7 });
    await stage.page.keyboard.press("Escape");
    expect(await stage.placeOf()).to.deep.equal({ node: "conv2", unit: 3, row: 2, column: 5 });
  });

  it("lead from the receptive field's words to its middle, and from a function to the number that it was given", async () => {
    await stage.draw(stage.view);
    await stage.open("relu", 2, { row: 20, column: 9 });
    const reach = stage.page.locator(".rcp-Reach button");
    expect(await reach.innerText()).to.equal("rows 20 to 24, columns 9 to 13 (5×5)");
    await reach.click();
    expect(await stage.placeOf()).to.deep.equal({ node: "input", unit: 0, row: 22, column: 11 });
    await back();
    expect(await stage.placeOf()).to.deep.equal({ node: "relu", unit: 2, row: 20, column: 9 });
    const given = stage.page.locator(".rcp-Stage-arithmetic .rcp-Numbers-cell");
    const value = (await stage.engine().conv1.data())[(2 * 28 + 20) * 28 + 9];
    expect(Math.fround(numberIn(await given.innerText()))).to.equal(value);
    expect(await stage.page.locator(".rcp-Stage-arithmetic .rcp-Terms-name").innerText()).to.equal(
      "conv1, map 2, row 20, column 9",
    );
    await given.click();
    expect(await stage.placeOf()).to.deep.equal({ node: "conv1", unit: 2, row: 20, column: 9 });
  });

  it("lead on from where a ReLU ended the path", async () => {
    await stage.draw(stage.view);
    const values = await F.relu(stage.engine().conv2).data();
    const at = Array.from(values).indexOf(0);
    const place = { unit: Math.floor(at / 100), row: Math.floor(at / 10) % 10, column: at % 10 };
    await stage.open("relu#2", place.unit, place);
    await stage.page.locator(".rcp-Path-end button").click();
    expect(await stage.placeOf()).to.deep.equal({ node: "conv2", ...place });
  });

  it("lead from a weight's gradient to where the weight is used again, with its gradient there", async () => {
    const net = new Twice();
    const mark = networkMark(await explore("show.network", net, randn([1, 2, 6, 6]), 1), { target: 1 });
    await stage.draw({ version: 2, title: "", marks: [mark] });
    await stage.open("conv", 1);
    await stage.page.locator('canvas[aria-label="filter 1, channel 0"]').click();
    const links = stage.page.locator(".rcp-Gradient .rcp-Result button");
    expect(await links.allInnerTexts()).to.deep.equal(["conv#2"]);
    const [own, other] = await gradients();
    await links.click();
    expect(await stage.placeOf()).to.deep.include({ node: "conv#2", unit: 1 });
    await stage.page.locator(".rcp-Gradient .rcp-Result button", { hasText: /^conv$/ }).waitFor();
    expect(await gradients()).to.deep.equal([other, own]);
    await back();
    expect(await stage.placeOf()).to.deep.include({ node: "conv", unit: 1 });
  });

  /** What this use and the other one add to the gradient. */
  async function gradients(): Promise<string[]> {
    const [own, others] = await stage.page.locator(".rcp-Gradient .rcp-Result").allInnerTexts();
    return [own.split("= ")[1], /adds ([^;]+);/.exec(others)?.[1] ?? ""];
  }

  it("did all this without an error on the console", () => expect(stage.watched.errors).to.deep.equal([]));
});
