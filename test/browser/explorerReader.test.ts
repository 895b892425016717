/** A reader of the network explorer in Chromium: pointer and keys, what stays, what is said. */
import { expect } from "chai";
import type { Locator } from "playwright-core";
import * as F from "../../src/nn/functional";
import { Source } from "../../src/marks/network/source";
import { nodeOf, numberIn, openExplorer, type ExplorerStage } from "./support/explorerStage";

describe("a reader of the network explorer", function () {
  this.timeout(180_000);
  let stage: ExplorerStage;
  before(async () => {
    stage = await openExplorer();
  });
  after(() => stage?.close());

  it("leads back and forward, and from a term to the number that it came from", async () => {
    await stage.draw(stage.view);
    await stage.open("conv2", 3, { row: 2, column: 5 });
    await stage.page.locator('[aria-label^="patch of pool"] button').nth(6).click();
    const pool = await stage.placeOf();
    // Term 6 of a 5x5 patch is row 1, column 1 of it.
    expect([pool.node, pool.row, pool.column]).to.deep.equal(["pool", 3, 6]);
    await stage.page.getByRole("button", { name: "Back to the step before" }).click();
    expect(await stage.placeOf()).to.deep.equal({ node: "conv2", unit: 3, row: 2, column: 5 });
    await stage.page.getByRole("button", { name: "Forward" }).click();
    expect((await stage.placeOf()).node).to.equal("pool");
    await stage.page.locator(".rcp-Path-steps button").last().waitFor();
    await stage.page.locator(".rcp-Path-steps button").last().click();
    expect((await stage.placeOf()).node).to.equal("input");
  });

  it("is used by keys alone", async () => {
    await stage.draw(stage.view);
    await stage.page.locator(".rcp-Network-canvas").focus();
    for (const key of ["Home", "ArrowRight", "ArrowDown", "ArrowDown"]) await stage.page.keyboard.press(key);
    expect(await stage.page.locator(".rcp-Network-overview output").innerText()).to.match(
      /^conv1, map 2 \(0 to 5\), reads all 3 channels of input/,
    );
    await stage.page.keyboard.press("Enter");
    expect(await stage.placeOf()).to.deep.include({ node: "conv1", unit: 2, row: 13, column: 13 });
    await stage.page.waitForFunction(`document.activeElement.closest(".rcp-mod-output")`);
    await stage.page.keyboard.press("ArrowUp");
    await stage.page.keyboard.press("ArrowLeft");
    expect(await stage.placeOf()).to.deep.include({ row: 12, column: 12 });
    const value = (await stage.engine().conv1.data())[(2 * 28 + 12) * 28 + 12];
    await stage.page.waitForFunction(
      `document.querySelector(".rcp-Stage > output").textContent.includes("row 12, column 12")`,
    );
    expect(Math.fround(numberIn(await stage.result().innerText()))).to.equal(value);
    // A number of the patch leads to the input, Escape back.
    await stage.page.locator('[aria-label^="patch of input"] button').first().focus();
    await stage.page.keyboard.press("Enter");
    expect((await stage.placeOf()).node).to.equal("input");
    await stage.page.keyboard.press("Escape");
    expect((await stage.placeOf()).node).to.equal("conv1");
    await stage.page.keyboard.press("Escape");
    expect(await stage.placeOf()).to.equal(undefined);
    expect(await stage.page.evaluate(`document.activeElement.className`)).to.equal("rcp-Network-canvas");
  });

  it("holds a clicked number until it is clicked again, and arrow keys take it along", async () => {
    await stage.draw(stage.view);
    await stage.open("conv2", 3, { row: 2, column: 5 });
    await stage.page.waitForFunction(`document.querySelector(".rcp-Result")`);
    const at = async (map: Locator, row: number, column: number): Promise<[number, number]> => {
      const box = await map.boundingBox();
      return [box!.x + ((column + 0.5) * box!.width) / 10, box!.y + ((row + 0.5) * box!.height) / 10];
    };
    const rowAndColumn = async (): Promise<number[]> => {
      const { row, column } = await stage.placeOf();
      return [row, column];
    };
    const tip = stage.page.locator(".rcp-Tip");
    const sum = stage.page.locator('canvas[aria-label="sum over channel 1"]');
    await stage.page.mouse.move(...(await at(stage.output(), 4, 6)));
    expect(await tip.innerText()).to.contain("Click: hold this number");
    await stage.page.mouse.click(...(await at(stage.output(), 4, 6)));
    expect(await stage.page.locator(".rcp-Stage-held").innerText()).to.match(/^held/);
    await stage.page.mouse.move(...(await at(stage.output(), 8, 8)));
    expect(await tip.innerText()).to.contain("row 8, column 8");
    await stage.page.mouse.move(...(await at(sum, 1, 1)));
    await stage.page.mouse.move(...(await at(stage.page.locator('canvas[aria-label="pool, map 1"]'), 1, 1)));
    expect(await tip.innerText()).to.contain("Click: how this number came about");
    expect(await rowAndColumn()).to.deep.equal([4, 6]);
    // Another click moves it, and so do the keys.
    await stage.page.mouse.click(...(await at(sum, 7, 2)));
    expect(await rowAndColumn()).to.deep.equal([7, 2]);
    await stage.page.keyboard.press("ArrowRight");
    expect(await rowAndColumn()).to.deep.equal([7, 3]);
    await stage.page.mouse.move(...(await at(stage.output(), 0, 0)));
    expect(await rowAndColumn()).to.deep.equal([7, 3]);
    // Escape lets go and stays where it is; the next one leads back.
    await stage.page.keyboard.press("Escape");
    expect(await stage.page.locator(".rcp-Stage-held").isVisible()).to.equal(false);
    expect(await rowAndColumn()).to.deep.equal([7, 3]);
    await stage.page.mouse.move(...(await at(stage.output(), 1, 2)));
    expect(await rowAndColumn()).to.deep.equal([1, 2]);
    await stage.page.mouse.click(...(await at(stage.output(), 1, 2)));
    await stage.page.mouse.click(...(await at(stage.output(), 1, 2)));
    await stage.page.mouse.move(...(await at(stage.output(), 5, 5)));
    expect(await rowAndColumn()).to.deep.equal([5, 5]);
  });

  it("says the weights under the keys, and what a map is of", async () => {
    await stage.draw(stage.view);
    await stage.open("conv2", 3, { row: 2, column: 5 });
    const filter = stage.page.locator('canvas[aria-label="filter 3, channel 1"]');
    await filter.focus();
    for (const key of ["ArrowDown", "ArrowRight", "ArrowRight"]) await stage.page.keyboard.press(key);
    const said = (await stage.page.locator(".rcp-Map", { has: filter }).locator("output").textContent()) ?? "";
    expect(said).to.match(/^row 1, column 2: /);
    const weights = await stage.net.conv2.weight.data();
    expect(Math.fround(numberIn(said.split(":")[1]))).to.equal(weights[((3 * 6 + 1) * 5 + 1) * 5 + 2]);
    const described = ((await stage.output().getAttribute("aria-describedby")) ?? "").split(" ");
    const words = await Promise.all(described.map((id) => stage.page.locator(`#${id}`).innerText()));
    expect(words[0]).to.equal("conv2, map 3 (0 to 15), row 2, column 5");
    expect(words[1]).to.match(/^Convolution 5×5/);
  });

  it("ends the path where a ReLU made 0 of a number, and says what each term adds", async () => {
    const values = await F.relu(stage.engine().conv2).data();
    const at = Array.from(values).indexOf(0);
    await stage.open("relu#2", Math.floor(at / 100), { row: Math.floor(at / 10) % 10, column: at % 10 });
    await stage.page.locator(".rcp-Path-end").waitFor();
    expect(await stage.page.locator(".rcp-Path-steps li").count()).to.equal(1);
    expect(await stage.page.locator(".rcp-Path-end").innerText()).to.match(/^relu made 0 of −/);
    await stage.open("conv2", 3, { row: 2, column: 5 });
    const node = nodeOf(stage.network, "conv2");
    const { terms } = await new Source(stage.network, undefined).explanation(node, (3 * 10 + 2) * 10 + 5);
    const most = Math.max(...terms.map(({ value, weight = 0 }) => Math.abs(value * weight)));
    const first = stage.page.locator(".rcp-Path-steps li", { hasText: "adds" }).first();
    await first.waitFor();
    const printed = numberIn((await first.innerText()).split("adds ")[1]);
    expect(Math.abs(printed)).to.be.closeTo(most, 0.01 * most);
  });

  it("leaves the keys in the arithmetic where they were when it is written anew", async () => {
    await stage.draw(stage.view);
    await stage.open("conv2", 3, { row: 2, column: 5 });
    const focused = (): Promise<string> => stage.page.evaluate(`document.activeElement.getAttribute("aria-label")`);
    const sums = stage.page.locator('[aria-label="sums of the channels"] button');
    await sums.first().focus();
    for (const key of ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "Enter"])
      await stage.page.keyboard.press(key);
    expect(await focused()).to.match(/^sum over channel 4/);
    expect(await stage.page.locator('[aria-label="patch of pool, map 4"]').count()).to.equal(1);
    await stage.page.locator('[aria-label="filter, channel 4"] button').first().focus();
    await stage.page.keyboard.press("ArrowDown");
    const weight = await focused();
    await stage.page.keyboard.press("Enter");
    await stage.page.locator(".rcp-Gradient .rcp-Result").waitFor();
    expect(await focused()).to.equal(weight);
  });

  it("has picture and numbers of a convolution of six maps within 600 pixels", async () => {
    await stage.draw(stage.view);
    await stage.open("conv2", 3, { row: 2, column: 5 });
    await stage.page.locator(".rcp-Path-steps li").first().waitFor();
    const around = await stage.page.locator(".rcp-Stage").boundingBox();
    const line = await stage.page.locator(".rcp-Result-line").boundingBox();
    expect(line!.y + line!.height - around!.y).to.be.below(600);
    expect(await stage.page.locator(".rcp-Result-place").innerText()).to.equal(
      "conv2, map 3 (0 to 15), row 2, column 5",
    );
    // All cells of a grid are of one width.
    const widths = await stage.page.evaluate<number[]>(
      `[...document.querySelectorAll('[aria-label^="patch of pool"] button')].map((cell) => cell.getBoundingClientRect().width)`,
    );
    for (const width of widths) expect(width).to.be.closeTo(widths[0], 0.6);
  });

  it("writes scores in one row with the names of their classes", async () => {
    await stage.open("fc3", 8);
    const box = await stage.output().boundingBox();
    expect(box!.width / box!.height).to.be.closeTo(10, 0.01);
    expect(await stage.page.locator(".rcp-Stage-heading").first().innerText()).to.equal("fc3, number 8 (ship)");
  });

  it("closes the explanation by the way back from its first step", async () => {
    await stage.draw(stage.view);
    expect(await stage.page.locator(".rcp-Network-hint").innerText()).to.equal(
      "Click a map or a bar: how it is computed.",
    );
    await stage.open("conv1", 0);
    expect(await stage.page.locator(".rcp-Network-hint").isVisible()).to.equal(false);
    await stage.page.getByText("← Network").click();
    expect(await stage.page.locator(".rcp-Stage").isVisible()).to.equal(false);
    expect(await stage.page.evaluate(`document.activeElement.className`)).to.equal("rcp-Network-canvas");
  });

  it("shows further units of all nodes that are made unit by unit", async () => {
    await stage.draw(stage.view);
    const folds = stage.page.locator("[data-fold=conv2], [data-fold='relu#2'], [data-fold='pool#2']");
    const before = await folds.allTextContents();
    expect(before).to.have.length(3);
    await stage.page.locator(".rcp-Network-canvas").focus();
    for (const key of ["Home", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "PageDown"])
      await stage.page.keyboard.press(key);
    const after = await folds.allTextContents();
    for (const words of after) expect(words).to.match(/^\d+–15$/);
    expect(new Set(after).size).to.equal(1);
  });

  it("did all this without an error on the console", () => expect(stage.watched.errors).to.deep.equal([]));
});
