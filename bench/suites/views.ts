/**
 * How quickly views draw and answer in a real JupyterLab, and what the extension weighs. It needs Chromium and no peers. Times are
 * the page's own, from the arrival of an output to the end of its drawing; a hover ends when the page has been laid out again.
 */
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { aloneRow, median, type Row } from "../report/rows";
import type { Suite } from "./suite";
import { openPage, startBrowser, untilIdle } from "../../test/support/browser";
import { startJupyter, type JupyterServer } from "../../test/support/jupyterServer";
import { command, openCells, writeCells } from "../../test/support/labNotebook";

const HOVERS = 60;
const TIMES = 5;
/** Moves of the pen. */
const STROKES = 40;

const NET = `import { F, fromArray, manualSeed, models, nn, optim, randn, show, Tensor } from "receptive";
manualSeed(0);
const maps = (shape: number[]) => randn(shape);
const lecture = new nn.Sequential(
  new nn.Conv2d(3, 6, 5), new nn.ReLU(), new nn.MaxPool2d(2), new nn.Conv2d(6, 16, 5), new nn.ReLU(), new nn.MaxPool2d(2),
  new nn.Flatten(), new nn.Linear(400, 120), new nn.ReLU(), new nn.Linear(120, 84), new nn.ReLU(), new nn.Linear(84, 10));
const lenet5 = new models.LeNet5({ inputSize: 28 });`;

/** A cell whose value is one view, and how long it may take to be drawn, in milliseconds. */
const DRAWN: [title: string, code: string, aim: number | null][] = [
  [
    "first chart, which loads plotly",
    `const loss = show.curve(); for (let i = 0; i < 200; i++) loss.add({ loss: 1 / (i + 1) }); loss`,
    null,
  ],
  ["a grid of 6 maps of 28x28", `show.featureMaps(maps([1, 6, 28, 28]))`, null],
  ["a grid of 512 maps of 7x7", `show.featureMaps(maps([1, 512, 7, 7]))`, 100],
  ["explorer of the lecture's Net", `show.network(lecture, maps([1, 3, 32, 32]))`, 200],
  ["explorer of ResNet-18 at 64x64", `show.network(new models.ResNet18(), maps([1, 3, 64, 64]))`, 1000],
];

