/** Picking in each mark that can be asked about, by pointer and by keys, on a page without a cell. */
import { expect } from "chai";
import type { Locator } from "playwright-core";
import * as show from "../../src/display/show";
import { askedView } from "../../src/display/question/picture";
import type { Picture } from "../../src/display/picture";
import { sampleImages } from "../../src/display/samples/images";
import { normedNet } from "../../src/display/samples/normedNet";
import { sampleNet } from "../../src/display/samples/sampleNet";
import type { PickKind, PickQuestion } from "../../src/marks";
import * as nn from "../../src/nn";
import { zeros } from "../../src/tensor/create";
import { outputFile } from "../support/browser";
import { openStage, type Stage } from "./support/stage";
import { lies } from "./support/lies";
import { until } from "./support/until";

describe("picking on a page", function () {
  this.timeout(120_000);
  let stage: Stage;
  before(async () => {
    stage = await openStage({ width: 1000, height: 900 });
  });
  after(() => stage?.close());
  afterEach(() => expect(stage.errors).to.deep.equal([]));

  async function draw(picture: Picture, pick: PickKind, count = 1): Promise<void> {
    const asks: PickQuestion = { kind: "pick", pick, count };
    await stage.draw(askedView({ id: "q", text: "Which?", asks, answer: null }, await picture.view()), 960);
    await says(/^q has no answer yet/);
  }
  const says = (words: RegExp | string): Promise<unknown> =>
    until(
      String(words),
      async () => (await stage.page.locator(".rcp-Question-state").textContent()) ?? "",
      (text) => (typeof words === "string" ? text === words : words.test(text)),
    );
  const press = async (on: Locator, ...keys: string[]): Promise<void> => {
    await on.focus();
    for (const key of keys) await stage.page.keyboard.press(key);
  };

  it("an image among cards, by its number in the data", async () => {
    const data = [[sampleImages(9), zeros([9], { dtype: "int32" })]];
    await draw(show.predictions(normedNet(3, 4), data, { count: 6 }), "image", 2);
    const cards = stage.page.locator(".rcp-Gallery-card");
    const name = async (at: number): Promise<string> =>
      /image \d+/.exec((await cards.nth(at).getAttribute("aria-label")) ?? "")?.[0] ?? "none";
    const [second, third] = [await name(1), await name(2)];
    await cards.nth(1).click();
    await says(`Answer to q: ${second} (1 of 2 picked)`);
    await press(cards.nth(1), "ArrowRight", "Enter");
    await says(`Answer to q: ${second}; ${third}`);
    expect(await stage.page.locator(".rcp-Gallery-card:has([data-picked])").count()).to.equal(2);
    await cards.nth(3).click();
    await says(`Answer to q: ${second}; ${third}`);
    expect(await stage.page.locator(".rcp-Question-note").textContent()).to.contain("2 are picked already");
    await stage.page.screenshot({ path: outputFile("picking-cards.png") });
    await cards.nth(1).click();
    await says(`Answer to q: ${third} (1 of 2 picked)`);
    await press(cards.nth(2), "+");
    await stage.page.locator(".rcp-Gallery-large").waitFor();
    await stage.page.getByRole("button", { name: "Pick this image as the answer" }).click();
    await says(/^q has no answer yet/);
  });

  it("a layer of a graph, and unfolds blocks as before", async () => {
    const net = new nn.Sequential(
      new nn.Sequential(new nn.Conv2d(3, 4, 3), new nn.ReLU(), new nn.Conv2d(4, 4, 3)),
      new nn.Flatten(),
      new nn.Linear(256, 3),
    );
    await draw(show.graph(net, [1, 3, 12, 12]), "layer");
    const item = (words: string): Locator => stage.page.locator(".rcp-Diagram-item", { hasText: words }).first();
    await item("Linear").click();
    await says("Answer to q: layer 2");
    expect(await stage.page.locator("[data-picked]").textContent()).to.contain("Linear");
    await stage.page.getByRole("button", { name: "Fold blocks of layers", exact: true }).click();
    await item("Sequential").click();
    await says("Answer to q: layer 2");
    await press(stage.page.locator(".rcp-Diagram-box"), "Home", "ArrowDown", "Enter");
    await says("Answer to q: layer 0.0");
    await stage.page.screenshot({ path: outputFile("picking-graph.png") });
  });

  it("a filter of several tiles, and enlarges a tile at a double click and at +", async () => {
    await draw(show.filters(new nn.Conv2d(2, 4, 3), { title: "conv1" }), "unit");
    const canvas = stage.page.locator(".rcp-Grid-canvas");
    await press(canvas, "ArrowRight", "PageDown", "PageDown", "PageDown", "Enter");
    await says("Answer to q: conv1, unit 1");
    await press(canvas, "+");
    await stage.page.locator(".rcp-Grid-canvas[data-enlarged]").waitFor();
    await press(canvas, "Enter", "Escape");
    await says("Answer to q: conv1, unit 1");
    await canvas.dblclick({ position: { x: 12, y: 12 } });
    await says("Answer to q: conv1, unit 0");
    await stage.page.locator(".rcp-Grid-canvas[data-enlarged]").waitFor();
  });

  it("a pixel of a map that was made smaller, in rows and columns of the tensor", async () => {
    await draw(show.featureMaps(zeros([64, 96, 96]), { title: "conv1" }), "pixel");
    const canvas = stage.page.locator(".rcp-Grid-canvas");
    await press(canvas, "ArrowRight", "ArrowRight", "ArrowDown", "Enter");
    const [, size] = /96×96 shown as (\d+)×/.exec(await stage.page.locator(".rcp-View").innerText()) ?? [];
    const factor = Math.ceil(96 / Number(size));
    expect(factor).to.be.above(1);
    await says(`Answer to q: conv1, unit 0, row ${factor}, column ${factor}`);
  });

  it("a box that is dragged over an image", async () => {
    await draw(show.images(zeros([1, 1, 12, 12])), "box");
    const canvas = stage.page.locator(".rcp-Grid-canvas");
    const box = await lies(canvas);
    const side = (box.width - 2) / 12;
    const at = (row: number, column: number) =>
      [box.x + 1 + (column + 0.5) * side, box.y + 1 + (row + 0.5) * side] as const;
    await stage.page.mouse.move(...at(2, 3));
    await stage.page.mouse.down();
    await stage.page.mouse.move(...at(5, 8), { steps: 4 });
    await stage.page.mouse.up();
    await says("Answer to q: row 2, column 3, 4×6 pixels");
  });

  it("a layer by any of its maps, whose tiles are all framed", async () => {
    await draw(show.featureMaps(sampleNet(), sampleImages(1)), "layer");
    await stage.page
      .locator(".rcp-Grid-canvas")
      .nth(3)
      .click({ position: { x: 20, y: 20 } });
    await says("Answer to q: layer 3");
  });

  it("nothing where nothing is asked: a click enlarges", async () => {
    await stage.draw(await show.filters(new nn.Conv2d(1, 4, 3)).view(), 960);
    await stage.page.locator(".rcp-Grid-canvas").click({ position: { x: 12, y: 12 } });
    await stage.page.locator(".rcp-Grid-canvas[data-enlarged]").waitFor();
    expect(await stage.page.locator("[data-asked]").count()).to.equal(0);
  });
});
