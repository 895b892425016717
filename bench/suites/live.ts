/**
 * What it costs to watch a training: the lecture's Net trains in JupyterLab with the panel in sight in Chromium, on the same cores,
 * in turns with a training that nobody watches. It needs Chromium and no peers.
 */
import type { Page } from "playwright-core";
import { aloneRow, median, type Row } from "../report/rows";
import type { Suite } from "./suite";
import { openPage, startBrowser, untilIdle } from "../../test/support/browser";
import { startJupyter } from "../../test/support/jupyterServer";
import { command, openCells } from "../../test/support/labNotebook";

const BATCHES = [4, 32, 128];
/** Turns of each kind, and how long one trains, in milliseconds. */
const TURNS = 5;
const TRAINS = 4000;
const CONTROLS = 15;

const SETUP = `import { DataLoader, datasets, F, fit, manualSeed, nn, optim, show, Tensor } from "receptive";
class Net extends nn.Module {
  conv1 = new nn.Conv2d(3, 6, 5); pool = new nn.MaxPool2d(2, 2); conv2 = new nn.Conv2d(6, 16, 5);
  fc1 = new nn.Linear(400, 120); fc2 = new nn.Linear(120, 84); fc3 = new nn.Linear(84, 10);
  forward(x: Tensor) {
    x = this.pool(F.relu(this.conv1(x)));
    x = this.pool(F.relu(this.conv2(x))).flatten(1);
    return this.fc3(F.relu(this.fc2(F.relu(this.fc1(x)))));
  }
}
const data = datasets.shapes({ count: 2000, seed: 1 });
async function trains(batchSize: number, milliseconds: number, isShown: boolean): Promise<void> {
  manualSeed(0);
  const net = new Net();
  const end = new AbortController();
  const loader = new DataLoader(data, { batchSize, shuffle: true, seed: 1 });
  const began = performance.now();
  const timer = setTimeout(() => end.abort(), milliseconds);
  const history = await fit(net, loader, {
    optimizer: new optim.SGD(net.parameters(), { lr: 0.01, momentum: 0.9 }), criterion: new nn.CrossEntropyLoss(),
    epochs: 1_000_000, signal: end.signal, ...(isShown ? { show: { title: "batch " + batchSize, classes: data.classes } } : {}),
  });
  clearTimeout(timer);
  console.log("inputs/s", (history.steps.length * batchSize * 1000) / (performance.now() - began));
}`;

async function* measured(): AsyncGenerator<Row> {
  const server = await startJupyter();
  const browser = await startBrowser();
  try {
    const { page } = await openPage(browser, { width: 1280, height: 900 });
    const received = await countBytes(page);
    const cell = (batch: number, isShown: boolean): string => `await trains(${batch}, ${TRAINS}, ${isShown});`;
    const kinds = BATCHES.flatMap((batch) => [false, true].map((isShown) => ({ batch, isShown })));
    const cells = kinds.map(({ batch, isShown }) => cell(batch, isShown));
    await openCells(page, server, "live.ipynb", [SETUP, ...cells, `await trains(32, 30_000, true);`]);
    await run(page, 0);
    for (const batch of BATCHES) {
      const [alone, watched] = [2 * BATCHES.indexOf(batch) + 1, 2 * BATCHES.indexOf(batch) + 2];
      const [ratios, hidden, rates]: number[][] = [[], [], []];
      let bytes = 0;
      for (let turn = 0; turn < TURNS; turn++) {
        const free = await inputsPerSecond(page, alone);
        const before = received();
        const shown = await inputsPerSecond(page, watched);
        bytes = Math.max(bytes, ((received() - before) * 1000) / TRAINS);
        ratios.push(shown / free);
        rates.push(shown);
        await setHidden(page, true);
        hidden.push((await inputsPerSecond(page, watched)) / free);
        await setHidden(page, false);
      }
      const name = `the lecture's Net, batch ${batch}`;
      yield aloneRow(
        "live",
        `${name}: throughput watched / alone`,
        100 * median(ratios),
        "%",
        batch === 32 ? "aim 90, at least 80" : "",
      );
      yield aloneRow("live", `${name}: with the tab hidden / alone`, 100 * median(hidden), "%", "aim 95");
      yield aloneRow("live", `${name}: to the page`, bytes / 1000, "KB/s", "aim 200");
    }
    yield* controls(page, 2 * BATCHES.length + 1);
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** Changes of the learning rate while it trains: from the key to the event in the panel's list. */
async function* controls(page: Page, cell: number): AsyncGenerator<Row> {
  await choose(page, cell);
  await command(page, "notebook:run-cell");
  const panel = page.locator(".jp-CodeCell").nth(cell).locator(".rcp-Training");
  const field = panel
    .locator(".rcp-Training-field")
    .filter({ hasText: /learning rate/i })
    .locator("input");
  await field.waitFor({ timeout: 30_000 });
  const times: number[] = [];
  for (let i = 0; i < CONTROLS; i++) {
    await field.fill(String(0.001 * (i + 1)));
    times.push(
      await panel.evaluate(
        (element, count) =>
          new Promise<number>((done) => {
            const list = element as unknown as Listed;
            const began = performance.now();
            const page = globalThis as unknown as PageGlobals;
            const observer = new page.MutationObserver(() => {
              if (list.querySelectorAll(".rcp-Training-event").length <= count) return;
              observer.disconnect();
              done(performance.now() - began);
            });
            observer.observe(list, { subtree: true, childList: true });
            page.document.activeElement.dispatchEvent(
              new page.KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }),
            );
          }),
        i,
      ),
    );
  }
  yield aloneRow("live", "round trip of a control while it trains, median", median(times), "ms", "aim 30");
  await command(page, "notebook:interrupt-kernel");
  await untilIdle(page, 60_000);
}

