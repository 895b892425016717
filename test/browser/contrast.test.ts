/** WCAG 2 contrast of what JupyterLab's own themes make of the marks: words 4.5:1, borders of controls 3:1; colours of data are exempt. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { Page } from "playwright-core";
import { paintView, pictureBundle, type View } from "../../src/marks";
import { ROOT } from "../support/jupyterServer";
import { markSamples } from "../support/walk";
import { faintLines } from "./support/faintLines";
import { faintParts, TEXT } from "./support/faintParts";
import { contrastOf, sceneWords } from "./support/sceneWords";
import { openStage, type Stage } from "./support/stage";

/** Waits for charts, which are drawn by code of their own, and for two frames. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    `[...document.querySelectorAll(".rcp-Chart")].every((chart) => chart.querySelector("svg text, canvas"))`,
  );
  await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))");
}

const sampleOf = (mark: string, name: string): View =>
  markSamples.find((sample) => sample.mark === mark && sample.name === name)!.view();

for (const theme of ["light", "dark"])
  describe(`contrast in the ${theme} theme of JupyterLab`, function () {
    this.timeout(120_000);
    let watched: Stage;
    before(async () => {
      watched = await openStage({ width: 1000, height: 900 });
      const file = `.venv/share/jupyter/lab/themes/@jupyterlab/theme-${theme}-extension/index.css`;
      const style = readFileSync(join(ROOT, file), "utf8").replace(/url\([^)]*\)/g, "none");
      await watched.page.addStyleTag({ content: `${style} body { background: var(--jp-layout-color0) }` });
      await watched.page.evaluate(`document.body.dataset.jpThemeLight = "${theme === "light"}"`);
    });
    after(() => watched?.close());

    const faintOn = async (view: View): Promise<string[]> => {
      const { "image/png": png, "image/svg+xml": svg } = pictureBundle(paintView(view));
      const picture = png ?? svg;
      await watched.page.evaluate(`drawAll(${JSON.stringify([{ kind: "view", data: view, picture }])}, 900)`);
      return faintParts(watched.page);
    };

    it("is enough for the words and the controls of every mark", async () => {
      const faint: string[] = [];
      for (const { mark, name, view } of markSamples) {
        const found = await faintOn(view());
        faint.push(...found.map((each) => `${mark}, ${name}: ${each}`));
      }
      expect(faint).to.deep.equal([]);
    });

    /** The words of a view's scenes that are too faint, over what really lies behind them. */
    const faintWords = async (view: View): Promise<string[]> => {
      await watched.draw(view, 900);
      await settled(watched.page);
      const { words, behind } = await sceneWords(watched.page);
      seen += words.length;
      return words.flatMap((word) => {
        const found = contrastOf(word, behind);
        return found < TEXT ? [`${word.words.slice(0, 40)} (${word.colour.join()}) ${found.toFixed(2)}`] : [];
      });
    };
    let seen = 0;

    it("is enough for the words of every scene, over the colours that lie behind them", async () => {
      const faint: string[] = [];
      seen = 0;
      for (const { mark, name, view } of markSamples) {
        const found = await faintWords(view());
        faint.push(...found.map((each) => `${mark}, ${name}: ${each}`));
      }
      expect(faint).to.deep.equal([]);
      expect(seen).to.be.above(500);
    });

    it("is enough for the lines of every scene that tell something", async () => {
      const faint: string[] = [];
      let count = 0;
      for (const { mark, name, view } of markSamples) {
        await watched.draw(view(), 900);
        await settled(watched.page);
        const found = await faintLines(watched.page);
        count += found.count;
        faint.push(...found.faint.map((each) => `${mark}, ${name}: ${each}`));
      }
      expect(faint).to.deep.equal([]);
      expect(count).to.be.above(300);
    });

    it("would not be for words as faint as JupyterLab's borders", async () => {
      const { page } = watched;
      await faintWords(sampleOf("network", "small"));
      const faded = `document.querySelectorAll(".rcp-Network-words text").forEach((text) => text.setAttribute("fill", "var(--jp-border-color2)"))`;
      await page.evaluate(faded);
      const { words, behind } = await sceneWords(page);
      const found = words.map((word) => contrastOf(word, behind));
      expect(found.length).to.be.above(10);
      expect(Math.max(...found)).to.be.below(TEXT);
    });

    it("would not be with controls and words as faint as JupyterLab's borders", async () => {
      const { page } = watched;
      const style = await page.addStyleTag({
        content: `.rcp-View { --rcp-control-border: var(--jp-border-color2); }
          .rcp-View-subtitle { color: var(--jp-border-color2) !important; }`,
      });
      const found = await faintOn(markSamples[0].view());
      await style.evaluate((element: { remove(): void }) => element.remove());
      expect(found.filter((each) => each.startsWith("border of button"))).to.not.be.empty;
      expect(found.filter((each) => each.startsWith("text of div.rcp-View-subtitle"))).to.not.be.empty;
    });
  });
