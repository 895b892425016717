/** Questions that are answered by pointing: what is clicked stands in the source of the cell, in JupyterLab and in Notebook 7. */
import { expect } from "chai";
import type { Browser, Locator, Page } from "playwright-core";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openPage, outputFile, startBrowser, untilIdle, type WatchedPage } from "../support/browser";
import { startJupyter, type JupyterServer } from "../support/jupyterServer";
import { command, KERNELSPEC, outputOf } from "../support/labNotebook";
import { lies } from "./support/lies";
import { until } from "./support/until";

const UNIT =
  'const q1 = await show.ask("q1", "Which unit is it?", maps, { pick: "unit", answer: null }); // answer: null';
const NETWORK = `const q4 = await show.ask("q4", "Which pixel of conv is it?", show.network(net, x), { pick: "pixel", answer: null });`;
const SOURCES = [
  `import { fromArray, nn, show } from "receptive";
const x = fromArray(Float32Array.from({ length: 144 }, (_, i) => (0.1 + i * 0.0137) % 1), [1, 1, 12, 12]);
class Net extends nn.Module {
  conv = new nn.Conv2d(1, 4, 5);
  last = new nn.Linear(4 * 8 * 8, 3);
  forward(x) { return this.last(this.conv(x).flatten(1)); }
}
const net = new Net();
const maps = show.featureMaps(net, x);`,
  UNIT,
  'console.log("q1 is", JSON.stringify(q1));',
  'await show.quiz("q2", "What stays?", { choices: ["the size", "the depth"], correct: "the size", why: "Padding.", answer: null });',
  'await show.quiz("q3", "How many?", { number: true, unit: "weights", answer: null });',
  NETWORK,
  'await show.ask("q5", "Where is it?", show.images(x), { pick: "box", answer: null });',
  'await show.ask("q6", "Which unit?", maps, { pick: "unit", answer: null });',
];
/** The cell that is locked, as nbgrader locks one. */
const LOCKED = 7;

function writeNotebook(server: JupyterServer, name: string): void {
  const cells = SOURCES.map((source, i) => ({
    ...{ cell_type: "code", id: `cell-${i}`, source, outputs: [], execution_count: null },
    metadata: i === LOCKED ? { editable: false, nbgrader: { locked: true } } : {},
  }));
  const notebook = { nbformat: 4, nbformat_minor: 5, metadata: { kernelspec: KERNELSPEC }, cells };
  writeFileSync(join(server.folder, name), JSON.stringify(notebook));
}

