/** An output that changes while its cell runs, in a real JupyterLab: what the page asks, and what the notebook saves. */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import type { FramesMark, TrainingMark, View } from "../../src/marks";
import { RECEPTIVE_MIME, type MimeBundle } from "../../src/protocol";
import { openPage, startBrowser, untilIdle, type WatchedPage } from "../support/browser";
import { pause, startJupyter, type JupyterServer } from "../support/jupyterServer";
import { command, openCells, writeCells } from "../support/labNotebook";
import { runCell } from "./support/fakeRun";
import { until } from "./support/until";

/** Milliseconds between two questions at least, less what a busy page is late with one of them. */
const LEAST = 200;
/** Notes in the page when it asks for a view. */
const NOTES = `
  window.asks = [];
  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (data) {
    const text = typeof data === "string" ? data : new TextDecoder("latin1").decode(data);
    if (text.includes('"ask":"view"')) window.asks.push(Date.now());
    return send.call(this, data);
  };
`;
/** Cells below that are higher than the window. */
const FAR = Array.from({ length: 12 }, (_, i) => `// ${i}\n${"//\n".repeat(12)}`);

describe("an output that follows a run in JupyterLab", function () {
  this.timeout(240_000);
  let server: JupyterServer;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  before(async () => {
    server = await startJupyter();
    browser = await startBrowser();
    watched = await openPage(browser, { width: 1280, height: 720 });
    page = watched.page;
    await page.addInitScript(NOTES);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const panel = (): Locator => page.locator(".rcp-Training").first();
  const text = async (part: string): Promise<string> => (await panel().locator(part).textContent()) ?? "";
  const stepNow = async (): Promise<number> =>
    Number(/step ([\d,]+)/.exec(await text(".rcp-Training-place"))?.[1].replace(/,/g, ""));
  const untilState = (state: string): Promise<string> =>
    until(
      `state ${state}`,
      () => text(".rcp-Training-state"),
      (now) => now === state,
    );
  /** When the page asked, in milliseconds of the machine. */
  const asked = (): Promise<number[]> => page.evaluate("window.asks");
  /** What the kernel was told, in order. */
  const told = async (): Promise<object[]> => JSON.parse(await text(".rcp-Mark-subtitle")) as object[];
  const press = (name: string): Promise<void> =>
    panel()
      .getByRole("button", { name: new RegExp(`^${name}`) })
      .click();
  const field = (name: string): Locator => panel().getByRole("spinbutton", { name });
  const scroller = ".jp-WindowedPanel-outer";

  /** Waits until the run has gone on since. */
  async function untilFurther(): Promise<number> {
    const from = await stepNow();
    return until("a further step", stepNow, (step) => step > from);
  }

  async function open(name: string): Promise<void> {
    await openCells(page, server, name, [runCell(name), ...FAR]);
    // Its payloads are higher than the window, and what is out of sight follows nothing.
    await command(page, "notebook:hide-cell-code");
    await command(page, "notebook:run-cell");
    await panel().waitFor({ timeout: 60_000 });
    await untilFurther();
  }

  async function saved(name: string): Promise<{ bundle: MimeBundle; view: View; run: TrainingMark }> {
    await page.evaluate(`window.jupyterapp.commands.execute("docmanager:save")`);
    await pause(500);
    const notebook = JSON.parse(readFileSync(join(server.folder, name), "utf8")) as {
      cells: { outputs: { data: MimeBundle }[] }[];
    };
    const bundle = notebook.cells[0].outputs[0].data;
    const view = bundle[RECEPTIVE_MIME] as View;
    return { bundle, view, run: view.marks[0] as TrainingMark };
  }

  it("is asked at most every 220 ms, and not while it is out of sight or the tab is hidden", async () => {
    await open("asked.ipynb");
    const asks = await until("it follows", asked, (all) => all.length > 4);
    const [first, last] = [asks[0], asks[asks.length - 1]];
    expect(asks.length).to.be.at.most((last - first) / LEAST + 2);
    asks.forEach((at, i) => i > 0 && expect(at - asks[i - 1]).to.be.at.least(LEAST));

    /** No question in this time, but for the one that was under way. */
    const rests = async (begin: () => Promise<unknown>, end: () => Promise<unknown>): Promise<void> => {
      await begin();
      await pause(700);
      const from = Date.now();
      await pause(1500);
      const to = Date.now();
      await end();
      await untilFurther();
      const between = (await asked()).filter((at) => at > from && at < to);
      expect(between).to.deep.equal([]);
    };
    const scrollTo = (top: number) => () => page.evaluate(`document.querySelector("${scroller}").scrollTop = ${top}`);
    await rests(scrollTo(1e6), scrollTo(0));
    const show = (state: string) => () =>
      page.evaluate(`(() => {
        Object.defineProperty(document, "visibilityState", { get: () => "${state}", configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
      })()`);
    await rests(show("hidden"), show("visible"));
    await press("Stop");
    await untilState("Stopped");
  });

  it("is steered: pause, one step, and twenty settings at once, in order; what is being typed stays", async () => {
    await open("steered.ipynb");
    await press("Pause");
    await untilState("Paused");
    const paused = await stepNow();
    await pause(800);
    expect(await stepNow(), "a pause is one").to.equal(paused);
    await press("One step");
    await until("one step", stepNow, (step) => step === paused + 1);
    await pause(500);
    expect(await stepNow()).to.equal(paused + 1);
    await press("Resume");
    await untilState("Running");

    await field("learning rate").focus();
    // Twenty before the page draws again.
    const keys = Array.from({ length: 20 }, (_, i) => (i % 4 === 3 ? "ArrowDown" : "ArrowUp"));
    await page.evaluate(`for (const key of ${JSON.stringify(keys)})
      document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }))`);
    // Up in 1, 2, 5, 10; every fourth goes back.
    const ladder = [1e-2, 2e-2, 5e-2, 1e-1, 2e-1, 5e-1, 1, 2, 5, 10];
    let at = 0;
    const expected = Array.from({ length: 20 }, (_, i) => ladder[(at = Math.min(at + (i % 4 === 3 ? -1 : 1), 9))]);
    const sent = expected.filter((value, i) => value !== (expected[i - 1] ?? 0.01));
    const settings = async (): Promise<object[]> => (await told()).filter((each) => "set" in each);
    await until("all of them", settings, (all) => all.length === sent.length);
    expect(await settings()).to.deep.equal(sent.map((value) => ({ set: "lr", value })));
    expect(await field("learning rate").inputValue()).to.equal(String(expected[19]));

    await page.locator(".rcp-Frames input[type=range]").fill("1");
    await field("momentum").focus();
    await page.keyboard.type("0.5");
    await untilFurther();
    await untilFurther();
    expect(await field("momentum").inputValue(), "it is the reader's while he types").to.equal("0.5");
    expect(await page.locator(".rcp-Frames input[type=range]").inputValue(), "so is the frame").to.equal("1");
    await page.keyboard.press("Enter");
    await until("the momentum", settings, (all) => all.length === sent.length + 1);
    expect((await settings()).at(-1)).to.deep.equal({ set: "momentum", value: 0.5 });
    await page.keyboard.type("7");
    await page.keyboard.press("Enter");
    expect(await text(".rcp-Training-line")).to.equal("momentum: it goes from 0 to 0.999.");
    await page.keyboard.press("Escape");
    expect(await field("momentum").inputValue()).to.equal("0.5");
    expect(await settings(), "what is out of its range is not sent").to.have.length(sent.length + 1);

    await press("Reset weights");
    await press("Keep them");
    expect((await told()).filter((each) => "command" in each && each.command === "reset")).to.deep.equal([]);
    await press("Stop");
    await untilState("Stopped");
    expect(await panel().getByRole("button").count(), "no dead buttons").to.equal(0);
    const { run } = await until(
      "the saved end",
      () => saved("steered.ipynb"),
      ({ view }) => view.live === undefined,
    );
    expect(run.state).to.equal("stopped");
  });

  it("is taken up after a reload, and its end is saved although JupyterLab drops the cell's messages", async () => {
    await open("reloaded.ipynb");
    await saved("reloaded.ipynb");
    await page.goto(`${server.url}/lab/tree/reloaded.ipynb`);
    await panel().waitFor({ timeout: 60_000 });
    const before = await stepNow();
    await until("it goes on", stepNow, (step) => step > before + 5);
    expect(await page.locator(".rcp-View-line").textContent()).to.equal("");
    await press("Stop");
    await untilState("Stopped");
    await untilIdle(page, 20_000);
    const { bundle, view, run } = await until(
      "the saved end",
      () => saved("reloaded.ipynb"),
      ({ view }) => view.live === undefined,
    );
    expect([view.live, run.state, String(bundle["text/plain"])]).to.deep.equal([undefined, "stopped", "over"]);
    expect(run.step).to.equal(await stepNow());
  });

  it("says that the kernel has gone, keeps its last state in the notebook, and is scrubbed through", async () => {
    await open("gone.ipynb");
    await untilFurther();
    await page.evaluate(`window.jupyterapp.shell.currentWidget.sessionContext.shutdown()`);
    const line = page.locator(".rcp-View-line");
    const words = await until("the line", async () => (await line.textContent()) ?? "", Boolean);
    const step = await stepNow();
    expect(words).to.equal(`The kernel has gone: this is the last state, after step ${step}.`);
    expect(await field("learning rate").isDisabled()).to.equal(true);
    expect(
      await panel()
        .getByRole("button", { name: /^Pause/ })
        .isDisabled(),
    ).to.equal(true);

    const frames = page.locator(".rcp-Frames");
    const slider = frames.locator("input[type=range]");
    const picture = (): Promise<string> =>
      frames
        .locator("canvas")
        .first()
        .evaluate((canvas: { toDataURL(): string }) => canvas.toDataURL());
    await slider.scrollIntoViewIfNeeded();
    const newest = await picture();
    await slider.focus();
    await page.keyboard.press("Home");
    await until("another picture", picture, (now) => now !== newest);
    await page.keyboard.press("End");
    await until("the last picture", picture, (now) => now === newest);

    const { view, run } = await saved("gone.ipynb");
    expect([view.live, run.step]).to.deep.equal([true, step]);
    expect((view.marks[1] as FramesMark).at).to.have.length(3);
    // Another page, with a kernel that knows nothing of the run.
    await page.goto(`${server.url}/lab/tree/gone.ipynb`);
    await panel().waitFor({ timeout: 60_000 });
    await until(
      "the line again",
      async () => (await line.textContent()) ?? "",
      (now) => now === words,
    );
    expect(await stepNow()).to.equal(step);
  });

  it("did all this without an error on the console", () => expect(watched.errors).to.deep.equal([]));
});

describe("an output that follows a run in Notebook 7", function () {
  this.timeout(180_000);
  let server: JupyterServer;
  let browser: Browser;
  before(async () => {
    server = await startJupyter({ app: "notebook" });
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  it("is taken up after a reload, and its end is in the saved file", async () => {
    const { page } = await openPage(browser, { width: 1280, height: 720 });
    const address = `${server.url}/notebooks/run.ipynb`;
    const panel = page.locator(".rcp-Training").first();
    const save = (): Promise<unknown> => page.evaluate(`window.jupyterapp.commands.execute("docmanager:save")`);
    const place = async (): Promise<string> => (await panel.locator(".rcp-Training-place").textContent()) ?? "";
    writeCells(server, "run.ipynb", [runCell("run.ipynb")]);
    await page.goto(address);
    await page.locator(".jp-Notebook .jp-CodeCell").first().waitFor({ timeout: 60_000 });
    await untilIdle(page, 60_000);
    await command(page, "notebook:hide-cell-code");
    await command(page, "notebook:run-all-cells");
    await until("a step", place, (words) => /^step [1-9]/.test(words));
    await save();
    await page.goto(address);
    await panel.waitFor({ timeout: 60_000 });
    const before = await place();
    await until("a further step", place, (words) => words !== before);
    await panel.getByRole("button", { name: /^Stop/ }).click();
    const savedLive = async (): Promise<boolean | undefined> => {
      await save();
      await pause(500);
      const text = readFileSync(join(server.folder, "run.ipynb"), "utf8");
      const { cells } = JSON.parse(text) as { cells: { outputs: { data: MimeBundle }[] }[] };
      return (cells[0].outputs[0].data[RECEPTIVE_MIME] as View).live;
    };
    await until("the saved end", savedLive, (live) => live === undefined);
  });
});
