import { expect } from "chai";
import type { EmbeddingMark, View } from "../../src/marks";
import { frameOf, pixelOf, pointFrom } from "../../src/marks/embedding/layout";
import { readEmbedding } from "../../src/marks/embedding/read";
import { samples } from "../../src/marks/embedding/samples";
import { describePoint } from "../../src/marks/embedding/words";
import { look } from "../support/browser";
import { distance } from "../support/png";
import { openStage, type Stage } from "./support/stage";

const viewOf = (mark: EmbeddingMark): View => ({ version: 2, title: "Embedding", marks: [mark] });

describe("an embedding in a page", function () {
  this.timeout(120_000);
  let stage: Stage;
  const mark = samples.withImages();
  const embedding = readEmbedding(mark);

  before(async () => {
    stage = await openStage({ width: 1000, height: 900 });
  });
  after(() => stage?.close());
  beforeEach(async () => {
    await stage.draw(viewOf(mark), 800);
    await plot().locator("path").first().waitFor({ state: "attached" });
    await stage.page.mouse.move(0, 0);
  });

  const plot = () => stage.page.locator(".rcp-Embedding-plot");
  const readout = (): Promise<string | null> => stage.page.locator(".rcp-Embedding-readout").textContent();
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await stage.page.keyboard.press(key);
  };
  /** Where a point lies in the window while all points are seen. */
  async function placeOf(point: number): Promise<[number, number]> {
    const box = await plot().boundingBox();
    if (!box) throw new Error("the plot is not on the page");
    const frame = frameOf(embedding, Number(await plot().getAttribute("width")), { zoom: 1 });
    const [x, y] = pixelOf(embedding, frame, point);
    return [box.x + x, box.y + y];
  }

  it("shows the image, the class and the number of the point under the pointer", async () => {
    // The images of the sample are red, green, blue, red, ... in the order of the points.
    for (const point of [0, 1, 2, 17, 40]) {
      await stage.page.mouse.move(...(await placeOf(point)));
      expect(await readout()).to.equal(describePoint(embedding, point));
      const image = await look(plot().locator("image"));
      expect([image.width, image.height]).to.deep.equal([128, 128]);
      const colour = [20, 20, 20];
      colour[point % 3] = 230;
      for (const at of [2, 64, 125]) expect(distance(image.at(at, at), colour), `point ${point}`).to.be.below(3);
      const words = await plot().locator("text").allTextContents();
      expect(words.slice(-2)).to.deep.equal([mark.classes[mark.labels[point]], `point ${point}`]);
    }
    await stage.page.mouse.move(0, 0);
    expect(await plot().locator("image").count()).to.equal(0);
  });

  it("is walked with the arrow keys, which speak and do not reach the notebook", async () => {
    await stage.page.evaluate("window.heard = []; document.body.onkeydown = (event) => window.heard.push(event.key)");
    await plot().focus();
    await press("Home");
    let at = Number(/^point (\d+)/.exec((await readout()) ?? "")?.[1]);
    for (const key of ["ArrowRight", "ArrowUp", "ArrowLeft", "ArrowLeft", "ArrowDown", "PageDown"]) {
      at = pointFrom(embedding, at, key) as number;
      await press(key);
      expect(await readout(), key).to.equal(describePoint(embedding, at));
    }
    expect(await stage.page.locator(".rcp-Embedding-readout").getAttribute("aria-live")).to.equal("polite");
    await press("Escape");
    expect(await readout()).to.contain("Point at a point");
    expect(await stage.page.evaluate("window.heard")).to.deep.equal([]);
  });

  it("zooms by keys, buttons and, once it was clicked, by the wheel about the pointer", async () => {
    const ticks = async (): Promise<string> => (await plot().locator("text").allTextContents()).join(" ");
    const all = await ticks();
    const [x, y] = await placeOf(0);
    await stage.page.mouse.move(x, y);
    await stage.page.mouse.wheel(0, -100);
    await stage.page.mouse.move(0, 0);
    expect(await ticks(), "the page scrolls until the map is clicked").to.equal(all);

    await stage.page.mouse.click(x, y);
    for (let i = 0; i < 6; i++) await stage.page.mouse.wheel(0, -100);
    await stage.page.waitForFunction(
      `document.querySelector(".rcp-Embedding-plot").textContent !== ${JSON.stringify(all)}`,
    );
    await stage.page.mouse.move(x + 1, y);
    expect(await readout(), "what lay under the pointer lies there still").to.equal(describePoint(embedding, 0));
    const before = await plot().locator("path").count();
    await stage.page.getByRole("button", { name: "Show all points" }).click();
    await stage.page.mouse.move(0, 0);
    await stage.page.waitForTimeout(100);
    expect(await ticks()).to.equal(all);
    expect(before).to.be.at.least(1);
    await plot().focus();
    await press("+", "+");
    await stage.page.waitForTimeout(100);
    expect(await ticks()).not.to.equal(all);
    await press("0");
    await stage.page.waitForTimeout(100);
    expect(await ticks()).to.equal(all);
  });

  it("lets one class stand out", async () => {
    await stage.page.getByLabel("class").selectOption({ label: "car" });
    await stage.page.waitForTimeout(100);
    const opacities = await plot()
      .locator("path[stroke]")
      .evaluateAll((paths: { getAttribute(name: string): string | null }[]) =>
        paths.map((path) => path.getAttribute("opacity")),
      );
    expect(opacities.sort()).to.deep.equal(["0.15", "0.15", null].sort());
  });

  it("needs no horizontal scrolling at 320 and 640 pixels", async () => {
    for (const width of [320, 640])
      for (const make of Object.values(samples)) {
        await stage.draw(viewOf(make()), width);
        await plot().locator("path").first().waitFor({ state: "attached" });
        const wide = await stage.page.evaluate<number>("document.querySelector('.rcp-Embedding').scrollWidth");
        expect(wide).to.be.at.most(width);
      }
  });

  it("runs no script of an axis or a class", async () => {
    const hostile = "<script>window.hit = 1</script><img src=x onerror='window.hit = 1'>";
    const spoiled = { ...samples.withImages(), title: hostile, x: hostile, y: hostile };
    spoiled.classes = spoiled.classes.map(() => hostile);
    await stage.draw(viewOf(spoiled), 800);
    await plot().locator("path").first().waitFor({ state: "attached" });
    await plot().focus();
    await press("Home");
    expect(await readout()).to.contain(hostile);
    expect(await stage.page.locator("script, img").count()).to.equal(0);
    expect(await stage.page.evaluate("window.hit")).to.equal(undefined);
  });

  it("did all this without an error on the console", () => expect(stage.errors).to.deep.equal([]));
});
