/** A JupyterLab with the inspector, and what tests do with it. */
import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import { openPage, startBrowser, untilIdle, type WatchedPage } from "../../support/browser";
import { startJupyter, type JupyterServer } from "../../support/jupyterServer";
import { command, openCells, outputOf } from "../../support/labNotebook";
import { drawStrokes, SETUP, type Seen, type Strokes } from "./inspectorPanel";
import { until } from "./until";

export const untilText = (of: Locator, pattern: RegExp): Promise<string> =>
  until(
    `text like ${pattern}`,
    () => of.innerText().catch(() => ""),
    (text) => pattern.test(text),
  );

export class InspectorLab {
  /** Lists of variables that the kernel has sent. */
  lists = 0;

  private constructor(
    readonly server: JupyterServer,
    private readonly stopBrowser: () => Promise<void>,
    readonly watched: WatchedPage,
  ) {
    this.page.on("websocket", (socket) =>
      socket.on("framereceived", ({ payload }) => {
        if (payload.includes('"comm_msg"') && payload.includes('"variables":')) this.lists++;
      }),
    );
  }

  static async open(): Promise<InspectorLab> {
    const server = await startJupyter();
    const browser = await startBrowser();
    return new InspectorLab(server, () => browser.close(), await openPage(browser, { width: 1280, height: 900 }));
  }

  async close(): Promise<void> {
    await this.stopBrowser();
    await this.server.stop();
  }

  /** No test leaves an error on the page, or asks another machine. */
  expectQuiet(): void {
    expect(this.watched.errors, "errors on the page").to.deep.equal([]);
    expect(this.watched.foreignRequests, "requests to elsewhere").to.deep.equal([]);
  }

  get page(): Page {
    return this.watched.page;
  }

  panel = (): Locator => this.page.locator(".rcp-Inspector");
  options = (): Locator => this.panel().locator(".rcp-Inspector-option");
  option = (name: string): Locator => this.options().filter({ has: this.page.getByText(name, { exact: true }) });
  line = (): Locator => this.panel().locator(".rcp-Inspector-empty");
  message = (): Locator => this.panel().locator(".rcp-Opened > .rcp-Message");
  press = (name: string): Promise<void> => this.panel().getByRole("button", { name, exact: true }).click();
  sourceOf = (): Locator => this.panel().locator(".rcp-Input select");
  pad = (): Locator => this.panel().locator(".rcp-Pad-canvas");
  draw = (strokes: Strokes): Promise<void> => drawStrokes(this.page, this.pad(), strokes);

  /** The shares on the bars, as exactly as they are written there. */
  barsNow = async (): Promise<number[]> => {
    const written = `Array.from(document.querySelectorAll(".rcp-Inspector .rcp-Bar-value"), ({ title }) => title)`;
    return (await this.page.evaluate<string[]>(written)).map(Number);
  };

  /** Opens a notebook with the set-up cell and others, runs the first, and shows the panel. */
  async start(name: string, ...others: string[]): Promise<void> {
    await openCells(this.page, this.server, name, [SETUP, ...others]);
    await command(this.page, "receptive:inspector");
    await this.panel().waitFor({ timeout: 20_000 });
    await command(this.page, "notebook:run-cell-and-select-next");
    await this.options().first().waitFor({ timeout: 90_000 });
    await untilIdle(this.page, 60_000);
  }

  /** Runs the cell, whatever is selected. */
  async runCell(index: number): Promise<void> {
    await this.page.evaluate(`window.jupyterapp.shell.currentWidget.content.activeCellIndex = ${index}`);
    await command(this.page, "notebook:run-cell");
  }

  async open(name: string): Promise<void> {
    await this.option(name).click();
    await this.panel().locator(".rcp-Opened .rcp-View-parts > *").first().waitFor({ timeout: 20_000 });
  }

  /** What the engine says of what the network last read; the cell of that index prints it. */
  async engineSays(cell: number): Promise<Seen> {
    await this.runCell(cell);
    const text = await until(
      "the engine's numbers",
      () => outputOf(this.page, cell),
      (printed) => printed.includes("shares"),
    );
    await untilIdle(this.page, 20_000);
    return JSON.parse(text) as Seen;
  }

  /** The bars once they are those of the engine for what it last read. */
  async untilBarsAre(shares: readonly number[]): Promise<void> {
    await until(
      "bars like the engine's shares",
      this.barsNow,
      (bars) => bars.length === shares.length && bars.every((bar, i) => Math.abs(bar - shares[i]) < 1e-6),
    );
  }
}
