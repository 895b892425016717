import { expect } from "chai";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { layoutGrid, tileOrigin, type GridLayout } from "../../src/marks/kit/layout";
import {
  changeTheme,
  chooseNoKernel,
  look,
  openPage,
  outputFile,
  startBrowser,
  type PageOptions,
  type WatchedPage,
} from "../support/browser";
import { startJupyter, type JupyterServer } from "../support/jupyterServer";
import { chartBundle, curve, filters, images, outputOf, savedNotebook, type GridView } from "../support/payloads";
import { until } from "./support/until";
import { BY_HAND, cells, CHART, GREY, ORDER, update, VIEWS } from "./support/savedOutputs";
import { countColour, distance, type Picture, type Pixel } from "../support/png";

/** What the functions below read of an element; they run in the page, and tests are compiled without the DOM's types. */
interface Node {
  closest(selector: string): Node;
  clientWidth: number;
  scrollWidth: number;
  naturalWidth: number;
  dataset: Record<string, string | undefined>;
  classList: { contains(name: string): boolean };
}

const markKept = (node: Node) => {
  node.dataset.kept = "yes";
};

/** The chart that is an output of its own; a view of several marks has one too. */
const chartOf = (page: Page): Locator => page.locator(".js-plotly-plot").first();

describe("saved outputs in JupyterLab, without a kernel", function () {
  this.timeout(120_000);
  let server: JupyterServer;
  let browser: Browser;
  let watched: WatchedPage;

  before(async () => {
    server = await startJupyter();
    browser = await startBrowser();
    writeFileSync(join(server.folder, "fixtures.ipynb"), savedNotebook(cells));
    watched = await openFixtures();
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function openFixtures(options: PageOptions = {}): Promise<WatchedPage> {
    const opened = await openPage(browser, { height: 2600, ...options });
    await opened.page.goto(`${server.url}/lab/tree/fixtures.ipynb?reset`);
    await chooseNoKernel(opened.page);
    await opened.page.locator(".js-plotly-plot .lines path").first().waitFor({ state: "attached" });
    return opened;
  }

  const canvasOf = (view: GridView, { page } = watched) => page.locator(".rcp-Grid-canvas").nth(ORDER.indexOf(view));
  const viewOf = (view: GridView) => watched.page.locator(".rcp-View").nth(ORDER.indexOf(view));
  const readoutOf = (view: GridView) => viewOf(view).locator(".rcp-Grid-readout");

  /** The layout that the renderer must have used, from the width of the page alone. */
  async function layoutOf(view: GridView, canvas: Locator, pixelRatio = 1): Promise<GridLayout> {
    const pageWidth = await canvas.evaluate((node: Node) => node.closest(".rcp-Grid").clientWidth - 6);
    const [{ scale, columns, pixels }] = view.marks;
    const { planes, height, width } = pixels;
    // Labels of these fixtures are narrower than their tiles.
    const shape = { count: planes / (scale === "rgb" ? 3 : 1), height, width, columns, labelWidth: 1 };
    return layoutGrid(shape, pageWidth, pixelRatio);
  }

  /** The colour of one pixel of a tile, in its middle. */
  function colourAt(picture: Picture, layout: GridLayout, tile: number, row: number, column: number): Pixel {
    const { x, y } = tileOrigin(layout, tile);
    return picture.at(x + (column + 0.5) * layout.scale, y + (row + 0.5) * layout.scale);
  }

  it("makes the cell of a chart the active one when its plot area is pressed, with either button", async () => {
    const { page } = watched;
    const plot = page.locator(".js-plotly-plot .nsewdrag").first();
    const cells = page.locator(".jp-Cell");
    const isActive = (index: number): Promise<boolean> =>
      cells.nth(index).evaluate((node: Node) => node.classList.contains("jp-mod-active"));
    for (const button of ["left", "right"] as const) {
      await cells.first().locator(".jp-InputPrompt").click();
      expect(await isActive(CHART), button).to.equal(false);
      await plot.click({ button });
      await cells.nth(CHART).and(page.locator(".jp-mod-active")).waitFor({ timeout: 5000 });
      await page.keyboard.press("Escape");
    }
  });

  it("has no button that sends a chart away", async () => {
    const titles = await watched.page
      .locator(".modebar-btn")
      .evaluateAll((buttons: Node[]) => buttons.map(({ dataset }) => dataset.title ?? ""));
    expect(titles).to.include("Zoom in");
    expect(titles.filter((title) => /share|cloud|send|plotly/i.test(title))).to.deep.equal([]);
  });

  it("draws filters with zero in white, positive weights in orange and negative ones in blue", async () => {
    const canvas = canvasOf(VIEWS.filters);
    const picture = await look(canvas);
    const layout = await layoutOf(VIEWS.filters, canvas);
    expect([picture.width, picture.height]).to.deep.equal([layout.width, layout.height]);
    for (let pixel = 0; pixel < 25; pixel++) {
      const [row, column] = [Math.floor(pixel / 5), pixel % 5];
      const zero = colourAt(picture, layout, 0, row, column);
      expect(distance(zero, [247, 247, 247]), `filter 0 at ${row}, ${column}: ${zero.join()}`).to.be.at.most(3);
    }
    expect(distance(colourAt(picture, layout, 1, 2, 2), [127, 59, 8])).to.be.at.most(3);
    expect(distance(colourAt(picture, layout, 2, 0, 0), [5, 48, 97])).to.be.at.most(3);
  });

  it("keeps the pixels of a map sharp: each is one colour up to its edges", async () => {
    const canvas = canvasOf(VIEWS.filters);
    const picture = await look(canvas);
    const layout = await layoutOf(VIEWS.filters, canvas);
    const { x, y } = tileOrigin(layout, 1);
    const inside = (from: number) => from + 2 * layout.scale;
    for (const [dx, dy] of [
      [0, 0],
      [layout.scale - 1, 0],
      [0, layout.scale - 1],
      [layout.scale - 1, layout.scale - 1],
    ]) {
      expect(distance(picture.at(inside(x) + dx, inside(y) + dy), [127, 59, 8])).to.be.at.most(3);
    }
    expect(distance(picture.at(inside(x) - 1, inside(y)), [247, 247, 247])).to.be.at.most(3);
  });

  it("draws feature maps from dark blue to yellow", async () => {
    const canvas = canvasOf(VIEWS.featureMaps);
    const picture = await look(canvas);
    const layout = await layoutOf(VIEWS.featureMaps, canvas);
    const bytes = Buffer.from(VIEWS.featureMaps.marks[0].pixels.bytes, "base64");
    const place = (byte: number) => {
      const at = bytes.indexOf(byte);
      return [Math.floor(at / 576), Math.floor((at % 576) / 24), at % 24] as const;
    };
    expect(distance(colourAt(picture, layout, ...place(0)), [68, 1, 84])).to.be.at.most(3);
    expect(distance(colourAt(picture, layout, ...place(255)), [253, 231, 37])).to.be.at.most(3);
  });

  it("draws pictures in their own colours, and grey ones grey", async () => {
    const canvas = canvasOf(VIEWS.images);
    const layout = await layoutOf(VIEWS.images, canvas);
    const picture = await look(canvas);
    expect(colourAt(picture, layout, 0, 16, 16)).to.deep.equal([255, 0, 0]);
    expect(colourAt(picture, layout, 1, 16, 16)).to.deep.equal([0, 0, 255]);
    const grey = await look(canvasOf(GREY));
    const [r, g, b] = colourAt(grey, await layoutOf(GREY, canvasOf(GREY)), 0, 4, 12);
    expect([r, g]).to.deep.equal([b, b]);
    expect(r).to.be.greaterThan(200);
  });

  it("writes the numbers into the pixels of a small pattern, light on dark and dark on light", async () => {
    const canvas = canvasOf(BY_HAND);
    const layout = await layoutOf(BY_HAND, canvas);
    const picture = await look(canvas);
    const { x, y } = tileOrigin(layout, 0);
    const inked = (row: number, column: number, ink: Pixel) => {
      let count = 0;
      for (let dy = 1; dy < layout.scale; dy++) {
        for (let dx = 1; dx < layout.scale; dx++) {
          const at = picture.at(x + column * layout.scale + dx, y + row * layout.scale + dy);
          if (distance(at, ink) < 60) count++;
        }
      }
      return count;
    };
    expect(inked(0, 0, [255, 255, 255]), "white 2 on brown").to.be.greaterThan(8);
    expect(inked(0, 1, [0, 0, 0]), "black -1 on light blue").to.be.greaterThan(8);
  });

  it("draws the lines of a chart", async () => {
    const picture = await look(chartOf(watched.page));
    expect(countColour(picture, [0, 114, 178]), "training line").to.be.greaterThan(300);
    expect(countColour(picture, [213, 94, 0]), "validation line").to.be.greaterThan(300);
  });

  it("has a name for everything that is drawn", async () => {
    const { page } = watched;
    const chart = page.getByRole("application", {
      name: "Chart: Loss. Horizontal: step; vertical: cross-entropy.",
    });
    expect(await chart.count()).to.equal(1);
    const maps = page.getByRole("application", {
      name: "Feature maps of conv1: 6 channels of 24 by 24 pixels.",
    });
    expect(await maps.count()).to.equal(1);
    // The filters come twice: alone, and below the chart of the last cell.
    expect(await page.getByRole("img", { name: "Colour scale: −1, 0, 1" }).count()).to.equal(2);
  });

  it("reads out the pixel under the pointer", async () => {
    const canvas = canvasOf(VIEWS.filters);
    const layout = await layoutOf(VIEWS.filters, canvas);
    const { x, y } = tileOrigin(layout, 2);
    await canvas.hover({ position: { x: x + layout.scale / 2, y: y + layout.scale / 2 } });
    expect(await readoutOf(VIEWS.filters).textContent()).to.equal("filter 2 · row 0, column 0 · value −1");
    const before = await viewOf(VIEWS.filters).boundingBox();
    await watched.page.mouse.move(2, 2);
    expect(await readoutOf(VIEWS.filters).textContent()).to.match(/^min −1 · mean \S+ · max 1$/);
    const after = await viewOf(VIEWS.filters).boundingBox();
    expect(after?.height, "the page must not jump").to.equal(before?.height);
  });

  it("moves the probe with the arrow keys, speaks it, and leaves the notebook's selection alone", async () => {
    const { page } = watched;
    const canvas = canvasOf(VIEWS.filters);
    const readout = readoutOf(VIEWS.filters);
    await canvas.focus();
    const active = () => page.evaluate<number>("window.jupyterapp.shell.currentWidget.content.activeCellIndex");
    const cell = await active();
    for (const key of ["ArrowRight", "PageDown", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown"]) {
      await page.keyboard.press(key);
    }
    expect(await readout.textContent()).to.equal("filter 1 · row 2, column 2 · value 1");
    expect(await readout.getAttribute("aria-live")).to.equal("polite");
    expect(await active()).to.equal(cell);
    const layout = await layoutOf(VIEWS.filters, canvas);
    const { x, y } = tileOrigin(layout, 1);
    const frame = (await look(canvas)).at(x + 2.5 * layout.scale, y + 2 * layout.scale - 1);
    expect(frame, "white frame around the probed pixel").to.deep.equal([255, 255, 255]);
    await page.keyboard.press("Escape");
    expect(await readout.textContent()).to.match(/^min/);
  });

  it("says in one line what it cannot draw, and shows the saved picture if there is one", async () => {
    const { page } = watched;
    const texts = await page.locator(".rcp-Message").allTextContents();
    expect(texts).to.have.length(3);
    expect(texts[0]).to.contain('has mark "overlay"').and.to.contain("Update @receptive/jupyterlab.");
    expect(texts[1]).to.contain("is of version 3, known are 1 and 2");
    expect(texts[2]).to.contain("unreadable pixel bytes (3 do not fill 24 planes of 32x32). Run the cell again.");
    const pictures = page.locator(".rcp-Message-picture");
    expect(await pictures.count()).to.equal(1);
    expect(await pictures.evaluate((node: Node) => node.naturalWidth)).to.equal(1);
  });

  it("shows several marks below each other, under one title", async () => {
    const output = watched.page.locator(".rcp-View").last();
    await output.scrollIntoViewIfNeeded();
    await output.locator(".js-plotly-plot .lines path").first().waitFor({ state: "attached" });
    expect(await output.locator(".rcp-View-title").textContent()).to.equal("What conv1 learnt");
    expect(await output.locator(".rcp-View-subtitle").textContent()).to.equal("after 12,000 steps");
    const kinds = await output
      .locator(".rcp-View-parts > *")
      .evaluateAll((parts: { className: string }[]) => parts.map(({ className }) => className.split(" ")[0]));
    expect(kinds).to.deep.equal(["rcp-Grid", "rcp-Chart", "rcp-Grid"]);
  });

  it("keeps the reader's probe while an output is updated", async () => {
    const { page } = watched;
    const canvas = canvasOf(VIEWS.filters);
    await canvas.focus();
    for (const key of ["ArrowRight", "PageDown", "ArrowDown"]) await page.keyboard.press(key);
    const readout = readoutOf(VIEWS.filters);
    expect(await readout.textContent()).to.equal("filter 1 · row 1, column 0 · value 0");
    const other = filters();
    other.title = "Filters, a step later";
    await update(page, ORDER.indexOf(VIEWS.filters), outputOf(other));
    await page.locator(".rcp-View-title", { hasText: "a step later" }).waitFor();
    expect(await readout.textContent()).to.equal("filter 1 · row 1, column 0 · value 0");
    await page.keyboard.press("ArrowDown");
    expect(await readout.textContent(), "the canvas has kept the focus").to.contain("row 2, column 0");
    await page.keyboard.press("Escape");
    await update(page, ORDER.indexOf(VIEWS.filters), outputOf(VIEWS.filters));
  });

  it("updates an output in place", async () => {
    const { page } = watched;
    const canvas = canvasOf(VIEWS.images);
    await canvas.evaluate(markKept);
    await chartOf(page).evaluate(markKept);
    const swapped = images();
    swapped.title = "Another batch";
    const { pixels } = swapped.marks[0];
    const bytes = Buffer.from(pixels.bytes, "base64");
    bytes.fill(0, 0, 3 * 32 * 32).fill(255, 32 * 32, 2 * 32 * 32);
    pixels.bytes = bytes.toString("base64");
    await update(page, 0, outputOf(swapped));
    const oneLine = curve();
    oneLine.data.pop();
    await update(page, CHART, chartBundle(oneLine));
    await page.locator(".rcp-View-title", { hasText: "Another batch" }).waitFor();
    await page.waitForFunction("document.querySelector('.js-plotly-plot').querySelectorAll('.lines').length === 1");
    expect(await canvas.getAttribute("data-kept")).to.equal("yes");
    expect(await chartOf(page).getAttribute("data-kept")).to.equal("yes");
    // The words of an update come before its pixels.
    const green = async (): Promise<Pixel> => colourAt(await look(canvas), await layoutOf(swapped, canvas), 0, 16, 16);
    await until("the new picture's pixel", green, (pixel) => String(pixel) === "0,255,0");
    await update(page, 0, outputOf(VIEWS.images));
    await update(page, CHART, chartBundle(curve()));
    await page.waitForFunction("document.querySelector('.js-plotly-plot').querySelectorAll('.lines').length === 2");
  });

  it("follows a change of the theme, labels and charts included", async () => {
    const { page } = watched;
    const panel = page.locator(".jp-NotebookPanel");
    await panel.screenshot({ path: outputFile("fixtures-light.png") });
    await changeTheme(page, "JupyterLab Dark");
    await panel.screenshot({ path: outputFile("fixtures-dark.png") });
    const canvas = canvasOf(VIEWS.filters);
    const layout = await layoutOf(VIEWS.filters, canvas);
    const picture = await look(canvas);
    expect(distance(colourAt(picture, layout, 1, 2, 2), [127, 59, 8]), "data keep their colours").to.be.at.most(3);
    const { x, y } = tileOrigin(layout, 0);
    let brightest = 0;
    for (let dy = 2; dy < layout.labelHeight; dy++) {
      for (let dx = 0; dx < layout.tileWidth; dx++) {
        brightest = Math.max(brightest, picture.at(x + dx, y + layout.tileHeight + dy)[0]);
      }
    }
    expect(brightest, "labels are light on a dark page").to.be.greaterThan(180);
    expect(Math.max(...picture.at(x + layout.tileWidth + 4, y + 4)), "between tiles").to.be.lessThan(60);
    const chart = await look(chartOf(page));
    expect(countColour(chart, [86, 180, 233]), "training line").to.be.greaterThan(300);
    expect(Math.max(...chart.at(300, 300)), "the ground of the chart").to.be.lessThan(90);
    await changeTheme(page, "JupyterLab Light");
  });

  it("fits a narrow page", async () => {
    const { page } = watched;
    await page.setViewportSize({ width: 760, height: 2600 });
    await page.waitForFunction("document.querySelector('.rcp-Grid-canvas').clientWidth < 500");
    const overflow = await page
      .locator(".rcp-Grid")
      .evaluateAll((figures: Node[]) => figures.map((figure) => figure.scrollWidth - figure.clientWidth));
    expect(overflow).to.deep.equal([...ORDER, "maps", "filters"].map(() => 0));
    // Plotly waits for the end of a series of resizes.
    await page.locator(".rcp-Chart-plot").first().scrollIntoViewIfNeeded();
    await page.waitForFunction("document.querySelector('.js-plotly-plot .main-svg')?.clientWidth < 500");
    await page.locator(".jp-NotebookPanel").screenshot({ path: outputFile("fixtures-narrow.png") });
    await page.setViewportSize({ width: 1280, height: 2600 });
  });

  it("is as sharp on a screen with two device pixels a CSS pixel", async () => {
    const fine = await openFixtures({ deviceScaleFactor: 2 });
    const canvas = canvasOf(VIEWS.filters, fine);
    const layout = await layoutOf(VIEWS.filters, canvas, 2);
    const picture = await look(canvas);
    expect([picture.width, picture.height]).to.deep.equal([layout.width, layout.height]);
    const { x, y } = tileOrigin(layout, 1);
    const edge = x + 2 * layout.scale;
    const middle = y + 2.5 * layout.scale;
    expect(distance(picture.at(edge, middle), [127, 59, 8])).to.be.at.most(3);
    expect(distance(picture.at(edge - 1, middle), [247, 247, 247])).to.be.at.most(3);
    expect(fine.errors).to.deep.equal([]);
    await fine.page.context().close();
  });

  it("says which version is installed, on request", async () => {
    const { page } = watched;
    await page.evaluate('void window.jupyterapp.commands.execute("receptive:about")');
    const dialog = page.locator(".jp-Dialog");
    await dialog.waitFor();
    expect(await dialog.textContent()).to.match(
      /@receptive\/jupyterlab \d+\.\d+\.\d+ draws views made of .*grid.*, and plotly charts/,
    );
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "detached" });
  });

  it("did all this without an error on the console and without leaving this machine", () => {
    expect(watched.requests.length).to.be.greaterThan(20);
    expect(watched.foreignRequests).to.deep.equal([]);
    expect(watched.errors).to.deep.equal([]);
  });
});
