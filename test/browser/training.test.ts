import { expect } from "chai";
import type { View } from "../../src/marks";
import { RECEPTIVE_MIME } from "../../src/protocol";
import { changeTheme, untilIdle } from "../support/browser";
import { pause } from "../support/jupyterServer";
import { command } from "../support/labNotebook";
import { faintParts } from "./support/faintParts";
import { TrainingLab } from "./support/trainingLab";
import { until } from "./support/until";

describe("a training that is watched in JupyterLab", function () {
  this.timeout(180_000);
  let lab: TrainingLab;
  before(async function () {
    this.timeout(120_000);
    lab = await TrainingLab.open();
  });
  after(() => lab?.close());
  afterEach(() => lab.expectQuiet());

  it("pauses, does one step, goes on and stops; then the network is usable and the cell has no error", async () => {
    await lab.start(
      "steer.ipynb",
      "const a = start(0.01); const history = await train(a);",
      "console.log(history.steps.length, a.net((await data.get(0))[0].unsqueeze(0)).shape);",
    );
    await lab.press("Pause");
    await lab.untilState("Paused");
    const frozen = await lab.step();
    await pause(1000);
    expect(await lab.step(), "steps while it is paused").to.equal(frozen);
    await lab.press("One step");
    await until("one step more", lab.step, (step) => step === frozen + 1);
    await pause(500);
    expect(await lab.step()).to.equal(frozen + 1);
    expect(await lab.state()).to.equal("Paused");
    await lab.press("Resume");
    await lab.untilStep(frozen + 20);
    await lab.press("Stop");
    await lab.untilState("Stopped");
    await untilIdle(lab.page, 60_000);
    const steps = await lab.step();
    expect(await lab.output(2)).to.contain(`${steps} [ 1, 10 ]`);
    expect(await lab.errors(), "errors of the cells").to.equal(0);
    const words = (await lab.events()).map((event) => event.replace(/^step [\d,]+: /, ""));
    expect(words).to.deep.equal(["paused", "one step", "resumed", "stopped"]);
  });

  it("sets the learning rate from the next step on, and marks it on the curve", async () => {
    await lab.start("rate.ipynb", "const b = start(0.01); await train(b);", "console.log(JSON.stringify(rates));");
    const field = lab.field(/learning rate/i);
    await field.fill("0.001");
    await field.press("Enter");
    const [event] = await until(
      "the change",
      () => lab.events(),
      (events) => events.length === 1,
    );
    expect(event).to.match(/^step [\d,]+: learning rate 0\.01 → 0\.001$/);
    const changedAt = Number(/step ([\d,]+)/.exec(event)?.[1].replaceAll(",", ""));
    await lab.untilStep(changedAt + 5);
    const shapes = `document.querySelector(".js-plotly-plot").layout.shapes`;
    const marked = await until(
      "the line on the chart",
      () => lab.page.evaluate<{ x0: number }[]>(shapes),
      (lines) => lines?.length > 0,
    );
    expect(marked.map(({ x0 }) => x0)).to.deep.equal([changedAt]);
    await lab.press("Stop");
    await untilIdle(lab.page, 60_000);
    const rates = JSON.parse((await lab.output(2)).trim()) as number[];
    expect(new Set(rates.slice(0, changedAt))).to.deep.equal(new Set([0.01]));
    expect(new Set(rates.slice(changedAt))).to.deep.equal(new Set([0.001]));
  });

  it("obeys twenty changes within a second, in their order", async () => {
    await lab.start("many.ipynb", "const c = start(0.01); await train(c);");
    const field = lab.field(/momentum/i);
    await field.focus();
    const began = performance.now();
    for (let i = 0; i < 20; i++) {
      await field.fill(String((i + 1) / 100));
      await field.press("Enter");
    }
    const took = performance.now() - began;
    const events = await until(
      "twenty changes",
      () => lab.events(),
      (all) => all.length >= 20,
    );
    const values = events.map((event) => Number(event.split(" → ")[1]));
    expect(values, `sent within ${took} ms`).to.deep.equal(Array.from({ length: 20 }, (_, i) => (i + 1) / 100));
    await lab.press("Stop");
    await untilIdle(lab.page, 60_000);
  });

  it("says when the loss is no number, and why that may be", async () => {
    await lab.start("nan.ipynb", "const d = start(1e30); await train(d);");
    const warning = lab.panel().locator(".rcp-Training-warning").filter({ hasText: "The loss is NaN" });
    await warning.waitFor({ timeout: 30_000 });
    expect(await warning.innerText()).to.match(/Most likely the learning rate 1e\+?30 is too high\. Lower it/);
    await lab.press("Stop");
    await untilIdle(lab.page, 60_000);
  });

  it("is found again by a page that is loaded anew, and saved as it ends", async () => {
    await lab.start("again.ipynb", "const e = start(0.01); await train(e);");
    await lab.page.evaluate(`window.jupyterapp.commands.execute("docmanager:save")`);
    await lab.page.reload();
    await lab.panel().waitFor({ timeout: 60_000 });
    const found = await lab.untilStep(1);
    await lab.untilStep(found + 20);
    await until("an answer", () => lab.button("Pause").isEnabled(), Boolean);
    await lab.press("Stop");
    await lab.untilState("Stopped");
    const last = await lab.step();
    const saved = await until(
      "the end in the file",
      async () => {
        const [output] = await lab.savedOutputs("again.ipynb", 1);
        return output.data?.[RECEPTIVE_MIME] as View & { live?: boolean };
      },
      (view) => view.live === undefined,
    );
    const [run] = saved.marks as unknown as { mark: string; state: string; step: number }[];
    expect(run).to.deep.include({ mark: "training", state: "stopped", step: last });
  });

  it("leads through its snapshots when the kernel is gone", async () => {
    await lab.start("frames.ipynb", "const f = start(0.02); await train(f, 40);");
    await lab.untilState("Done");
    await lab.page.evaluate(`window.jupyterapp.shell.currentWidget.sessionContext.shutdown()`);
    const frames = lab.page.locator(".rcp-Frames");
    const slider = frames.locator('input[type="range"]').first();
    const canvas = frames.locator(".rcp-Grid-canvas").first();
    await canvas.scrollIntoViewIfNeeded();
    const count = Number(await slider.getAttribute("max")) + 1;
    expect(count).to.be.within(5, 50);
    const drawn = (): Promise<string> => canvas.evaluate((element: { toDataURL(): string }) => element.toDataURL());
    const last = await drawn();
    await slider.focus();
    await lab.page.keyboard.press("Home");
    const isOther = async (): Promise<boolean> => (await drawn()) !== last;
    await until("the first filters", isOther, Boolean);
    await lab.page.keyboard.press("End");
    await until("the last filters", isOther, (other) => !other);
  });

  it("can be read in the dark", async () => {
    await lab.start("dark.ipynb", "const g = start(0.02); await train(g);");
    await changeTheme(lab.page, "JupyterLab Dark");
    try {
      await lab.untilStep(20);
      expect(await faintParts(lab.page)).to.deep.equal([]);
    } finally {
      await changeTheme(lab.page, "JupyterLab Light");
    }
    await lab.press("Stop");
    await untilIdle(lab.page, 60_000);
  });

  it("begins anew when its cell is run again while it is paused, whose panel is gone then", async () => {
    await lab.start("rerun.ipynb", "const f = start(0.01); await train(f); console.log(`${rates.length} steps`);");
    await lab.untilStep(20);
    await lab.press("Pause");
    await lab.untilState("Paused");
    const before = await lab.step();
    await lab.page.keyboard.press("Shift+Enter");
    await lab.untilState("Running");
    await until("the new run", lab.step, (step) => step > 0 && step !== before);
    await lab.press("Stop");
    await untilIdle(lab.page, 60_000);
    expect(await lab.errors(), "errors of the cells").to.equal(0);
    expect(await lab.step()).to.be.above(0);
  });

  it("keeps the former run in grey when its cell runs again", async () => {
    await lab.start("former.ipynb", "const h = start(0.02); await train(h, 1);");
    await lab.untilState("Done");
    await untilIdle(lab.page, 60_000);
    expect(await lines()).to.not.include("former");
    await lab.page.locator(".jp-CodeCell").nth(1).click();
    await command(lab.page, "notebook:run-cell");
    await until("the former run", lines, (all) => /former|before|previous/i.test(all));

    function lines(): Promise<string> {
      return lab.page.evaluate<string>(
        `[...document.querySelectorAll(".js-plotly-plot")].flatMap(({ data }) => data.map(({ name }) => name)).join()`,
      );
    }
  });

  it("watches two networks with two optimizers in one loop", async () => {
    const loop = `const [one, two] = [start(0.01), start(0.02)];
const runs = [one, two].map(({ net, optimizer }, i) => show.training(net, { optimizer, criterion, title: ["generator", "discriminator"][i] }));
const loader = new DataLoader(data, { batchSize: 8 });
for await (const [x, y] of runs[0].batches(loader, { epochs: 1 })) {
  for (const [i, { net, optimizer }] of [one, two].entries()) {
    optimizer.zeroGrad();
    const loss = criterion(net(x), y);
    loss.backward();
    optimizer.step();
    runs[i].step({ loss });
  }
}`;
    await lab.start("two.ipynb", loop);
    await lab.untilState("Done", 0);
    await lab.untilState("Done", 1);
    expect([await lab.step(0), await lab.step(1)]).to.deep.equal([50, 50]);
    const titles = await lab.page.locator(".rcp-View-title").allInnerTexts();
    expect(titles).to.include.members(["generator", "discriminator"]);
  });
});