async function* measured(): AsyncGenerator<Row> {
  const server = await startJupyter();
  const browser = await startBrowser();
  try {
    const { page, requests } = await openPage(browser, { width: 1280, height: 900 });
    yield* sizes(page, server, requests);
    yield* drawing(page, server);
    yield* hovers(page, server);
    yield* strokes(page, server);
    yield* forty(page, server);
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** What is loaded with the page, and what with the first chart. */
async function* sizes(page: Page, server: JupyterServer, requests: string[]): AsyncGenerator<Row> {
  await openCells(page, server, "sizes.ipynb", [NET, DRAWN[0][1]]);
  const ours = (): string[] => [...new Set(requests.filter((url) => /@receptive\/jupyterlab\/.*\.js/.test(url)))];
  const eager = ours();
  yield aloneRow("views", "extension loaded with the page", await compressed(eager), "KB gz", "aim 60");
  await command(page, "notebook:run-all-cells");
  await page.locator(".js-plotly-plot .lines path").first().waitFor({ state: "attached", timeout: 60_000 });
  const lazy = ours().filter((url) => !eager.includes(url));
  yield aloneRow("views", "loaded with the first chart", await compressed(lazy), "KB gz");
}

async function* drawing(page: Page, server: JupyterServer): AsyncGenerator<Row> {
  for (const [title, code, aim] of DRAWN) {
    const times: number[] = [];
    for (let i = 0; i < TIMES; i++) {
      await openCells(page, server, "drawn.ipynb", [NET, code]);
      await command(page, "notebook:run-all-cells");
      times.push(await drawn(page, 1));
    }
    yield aloneRow("views", title, median(times), "ms", aim === null ? undefined : `aim ${aim}`);
  }
}

/** A pointer that walks over a grid of bytes; its numbers come from the kernel. */
async function* hovers(page: Page, server: JupyterServer): AsyncGenerator<Row> {
  const training = `const net = new nn.Sequential(new nn.Conv2d(3, 16, 3), new nn.ReLU(), new nn.Flatten(), new nn.Linear(14400, 10));
const optimizer = new optim.SGD(net.parameters(), { lr: 0.01 });
while (true) {
optimizer.zeroGrad();
const loss = F.crossEntropy(net(randn([4, 3, 32, 32])), fromArray(Int32Array.of(0, 1, 2, 3), [4]));
loss.backward();
optimizer.step();
await loss.item();
}`;
  const view = `show.images(Array.from({ length: 64 }, () => maps([1, 28, 28])))`;
  await openCells(page, server, "hovers.ipynb", [NET, view, training]);
  await command(page, "notebook:run-cell-and-select-next");
  await command(page, "notebook:run-cell-and-select-next");
  await drawn(page, 1);
  await untilIdle(page, 30_000);
  yield aloneRow(
    "views",
    "hover to read-out, median",
    median(await page.evaluate<number[]>(hoverTimes(false))),
    "ms",
    "aim 16",
  );
  const asked = await page.evaluate<number[]>(hoverTimes(true));
  yield aloneRow("views", "hover to the kernel's number, median", median(asked), "ms", "aim 60");
  await command(page, "notebook:run-cell");
  await page.locator('.jp-CodeCell >> nth=2 >> .jp-InputArea-prompt:has-text("[*]")').waitFor();
  // Another tile each time, whose numbers have not come yet.
  const busy = await page.evaluate<number[]>(hoverTimes(true, 32));
  yield aloneRow("views", "hover to the kernel's number while training, median", median(busy), "ms", "aim 120");
  await command(page, "notebook:interrupt-kernel");
}

/** A line drawn on the inspector's pad: from each move of the pen until the shares of LeNet-5 have changed with its layers. */
async function* strokes(page: Page, server: JupyterServer): AsyncGenerator<Row> {
  await openCells(page, server, "strokes.ipynb", [`${NET}\nlenet5(maps([1, 1, 28, 28]));`]);
  await command(page, "receptive:inspector");
  const panel = page.locator(".rcp-Inspector");
  await panel.waitFor({ timeout: 20_000 });
  await command(page, "notebook:run-all-cells");
  await panel.locator(".rcp-Inspector-option", { hasText: "lenet5" }).click({ timeout: 60_000 });
  await panel.locator(".rcp-Input select").selectOption("draw");
  const pad = panel.locator(".rcp-Pad-canvas");
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (!box) throw new Error("the pad is not on the page");
  await page.evaluate(WATCHED);
  const moveTo = (i: number): Promise<void> =>
    page.mouse.move(box.x + box.width * (0.3 + 0.01 * i), box.y + box.height * (0.2 + 0.015 * i));
  await moveTo(0);
  await page.mouse.down();
  for (let i = 1; i <= STROKES; i++) {
    await moveTo(i);
    await new Promise((done) => setTimeout(done, 150));
  }
  await page.mouse.up();
  const times = await page.evaluate<number[]>("window.answered");
  yield aloneRow("views", "digit stroke to all layers of LeNet-5, median", median(times.slice(3)), "ms", "aim 60");
}

/** In the page: how long each move of the pen waits for other shares. */
const WATCHED = `(() => {
  window.answered = [];
  let began;
  const panel = document.querySelector(".rcp-Inspector");
  panel.querySelector(".rcp-Pad-canvas").addEventListener("pointermove", () => (began ??= performance.now()), true);
  const shares = () => [...panel.querySelectorAll(".rcp-Bar-value")].map(({ title }) => title).join();
  let before = shares();
  new MutationObserver(() => {
    const now = shares();
    if (now === before || began === undefined) return;
    document.body.getBoundingClientRect();
    before = now;
    window.answered.push(performance.now() - began);
    began = undefined;
  }).observe(panel, { subtree: true, childList: true, characterData: true, attributes: true });
})()`;

/** A saved notebook of forty outputs: from the command that opens it until what is in sight is drawn and answers. */
async function* forty(page: Page, server: JupyterServer): AsyncGenerator<Row> {
  const cells = Array.from({ length: 40 }, (_, i) =>
    i % 8 === 7 ? DRAWN[0][1].replaceAll("loss", `loss${i}`) : DRAWN[1][1],
  );
  await openCells(page, server, "forty.ipynb", [NET, ...cells]);
  await command(page, "notebook:run-all-cells");
  await page.locator(".jp-CodeCell").last().locator(".jp-OutputArea-output").first().waitFor({ timeout: 120_000 });
  await untilIdle(page, 60_000);
  await page.evaluate(`window.jupyterapp.commands.execute("docmanager:save")`);
  const times: number[] = [];
  for (let i = 0; i < TIMES; i++) {
    writeCells(server, "empty.ipynb", ["1"]);
    await page.goto(`${server.url}/lab/tree/empty.ipynb?reset`);
    await page.locator(".jp-Notebook .jp-CodeCell").first().waitFor({ timeout: 60_000 });
    await untilIdle(page, 60_000);
    times.push(await page.evaluate<number>(OPENED));
  }
  yield aloneRow("views", "a notebook of 40 outputs, opened until it answers", median(times), "ms", "aim 3000");
}

/** Milliseconds that the first `count` views took from their arrival to the end of their drawing: the longest. */
async function drawn(page: Page, count: number): Promise<number> {
  const entries = `performance.getEntriesByName("receptive: drawn")`;
  await page.waitForFunction(`${entries}.length >= ${count}`, undefined, { timeout: 60_000 });
  return page.evaluate<number>(`Math.max(...${entries}.slice(0, ${count}).map(({ duration }) => duration))`);
}

/** In the page: moves a pointer over the tiles of the first grid and times the answers. */
const hoverTimes = (isAsked: boolean, first = 0): string => `(async () => {
  const canvas = document.querySelector(".rcp-Grid-canvas");
  const readout = document.querySelector(".rcp-Grid-readout");
  const { width, height } = canvas.getBoundingClientRect();
  const times = [];
  const tiles = 8;
  for (let i = 0; i < ${HOVERS}; i++) {
    const tile = ${isAsked} ? ${first} + (i % 32) : i;
    const at = { x: ((tile % tiles) + 0.3 + 0.3 * Math.random()) * width / tiles, y: (Math.floor(tile / tiles) % 8 + 0.4) * height / 8 };
    const box = canvas.getBoundingClientRect();
    const began = performance.now();
    const event = new PointerEvent("pointermove", { clientX: box.x + at.x, clientY: box.y + at.y, bubbles: true });
    canvas.dispatchEvent(event);
    canvas.getBoundingClientRect();
    const approximate = readout.textContent;
    if (${isAsked}) {
      // Seven digits or more are the kernel's: a byte knows three.
      const isExact = () => (readout.textContent.match(/value −?[\\d.]+/)?.[0] ?? "").replace(/\\D/g, "").length >= 6;
      const limit = performance.now() + 3000;
      while (!isExact() && performance.now() < limit) await new Promise((done) => setTimeout(done, 1));
      if (!isExact()) continue;
      if (i < 32) times.push(performance.now() - began);
    } else times.push(performance.now() - began);
    await new Promise((done) => setTimeout(done, 20));
  }
  return times;
})()`;

const OPENED = `(async () => {
  performance.clearMeasures("receptive: drawn");
  const began = performance.now();
  await window.jupyterapp.commands.execute("docmanager:open", { path: "forty.ipynb" });
  for (;;) {
    await new Promise((done) => setTimeout(done, 5));
    const grid = [...document.querySelectorAll(".rcp-Grid")].find((each) => each.offsetParent !== null);
    const canvas = grid?.querySelector("canvas");
    const readout = grid?.querySelector(".rcp-Grid-readout");
    if (!canvas || !canvas.getBoundingClientRect().width || canvas.width === 300) continue;
    const box = canvas.getBoundingClientRect();
    canvas.dispatchEvent(new PointerEvent("pointermove", { clientX: box.x + 9, clientY: box.y + 9, bubbles: true }));
    if (/row \\d/.test(readout.textContent)) return performance.now() - began;
  }
})()`;

/** Kilobytes of these files as a server sends them compressed. */
async function compressed(urls: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const url of urls) bytes += gzipSync(Buffer.from(await (await fetch(url)).arrayBuffer()), { level: 9 }).length;
  return bytes / 1024;
}

export const views: Suite = {
  name: "views",
  title: "views in JupyterLab and headless Chromium",
  async *run() {
    for await (const row of measured()) yield [row];
  },
};
