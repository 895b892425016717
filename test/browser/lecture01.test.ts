import { expect } from "chai";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { look, openPage, outputFile, startBrowser, untilIdle, type WatchedPage } from "../support/browser";
import { pause, ROOT, startJupyter, type JupyterServer } from "../support/jupyterServer";
import { countDistinct, distance, type Picture, type Pixel } from "../support/png";

const NAME = "01-convolutional-neural-network.ipynb";
const NOTEBOOK = join(ROOT, "notebooks/lectures", NAME);
const CONTENT = "window.jupyterapp.shell.currentWidget.content";
/** From the click to the end of the last cell, on a slow machine. */
const RUN_LIMIT = 240_000;

describe("the first lecture in JupyterLab", function () {
  this.timeout(RUN_LIMIT + 120_000);
  let server: JupyterServer;
  let browser: Browser;
  let watched: WatchedPage;
  let hasRun = false;

  before(async () => {
    if (!existsSync(NOTEBOOK)) throw new Error(`lecture01: the notebook is not there (${NOTEBOOK}).`);
    // The lecture must work for someone who has downloaded nothing.
    const environment = { ...process.env };
    delete environment.RECEPTIVE_DATA;
    server = await startJupyter({ environment });
    browser = await startBrowser();
    writeFileSync(join(server.folder, NAME), withoutOutputs(readFileSync(NOTEBOOK, "utf8")));
    watched = await openPage(browser, { height: 1600 });
    await watched.page.goto(`${server.url}/lab/tree/${NAME}?reset`);
    await watched.page.locator(".jp-Notebook .jp-CodeCell").first().waitFor({ timeout: 60_000 });
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  it("runs from top to bottom with Restart Kernel and Run All Cells", async () => {
    const { page } = watched;
    // A click before the kernel is connected is lost.
    await untilIdle(page, 60_000);
    await page.locator('.jp-NotebookPanel-toolbar [data-command="notebook:restart-run-all"]').first().click();
    await page.locator(".jp-Dialog").getByRole("button", { name: "Confirm Kernel Restart" }).click();
    const curveLengths = await untilRun(page, RUN_LIMIT);
    expect(await errorsOf(page), "error outputs").to.deep.equal([]);
    expect(await page.locator(".rcp-Message").allTextContents(), "outputs that cannot be drawn").to.deep.equal([]);
    expect(curveLengths.length, "lengths of the one curve while its cell ran").to.be.at.least(4);
    expect(curveLengths).to.deep.equal([...curveLengths].sort((a, b) => a - b));
    hasRun = true;
  });

  it("has drawn curves, filters and feature maps", async function () {
    if (!hasRun) this.skip();
    await expectDrawings(watched.page, "lecture01", 4);
  });

  it("draws the same from the saved notebook, without running it again", async function () {
    if (!hasRun) this.skip();
    const { page } = watched;
    await page.evaluate("window.jupyterapp.commands.execute('docmanager:save')");
    await page.waitForFunction("!window.jupyterapp.shell.currentWidget.context.model.dirty");
    const saved = readFileSync(join(server.folder, NAME), "utf8");
    expect(saved).to.contain("application/vnd.receptive.v1+json").and.to.contain("application/vnd.plotly.v1+json");

    await page.goto(`${server.url}/lab/tree/${NAME}?reset`);
    await page.locator(".jp-Notebook .jp-CodeCell").first().waitFor({ timeout: 60_000 });
    await untilIdle(page, 60_000);
    await expectDrawings(page, "lecture01-reloaded");
    expect(readFileSync(join(server.folder, NAME), "utf8"), "nothing ran").to.equal(saved);
  });

  it("did all this without an error on the console and without leaving this machine", () => {
    expect(watched.requests.length).to.be.greaterThan(20);
    expect(watched.foreignRequests).to.deep.equal([]);
    expect(watched.errors).to.deep.equal([]);
  });
});

/** The notebook as if nobody had run it: what is drawn later comes from this run. */
function withoutOutputs(text: string): string {
  const notebook = JSON.parse(text) as { cells: { outputs?: unknown[]; execution_count?: number | null }[] };
  for (const cell of notebook.cells)
    if (cell.outputs) {
      cell.outputs = [];
      cell.execution_count = null;
    }
  return JSON.stringify(notebook);
}

/** What the outputs of a cell hold of grids, by their tiles, and of charts. */
interface CellViews {
  id: string;
  index: number;
  tiles: string[];
  charts: number;
}

/**
 * Looks at every grid and every chart; each must be more than an empty frame, and every kind must be there.
 * @param most  of how many cells; default all that have some
 */
async function expectDrawings(page: Page, name: string, most = Infinity): Promise<void> {
  const cells = await page.evaluate<CellViews[]>(`
    ${CONTENT}.widgets.map(({ model }, index) => {
      const data = model.type === "code" ? model.outputs.toJSON().map((output) => output.data ?? {}) : [];
      const marks = data.flatMap((each) => each["application/vnd.receptive.v1+json"]?.marks ?? []);
      return {
        id: model.id,
        index,
        tiles: marks.flatMap(({ mark, tile }) => (mark === "grid" ? [tile] : [])),
        charts: marks.filter(({ mark }) => mark === "chart").length +
          data.filter((each) => each["application/vnd.plotly.v1+json"]).length,
      };
    })`);
  expect(cells.flatMap(({ tiles }) => tiles)).to.include.members(["image", "filter", "channel"]);
  expect(cells.filter(({ charts }) => charts > 0)).to.not.be.empty;

  for (const { id, index, tiles, charts } of cells.filter((cell) => cell.tiles.length + cell.charts > 0).slice(-most)) {
    const cell = await scrollTo(page, index);
    for (const [i, kind] of tiles.entries()) {
      const canvas = cell.locator(".rcp-Grid canvas").nth(i);
      await canvas.waitFor({ timeout: 30_000 });
      await canvas.scrollIntoViewIfNeeded();
      // An image of zeros and ones has two colours, and the frame is a third; maps beside larger ones are pale.
      const isDrawn = (seen: Picture): boolean =>
        kind === "filter" ? countColoured(seen) > 100 : countDistinct(seen) > 2;
      const picture = await settled(canvas, isDrawn);
      await cell
        .locator(".rcp-Grid")
        .nth(i)
        .screenshot({ path: outputFile(`${name}-${id}-${i}.png`) });
      expect(isDrawn(picture), `${kind} ${i} of the cell ${id} is drawn`).to.equal(true);
    }
    for (let i = 0; i < charts; i++) {
      const chart = cell.locator(".rcp-Chart-plot").nth(i);
      await chart.locator(".main-svg").first().waitFor({ timeout: 30_000 });
      await chart.scrollIntoViewIfNeeded();
      const picture = await settled(chart, (seen) => countColoured(seen) > 100);
      expect(countColoured(picture), `coloured pixels of chart ${i} of the cell ${id}`).to.be.greaterThan(100);
      await chart.screenshot({ path: outputFile(`${name}-${id}-chart-${i}.png`) });
    }
  }
}

/** The cell, once it is in sight: what lies far from it is not attached. */
async function scrollTo(page: Page, index: number): Promise<Locator> {
  await page.evaluate(`(async () => {
    ${CONTENT}.activeCellIndex = ${index};
    await ${CONTENT}.scrollToItem(${index}, "start");
  })()`);
  return page.locator(`.jp-Notebook .jp-Cell[data-windowed-list-index="${index}"]`);
}

/** A picture that fulfils the condition, or the last one after five seconds: plotly and scrolling take a moment. */
async function settled(target: Locator, condition: (picture: Picture) => boolean): Promise<Picture> {
  for (const deadline = Date.now() + 5_000; ; await pause(200)) {
    const picture = await look(target);
    if (condition(picture) || Date.now() > deadline) return picture;
  }
}

/** How many pixels are coloured rather than grey: maps, lines and bars are; text, frames and ground are not. */
function countColoured(picture: Picture): number {
  let coloured = 0;
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      const pixel: Pixel = picture.at(x, y);
      if (distance(pixel, [pixel[1], pixel[2], pixel[0]]) > 60) coloured++;
    }
  }
  return coloured;
}

