/** The inspector in a real JupyterLab with a real kernel: what it lists, opens and says. */
import { expect } from "chai";
import { changeTheme, outputFile, untilIdle } from "../support/browser";
import { pause } from "../support/jupyterServer";
import { command, openCells, writeCells } from "../support/labNotebook";
import { scriptedDigits } from "../support/scriptedDigits";
import { InspectorLab, untilText } from "./support/inspectorLab";
import { until } from "./support/until";

describe("inspector in JupyterLab", function () {
  this.timeout(240_000);
  let lab: InspectorLab;
  before(async () => {
    lab = await InspectorLab.open();
  });
  after(() => lab?.close());
  afterEach(() => lab.expectQuiet());

  it("says in one sentence why there is nothing, and lists networks, data sets and tensors", async () => {
    await lab.page.goto(`${lab.server.url}/lab?reset`);
    await lab.page.locator("#jp-main-dock-panel").waitFor({ timeout: 60_000 });
    await lab.page.waitForFunction(`window.jupyterapp?.commands.hasCommand("receptive:inspector")`, null, {
      timeout: 60_000,
    });
    await command(lab.page, "receptive:inspector");
    await untilText(lab.line(), /^Open a notebook/);
    await openCells(lab.page, lab.server, "list.ipynb", ["1"]);
    await command(lab.page, "receptive:inspector");
    await untilText(lab.line(), /^Nothing to see yet/);
    await lab.start("list.ipynb");
    expect(await lab.options().allInnerTexts()).to.deep.equal([
      "net\nNet",
      "data\nImageDataset 3000 items",
      "x\nTensor 2 × 3",
    ]);
    expect(await lab.panel().locator(".rcp-Inspector-heading").allInnerTexts()).to.deep.equal([
      "Networks",
      "Data sets",
      "Tensors",
    ]);
    // Another notebook has another kernel; the list follows.
    writeCells(lab.server, "other.ipynb", ["1"]);
    await lab.page.evaluate(`window.jupyterapp.commands.execute("docmanager:open", { path: "other.ipynb" })`);
    await untilText(lab.line(), /^Nothing to see yet/);
    await untilIdle(lab.page, 60_000);
    await lab.page.evaluate(`window.jupyterapp.commands.execute("docmanager:open", { path: "list.ipynb" })`);
    await lab.option("net").waitFor({ timeout: 20_000 });
    await lab.page.evaluate(`window.jupyterapp.shell.currentWidget.sessionContext.shutdown()`);
    await untilText(lab.line(), /^No kernel of Receptive/);
  });

  it("costs one list a cell, and none while it is hidden", async () => {
    await lab.start("cost.ipynb", "const a = 1;", "const b = 2;");
    await pause(500);
    let before = lab.lists;
    await lab.runCell(1);
    await until(
      "a list",
      async () => lab.lists - before,
      (count) => count > 0,
    );
    await pause(500);
    expect(lab.lists - before).to.equal(1);
    await lab.page.evaluate(`window.jupyterapp.shell.collapseRight()`);
    await pause(300);
    before = lab.lists;
    await lab.runCell(2);
    await lab.page.locator('.jp-CodeCell >> nth=2 >> .jp-InputArea-prompt:has-text("[3]")').waitFor();
    await pause(500);
    expect(lab.lists - before).to.equal(0);
    await command(lab.page, "receptive:inspector");
    await lab.option("net").waitFor();
    expect(lab.lists - before).to.equal(1);
  });

  it("opens a tensor with its statistics and what is no number, and a data set page by page", async () => {
    await lab.start("tensor.ipynb", "const y = x.nanToNum ? 1 : 2;");
    await lab.open("x");
    const rows = await lab.panel().locator(".rcp-Statistics-row").allInnerTexts();
    const said = Object.fromEntries(rows.map((row) => row.split("\n").map((text) => text.trim()) as [string, string]));
    // 1, 3, 4, -5
    const std = Math.sqrt([1, 3, 4, -5].reduce((sum, value) => sum + (value - 0.75) ** 2, 0) / 4);
    expect(said).to.deep.equal({
      ...{ numbers: "6", min: "−5", max: "4", mean: "0.75", std: `${Number(std.toPrecision(3))}` },
      ...{ zeros: "0 (0 %)", NaN: "1 (16.7 %)", infinite: "1 (16.7 %)" },
      "not finite": "NaN first at [0, 1], ∞ at [1, 2]",
    });
    expect(await lab.panel().locator(".rcp-Statistics-note").innerText()).to.match(/of the 4 finite numbers/);
    expect(await lab.panel().locator(".rcp-Grid").innerText()).to.match(/statistics without 1 NaN and 1 infinite/);
    await untilText(lab.panel().locator(".rcp-Grid"), /min −5 · mean 0\.75 · max 4/);
    await lab.panel().locator(".rcp-Grid canvas").first().waitFor();
    await lab.press("Back to the list");

    await lab.open("data");
    const subtitle = lab.panel().locator(".rcp-View-subtitle");
    await untilText(subtitle, /items 0 to 23 of 3000/);
    await lab.press("Next page");
    await untilText(subtitle, /items 24 to 47 of 3000/);
    await lab.panel().locator(".rcp-Pager input").fill("2990");
    await lab.page.keyboard.press("Enter");
    await untilText(subtitle, /items 2990 to 2999 of 3000/);
    expect(await lab.panel().getByRole("button", { name: "Next page" }).isDisabled()).to.equal(true);
    await lab.press("Previous page");
    await untilText(subtitle, /items 2966 to 2989/);
  });

  it("says that the kernel was restarted and that an object is gone, and finds both again", async () => {
    await lab.start("restart.ipynb", `const net2 = new Net();`);
    await lab.open("net");
    await untilText(lab.panel().locator(".rcp-Bars"), /\d/);
    await lab.page.evaluate(`window.jupyterapp.shell.currentWidget.sessionContext.restartKernel()`);
    await untilText(lab.message(), /^The kernel was restarted and has no objects: run the cells again\.$/);
    await lab.press("Back to the list");
    await untilText(lab.line(), /^The kernel was restarted/);
    expect(await lab.options().count()).to.equal(0);
    await lab.page.evaluate(
      `window.jupyterapp.commands.execute("receptive:open-in-inspector", { id: "of-another-process-1" })`,
    );
    await untilText(lab.message(), /not in the kernel any more\. Run the cell again\.$/);
    await lab.press("Back to the list");
    await pause(1000);
    await lab.runCell(0);
    await lab.option("net").waitFor({ timeout: 90_000 });
    await lab.open("net");
    await untilText(lab.panel().locator(".rcp-Bars"), /\d/);
    // A later cell changes its weights: what is open shows them.
    const before = await lab.barsNow();
    await untilIdle(lab.page, 60_000);
    await lab.page.evaluate(`window.jupyterapp.shell.currentWidget.content.activeCellIndex = 1`);
    await lab.page
      .locator(".jp-CodeCell")
      .nth(1)
      .locator(".cm-content")
      .fill("net.loadStateDict(new Net().stateDict());");
    await command(lab.page, "notebook:run-cell");
    await until("bars of the other weights", lab.barsNow, (bars) => bars.join() !== before.join());
    expect(await lab.message().isVisible()).to.equal(false);
  });

  it("keeps a view of a cell in sight, which answers there", async () => {
    const cells = [
      `import { fromArray, show } from "receptive";`,
      `show.images(fromArray(Float32Array.of(0.1, 0.7), [1, 1, 1, 2]))`,
    ];
    await openCells(lab.page, lab.server, "pinned.ipynb", [cells.join("\n")]);
    await command(lab.page, "notebook:run-cell");
    const view = lab.page.locator(".jp-OutputArea-output.rcp-View");
    await view.locator("canvas").waitFor({ timeout: 60_000 });
    await view.hover();
    await view.getByRole("button", { name: /^Open this view in the inspector/ }).click();
    const pinned = lab.panel().locator(".rcp-View");
    await pinned.locator("canvas").waitFor({ timeout: 20_000 });
    expect(await pinned.locator(".rcp-View-title").innerText()).to.equal("Images");
    await pinned.locator("canvas").focus();
    await lab.page.keyboard.press("ArrowRight");
    await lab.page.keyboard.press("ArrowRight");
    await untilText(pinned.locator(".rcp-Grid-readout"), /column 1 · value 0\.7$/);
    await lab.panel().getByRole("button", { name: "Back to the list" }).focus();
    await lab.page.keyboard.press("Enter");
    await untilText(lab.line(), /^Nothing to see yet/);
    const focused = (read: string): Promise<unknown> => lab.page.evaluate(`document.activeElement.${read}`);
    expect(await focused("className"), "the keys are not lost").to.match(/rcp-Inspector-empty/);
    // Escape leads to where the reader came from, and then out of the output.
    await view.getByRole("button", { name: /^Open this view in the inspector/ }).focus();
    await lab.page.keyboard.press("Enter");
    await pinned.locator("canvas").waitFor();
    await lab.page.keyboard.press("Escape");
    expect(await focused("textContent")).to.equal("Inspector");
    await lab.page.keyboard.press("Home");
    expect(await focused("textContent")).to.equal("Save PNG");
    await lab.page.keyboard.press("Shift+ArrowDown");
    await lab.page.keyboard.press("End");
    expect(await focused("textContent")).to.equal("Inspector");
    await lab.page.keyboard.press("Escape");
    expect(await focused("className")).to.match(/jp-Cell/);
    await lab.page.keyboard.press("Enter");
    expect(await focused("className"), "Enter edits the cell").to.match(/cm-content/);
  });

  it("shows a pinned view where its reader was", async () => {
    const cells = [
      `import { nn, randn, show } from "receptive";`,
      `show.convolution(randn([1, 1, 8, 8]), new nn.Conv2d(1, 1, 3))`,
    ];
    await openCells(lab.page, lab.server, "state.ipynb", [cells.join("\n")]);
    await command(lab.page, "notebook:run-cell");
    const view = lab.page.locator(".jp-OutputArea-output.rcp-View");
    const stage = view.locator(".rcp-Steps-stage");
    await stage.waitFor({ timeout: 60_000 });
    await stage.focus();
    await lab.page.keyboard.press("End");
    const readout = await view.locator(".rcp-Steps-readout").innerText();
    await view.getByRole("button", { name: /^Open this view in the inspector/ }).click();
    await until(
      "the same step",
      () =>
        lab
          .panel()
          .locator(".rcp-Steps-readout")
          .innerText()
          .catch(() => ""),
      (text) => text === readout,
    );
    await stage.focus();
    await lab.page.keyboard.press("Home");
    expect(await view.locator(".rcp-Steps-readout").innerText()).to.not.equal(readout);
  });

  it("opens with a width in which a network can be read, and gives the keys to its list", async () => {
    await openCells(lab.page, lab.server, "width.ipynb", ["1"]);
    await lab.page.goto(`${lab.server.url}/lab/tree/width.ipynb?reset`);
    await lab.page.waitForFunction(`window.jupyterapp?.commands.hasCommand("receptive:inspector")`, null, {
      timeout: 60_000,
    });
    await lab.page.evaluate(`window.jupyterapp.restored`);
    // A notebook takes the keys once it is there.
    await untilIdle(lab.page, 60_000);
    await command(lab.page, "receptive:inspector");
    await lab.panel().waitFor();
    const widthOf = async (): Promise<number> => (await lab.page.locator("#jp-right-stack").boundingBox())?.width ?? 0;
    await until("the width that it asks for", widthOf, (width) => Math.abs(width - 480) < 8);
    await lab.page.evaluate(`window.jupyterapp.shell.collapseRight()`);
    await command(lab.page, "receptive:inspector");
    await until("the width from before", widthOf, (width) => Math.abs(width - 480) < 8);
    const focusedRole = `document.activeElement.getAttribute("role") + document.activeElement.className`;
    await until(
      "the keys",
      () => lab.page.evaluate<string>(focusedRole),
      (role) => role.includes("rcp-Inspector-empty") || role.includes("listbox"),
    );
  });

  it("works with the keyboard alone", async () => {
    await lab.start("keys.ipynb");
    const list = lab.panel().getByRole("listbox");
    await list.focus();
    const current = async (): Promise<string> =>
      lab.panel().locator('[role="option"][aria-selected="true"] .rcp-Inspector-name').innerText();
    await lab.page.keyboard.press("End");
    expect(await current()).to.equal("x");
    await lab.page.keyboard.press("ArrowUp");
    expect(await current()).to.equal("data");
    await lab.page.keyboard.press("n");
    expect(await current()).to.equal("net");
    await lab.page.keyboard.press("Enter");
    await untilText(lab.panel().locator(".rcp-Bars"), /\d/);
    const focused = (): Promise<string> =>
      lab.page.evaluate<string>("document.activeElement?.getAttribute('aria-label') ?? ''");
    expect(await focused()).to.equal("Back to the list");
    await lab.page.keyboard.press("ArrowRight");
    expect(await focused()).to.equal("Ask the kernel for its state now");
    await lab.page.keyboard.press("Tab");
    await lab.page.keyboard.press("End");
    await lab.sourceOf().selectOption("draw");
    await lab.pad().focus();
    const before = await lab.barsNow();
    for (const key of ["ArrowUp", "ArrowUp", "ArrowUp", " ", ...Array<string>(12).fill("ArrowDown"), " "])
      await lab.page.keyboard.press(key);
    expect(await lab.panel().locator(".rcp-Pad output").innerText()).to.equal("Pen up, column 14, row 23 of 28");
    await until("bars of the drawing", lab.barsNow, (bars) => bars.join() !== before.join());
    const saidAndShown = async (): Promise<[string, string]> => {
      const [name, share] = (await lab.panel().locator(".rcp-Bar[data-best]").innerText()).split("\n");
      const said = await lab.panel().locator(".rcp-Opened > output").innerText();
      return [said, `${name}, ${Math.round(100 * Number(share))} %`];
    };
    await until("the answer in words", saidAndShown, ([said, shown]) => said === shown);
    await lab.page.keyboard.press("Backspace");
    expect(await lab.panel().locator(".rcp-Pad output").innerText()).to.equal("Line taken back, 0 left");
    await lab.page.keyboard.press("Delete");
    await until(
      "no bars of an empty pad",
      () => lab.panel().locator(".rcp-Bars").isVisible(),
      (seen) => !seen,
    );
    expect(await lab.panel().getByText("Draw here, with mouse, pen or finger.").isVisible()).to.equal(true);
    await lab.page.keyboard.press("Escape");
    await list.waitFor();
    expect(await lab.page.evaluate("document.activeElement?.getAttribute('role')")).to.equal("listbox");
    expect(await current()).to.equal("net");
  });

  it("fits into 300 pixels, in both themes", async () => {
    await lab.start("narrow.ipynb");
    const stack = lab.page.locator("#jp-right-stack");
    const box = await stack.boundingBox();
    if (!box) throw new Error("the sidebar is not on the page");
    await lab.page.mouse.move(box.x - 2, 500);
    await lab.page.mouse.down();
    await lab.page.mouse.move(box.x - 2 + (box.width - 300), 500, { steps: 5 });
    await lab.page.mouse.up();
    await pause(300);
    expect((await stack.boundingBox())?.width).to.be.closeTo(300, 6);
    for (const theme of ["JupyterLab Light", "JupyterLab Dark"] as const) {
      await changeTheme(lab.page, theme);
      for (const name of ["net", "data", "x"]) {
        await lab.open(name);
        if (name === "net") {
          await lab.sourceOf().selectOption("draw");
          await lab.draw(scriptedDigits[3]);
        }
        await pause(1500);
        const [wide, seen] = await lab.page.evaluate<[number, number]>(
          `(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth])(document.querySelector("#receptive-inspector"))`,
        );
        expect(wide, `${name} in the ${theme} theme is as wide as the panel`).to.be.at.most(seen);
        await lab.page.screenshot({ path: outputFile(`inspector-${name}-${theme.slice(11).toLowerCase()}.png`) });
        await lab.press("Back to the list");
      }
    }
    await changeTheme(lab.page, "JupyterLab Light");
  });
});
