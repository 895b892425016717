/** Every view of the gallery as it is saved, in JupyterLab, in both themes: drawn, photographed for people, and without an error. */
import { expect } from "chai";
import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { changeTheme, openPage, outputFile, startBrowser, untilIdle, type WatchedPage } from "../support/browser";
import { ROOT, startJupyter, type JupyterServer } from "../support/jupyterServer";

const NOTEBOOK = "window.jupyterapp.shell.currentWidget.content";

describe("the gallery in JupyterLab", function () {
  this.timeout(240_000);
  let server: JupyterServer;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  let cells: { id: string; type: string }[];

  before(async () => {
    server = await startJupyter();
    browser = await startBrowser();
    watched = await openPage(browser);
    page = watched.page;
    copyFileSync(join(ROOT, "notebooks/gallery.ipynb"), join(server.folder, "gallery.ipynb"));
    await page.goto(`${server.url}/lab/tree/gallery.ipynb?reset`);
    await page.locator(".jp-Notebook .jp-CodeCell").first().waitFor({ timeout: 60_000 });
    await untilIdle(page, 60_000);
    cells = await page.evaluate(`${NOTEBOOK}.widgets.map(({ model: { id, type } }) => ({ id, type }))`);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** Scrolls to a cell and waits until what it shows is drawn. */
  async function see(index: number): Promise<void> {
    await page.evaluate(`(async () => {
      ${NOTEBOOK}.activeCellIndex = ${index};
      await ${NOTEBOOK}.scrollToItem(${index}, "start");
    })()`);
    await page.waitForFunction(
      `(() => {
        const views = [...${NOTEBOOK}.widgets[${index}].node.querySelectorAll(".rcp-View")];
        return views.length > 0 && views.every((view) => {
          const parts = view.querySelector(".rcp-View-parts");
          return parts && parts.getBoundingClientRect().height > 30;
        });
      })()`,
      undefined,
      { timeout: 30_000 },
    );
    // plotly draws in steps of its own.
    await page.waitForTimeout(250);
  }

  for (const theme of ["JupyterLab Light", "JupyterLab Dark"] as const)
    it(`is drawn whole: ${theme}`, async () => {
      await changeTheme(page, theme);
      const views = cells.flatMap(({ id, type }, index) =>
        type === "code" && id !== "preparation" ? [{ id, index }] : [],
      );
      expect(views.length).to.be.above(30);
      for (const { id, index } of views) {
        await see(index);
        const file = outputFile(`gallery/${theme.replace("JupyterLab ", "").toLowerCase()}/${id}.png`);
        mkdirSync(dirname(file), { recursive: true });
        await page.screenshot({ path: file });
        expect(await page.locator(".rcp-Message").allTextContents(), id).to.deep.equal([]);
      }
    });

  it("without an error on the console, and without a request to anywhere else", () => {
    expect(watched.errors).to.deep.equal([]);
    expect(watched.foreignRequests).to.deep.equal([]);
  });
});