/**
 * Waits until every code cell that holds code has a number, none has a star, and the kernel is idle; an error ends it at once.
 * Gives the lengths that the only chart's line had meanwhile, each once.
 */
async function untilRun(page: Page, limit: number): Promise<number[]> {
  const state = `(() => {
    const { content, sessionContext } = window.jupyterapp.shell.currentWidget;
    const cells = content.widgets.filter((cell) => cell.model.type === "code" && cell.model.sharedModel.source.trim());
    return {
      idle: sessionContext.session?.kernel?.status === "idle",
      waiting: cells.filter((cell) => cell.model.executionState === "running" || cell.inputPrompt?.text === "*"
        || cell.node.querySelector(".jp-InputPrompt")?.textContent.includes("*")).length,
      missing: cells.filter((cell) => cell.model.executionCount === null).length,
      curves: cells.flatMap((cell) => cell.model.outputs.toJSON())
        .flatMap((output) => output.data?.["application/vnd.plotly.v1+json"]?.data ?? []).map((line) => line.y.length),
      failed: cells.some((cell) => cell.model.outputs.toJSON().some((output) => output.output_type === "error")),
    };
  })()`;
  interface State {
    idle: boolean;
    waiting: number;
    missing: number;
    failed: boolean;
    curves: number[];
  }
  const lengths = new Set<number>();
  let quiet = 0;
  for (const deadline = Date.now() + limit; ; await pause(250)) {
    const seen = await page.evaluate<State>(state);
    if (seen.failed) return [];
    if (seen.curves.length > 1) throw new Error(`lecture01: ${seen.curves.length} lines instead of one.`);
    for (const length of seen.curves) lengths.add(length);
    quiet = seen.idle && seen.waiting === 0 && seen.missing === 0 ? quiet + 1 : 0;
    // Between two cells the kernel is idle for a moment: three looks in a row are the end.
    if (quiet === 3) return [...lengths];
    if (Date.now() > deadline) {
      throw new Error(
        `lecture01: not finished after ${limit / 1000} s: ${seen.missing} cells without a number, ${seen.waiting} with a star, kernel ${seen.idle ? "idle" : "busy"}.`,
      );
    }
  }
}

/** Error outputs, and text on stderr, which Lab shows in red. */
function errorsOf(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`
    window.jupyterapp.shell.currentWidget.content.widgets
      .filter((cell) => cell.model.type === "code")
      .flatMap((cell) => cell.model.outputs.toJSON())
      .filter((output) => output.output_type === "error" || output.name === "stderr")
      .map((output) => output.evalue ?? [].concat(output.text).join(""))`);
}
