/** Cells in a real JupyterLab: what people see beside and below them. */
import { expect } from "chai";
import type { Browser } from "playwright-core";
import { openPage, startBrowser, untilIdle, type WatchedPage } from "../support/browser";
import { pause, startJupyter, type JupyterServer } from "../support/jupyterServer";
import { command, openCells, outputOf, promptsOf } from "../support/labNotebook";

describe("cells in JupyterLab", function () {
  this.timeout(180_000);
  let server: JupyterServer;
  let browser: Browser;
  let watched: WatchedPage;
  before(async () => {
    server = await startJupyter();
    browser = await startBrowser();
    watched = await openPage(browser);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  it("that never ran have no number, after an error and after Stop in Run All", async () => {
    const { page } = watched;
    await openCells(page, server, "prompts.ipynb", ["1", "throw new Error('x')", "3", "4"]);
    await command(page, "notebook:run-all-cells");
    await page.locator(".jp-OutputArea-output").nth(1).waitFor();
    await untilIdle(page, 20_000);
    await pause(500);
    expect(await promptsOf(page)).to.deep.equal(["[1]:", "[2]:", "[ ]:", "[ ]:"]);

    const endless = "console.log('go'); await new Promise(() => {})";
    await openCells(page, server, "stopped.ipynb", ["1", endless, "3", "4"]);
    await command(page, "notebook:run-all-cells");
    await page.getByText("go", { exact: true }).waitFor();
    await page.locator('.jp-NotebookPanel-toolbar [data-command="notebook:interrupt-kernel"]').click();
    await page.getByText("The cell was stopped").waitFor();
    await untilIdle(page, 20_000);
    await pause(500);
    expect(await promptsOf(page)).to.deep.equal(["[1]:", "[2]:", "[ ]:", "[ ]:"]);
  });

  const FLOODS: Record<string, string> = {
    "console.log in an endless loop": `while (true) console.log("hello")`,
    "the same of long lines": `while (true) console.log("x".repeat(5000))`,
    "one line without an end": `while (true) process.stdout.write("y")`,
    "a counter that replaces itself": `for (let i = 0; ; i++) { clearOutput({ wait: true }); console.log("step", i); }`,
    "a child's": `require("node:child_process").spawn("yes", { stdio: "inherit" }); await new Promise(() => {})`,
    displays: `while (true) display("hello")`,
    "one display that changes": `const shown = display(0); for (let i = 0; ; i++) shown.update(i)`,
  };
  for (const [title, code] of Object.entries(FLOODS)) {
    it(`flooded leave the page usable, and Stop works at once: ${title}`, async () => {
      const { page } = watched;
      await openCells(page, server, "flood.ipynb", [code, `"still" + " here"`]);
      await command(page, "notebook:run-cell");
      await pause(4000);
      const began = Date.now();
      await page
        .locator('.jp-NotebookPanel-toolbar [data-command="notebook:interrupt-kernel"]')
        .click({ timeout: 10_000 });
      expect(Date.now() - began, "ms until Stop could be clicked").to.be.lessThan(5000);
      await page.waitForFunction(
        `document.querySelector(".jp-InputArea-prompt").textContent.trim() !== "[*]:"`,
        undefined,
        { timeout: 20_000 },
      );
      expect(Date.now() - began, "ms until the cell had ended").to.be.lessThan(8000);
      const heap = await page.evaluate<number>("performance.memory.usedJSHeapSize / 2 ** 20");
      expect(heap, "MB of the page").to.be.lessThan(300);
      await page.locator(".jp-CodeCell").nth(1).locator(".cm-content").click();
      await command(page, "notebook:run-cell");
      await page.getByText("'still here'").waitFor({ timeout: 20_000 });
      expect(await outputOf(page, 1)).to.equal("'still here'");
    });
  }
});
