/** A pointer asks the kernel: exact numbers in the read-out of a grid of bytes, in a real JupyterLab with real kernels. */
import { expect } from "chai";
import type { Browser, Locator, Page } from "playwright-core";
import { manualSeed, models, randn } from "../../src";
import { softmax } from "../../src/ops";
import { openPage, startBrowser, untilIdle, type WatchedPage } from "../support/browser";
import { pause, startJupyter, type JupyterServer } from "../support/jupyterServer";
import { command, openCells, writeCells } from "../support/labNotebook";
import { lies } from "./support/lies";

/** What both the cell and the test compute: the numbers of two grey images of 6x6. */
const numberAt = (seed: number, i: number): number => Math.fround((seed + i * 0.0137) % 1);
const imagesCell = (seed: number): string =>
  `import { fromArray, randn, show } from "receptive";
   const shown = fromArray(Float32Array.from({ length: 72 }, (_, i) => (${seed} + i * 0.0137) % 1), [2, 1, 6, 6]);
   show.images(shown)`;
const STEP = 1 / 255;

interface Reading {
  tile: number;
  row: number;
  column: number;
  value: number;
}

describe("asking the kernel from JupyterLab", function () {
  this.timeout(180_000);
  let server: JupyterServer;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  before(async () => {
    server = await startJupyter();
    browser = await startBrowser();
    watched = await openPage(browser);
    page = watched.page;
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });
  afterEach(async () => {
    expect(watched.errors, "errors on the page").to.deep.equal([]);
    expect(await page.locator(".rcp-Message").count(), "lines that say what is wrong").to.equal(0);
  });

  const grid = (within: Page | Locator = page): Locator => within.locator(".rcp-Grid").first();

  /** What the read-out says now. */
  async function readingOf(of: Locator): Promise<Reading> {
    const text = await of.locator(".rcp-Grid-readout").innerText();
    const [, tile, row, column, value] = /(\d+) · row (\d+), column (\d+) · value (\S+)/.exec(text) ?? [];
    expect(value, `the read-out: ${text}`).to.be.a("string");
    return { tile: +tile, row: +row, column: +column, value: Number(value.replace("−", "-")) };
  }

  /** Moves the pointer to a place of the canvas, in shares of its sides. */
  async function hover(of: Locator, x: number, y: number): Promise<void> {
    const canvas = of.locator("canvas");
    const box = await lies(canvas);
    await page.mouse.move(box.x + x * box.width - 1, box.y + y * box.height);
    await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
  }

  const expected = (seed: number, { tile, row, column }: Reading): number =>
    numberAt(seed, tile * 36 + row * 6 + column);

  /** Waits until the read-out says the number to the bit. */
  async function untilExact(of: Locator, exact: (reading: Reading) => number): Promise<Reading> {
    for (const deadline = Date.now() + 10_000; ; await pause(20)) {
      const reading = await readingOf(of);
      if (Math.fround(reading.value) === exact(reading)) return reading;
      if (Date.now() > deadline) expect.fail(`${JSON.stringify(reading)} is not ${exact(reading)}`);
    }
  }

  /** The read-out says what the byte knows, and goes on saying that. */
  async function staysApproximate(of: Locator, seed: number): Promise<void> {
    const before = await readingOf(of);
    await pause(1500);
    const reading = await readingOf(of);
    expect(reading).to.deep.equal(before);
    expect(Math.abs(reading.value - expected(seed, reading))).to.be.lessThan(STEP);
    expect(Math.fround(reading.value)).to.not.equal(expected(seed, reading));
  }

  /** Opens a notebook of one cell and runs it. */
  async function openImages(name: string, seed: number): Promise<void> {
    await openCells(page, server, name, [imagesCell(seed), "1 + 1"]);
    await command(page, "notebook:run-cell-and-select-next");
    await grid().locator("canvas").waitFor({ timeout: 60_000 });
    await untilIdle(page, 30_000);
  }

  it("shows the exact number where the pointer rests, and where the keys lead", async () => {
    await openImages("images.ipynb", 0.1);
    await hover(grid(), 0.2, 0.4);
    const first = await readingOf(grid());
    expect(Math.abs(first.value - expected(0.1, first)), "at once what the byte knows").to.be.lessThan(STEP);
    const exact = await untilExact(grid(), (reading) => expected(0.1, reading));
    expect([exact.tile, exact.row, exact.column]).to.deep.equal([first.tile, first.row, first.column]);
    // The whole tile has come: the next pixel is exact at once.
    await hover(grid(), 0.25, 0.2);
    const next = await readingOf(grid());
    expect(Math.fround(next.value)).to.equal(expected(0.1, next));

    await grid().locator("canvas").focus();
    await page.keyboard.press("PageDown");
    await page.keyboard.press("ArrowDown");
    const keyed = await untilExact(grid(), (reading) => expected(0.1, reading));
    expect(keyed.tile).to.equal(1);
    expect(await grid().locator(".rcp-Grid-readout").getAttribute("aria-live")).to.equal("polite");
  });

  it("is answered while a cell runs, and after the page was loaded again", async () => {
    await openImages("again.ipynb", 0.2);
    const endless =
      "while (true) { const t = Date.now() + 10; while (Date.now() < t); await new Promise((r) => setImmediate(r)); }";
    await page.locator(".jp-CodeCell").nth(1).locator(".cm-content").fill(endless);
    await command(page, "notebook:run-cell");
    await page.locator('.jp-CodeCell >> nth=1 >> .jp-InputArea-prompt:has-text("[*]")').waitFor();
    await hover(grid(), 0.2, 0.4);
    await untilExact(grid(), (reading) => expected(0.2, reading));
    await page.locator('.jp-NotebookPanel-toolbar [data-command="notebook:interrupt-kernel"]').click();
    await untilIdle(page, 20_000);

    await page.evaluate(`window.jupyterapp.commands.execute("docmanager:save")`);
    await page.goto(`${server.url}/lab/tree/again.ipynb`);
    await grid().locator("canvas").waitFor({ timeout: 60_000 });
    await untilIdle(page, 60_000);
    await hover(grid(), 0.2, 0.4);
    await untilExact(grid(), (reading) => expected(0.2, reading));
  });

  it("says what it carries, and no more, once the kernel was restarted or has gone", async () => {
    await openImages("restarted.ipynb", 0.3);
    await hover(grid(), 0.2, 0.4);
    await untilExact(grid(), (reading) => expected(0.3, reading));
    await page.evaluate(`window.jupyterapp.shell.currentWidget.sessionContext.restartKernel()`);
    // The other tile, because the numbers of the first one have come before. JupyterLab knows a restarted kernel as idle when it
    // has answered something: the question.
    for (const deadline = Date.now() + 90_000; ; await pause(1000)) {
      await hover(grid(), 0.7, 0.4);
      const status = await page.evaluate(`window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status`);
      if (status === "idle") break;
      if (Date.now() > deadline) expect.fail(`the kernel was restarted and is ${String(status)}`);
    }
    expect((await readingOf(grid())).tile).to.equal(1);
    await staysApproximate(grid(), 0.3);
    await page.evaluate(`window.jupyterapp.shell.currentWidget.sessionContext.shutdown()`);
    await hover(grid(), 0.8, 0.4);
    await staysApproximate(grid(), 0.3);
    // The cell, run again in a new kernel, is a view with an id of that kernel.
    await page.evaluate(`window.jupyterapp.shell.currentWidget.sessionContext.startKernel()`);
    await untilIdle(page, 60_000);
    await page.locator(".jp-CodeCell").first().locator(".cm-content").click();
    await command(page, "notebook:run-cell");
    await pause(500);
    await untilIdle(page, 60_000);
    await hover(grid(), 0.2, 0.4);
    await untilExact(grid(), (reading) => expected(0.3, reading));
  });

  it("leads the explorer through the images of a batch, until the kernel was restarted", async () => {
    const cell = `import { manualSeed, models, randn, show } from "receptive";
      manualSeed(17);
      const net = new models.LeNet5();
      const batch = randn([3, 1, 32, 32]);
      show.network(net, batch)`;
    manualSeed(17);
    const net = new models.LeNet5();
    const batch = randn([3, 1, 32, 32]);
    await openCells(page, server, "batch.ipynb", [cell]);
    await command(page, "notebook:run-cell");
    await page.locator(".rcp-Network-canvas").waitFor({ timeout: 60_000 });
    await untilIdle(page, 30_000);
    const slider = page.locator(".rcp-Network-images input");
    for (const image of [2, 1, 0]) {
      const shares = await softmax(net(batch.narrow(0, image, 1)), 1).data();
      await slider.fill(`${image}`);
      const wanted = Array.from(shares, (share) => `${(100 * share).toFixed(1)} %`);
      await page.waitForFunction(
        `[...document.querySelectorAll(".rcp-Network-words text")].map((text) => text.textContent)
          .filter((words) => words.endsWith(" %")).join() === ${JSON.stringify(wanted.join())}`,
        undefined,
        { timeout: 20_000 },
      );
    }
    await page.evaluate(`window.jupyterapp.shell.currentWidget.sessionContext.restartKernel()`);
    const line = page.locator(".rcp-Network-images-line");
    for (const deadline = Date.now() + 90_000; !/Run the cell again/.test(await line.innerText()); await pause(500)) {
      if (await slider.isEnabled()) await slider.fill((await slider.inputValue()) === "2" ? "1" : "2");
      else await page.locator(".rcp-Network-images").hover();
      if (Date.now() > deadline) expect.fail(`the slider says ${await line.innerText()}`);
    }
    expect(await slider.inputValue()).to.equal("0");
  });

  it("asks each notebook's own kernel, and finds it from an output in a view of its own", async () => {
    await openImages("one.ipynb", 0.4);
    writeCells(server, "two.ipynb", [imagesCell(0.5)]);
    await page.evaluate(
      `window.jupyterapp.commands.execute("docmanager:open", { path: "two.ipynb", options: { mode: "split-right" } })`,
    );
    const panels = page.locator(".jp-NotebookPanel");
    await panels.nth(1).locator(".jp-CodeCell").waitFor({ timeout: 60_000 });
    await untilIdle(page, 60_000);
    await command(page, "notebook:run-cell");
    const [one, two] = [grid(panels.nth(0)), grid(panels.nth(1))];
    await two.locator("canvas").waitFor({ timeout: 60_000 });
    for (const [of, seed] of [
      [two, 0.5],
      [one, 0.4],
      [two, 0.5],
    ] as const) {
      await hover(of, 0.3, 0.3);
      await untilExact(of, (reading) => expected(seed, reading));
      await hover(of, 0.8, 0.3);
      await untilExact(of, (reading) => expected(seed, reading));
    }
    await command(page, "notebook:create-output-view");
    const clone = grid(page.locator(".jp-LinkedOutputView"));
    await clone.locator("canvas").waitFor({ timeout: 20_000 });
    await hover(clone, 0.3, 0.3);
    await untilExact(clone, (reading) => expected(0.5, reading));
  });

  it("shows the mean of the pixels that one of a reduced view stands for", async () => {
    const cell = `import { fromArray, show } from "receptive";
      const maps = fromArray(Float32Array.from({ length: 64 * 96 * 96 }, (_, i) => Math.sin(i * 0.7) - 0.1), [64, 96, 96]);
      show.featureMaps(maps)`;
    await openCells(page, server, "reduced.ipynb", [cell]);
    await command(page, "notebook:run-cell");
    await grid().locator("canvas").waitFor({ timeout: 60_000 });
    await untilIdle(page, 30_000);
    const [, size] = /96×96 shown as (\d+)×/.exec(await page.locator(".rcp-View").first().innerText()) ?? [];
    const factor = Math.ceil(96 / Number(size));
    expect(factor).to.be.greaterThan(1);
    await hover(grid(), 0.31, 0.13);
    await untilExact(grid(), ({ tile, row, column }) => {
      let [sum, count] = [0, 0];
      for (let y = row * factor; y < Math.min(96, (row + 1) * factor); y++)
        for (let x = column * factor; x < Math.min(96, (column + 1) * factor); x++, count++)
          sum += Math.fround(Math.sin(((tile * 96 + y) * 96 + x) * 0.7) - 0.1);
      return Math.fround(sum / count);
    });
  });
});
