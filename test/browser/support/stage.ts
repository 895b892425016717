/** A page that draws views without JupyterLab around them. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { startBrowser, type PageOptions } from "../../support/browser";
import { ROOT } from "../../support/jupyterServer";
import { markFolders } from "../../support/walk";
import { openBlank, serveBundle } from "./served";

export interface Stage {
  page: Page;
  /** Console errors and uncaught exceptions so far. */
  errors: string[];
  /** Draws the JSON of a view on an empty page of this width, in CSS pixels. */
  draw(view: unknown, width: number): Promise<void>;
  close(): Promise<void>;
}

export async function openStage(options: PageOptions = {}): Promise<Stage> {
  const served = await serveBundle("test/marks/stage.page.ts");
  const browser = await startBrowser();
  const { page, errors } = await openBlank(browser, served, options);
  const files = [
    "extension/style/index.css",
    ...["kit", ...markFolders].map((name) => `src/marks/${name}/${name}.css`),
  ];
  const style = files
    .filter((file) => existsSync(join(ROOT, file)))
    .map((file) => readFileSync(join(ROOT, file), "utf8").replace(/@import[^;]*;/g, ""))
    .join("");
  await page.addStyleTag({ content: `body { margin: 0 } ${style}` });
  await page.evaluate("import('./bundle.js')");
  return {
    page,
    errors,
    draw: (view, width) => page.evaluate(`draw("view", ${JSON.stringify(view)}, ${width})`),
    async close() {
      await browser.close();
      served.close();
    },
  };
}
