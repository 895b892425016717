/** A run of training in a real kernel: it is steered while its cell runs, and Stop ends it while it waits. */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import type { TrainingMark, View } from "../../src/marks";
import { INSPECT_TARGET, RECEPTIVE_MIME, type MimeBundle } from "../../src/protocol";
import { KernelClient, sleep } from "./support/kernelClient";
// Ends kernels that a failing test leaves behind.
import "./support/withKernel";

describe("kernel: a run of training", function () {
  this.timeout(60_000);
  let kernel: KernelClient;
  let request = 0;
  before(async () => {
    kernel = await KernelClient.start();
    const { reply } = await kernel.execute(`import { F, fit, nn, optim, rand, show, tensor } from "receptive";
      const net = new nn.Linear(8, 2);
      const optimizer = new optim.SGD(net.parameters(), { lr: 0.1 });
      const x = rand([4, 8]), y = tensor([0, 1, 0, 1], { dtype: "int32" });
      const batches = Array.from({ length: 100_000 }, () => [x, y]);
      const options = { optimizer, criterion: F.crossEntropy, show: true };`);
    expect(reply.status, JSON.stringify(reply)).to.equal("ok");
    await kernel.send("shell", "comm_open", { comm_id: "t", target_name: INSPECT_TARGET, data: {} });
  });
  after(() => kernel.stop());

  /** The bundles that a cell has displayed or updated. */
  const shownBy = (cell: string): MimeBundle[] =>
    kernel
      .of(cell)
      .filter(({ header }) => ["display_data", "update_display_data"].includes(header.msg_type))
      .map(({ content }) => content.data as MimeBundle);
  const viewIn = (bundle: MimeBundle | undefined): View => bundle?.[RECEPTIVE_MIME] as View;
  const panelIn = (view: View): TrainingMark => view.marks[0] as TrainingMark;

  /** Asks about a run, in a comm, as the extension does. */
  async function ask(id: string, question: Record<string, unknown>): Promise<Record<string, unknown>> {
    const number = ++request;
    const sent = await kernel.send("shell", "comm_msg", { comm_id: "t", data: { request: number, id, question } });
    await kernel.isIdle(sent);
    const reply = kernel.iopub.find(
      ({ content }) => (content.data as { request?: number } | undefined)?.request === number,
    );
    return (reply?.content.data as { content: Record<string, unknown> }).content;
  }
  const control = async (id: string, order: Record<string, unknown>): Promise<TrainingMark> =>
    (await ask(id, { ask: "control", ...order })).mark as TrainingMark;
  const panel = async (id: string): Promise<TrainingMark> => panelIn((await ask(id, { ask: "view" })).view as View);

  /** Starts a cell and waits for its panel. */
  async function start(
    code: string,
    metadata = {},
  ): Promise<{ cell: string; id: string; answer: ReturnType<KernelClient["execute"]> }> {
    const { id: cell, answer } = await kernel.start(code, {}, metadata);
    await kernel.until(() => shownBy(cell).length > 0);
    const view = viewIn(shownBy(cell)[0]);
    expect(view.live).to.equal(true);
    return { cell, id: view.inspect as string, answer };
  }

  /** Milliseconds of processor time that the kernel has used. */
  function processorTime(): number {
    const fields = readFileSync(`/proc/${kernel.process.pid}/stat`, "utf8").split(") ")[1].split(" ");
    return (Number(fields[11]) + Number(fields[12])) * 10;
  }

  it("answers questions and obeys while its cell trains", async () => {
    const { id, answer } = await start(`const history = await fit(net, batches, options); history.steps.length`);
    const first = await panel(id);
    expect(first.state).to.equal("running");
    const { step } = await control(id, { set: "lr", value: 0.005 });
    expect((await panel(id)).controls[0]).to.deep.include({ name: "lr", value: 0.005 });
    const stopped = await control(id, { command: "stop" });
    expect(stopped.state).to.equal("stopped");
    expect(stopped.step).to.be.at.least(step);
    const { reply, result } = await answer;
    expect(reply.status).to.equal("ok");
    expect(Number(result)).to.equal(stopped.step);
    expect((await kernel.execute("optimizer.paramGroups[0].lr")).result).to.equal("0.005");
  });

  it("stands still while it is paused, without working, and answers all the same", async () => {
    const { id, answer } = await start(`await fit(net, batches, options); "end"`);
    const { step } = await control(id, { command: "pause" });
    const before = processorTime();
    await sleep(600);
    expect(processorTime() - before).to.be.below(150);
    const started = performance.now();
    expect(await panel(id)).to.deep.include({ step, state: "paused" });
    expect(performance.now() - started).to.be.below(1000);
    await control(id, { command: "step" });
    await sleep(100);
    expect((await panel(id)).step).to.equal(step + 1);
    await control(id, { command: "stop" });
    expect((await answer).result).to.equal("'end'");
  });

  it("ends when its cell is to run again while it is paused, and waits on when another cell is", async () => {
    const { id, answer } = await start(`await fit(net, batches, options); "end"`, { cellId: "a" });
    await control(id, { command: "pause" });
    const other = await kernel.start(`"other"`, {}, { cellId: "b" });
    expect((await panel(id)).state).to.equal("paused");
    const again = await kernel.start(`"again"`, {}, { cellId: "a" });
    expect((await answer).result).to.equal("'end'");
    expect((await panel(id)).state).to.equal("stopped");
    expect((await other.answer).result).to.equal("'other'");
    expect((await again.answer).result).to.equal("'again'");
  });

  it("ends at Stop while it is paused, and the last output of the cell says so", async () => {
    const { cell, id, answer } = await start(`await fit(net, batches, options); "end"`);
    const { step } = await control(id, { command: "pause" });
    await kernel.request("control", "interrupt_request");
    const { reply, all } = await answer;
    expect(reply.status).to.equal("error");
    const last = viewIn(shownBy(cell).at(-1));
    expect(last).to.not.have.any.keys("live", "inspect");
    expect(panelIn(last)).to.deep.include({ state: "failed", step });
    // The output comes before the error, while the front end still takes it for the cell's.
    const types = all.map(({ header }) => header.msg_type);
    expect(types.lastIndexOf("update_display_data")).to.be.below(types.indexOf("error"));
    expect((await ask(id, { ask: "view" })).bundle).to.have.property(RECEPTIVE_MIME);
    expect((await kernel.execute("1 + 1")).result).to.equal("2");
  });

  it("is done with its cell, and has failed with its error", async () => {
    const loop = (body: string): string => `
      const run${++request} = show.training(net, { optimizer, title: "own" });
      for await (const [x] of run${request}.batches(batches.slice(0, 5))) { ${body}; run${request}.step({ loss: 1 }); }`;
    const good = await kernel.execute(loop("net(x)"));
    expect(panelIn(viewIn(shownBy(good.id).at(-1)))).to.deep.include({ state: "done", step: 5 });
    const bad = await kernel.execute(loop(`throw new Error("mine")`));
    expect(bad.reply).to.deep.include({ status: "error", evalue: "mine" });
    expect(panelIn(viewIn(shownBy(bad.id).at(-1)))).to.deep.include({ state: "failed", step: 0 });
  });
});
