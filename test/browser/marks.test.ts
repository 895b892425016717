import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import {
  paintView,
  pictureBundle,
  type ChartMark,
  type GridMark,
  type Mark,
  type Marks,
  type View,
} from "../../src/marks";
import { channelsOf } from "../../src/marks/grid/check";
import { colouringOf, haveOwnScales, legendTicks, ownTicks } from "../../src/marks/grid/colouring";
import { pictureLayout } from "../../src/marks/grid/paint";
import { describeGrid, describeStatistics } from "../../src/marks/grid/words";
import { lineColours } from "../../src/marks/kit/colours";
import { layoutGrid, tileOrigin, type GridLayout } from "../../src/marks/kit/layout";
import { PICTURE_WIDTH } from "../../src/marks/kit/picture";
import { unpackTiles } from "../../src/marks/kit/pixels";
import { RECEPTIVE_MIME } from "../../src/protocol";
import { bundleOf, decodePng } from "../display/support";
import { look, startBrowser, type WatchedPage } from "../support/browser";
import { ROOT } from "../support/jupyterServer";
import { wordedAs } from "../support/payloads";
import { countColour, distance, readPng, type Pixel } from "../support/png";
import { markSamples, viewSamples } from "../support/walk";
import { openBlank, serveBundle, type Served } from "./support/served";

const STYLES = ["extension/style/index.css", "src/marks/grid/grid.css", "src/marks/chart/chart.css"];
const hostile = "<script>window.hit = 1</script><img src=x onerror='window.hit = 1'>";

describe("marks in a page", function () {
  this.timeout(120_000);
  let served: Served;
  let browser: Browser;
  let watched: WatchedPage;

  before(async () => {
    served = await serveBundle("test/marks/stage.page.ts");
    browser = await startBrowser();
    watched = await openBlank(browser, served, { width: 1000, height: 1200 });
    const style = STYLES.map((file) => readFileSync(join(ROOT, file), "utf8").replace(/@import[^;]*;/g, "")).join("");
    await watched.page.addStyleTag({ content: `body { margin: 0 } ${style}` });
    await watched.page.evaluate("import('./bundle.js')");
  });
  after(async () => {
    await browser?.close();
    served?.close();
  });

  const draw = (kind: "view" | "figure", data: unknown): Promise<void> =>
    // Paddings of output and figure around as many pixels as a static picture has.
    watched.page.evaluate(`draw(${JSON.stringify(kind)}, ${JSON.stringify(data)}, ${PICTURE_WIDTH + 16 + 6})`);

  for (const { mark, name, view } of markSamples)
    it(`${mark}, ${name}: shows what its picture shows`, async () => {
      const sample = view();
      await draw("view", sample);
      await expectLikePicture(watched.page, sample);
    });

  for (const { view, name, make } of viewSamples.filter(({ view }) => view !== "curve"))
    it(`show.${view}, ${name}: shows what its picture shows`, async () => {
      const sent = (await bundleOf(make()))[RECEPTIVE_MIME] as View;
      await draw("view", sent);
      await expectLikePicture(watched.page, sent);
    });

  it("runs no script of a title, a label or a name", async () => {
    const view = wordedAs(hostile);
    const { page } = watched;
    await draw("view", view);
    await page.locator(".js-plotly-plot .lines path").first().waitFor({ state: "attached" });
    expect(await page.locator(".rcp-View-title").textContent()).to.equal(hostile);
    expect(await page.locator(".gtitle").textContent()).to.contain("<script>window.hit = 1</script>");
    expect(await page.locator("script, img").count()).to.equal(0);
    expect(await page.evaluate("window.hit")).to.equal(undefined);
  });

  it("did all this without an error on the console", () => expect(watched.errors).to.deep.equal([]));
});

async function expectLikePicture(page: Page, view: View): Promise<void> {
  const [mark] = view.marks;
  expect(await page.locator(".rcp-View-title").textContent()).to.equal(view.title);
  expect(await page.locator(".rcp-View-subtitle").textContent()).to.equal(view.subtitle);
  await (expectLike[mark.mark] as (page: Page, mark: Mark) => Promise<void>)(page, mark);
}

/** How the page of each mark is compared with its picture. */
const expectLike: { [Name in keyof Marks]: (page: Page, mark: Marks[Name]) => Promise<void> } = {
  grid: expectLikeGrid,
  chart: expectLikeChart,
};

