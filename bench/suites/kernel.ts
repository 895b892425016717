/**
 * How quickly the notebook kernel starts, answers and stops, over real sockets. It needs no peers.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { aloneRow, median, type Row, type Unit } from "../report/rows";
import type { Suite } from "./suite";
import { KernelClient, sleep } from "../../test/kernel/support/kernelClient";

const STARTS = 5;
const CELLS = 50;
const INTERRUPTS = 5;

/** Each prints "go" when it is where it is to be stopped. */
const INTERRUPT_CASES: [title: string, code: string][] = [
  ["awaiting cell", `console.log("go"); await new Promise(() => {})`],
  ["sync loop", `console.log("go"); while (true);`],
  ["sync loop after an await", `console.log("go"); await new Promise((r) => setTimeout(r, 20)); while (true);`],
  ["loop in a timer", `console.log("go"); setTimeout(() => { for (;;); }, 10); await new Promise(() => {})`],
  ["library's sync loop", `console.log("go"); spin()`],
  ["fetch", `console.log("go"); await fetch(address)`],
  ["for await over a loader", `console.log("go"); while (true) await epoch()`],
  [
    "engine call without a loop",
    `console.log("go"); await null; new Array(1e6).fill(0).map(() => net(randn([8, 3, 32, 32])).sum())`,
  ],
];

const SETUP = `import { DataLoader, datasets, F, manualSeed, nn, optim, randn, Tensor } from "receptive";
manualSeed(0);
class Net extends nn.Module {
  conv = new nn.Conv2d(3, 8, 5); pool = new nn.MaxPool2d(2, 2); fc = new nn.Linear(8 * 14 * 14, 10);
  forward(x: Tensor) { return this.fc(this.pool(F.relu(this.conv(x))).flatten(1)); }
}
const net = new Net(), criterion = new nn.CrossEntropyLoss();
const optimizer = new optim.SGD(net.parameters(), { lr: 0.01, momentum: 0.9 });
const loader = new DataLoader(datasets.shapes({ count: 400 }), { batchSize: 4, shuffle: true });
async function epoch(): Promise<void> {
  for await (const [images, labels] of loader) {
    optimizer.zeroGrad();
    const loss = criterion(net(images), labels);
    loss.backward();
    optimizer.step();
    await loss.item();
  }
}
const spin = require("node:vm").runInThisContext("(function () { for (;;) ; })");
const address = await new Promise<string>((done) => {
  const server = require("node:http").createServer(() => {});
  server.unref();
  server.listen(0, "127.0.0.1", () => done("http://127.0.0.1:" + server.address().port));
});
comms.registerTarget("bench", (comm) => { comm.onMessage(({ buffers }) => comm.send({}, { buffers })); });`;

/** Measures everything once and returns the rows. Takes about half a minute on an idle machine. */
async function measured(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "receptive-bench-"));
  const rows: Row[] = [];
  const add = (name: string, ours: number, unit: Unit = "ms"): void => {
    rows.push(aloneRow("kernel", name, ours, unit));
  };
  try {
    const starts: number[] = [];
    const imports: number[] = [];
    for (let i = 0; i < STARTS; i++) {
      const started = performance.now();
      const kernel = await KernelClient.start({ cwd: folder });
      starts.push(performance.now() - started);
      await compilerIsLoaded(kernel);
      imports.push(await timeOf(kernel, `import { nn, Tensor } from "receptive"; new nn.ReLU()`));
      await kernel.stop();
    }
    add("process start to first idle", median(starts));
    add("first cell importing receptive", median(imports));

    const kernel = await KernelClient.start({ cwd: folder });
    await compilerIsLoaded(kernel);
    add("RSS at start", await memoryOf(kernel), "MB");
    const trivial: number[] = [];
    for (let i = 0; i < CELLS; i++) trivial.push(await timeOf(kernel, "1 + 1"));
    add("trivial cell, warm", median(trivial.slice(CELLS / 5)));

    await expectOk(kernel, SETUP);
    for (const [title, code] of INTERRUPT_CASES) {
      const times: number[] = [];
      for (let i = 0; i < INTERRUPTS; i++) times.push(await timeOfInterrupt(kernel, title, code));
      add(`interrupt: ${title}`, median(times));
      add(`interrupt: ${title}, worst of ${INTERRUPTS}`, Math.max(...times));
    }
    add("comm round trip during training", median(await commTimes(kernel)));
    await kernel.stop();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return rows;
}

async function timeOf(kernel: KernelClient, code: string): Promise<number> {
  const started = performance.now();
  await expectOk(kernel, code);
  return performance.now() - started;
}

async function expectOk(kernel: KernelClient, code: string): Promise<string | undefined> {
  const { reply, result } = await kernel.execute(code);
  if (reply.status !== "ok") throw new Error(`the cell failed: ${JSON.stringify(reply)}`);
  return result;
}

/** While a person writes the first cell, the kernel loads its compiler; a completion is answered once it is there. */
async function compilerIsLoaded(kernel: KernelClient): Promise<void> {
  await kernel.request("shell", "complete_request", { code: "Mat", cursor_pos: 3 });
  // It warms up when it has said hello; a person's first cell comes later.
  await sleep(2000);
}

async function memoryOf(kernel: KernelClient): Promise<number> {
  return Number(await expectOk(kernel, "process.memoryUsage().rss / 2 ** 20"));
}

/** From the Stop button to the reply of the cell. */
async function timeOfInterrupt(kernel: KernelClient, title: string, code: string): Promise<number> {
  const { id, answer } = await kernel.start(code);
  await kernel.printed(id, "go");
  await sleep(100);
  const started = performance.now();
  await kernel.send("control", "interrupt_request", {});
  const { reply } = await answer;
  const took = performance.now() - started;
  if (reply.ename !== "Interrupted") throw new Error(`${title}: ended as ${JSON.stringify(reply)}`);
  return took;
}

/** Round trips with a buffer of 64 KB while a cell trains. */
async function commTimes(kernel: KernelClient): Promise<number[]> {
  const opened = await kernel.send("shell", "comm_open", { comm_id: "b", target_name: "bench", data: {} });
  await kernel.isIdle(opened);
  const { id, answer } = await kernel.start(`console.log("go"); while (true) await epoch()`);
  await kernel.printed(id, "go");
  const times: number[] = [];
  for (let i = 0; i < CELLS; i++) {
    await sleep(20);
    const started = performance.now();
    const asked = await kernel.send("shell", "comm_msg", { comm_id: "b", data: {} }, [new Uint8Array(65536)]);
    await kernel.until(() => kernel.of(asked).some((m) => m.header.msg_type === "comm_msg"));
    times.push(performance.now() - started);
  }
  await kernel.send("control", "interrupt_request", {});
  await answer;
  return times;
}

export const kernel: Suite = {
  name: "kernel",
  title: "the notebook kernel over real sockets",
  async *run() {
    for (const row of await measured()) yield [row];
  },
};