/** What the functions above read of the page; this program is compiled without the DOM's types. */
interface Listed {
  querySelectorAll(selector: string): { length: number };
}
interface PageGlobals {
  MutationObserver: new (changed: () => void) => { observe(of: Listed, how: object): void; disconnect(): void };
  KeyboardEvent: new (type: string, how: object) => object;
  document: { activeElement: { dispatchEvent(event: object): void } };
}

async function choose(page: Page, cell: number): Promise<void> {
  const code = page.locator(".jp-CodeCell").nth(cell);
  await code.scrollIntoViewIfNeeded();
  await code.locator(".jp-InputArea-prompt").click();
}

async function run(page: Page, cell: number): Promise<void> {
  await choose(page, cell);
  await command(page, "notebook:run-cell");
  await new Promise((done) => setTimeout(done, 300));
  await untilIdle(page, 120_000);
}

async function inputsPerSecond(page: Page, cell: number): Promise<number> {
  await run(page, cell);
  // Read of the notebook, whose page draws no cell that is far from sight.
  const outputs = `window.jupyterapp.shell.currentWidget.content.model.cells.get(${cell}).outputs.toJSON()`;
  const printed = `${outputs}.map(({ text }) => text ?? "").join("")`;
  await page.waitForFunction(`${printed}.includes("inputs/s")`, undefined, { timeout: 20_000 });
  const [, rate] = /inputs\/s ([\d.]+)/.exec(await page.evaluate<string>(printed)) ?? [];
  if (!rate) throw new Error(`cell ${cell} says no rate`);
  return Number(rate);
}

/** Makes the page believe that its tab is behind another. */
const setHidden = (page: Page, hidden: boolean): Promise<void> =>
  page.evaluate(`(() => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => ${hidden} ? "hidden" : "visible" });
    Object.defineProperty(document, "hidden", { configurable: true, get: () => ${hidden} });
    document.dispatchEvent(new Event("visibilitychange"));
  })()`);

/** @returns says how many bytes the kernel's socket has brought the page */
async function countBytes(page: Page): Promise<() => number> {
  let bytes = 0;
  const protocol = await page.context().newCDPSession(page);
  await protocol.send("Network.enable");
  // Binary frames come as base64.
  protocol.on("Network.webSocketFrameReceived", ({ response: { opcode, payloadData } }) => {
    bytes += opcode === 2 ? payloadData.length * 0.75 : payloadData.length;
  });
  return () => bytes;
}

export const live: Suite = {
  name: "live",
  title: "a training that is watched in JupyterLab and headless Chromium",
  async *run() {
    for await (const row of measured()) yield [row];
  },
};
