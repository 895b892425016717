/** A small notebook in JupyterLab: made of cells, run as a person runs it, read as a person reads it. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { untilIdle } from "./browser";
import type { JupyterServer } from "./jupyterServer";

export const KERNELSPEC = { name: "receptive", display_name: "TypeScript (Receptive)", language: "typescript" };

/** Writes a notebook into the server's folder. */
export function writeCells(server: JupyterServer, name: string, sources: string[]): void {
  const cells = sources.map((source, i) => ({
    ...{ cell_type: "code", id: `cell-${i}`, source, metadata: {}, outputs: [], execution_count: null },
  }));
  const notebook = { nbformat: 4, nbformat_minor: 5, metadata: { kernelspec: KERNELSPEC }, cells };
  writeFileSync(join(server.folder, name), JSON.stringify(notebook));
}

/** Writes a notebook into the server's folder and opens it; its kernel is idle when this resolves. */
export async function openCells(page: Page, server: JupyterServer, name: string, sources: string[]): Promise<void> {
  writeCells(server, name, sources);
  await page.goto(`${server.url}/lab/tree/${name}?reset`);
  await page.locator(".jp-Notebook .jp-CodeCell").first().waitFor({ timeout: 60_000 });
  await untilIdle(page, 60_000);
}

/** Runs a command of JupyterLab's, such as "notebook:run-all-cells". */
export async function command(page: Page, name: string): Promise<void> {
  await page.evaluate(`void window.jupyterapp.commands.execute(${JSON.stringify(name)})`);
}

/** What stands beside each code cell: `[1]:`, `[*]:` or `[ ]:`. */
export async function promptsOf(page: Page): Promise<string[]> {
  const prompts = await page.locator(".jp-CodeCell .jp-InputArea-prompt").allTextContents();
  return prompts.map((text) => text.trim());
}

/** The text below a cell. */
export async function outputOf(page: Page, cell: number): Promise<string> {
  const outputs = page.locator(".jp-CodeCell").nth(cell).locator(".jp-OutputArea-output");
  return (await outputs.allInnerTexts()).join("\n");
}
