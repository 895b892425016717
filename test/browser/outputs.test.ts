import { expect } from "chai";
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { paintView, pictureBundle, type View } from "../../src/marks";
import { plotlyFigure } from "../../src/marks/chart/figure";
import { samples as charts } from "../../src/marks/chart/samples";
import { outputSize } from "../../src/marks/steps/maps";
import type { ConvolutionSteps, Place } from "../../src/marks/steps/payload";
import { samples as steps } from "../../src/marks/steps/samples";
import { featureMaps, several } from "../support/payloads";
import { distance, readPng, type Picture } from "../support/png";
import { openStage, type Stage } from "./support/stage";

describe("outputs on a page", function () {
  this.timeout(120_000);
  let watched: Stage;
  let page: Page;

  before(async () => {
    watched = await openStage({ width: 1000, height: 800 });
    page = watched.page;
  });
  after(() => watched?.close());

  const drawAll = (staged: object[]): Promise<void> => page.evaluate(`drawAll(${JSON.stringify(staged)}, 980)`);
  const canvasWidths = (): Promise<number[]> =>
    page.locator(".rcp-Grid-canvas").evaluateAll((all: { width: number }[]) => all.map(({ width }) => width));
  /** Waits until the widths of all canvases are as wanted. */
  const until = (condition: string): Promise<unknown> =>
    page.waitForFunction(
      `(() => { const w = [...document.querySelectorAll(".rcp-Grid-canvas")].map((c) => c.width); return ${condition}; })()`,
    );

  it("draw near sight, give their canvas back far from it, and keep their place", async () => {
    await drawAll(Array.from({ length: 40 }, () => ({ kind: "view", data: featureMaps() })));
    await until("w[0] > 300");
    // An untouched canvas is 300 pixels wide.
    expect((await canvasWidths()).at(-1)).to.equal(300);
    await page.evaluate("scrollTo(0, document.body.scrollHeight)");
    await until("w.at(-1) > 300 && w[0] === 0");
    const height = await page.evaluate<number>("document.body.scrollHeight");
    const top = await page
      .locator(".rcp-View")
      .first()
      .evaluate((view: { offsetHeight: number }) => view.offsetHeight);
    await page.evaluate("scrollTo(0, 0)");
    await until("w[0] > 300 && w.at(-1) === 0");
    expect(await page.evaluate("document.body.scrollHeight"), "the page does not jump").to.equal(height);
    expect(
      await page
        .locator(".rcp-View")
        .first()
        .evaluate((view: { offsetHeight: number }) => view.offsetHeight),
    ).to.equal(top);
  });

  it("draw charts anew that were far from sight", async () => {
    const maps = Array.from({ length: 40 }, () => ({ kind: "view", data: featureMaps() }));
    await drawAll([{ kind: "figure", data: plotlyFigure({ ...charts.curves(), title: "Loss" }) }, ...maps]);
    const lines = page.locator(".js-plotly-plot .lines path");
    await lines.first().waitFor({ state: "attached" });
    await page.evaluate("scrollTo(0, document.body.scrollHeight)");
    await lines.first().waitFor({ state: "detached" });
    await page.evaluate("scrollTo(0, 0)");
    await lines.first().waitFor({ state: "attached" });
  });

  it("save their picture as a PNG on white, twice as large, named after the title", async () => {
    const view = several();
    const svg = pictureBundle(paintView(view))["image/svg+xml"];
    await drawAll([{ kind: "view", data: view, picture: svg }]);
    await page.locator(".rcp-View").hover();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save this view as a PNG picture" }).click();
    const saved = await download;
    expect(saved.suggestedFilename()).to.equal("what-conv1-learnt-grid-chart.png");
    const png = readPng(readFileSync(await saved.path()));
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
    expect([png.width, png.height]).to.deep.equal([2 * Number(width), 2 * Number(height)]);
    expect(png.at(png.width - 1, png.height - 1).slice(0, 3)).to.deep.equal([255, 255, 255]);
  });

  it("save the step that the reader has come to, not the one with which the view was made", async () => {
    const mark = steps.image() as ConvolutionSteps;
    const [first, row, column] = [mark.at, mark.at[1], mark.at[2]];
    const viewAt = (at: Place): View => ({ version: 2, title: "Convolution", marks: [{ ...mark, at }] });
    const svgAt = (at: Place): string => pictureBundle(paintView(viewAt(at)))["image/svg+xml"];
    await drawAll([{ kind: "view", data: viewAt(first), picture: svgAt(first) }]);
    // Two places on, in the order of reading.
    const [height, width] = outputSize(mark.axes);
    const place = row * width + column + 2;
    expect(place).to.be.below(width * height);
    const now: Place = [first[0], Math.floor(place / width), place % width];
    for (let i = 0; i < 2; i++) await page.getByRole("button", { name: "Next: one step" }).click();
    await page.locator(".rcp-View").hover({ position: { x: 5, y: 5 } });
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save this view as a PNG picture" }).click();
    const png = readPng(readFileSync(await (await download).path()));
    // As a browser draws the static pictures of the two places.
    const drawn = async (at: Place): Promise<Picture> => {
      const url = await page.evaluate<string>(`(async () => {
        const image = new Image();
        image.src = "data:image/svg+xml," + encodeURIComponent(${JSON.stringify(svgAt(at))});
        await image.decode();
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [2 * image.naturalWidth, 2 * image.naturalHeight];
        const context = canvas.getContext("2d");
        context.fillStyle = "#fff";
        context.fillRect(0, 0, canvas.width, canvas.height);
        context.drawImage(image, 0, 0, canvas.width, canvas.height);
        return canvas.toDataURL();
      })()`);
      return readPng(Buffer.from(url.split(",")[1], "base64"));
    };
    const [present, former] = [await drawn(now), await drawn(first)];
    expect([png.width, png.height]).to.deep.equal([present.width, present.height]);
    expect(differing(png, present), "pixels unlike the present step").to.equal(0);
    expect(differing(png, former), "pixels unlike the first step").to.be.above(1000);
  });

  it("offer nothing where no picture was saved, and on plotly's charts, which have buttons of their own", async () => {
    await drawAll([
      { kind: "view", data: featureMaps() },
      { kind: "figure", data: plotlyFigure({ ...charts.curves(), title: "Loss" }), picture: "<svg/>" },
    ]);
    await page.locator(".js-plotly-plot .lines path").first().waitFor({ state: "attached" });
    for (const tools of await page.locator(".rcp-View-tools").all()) expect(await tools.isVisible()).to.equal(false);
  });

  it("are one tab stop, however many buttons", async () => {
    const picture = pictureBundle(paintView(featureMaps()))["image/png"];
    await drawAll([{ kind: "view", data: featureMaps(), picture }]);
    await page.keyboard.press("Tab");
    const focused = (): Promise<string> => page.evaluate("document.activeElement.className");
    expect(await focused()).to.equal("rcp-Button");
    const opacity = "getComputedStyle(document.querySelector('.rcp-View-tools')).opacity";
    expect(await page.evaluate(opacity)).to.equal("1");
    await page.keyboard.press("Tab");
    expect(await focused()).to.equal("rcp-Grid-canvas");
  });

  it("have titles and subtitles beside their buttons, at any width, and a word without end breaks", async () => {
    const picture = pictureBundle(paintView(featureMaps()))["image/png"];
    const long = {
      ...featureMaps(),
      title: "A title of several words ".repeat(4),
      subtitle: `of ${"x".repeat(20_000)}`,
    };
    for (const width of [980, 300]) {
      await page.evaluate(`drawAll(${JSON.stringify([{ kind: "view", data: long, picture }])}, ${width})`);
      await page.locator(".rcp-View").hover({ position: { x: 5, y: 5 } });
      // Line by line: the box of a text reaches below a float, its lines do not.
      const overlap = await page.evaluate<boolean>(`(() => {
        const tools = document.querySelector(".rcp-View-tools").getBoundingClientRect();
        const lines = [...document.querySelectorAll(".rcp-View-title, .rcp-View-subtitle")].flatMap((each) => {
          const range = document.createRange();
          range.selectNodeContents(each);
          return [...range.getClientRects()];
        });
        return lines.some(({ right, top, bottom }) => right > tools.left && bottom > tools.top && top < tools.bottom);
      })()`);
      expect(overlap, `words below the buttons at ${width} pixels`).to.equal(false);
      const wide = await page.locator(".rcp-View").evaluate((view: { scrollWidth: number }) => view.scrollWidth);
      expect(wide).to.be.at.most(width);
    }
  });

  it("did all this without an error on the console", () => expect(watched.errors).to.deep.equal([]));
});

/** How many pixels of two pictures of one size differ. */
function differing(a: Picture, b: Picture): number {
  let count = 0;
  for (let y = 0; y < b.height; y++)
    for (let x = 0; x < b.width; x++) if (distance(a.at(x, y), b.at(x, y)) > 0) count++;
  return count;
}
