/** The command that brings a lecture's copy back: asked first, the reader's version kept beside it. */
import { expect } from "chai";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { openPage, outputFile, startBrowser, type WatchedPage } from "../support/browser";
import { pause, startJupyter, type JupyterServer } from "../support/jupyterServer";
import { command, KERNELSPEC } from "../support/labNotebook";

const RESET = "receptive:reset-lecture";
const NAME = "03-a.ipynb";
const notebook = (source: string, receptive?: object) => ({
  ...{ nbformat: 4, nbformat_minor: 5, metadata: { kernelspec: KERNELSPEC, ...(receptive && { receptive }) } },
  cells: [{ cell_type: "markdown", id: "title", metadata: {}, source }],
});

describe("Reset this Notebook to its Stored State", function () {
  this.timeout(120_000);
  let server: JupyterServer;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  const file = (...parts: string[]): string => join(server.folder, ...parts);
  const read = (path: string): string => readFileSync(path, "utf8");

  const notebooks = (): string[] => readdirSync(file("my")).filter((name) => name.endsWith(".ipynb"));

  before(async () => {
    server = await startJupyter();
    browser = await startBrowser();
    watched = await openPage(browser);
    page = watched.page;
    for (const folder of ["lectures", "my"]) mkdirSync(file(folder));
    writeFileSync(file("lectures", NAME), JSON.stringify(notebook("# Stored")));
    writeFileSync(file("my", NAME), JSON.stringify(notebook("# Mine", { stored: `../lectures/${NAME}` })));
    await page.goto(`${server.url}/lab/tree/my/${NAME}?reset`);
    await page.locator(".jp-Notebook h1", { hasText: "Mine" }).waitFor({ timeout: 60_000 });
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  it("says before where the present version is kept, and does nothing on Cancel", async () => {
    await command(page, RESET);
    const dialog = page.locator(".jp-Dialog");
    expect(await dialog.innerText()).to.match(
      /Your version is kept as “my\/03-a \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.ipynb”/,
    );
    await page.screenshot({ path: outputFile("reset-lecture.png") });
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(notebooks()).to.deep.equal([NAME]);
    expect(read(file("my", NAME))).to.contain("# Mine");
  });

  it("brings the stored cells back, saved, and keeps the present ones", async () => {
    await command(page, RESET);
    await page.locator(".jp-Dialog").getByRole("button", { name: "Reset" }).click();
    await page.locator(".jp-Notebook h1", { hasText: "Stored" }).waitFor();
    for (const deadline = Date.now() + 10_000; !read(file("my", NAME)).includes("# Stored"); await pause(50))
      if (Date.now() > deadline) expect.fail("the notebook was not saved");
    const kept = notebooks().filter((name) => name !== NAME);
    expect(kept).to.have.length(1);
    expect(read(file("my", kept[0]))).to.contain("# Mine");
    // It can be reset again.
    expect(read(file("my", NAME))).to.contain(`../lectures/${NAME}`);
    expect(watched.errors).to.deep.equal([]);
  });

  it("is not offered for a notebook that is no copy", async () => {
    await page.goto(`${server.url}/lab/tree/lectures/${NAME}?reset`);
    await page.locator(".jp-Notebook h1", { hasText: "Stored" }).waitFor({ timeout: 60_000 });
    expect(await page.evaluate(`window.jupyterapp.commands.isEnabled("${RESET}")`)).to.equal(false);
  });
});
