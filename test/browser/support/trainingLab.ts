/** A JupyterLab in which networks train, and what tests do with the panel of a run. */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { openPage, startBrowser, type WatchedPage } from "../../support/browser";
import { startJupyter, type JupyterServer } from "../../support/jupyterServer";
import { command, openCells } from "../../support/labNotebook";
import { until } from "./until";

/** A small network, and a training of it that only ends when it is told to. */
export const SETUP = `import { DataLoader, datasets, F, fit, manualSeed, nn, optim, show, Tensor } from "receptive";
class Net extends nn.Module {
  conv1 = new nn.Conv2d(3, 6, 5); pool = new nn.MaxPool2d(2, 2); conv2 = new nn.Conv2d(6, 8, 5); fc = new nn.Linear(8 * 5 * 5, 10);
  forward(x: Tensor) {
    x = this.pool(F.relu(this.conv1(x)));
    return this.fc(this.pool(F.relu(this.conv2(x))).flatten(1));
  }
}
const data = datasets.shapes({ count: 400, seed: 1 });
const criterion = new nn.CrossEntropyLoss();
const rates: number[] = [];
const start = (lr: number) => { manualSeed(0); const net = new Net(); return { net, optimizer: new optim.SGD(net.parameters(), { lr, momentum: 0.5 }) }; };
const train = ({ net, optimizer }: ReturnType<typeof start>, epochs = 100_000) =>
  fit(net, new DataLoader(data, { batchSize: 8, shuffle: true, seed: 1 }), {
    optimizer, criterion, epochs, validation: new DataLoader(datasets.shapes({ count: 64, seed: 2 }), { batchSize: 32 }), show: { classes: data.classes },
    onStep: () => void rates.push(optimizer.paramGroups[0].lr),
  });`;

/** In the page: the cells of the open notebook. */
const CELLS = "window.jupyterapp.shell.currentWidget.content.model.cells";

export class TrainingLab {
  private constructor(
    readonly server: JupyterServer,
    private readonly stopBrowser: () => Promise<void>,
    readonly watched: WatchedPage,
  ) {}

  static async open(): Promise<TrainingLab> {
    const server = await startJupyter();
    const browser = await startBrowser();
    return new TrainingLab(server, () => browser.close(), await openPage(browser, { width: 1280, height: 900 }));
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

  panel = (run = 0): Locator => this.page.locator(".rcp-Training").nth(run);
  /** Presses the button that says this. */
  press = (words: string, run = 0): Promise<void> => this.button(words, run).click();
  button = (words: string, run = 0): Locator => this.panel(run).locator("button").getByText(words, { exact: true });
  field = (name: RegExp, run = 0): Locator =>
    this.panel(run).locator(".rcp-Training-field").filter({ hasText: name }).locator("input");

  /** Opens a notebook of the set-up and these cells, and runs all of them. */
  async start(name: string, ...cells: string[]): Promise<void> {
    await openCells(this.page, this.server, name, [SETUP, ...cells]);
    await command(this.page, "notebook:run-all-cells");
    await this.untilStep(5);
  }

  /** Steps that the panel says are done. */
  step = async (run = 0): Promise<number> => {
    const words = await this.panel(run)
      .locator(".rcp-Training-place")
      .innerText({ timeout: 60_000 })
      .catch(() => "");
    return Number(/step ([\d,]+)/.exec(words)?.[1].replaceAll(",", "") ?? 0);
  };
  state = (run = 0): Promise<string> => this.panel(run).locator(".rcp-Training-state").innerText();
  untilState = (words: string | RegExp, run = 0): Promise<string> =>
    until(
      `the state ${words}`,
      () => this.state(run),
      (now) => new RegExp(words).test(now),
    );
  untilStep = (step: number, run = 0): Promise<number> =>
    until(
      `step ${step}`,
      () => this.step(run),
      (now) => now >= step,
    );

  /** What was changed, oldest first: "step 12: paused". */
  events = (run = 0): Promise<string[]> => this.panel(run).locator(".rcp-Training-event").allTextContents();

  /** What a cell that has run has printed; read of the notebook, whose page draws no cell that is far from sight. */
  output = (cell: number): Promise<string> =>
    until(
      `the output of cell ${cell}`,
      async () => (await this.outputs(cell)).map(({ text }) => text ?? "").join(""),
      (words) => words !== "",
    );
  /** How many cells of the notebook have ended by an error. */
  errors = async (): Promise<number> => {
    const cells = await this.page.evaluate<number>(`${CELLS}.length`);
    const all = await Promise.all(Array.from({ length: cells }, (_, cell) => this.outputs(cell)));
    return all.flat().filter(({ output_type }) => output_type === "error").length;
  };

  private outputs = (cell: number): Promise<{ output_type: string; text?: string }[]> =>
    this.page.evaluate(`${CELLS}.get(${cell}).outputs.toJSON()`);

  /** The saved outputs of a cell. */
  async savedOutputs(name: string, cell: number): Promise<{ data?: Record<string, unknown> }[]> {
    await this.page.evaluate(`window.jupyterapp.commands.execute("docmanager:save")`);
    const notebook = JSON.parse(readFileSync(join(this.server.folder, name), "utf8")) as {
      cells: { outputs: { data?: Record<string, unknown> }[] }[];
    };
    return notebook.cells[cell].outputs;
  }
}
