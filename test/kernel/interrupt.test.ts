import { expect } from "chai";
import { errorOf, KernelClient, sleep } from "./support/kernelClient";
// Ends kernels that a failing test leaves behind.
import "./support/withKernel";

describe("kernel: interrupt", function () {
  this.timeout(60_000);
  let kernel: KernelClient;
  before(async () => {
    kernel = await KernelClient.start();
    await kernel.execute("1");
  });
  after(() => kernel.stop());

  /** Starts a cell, interrupts it once it has printed "go", and returns how it ended. */
  async function interrupted(code: string): Promise<{ ename: string; reply: unknown; milliseconds: number }> {
    const { id, answer } = await kernel.start(code);
    await kernel.printed(id, "go");
    await sleep(50);
    const started = Date.now();
    const { reply } = await kernel.request("control", "interrupt_request");
    expect(reply).to.deep.equal({ status: "ok" });
    const ended = await answer;
    return { ename: errorOf(ended).ename, reply: ended.reply.status, milliseconds: Date.now() - started };
  }

  async function isAlive(): Promise<void> {
    expect((await kernel.execute("40 + 2")).result).to.equal("42");
  }

  it("level 0: a cell that awaits for ever ends at once and keeps its variables", async () => {
    const end = await interrupted(
      `const kept = 7; let counted = 1; counted++; console.log("go"); await new Promise(() => {}); const later = 1;`,
    );
    expect(end.ename).to.equal("Interrupted");
    expect(end.reply).to.equal("error");
    expect((await kernel.execute("kept + counted")).result).to.equal("9");
    expect(errorOf(await kernel.execute("later")).evalue).to.contain("Cannot find name 'later'");
  });

  it("level 1: an awaiting loop does not run on after it was stopped", async () => {
    await kernel.execute("const state = { rounds: 0, cleaned: false }");
    const end = await interrupted(
      `console.log("go"); try { while (true) { state.rounds++; await new Promise((r) => setTimeout(r, 5)); } }
       finally { state.cleaned = true; }`,
    );
    expect(end.ename).to.equal("Interrupted");
    await sleep(50);
    const first = (await kernel.execute("state.rounds")).result;
    await sleep(100);
    expect((await kernel.execute("[state.rounds, state.cleaned]")).result).to.equal(`[ ${first}, true ]`);
  });

  it("level 1: a synchronous endless loop after an await is stopped", async () => {
    const end = await interrupted(
      `await new Promise((r) => setTimeout(r, 20)); let spins = 0; console.log("go"); while (true) spins++;`,
    );
    expect(end.ename).to.equal("Interrupted");
    expect(Number((await kernel.execute("spins")).result)).to.be.greaterThan(0);
  });

  it("level 1: an endless loop in a timer is stopped", async () => {
    const end = await interrupted(
      `console.log("go"); setTimeout(() => { for (;;); }, 10); await new Promise((r) => setTimeout(r, 30_000));`,
    );
    expect(end.ename).to.equal("Interrupted");
    await isAlive();
  });

  it("level 2: synchronous code is stopped, a loop of the cell and one in a library", async () => {
    expect((await interrupted(`const before = 1; console.log("go"); while (true);`)).ename).to.equal("Interrupted");
    expect((await kernel.execute("before")).result).to.equal("1");
    // No loop of the user's here: the time is spent inside Array.prototype.sort and a library's own loop.
    const library = `require("node:vm").runInThisContext("(function () { for (;;) ; })")`;
    const end = await interrupted(`const spin = ${library}; console.log("go"); spin();`);
    expect(end.ename).to.equal("Interrupted");
    await isAlive();
  });

  it("level 1: an endless loop in a comm handler is stopped while a cell awaits", async () => {
    await kernel.execute(
      `comms.registerTarget("spin", (comm) => { comm.onMessage(() => { console.log("spinning"); for (;;); }); }); 0`,
    );
    const { id, answer } = await kernel.start(`console.log("go"); await new Promise((r) => setTimeout(r, 30_000));`);
    await kernel.printed(id, "go");
    await kernel.send("shell", "comm_open", { comm_id: "s", target_name: "spin", data: {} });
    const message = await kernel.send("shell", "comm_msg", { comm_id: "s", data: {} });
    await kernel.printed(message, "spinning");
    await kernel.request("control", "interrupt_request");
    expect(errorOf(await answer).ename).to.equal("Interrupted");
    await isAlive();
  });

  it("stops a display that never comes, and one that never returns", async () => {
    const never = await interrupted(
      `console.log("go"); ({ [Symbol.for("Jupyter.display")]: () => new Promise(() => {}) })`,
    );
    expect(never.ename).to.equal("Interrupted");
    const endless = await interrupted(`console.log("go"); ({ [Symbol.for("Jupyter.display")]: () => { for (;;); } })`);
    expect(endless.ename).to.equal("Interrupted");
    await isAlive();
  });

  it("stops what earlier cells left running when no cell runs", async () => {
    await kernel.execute(
      `const ticker = { n: 0 }; (async () => { while (true) { ticker.n++; await new Promise((r) => setTimeout(r, 5)); } })(); 0`,
    );
    await kernel.request("control", "interrupt_request");
    await sleep(100);
    const first = (await kernel.execute("ticker.n")).result;
    await sleep(100);
    expect((await kernel.execute("ticker.n")).result).to.equal(first);
  });

  it("does not hit the cell after the interrupted one", async () => {
    await interrupted(`console.log("go"); while (true);`);
    const { reply, result } = await kernel.execute(
      `let sum = 0; for (let i = 0; i < 1000; i++) { sum += i; if (i % 100 === 0) await new Promise((r) => setTimeout(r, 60)); } sum`,
    );
    expect(reply.status).to.equal("ok");
    expect(result).to.equal("499500");
  });

  it("aborts the cells that wait behind the interrupted one", async () => {
    const first = await kernel.start(`console.log("go"); await new Promise(() => {});`);
    const second = await kernel.start(`console.log("second")`);
    await kernel.printed(first.id, "go");
    await kernel.request("control", "interrupt_request");
    expect((await first.answer).reply.status).to.equal("error");
    const { reply, outputs } = await second.answer;
    expect(reply.status).to.equal("aborted");
    expect(outputs).to.have.length(0);
  });

  it("an interrupt with nothing to stop changes nothing", async () => {
    await kernel.request("control", "interrupt_request");
    await kernel.request("control", "interrupt_request");
    await isAlive();
  });
});