/** Compares every pixel of every tile, and all words, with the static picture. */
async function expectLikeGrid(page: Page, mark: GridMark): Promise<void> {
  const canvas = page.locator(".rcp-Grid-canvas");
  await page.waitForFunction("document.querySelector('.rcp-Grid-readout').textContent !== ''");
  const url = await canvas.evaluate((node: { toDataURL(): string }) => node.toDataURL());
  const live = readPng(Buffer.from(url.split(",")[1], "base64"));
  const picture = decodePng(
    Buffer.from(pictureBundle(paintView({ version: 2, title: "", marks: [mark] }))["image/png"], "base64"),
  );
  const { top, layout } = pictureLayout(mark);
  const tiles = unpackTiles(mark.pixels, channelsOf(mark));
  const labelWidths = await page.evaluate<number[]>(`(() => {
    const context = document.createElement("canvas").getContext("2d");
    context.font = "12px sans-serif";
    return ${JSON.stringify(mark.labels)}.map((label) => Math.ceil(context.measureText(label).width));
  })()`);
  const { count, height, width } = tiles;
  const shape = { count, height, width, columns: mark.columns, labelWidth: Math.max(0, ...labelWidths) };
  const own = layoutGrid(shape, PICTURE_WIDTH, 1);
  expect([live.width, live.height]).to.deep.equal([own.width, own.height]);
  // In a corner of the pixel, because numbers are written into the middle of large ones.
  const place = (from: GridLayout, tile: number, row: number, column: number): [number, number] => {
    const { x, y } = tileOrigin(from, tile);
    const inset = Math.min(2, Math.floor(from.scale / 2));
    return [x + column * from.scale + inset, y + row * from.scale + inset];
  };
  for (let tile = 0; tile < count; tile++)
    for (let i = 0; i < height * width; i++) {
      const [row, column] = [Math.floor(i / width), i % width];
      const [x, y] = place(layout, tile, row, column);
      const expected = picture.at(x, top + y);
      const seen: Pixel = live.at(...place(own, tile, row, column));
      if (distance(seen, expected.slice(0, 3)) > 3)
        expect.fail(
          `tile ${tile}, row ${row}, column ${column}: ${seen.join()} in the page, ${expected.join()} in the picture`,
        );
    }
  const text = async (selector: string): Promise<string> => (await page.locator(selector).textContent()) ?? "";
  expect(await text(".rcp-Mark-title")).to.equal(mark.title ?? "");
  expect(await text(".rcp-Mark-subtitle")).to.equal(describeGrid(mark));
  expect(await text(".rcp-Grid-readout")).to.equal(describeStatistics(mark));
  const colouring = colouringOf(mark, tiles);
  const isOwn = haveOwnScales(tiles);
  if (mark.scale !== "rgb" || isOwn)
    expect(await page.locator(".rcp-Legend-tick").allTextContents()).to.deep.equal(
      (isOwn ? ownTicks(tiles) : legendTicks(colouring)).map((tick) => tick.text),
    );
  else expect(await page.locator(".rcp-Legend").isVisible()).to.equal(false);
}

/** Compares names, numbers of the axes and colours of the lines with the SVG. */
async function expectLikeChart(page: Page, mark: ChartMark): Promise<void> {
  const svg = pictureBundle(paintView({ version: 2, title: "", marks: [mark] }))["image/svg+xml"];
  const plot = page.locator(".js-plotly-plot");
  await plot.locator(".ytick").first().waitFor({ state: "attached" });
  const written = (texts: string[]): string[] => texts.map((text) => text.replace(/[<>&"]/g, ""));
  const ticks = written(await plot.locator(".xtick text, .ytick text").allTextContents());
  for (const tick of ticks)
    expect(tick, "as everywhere: 250,000 and not 250k").to.match(/^−?[\d,]+(\.\d+)?(e[−+]?\d+)?$/);
  const names = mark.lines.filter(({ pale }) => !pale).map(({ name }) => name);
  if (names.length > 0) expect(await plot.locator(".legendtext").allTextContents()).to.deep.equal(names);
  for (const words of [...names, mark.x, mark.y].filter(Boolean)) expect(svg).to.contain(`>${words}</text>`);
  const axes = await plot.locator(".xtitle, .ytitle").allTextContents();
  expect(axes).to.deep.equal([mark.x, mark.y].filter(Boolean));
  const seen = await look(plot);
  for (const { colour, pale } of mark.lines) {
    const hex = lineColours.light[colour % lineColours.light.length];
    expect(svg).to.contain(`stroke="${hex}"`);
    const rgb = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
    if (!pale) expect(countColour(seen, rgb, 30), hex).to.be.above(20);
  }
}
