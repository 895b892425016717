import { expect } from "chai";
import { errorOf, sleep } from "./support/kernelClient";
import { withKernel } from "./support/withKernel";

describe("kernel: errors of what nobody awaits", function () {
  this.timeout(60_000);
  const kernel = withKernel();

  const cells: Record<string, string> = {
    "an async function called as a statement": `async function check() { await null; throw new Error("too low") } check();`,
    "the same as the value of the cell": `check()`,
    "one that awaits often": `void (async () => { for (let i = 0; i < 100; i++) await null; throw new Error("too low") })()`,
    "one that awaits the event loop": `void (async () => { await new Promise((r) => setImmediate(r)); throw new Error("too low") })(); 1`,
    "one that awaits a timer of 0 ms": `void (async () => { await new Promise((r) => setTimeout(r, 0)); throw new Error("too low") })(); 1`,
    "a rejected promise": `Promise.reject(new Error("too low")); 0`,
    "a branch of a promise that has a handler elsewhere": `const failing = Promise.reject(new Error("too low")); failing.then(() => {}); failing.catch(() => {}); 0`,
    "a microtask": `queueMicrotask(() => { throw new Error("too low") }); 0`,
    "a timer of 0 ms": `setTimeout(() => { throw new Error("too low") }); 0`,
    "an immediate": `setImmediate(() => { throw new Error("too low") }); 0`,
    "a cell that awaited before": `await new Promise((r) => setTimeout(r, 20)); void (async () => { await null; throw new Error("too low") })()`,
  };
  for (const [title, code] of Object.entries(cells)) {
    it(`come before idle: ${title}`, async () => {
      const { stderr, reply, all } = await kernel().execute(code);
      expect(stderr).to.contain("Uncaught, in the background:").and.to.contain("too low");
      expect(reply.status).to.equal("ok");
      expect(all.at(-1)?.content).to.deep.equal({ execution_state: "idle" });
    });
  }

  it("come before idle where the cell itself failed, and before the error", async () => {
    const { outputs, stderr } = await kernel().execute(
      `Promise.reject(new Error("first")); throw new Error("second");`,
    );
    expect(stderr).to.contain("first");
    expect(outputs.map((m) => m.header.msg_type)).to.deep.equal(["stream", "error"]);
  });

  it("that come later are told below their cell, as before", async () => {
    const { id, answer } = await kernel().start(`setTimeout(() => Promise.reject(new Error("late")), 300); 0`);
    expect((await answer).stderr).to.equal("");
    await kernel().printed(id, "late");
  });

  it("cost a cell few milliseconds, and an event loop that is full no more than 50", async () => {
    await kernel().execute("1");
    const times: number[] = [];
    for (let i = 0; i < 15; i++) times.push((await kernel().execute("1 + 1")).milliseconds);
    expect(Math.min(...times)).to.be.lessThan(150);
    const busy = `let turns = 0; const again = (): void => { if (turns++ < 400) setImmediate(() => { const until = Date.now() + 5; while (Date.now() < until); again(); }); }; again(); 0`;
    const { milliseconds } = await kernel().execute(busy);
    expect(milliseconds).to.be.lessThan(1500);
    await sleep(50);
    await kernel().request("control", "interrupt_request");
  });

  it("Stop ends a cell whose wait is full of work", async () => {
    const { id, answer } = await kernel().start(`setTimeout(() => { console.log("go"); for (;;); }, 0); 0`);
    await kernel().printed(id, "go");
    await kernel().request("control", "interrupt_request");
    expect(errorOf(await answer).ename).to.equal("Interrupted");
  });
});