for (const app of ["lab", "notebook"] as const)
  describe(`questions in ${app === "lab" ? "JupyterLab" : "Notebook 7"}`, function () {
    this.timeout(180_000);
    let server: JupyterServer;
    let browser: Browser;
    let watched: WatchedPage;
    let page: Page;

    const open = async (): Promise<void> => {
      await page.goto(`${server.url}/${app === "lab" ? "lab/tree" : "notebooks"}/asked.ipynb`);
      await page.locator(".jp-Notebook .jp-CodeCell").first().waitFor({ timeout: 60_000 });
      await untilIdle(page, 60_000);
    };
    before(async () => {
      server = await startJupyter({ app });
      browser = await startBrowser();
      watched = await openPage(browser);
      page = watched.page;
      writeNotebook(server, "asked.ipynb");
      await open();
      await command(page, "notebook:run-all-cells");
      await state(LOCKED).waitFor({ state: "attached", timeout: 60_000 });
      await untilIdle(page, 60_000);
    });
    after(async () => {
      await browser?.close();
      await server?.stop();
    });
    afterEach(() => {
      // Notebook 7.6.5 reports an error of its own at its start.
      expect(watched.errors.filter((error) => !error.includes("/static/notebook/notebook_core"))).to.deep.equal([]);
    });

    const cell = (at: number): Locator => page.locator(".jp-Notebook .jp-CodeCell").nth(at);
    const state = (at: number): Locator => cell(at).locator(".rcp-Question-state");
    const note = (at: number): Locator => cell(at).locator(".rcp-Question-note");
    const inModel = <T>(code: string): Promise<T> =>
      page.evaluate<T>(
        `(() => { const { model } = window.jupyterapp.shell.currentWidget.content; return ${code}; })()`,
      );
    const sourceOf = (at: number): Promise<string> => inModel(`model.cells.get(${at}).sharedModel.getSource()`);
    const countOf = (at: number): Promise<number> => inModel(`model.cells.get(${at}).executionCount`);
    const says = (of: Locator, words: string | RegExp): Promise<unknown> =>
      until(
        String(words),
        async () => (await of.textContent()) ?? "",
        (text) => (typeof words === "string" ? text === words : words.test(text)),
      );
    /** The canvas of the maps of a layer in a cell's output. */
    const canvasOf = (at: number, grid = 0): Locator => cell(at).locator(".rcp-Grid-canvas").nth(grid);

    /** Where a pixel of a grid of `tiles` tiles in one row lies on its canvas, as the page has laid it out. */
    async function placeOf(canvas: Locator, tiles: number, side: number, [tile, row, column]: number[]) {
      const box = await lies(canvas);
      const gap = 10;
      const width = (box.width - 2 - gap * (tiles - 1)) / tiles;
      const scale = width / side;
      return { x: 1 + tile * (width + gap) + (column + 0.5) * scale, y: 1 + (row + 0.5) * scale };
    }

    it("writes the unit that is clicked into the source, draws it, and runs nothing", async () => {
      await says(state(1), "q1 has no answer yet. Click a unit below, or write answer: { layer, unit }.");
      const count = await countOf(1);
      const canvas = canvasOf(1);
      await canvas.scrollIntoViewIfNeeded();
      await canvas.click({ position: await placeOf(canvas, 4, 8, [2, 3, 3]) });
      await says(state(1), "Answer to q1: conv, unit 2");
      expect(await sourceOf(1)).to.equal(UNIT.replace("null }", '{ layer: "conv", unit: 2 } }'));
      expect(await countOf(1)).to.equal(count);
      expect(await outputOf(page, 2)).to.contain("q1 is null");
      await page.screenshot({ path: outputFile(`questions-${app}.png`) });
    });

    it("goes back in one step of undo, and follows what is typed", async () => {
      const answered = await sourceOf(1);
      await cell(1).locator(".cm-content").click();
      await page.keyboard.press("Control+z");
      await says(state(1), /^q1 has no answer yet/);
      expect(await sourceOf(1)).to.equal(UNIT);
      await page.keyboard.press("Control+Shift+z");
      await says(state(1), "Answer to q1: conv, unit 2");
      expect(await sourceOf(1)).to.equal(answered);
      await inModel(
        `model.cells.get(1).sharedModel.setSource(${JSON.stringify(answered.replace("unit: 2", "unit: 9"))})`,
      );
      await says(note(1), /In the cell layer "conv" has no unit 9. Count from 0 to 3./);
      await inModel(`model.cells.get(1).sharedModel.setSource(${JSON.stringify(answered)})`);
      await says(state(1), "Answer to q1: conv, unit 2");
    });

    it("is answered with the keys alone", async () => {
      const canvas = canvasOf(1);
      await canvas.focus();
      for (const key of ["ArrowRight", "PageDown", "Enter"]) await page.keyboard.press(key);
      await says(state(1), "Answer to q1: conv, unit 1");
      expect(await sourceOf(1)).to.contain('answer: { layer: "conv", unit: 1 } }); // answer: null');
      await cell(1).getByRole("button", { name: "Take the answer back" }).press("Enter");
      await says(state(1), /^q1 has no answer yet/);
      expect(await sourceOf(1)).to.equal(UNIT);
      await canvas.focus();
      for (const key of ["ArrowRight", "PageDown", "PageDown", "PageDown", "Enter"]) await page.keyboard.press(key);
      await says(state(1), "Answer to q1: conv, unit 3");
    });

    it("keeps choices and numbers, and says at once whether they are right", async () => {
      await cell(3).getByRole("radio", { name: "the depth" }).check();
      await says(cell(3).locator(".rcp-Question-verdict"), "Not right. Padding.");
      expect(await sourceOf(3)).to.contain('answer: "the depth" }');
      await page.keyboard.press("ArrowUp");
      await says(cell(3).locator(".rcp-Question-verdict"), "Right. Padding.");
      expect(await sourceOf(3)).to.contain('answer: "the size" }');
      await cell(4).locator(".rcp-Question-field input").fill("450");
      await page.keyboard.press("Enter");
      await says(state(4), "Answer to q3: 450 weights");
      expect(await sourceOf(4)).to.contain("answer: 450 }");
    });

    it("takes a pixel of the explorer, which goes on explaining", async () => {
      const canvas = cell(5).locator(".rcp-Network-canvas");
      await canvas.scrollIntoViewIfNeeded();
      await canvas.focus();
      for (const key of ["ArrowRight", "ArrowRight", "ArrowDown", "Enter"]) await page.keyboard.press(key);
      const pick = cell(5).getByRole("button", { name: /^Pick conv, unit 1, row 3, column 3$/ });
      await pick.click();
      await says(state(5), "Answer to q4: conv, unit 1, row 3, column 3");
      expect(await sourceOf(5)).to.contain('answer: { layer: "conv", unit: 1, row: 3, column: 3 } }');
      expect(await cell(5).locator("[data-picked=conv]").count()).to.equal(2);
    });

    it("takes a box that is dragged, or drawn with Shift and the arrow keys", async () => {
      const canvas = canvasOf(6);
      const box = await lies(canvas);
      const at = (row: number, column: number): [number, number] => {
        const scale = (box.width - 2) / 12;
        return [box.x + 1 + (column + 0.5) * scale, box.y + 1 + (row + 0.5) * scale];
      };
      await page.mouse.move(...at(2, 3));
      await page.mouse.down();
      await page.mouse.move(...at(4, 5), { steps: 3 });
      await page.mouse.move(...at(5, 8), { steps: 3 });
      await page.mouse.up();
      await says(state(6), "Answer to q5: row 2, column 3, 4×6 pixels");
      expect(await sourceOf(6)).to.contain("answer: { row: 2, column: 3, height: 4, width: 6 } }");
      await canvas.focus();
      for (const key of ["Home", "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowDown", "Enter"])
        await page.keyboard.press(key);
      await says(state(6), /^Answer to q5: row \d, column 0, 2×3 pixels$/);
    });

    it("says that a locked cell keeps no answer", async () => {
      const canvas = canvasOf(LOCKED);
      await canvas.scrollIntoViewIfNeeded();
      await canvas.click({ position: await placeOf(canvas, 4, 8, [1, 3, 3]) });
      await says(note(LOCKED), "This cell is locked by nbgrader: the answer is not kept.");
      await says(state(LOCKED), /^q6 has no answer yet/);
      expect(await sourceOf(LOCKED)).to.equal(SOURCES[LOCKED]);
    });

    it("prefers the answer in the source to that of an older output, after saving and loading", async () => {
      await page.evaluate(`window.jupyterapp.commands.execute("docmanager:save")`);
      await open();
      const answer = await sourceOf(1);
      expect(answer).to.contain('{ layer: "conv", unit: 3 }');
      await says(state(1), "Answer to q1: conv, unit 3");
      await command(page, "notebook:run-all-cells");
      await until(
        "the answer in the kernel",
        () => outputOf(page, 2),
        (text) => text.includes('q1 is {"layer":"conv","unit":3}'),
      );
      await says(state(1), "Answer to q1: conv, unit 3");
    });

    it("refuses the name of a question in another cell, until that cell is deleted", async () => {
      const again = SOURCES[1].replace("const q1 = ", "");
      await inModel(`model.cells.get(2).sharedModel.setSource(${JSON.stringify(again)})`);
      await command(page, "notebook:run-all-cells");
      await until(
        "the error",
        () => outputOf(page, 2),
        (text) => text.includes('show.ask: another cell asks "q1" too'),
      );
      await untilIdle(page, 30_000);
      await inModel(`(window.jupyterapp.shell.currentWidget.content.activeCellIndex = 1)`);
      await command(page, "notebook:delete-cell");
      await until(
        "the cell that is deleted",
        () => sourceOf(1),
        (text) => text === again,
      );
      await command(page, "notebook:run-all-cells");
      await says(state(1), /^q1 has no answer yet/);
    });
  });
