/** What a reader does with charts and matrices in a page. */
import { expect } from "chai";
import type { Page } from "playwright-core";
import { type ChartMark, type Mark, type MatrixMark } from "../../src/marks";
import { samples as charts } from "../../src/marks/chart/samples";
import { samples as runs } from "../../src/marks/histograms/samples";
import { samples as matrices } from "../../src/marks/matrix/samples";
import { readPng } from "../support/png";
import { openStage, type Stage } from "./support/stage";

describe("charts and matrices under keys and pointer", function () {
  this.timeout(120_000);
  let watched: Stage;
  let page: Page;

  before(async () => {
    watched = await openStage({ width: 1000, height: 1200 });
    page = watched.page;
  });
  after(() => watched?.close());

  const draw = (mark: Mark): Promise<void> =>
    page.evaluate(`draw("view", ${JSON.stringify({ version: 2, title: "T", marks: [mark] })}, 900)`);
  const plotted = (trace: number): Promise<(number | null)[]> =>
    page.evaluate(`document.querySelector(".js-plotly-plot").data[${trace}].y`);

  it("the slider smooths the lines to their moving average, and the raw lines stay", async () => {
    const chart: ChartMark = {
      ...charts.empty(),
      smoothing: 0,
      lines: [
        { name: "a", x: [0, 1, 2], y: [4, 1, 7], colour: 0 },
        { name: "b", x: [0, 1], y: [4, 1], colour: 1, raw: true },
      ],
    };
    await draw(chart);
    await page.locator(".ytick").first().waitFor({ state: "attached" });
    expect(await plotted(0)).to.deep.equal([4, 1, 7]);
    const slider = page.locator('.rcp-Toolbar input[type="range"]');
    await slider.fill("0.5");
    await page.waitForFunction(`document.querySelector(".js-plotly-plot").data.length === 3`);
    expect(await plotted(0), "pale").to.deep.equal([4, 1, 7]);
    expect(await plotted(1)).to.deep.equal([4, (0.25 * 4 + 0.5) / 0.75, (0.125 * 4 + 0.25 + 3.5) / 0.875]);
    expect(await plotted(2)).to.deep.equal([4, 1]);
    expect(await page.locator(".rcp-Slider-value").textContent()).to.equal("0.50");
  });

  it("the toggle makes the axis logarithmic and says what that leaves out", async () => {
    const lines = [{ name: "a", x: [0, 1, 2], y: [100, 0, 1], colour: 0 }];
    await draw({ ...charts.empty(), logY: false, lines });
    await page.locator(".ytick").first().waitFor({ state: "attached" });
    const axis = (): Promise<string> =>
      page.evaluate(`document.querySelector(".js-plotly-plot")._fullLayout.yaxis.type`);
    expect(await axis()).to.equal("linear");
    await page.locator(".rcp-Chart .rcp-Button").focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(`document.querySelector(".js-plotly-plot")._fullLayout.yaxis.type === "log"`);
    expect(await page.locator(".rcp-Chart .rcp-Button").getAttribute("aria-pressed")).to.equal("true");
    expect(await plotted(0)).to.deep.equal([100, null, 1]);
    expect(await page.locator(".rcp-Chart-note").textContent()).to.equal(
      "1 point at or below 0 left out of the logarithmic axis",
    );
  });

  it("keys walk along the points of a chart and read them out", async () => {
    await draw(charts.bars());
    await page.locator(".ytick").first().waitFor({ state: "attached" });
    await page.locator(".rcp-Chart-plot").focus();
    const readout = page.locator(".rcp-Chart-readout");
    await page.keyboard.press("ArrowRight");
    expect(await readout.textContent()).to.equal("precision, cat: 0.81");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    expect(await readout.textContent()).to.equal("recall, dog: 0.92");
    await page.keyboard.press("End");
    expect(await readout.textContent()).to.equal("recall, <b>bird</b>: 0");
    await page.keyboard.press("Escape");
    expect(await readout.textContent()).to.equal("");
  });

  it("keys stay at a place along x from line to line", async () => {
    const lines = [
      { name: "loss", x: [0, 10, 20, 30], y: [4, 3, 2, 1], colour: 0 },
      { name: "validation", x: [9, 31], y: [3.5, 2.5], colour: 1 },
    ];
    await draw({ ...charts.empty(), lines });
    await page.locator(".ytick").first().waitFor({ state: "attached" });
    await page.locator(".rcp-Chart-plot").focus();
    const readout = page.locator(".rcp-Chart-readout");
    const said: (string | null)[] = [];
    for (const key of [" ", "End", "ArrowDown", "ArrowLeft", "ArrowUp"]) {
      await page.keyboard.press(key);
      said.push(await readout.textContent());
    }
    expect(said).to.deep.equal([
      "loss, step 0: 4",
      "loss, step 30: 1",
      "validation, step 31: 2.5",
      "validation, step 9: 3.5",
      "loss, step 10: 3",
    ]);
  });

  it("plotly's buttons are one tab stop, arrow keys lead through those that keys can use", async () => {
    await draw(charts.curves());
    await page.locator(".ytick").first().waitFor({ state: "attached" });
    const stops = (): Promise<number> => page.locator('.modebar-btn[tabindex="0"]').count();
    expect(await page.locator(".modebar-btn").count()).to.be.above(4);
    expect(await stops()).to.equal(1);
    await page.locator(".rcp-Chart-plot").focus();
    const focused = (): Promise<string> => page.evaluate(`document.activeElement.getAttribute("data-title")`);
    await page.keyboard.press("Tab");
    const first = await focused();
    const seen = [first];
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press("ArrowRight");
      const title = await focused();
      if (title === first) break;
      seen.push(title);
    }
    expect(seen.join())
      .to.match(/Zoom in/)
      .and.match(/Reset axes/);
    expect(seen.join()).not.to.match(/Pan|Lasso|Box/);
    expect(await stops()).to.equal(1);
  });

  /** The grey of the first pixel of a tile of the images that are open. */
  async function greyOf(tile: number, tiles: number): Promise<number> {
    const canvas = page.locator(".rcp-Matrix-images canvas");
    const url = await page.evaluate<string>(`document.querySelector(".rcp-Matrix-images canvas").toDataURL()`);
    expect(await canvas.count()).to.equal(1);
    const png = readPng(Buffer.from(url.split(",")[1], "base64"));
    // In the corner of its first pixel, beyond the gap between tiles: a number is written into the middle.
    return png.at(Math.floor((png.width * tile) / tiles) + 14, 4)[0];
  }

  it("a click on a cell shows its images, Enter too, Escape goes back", async () => {
    const mark: MatrixMark = matrices.withImages();
    await draw(mark);
    const cells = page.locator(".rcp-Matrix-cells");
    const readout = page.locator(".rcp-Matrix-readout");
    const panel = page.locator(".rcp-Matrix-images");
    expect(await panel.isVisible()).to.equal(false);
    await cells.locator("text", { hasText: /^12$/ }).click();
    const words = "12 of 80 images of circle were taken for triangle (15%)";
    expect(await readout.textContent()).to.equal(`${words} · 2 of 12 images beside it`);
    expect(await panel.getAttribute("aria-label")).to.equal(words);
    // There is room to the right of the matrix.
    const [matrix, images] = [await cells.boundingBox(), await panel.boundingBox()];
    expect(images?.x).to.be.at.least((matrix?.x ?? 0) + (matrix?.width ?? 0));
    expect((images?.y ?? 0) - (matrix?.y ?? 0)).to.be.within(0, 60);
    // Tiles 1 and 2 of the payload, whose first pixels are 80 and 120.
    expect(await greyOf(0, 2)).to.be.closeTo(80, 2);
    expect(await greyOf(1, 2)).to.be.closeTo(120, 2);

    await cells.focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    expect(await panel.isVisible()).to.equal(true);
    await page.keyboard.press("Escape");
    expect(await panel.isVisible()).to.equal(false);
    await page.keyboard.press("ArrowDown");
    expect(await readout.textContent()).to.equal("68 of 80 images of circle were recognised (85%)");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    expect(await readout.textContent()).to.equal(
      "3 of 80 images of square were taken for circle (3.8%) · 1 of 3 images beside it",
    );
    expect(await greyOf(0, 1)).to.be.closeTo(160, 2);
    // Into the images by Tab, and back by Escape, twice: from the pixel, then from the images.
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Escape");
    expect(await panel.isVisible()).to.equal(true);
    await page.keyboard.press("Escape");
    expect(await panel.isVisible()).to.equal(false);
    expect(await page.evaluate(`document.activeElement.className`)).to.equal("rcp-Matrix-cells");
  });

  it("Space opens a cell as Enter does, says if it has no images, and never scrolls the page", async () => {
    await draw(matrices.withImages());
    const cells = page.locator(".rcp-Matrix-cells");
    const readout = page.locator(".rcp-Matrix-readout");
    await page.evaluate(`document.body.style.minHeight = "4000px"`);
    await cells.focus();
    await page.keyboard.press(" ");
    expect(await readout.textContent()).to.equal(
      "68 of 80 images of circle were recognised (85%) · 1 of 68 images beside it",
    );
    expect(await page.locator(".rcp-Matrix-images").isVisible()).to.equal(true);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press(" ");
    expect(await readout.textContent()).to.equal("77 of 80 images of square were recognised (96%) · no images");
    expect(await page.evaluate("window.scrollY")).to.equal(0);
    await page.evaluate(`document.body.style.minHeight = ""`);
  });

  it("histograms have a step for each of a run, and keys read bins out", async () => {
    const mark = runs.run();
    await draw(mark);
    const slider = page.locator('.rcp-Toolbar input[type="range"]');
    expect(await page.locator(".rcp-Slider-value").textContent()).to.equal("step 20");
    const words = page.locator(".rcp-Histograms-plot text", { hasText: "NaN or infinite" });
    expect(await words.allTextContents()).to.deep.equal(["20 NaN or infinite, mean 0, std 0.01"]);
    await slider.fill("0");
    expect(await words.count()).to.equal(0);
    await page.locator(".rcp-Histograms-plot").focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    const [cell] = mark.steps[0].cells;
    const all = cell?.counts.reduce((sum, count) => sum + count, 0) ?? 0;
    expect(await page.locator(".rcp-Histograms-readout").textContent()).to.match(
      new RegExp(`^conv1, weights: ${cell?.counts[1]} of ${all.toLocaleString("en-US")} from −0.28 to −0.26$`),
    );
  });

  it("did all this without an error on the console", () => expect(watched.errors).to.deep.equal([]));
});
