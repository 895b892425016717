/** Notebook 7: views, charts and questions work there as in JupyterLab. */
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { fromArray } from "../../src";
import { openPage, outputFile, startBrowser, untilIdle, type WatchedPage } from "../support/browser";
import { pause, startJupyter, type JupyterServer } from "../support/jupyterServer";
import { command, writeCells } from "../support/labNotebook";

const CELLS = [
  `import { fromArray, show } from "receptive";
   const shown = fromArray(Float32Array.from({ length: 72 }, (_, i) => (0.1 + i * 0.0137) % 1), [2, 1, 6, 6]);
   show.images(shown)`,
  `const loss = show.curve();
   for (let i = 0; i < 20; i++) loss.add({ loss: 1 / (i + 1) });
   loss`,
];
const values = fromArray(
  Float32Array.from({ length: 72 }, (_, i) => (0.1 + i * 0.0137) % 1),
  [2, 1, 6, 6],
);

describe("Notebook 7", function () {
  this.timeout(180_000);
  let server: JupyterServer;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  before(async () => {
    server = await startJupyter({ app: "notebook" });
    browser = await startBrowser();
    watched = await openPage(browser);
    page = watched.page;
    writeCells(server, "views.ipynb", CELLS);
    await page.goto(`${server.url}/notebooks/views.ipynb`);
    await page.locator(".jp-Notebook .jp-CodeCell").first().waitFor({ timeout: 60_000 });
    await untilIdle(page, 60_000);
    await command(page, "notebook:run-all-cells");
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  it("draws views and charts", async () => {
    await page.locator(".rcp-Grid canvas").waitFor({ timeout: 60_000 });
    await page.locator(".js-plotly-plot .lines path").first().waitFor({ state: "attached", timeout: 60_000 });
    await page.screenshot({ path: outputFile("notebook7.png") });
  });

  it("asks the kernel for the exact number under the pointer", async () => {
    const canvas = page.locator(".rcp-Grid canvas");
    await canvas.scrollIntoViewIfNeeded();
    await canvas.focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    const numbers = await values.data();
    for (const deadline = Date.now() + 10_000; ; await pause(50)) {
      const text = await page.locator(".rcp-Grid-readout").innerText();
      const [, tile, row, column, value] = /(\d+) · row (\d+), column (\d+) · value (\S+)/.exec(text) ?? [];
      if (Math.fround(Number(value)) === numbers[+tile * 36 + +row * 6 + +column]) break;
      if (Date.now() > deadline) expect.fail(`"${text}" is not exact`);
    }
  });

  it("without an error on the console", () => {
    // Notebook 7.6.5 reports an error of its own at its start, with and without extensions.
    expect(watched.errors.filter((error) => !error.includes("/static/notebook/notebook_core"))).to.deep.equal([]);
    expect(watched.foreignRequests).to.deep.equal([]);
  });
});
