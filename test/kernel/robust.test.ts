import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { randomInt, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JsonObject } from "../../kernel/json";
import { makeHeader, type Message } from "../../kernel/message";
import { encode, sign } from "../../kernel/io/wire";
import { errorOf, KernelClient, MAIN, sleep } from "./support/kernelClient";
import { withKernel } from "./support/withKernel";

/** A random source that can be repeated: the seed is printed when a test fails. */
function dice(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const emptyMessage = (type: string): Message => ({
  identities: [],
  header: makeHeader(type, "fuzz"),
  parent: {},
  metadata: {},
  content: {},
  buffers: [],
});

const ODD: unknown[] = [null, 0, -1, 1e308, "", "x".repeat(500), [], {}, true, { a: { b: [] } }, "💥", "__proto__"];
const TYPES = [
  "execute_request",
  "complete_request",
  "inspect_request",
  "is_complete_request",
  "history_request",
  "comm_open",
  "comm_msg",
  "comm_close",
  "comm_info_request",
  "kernel_info_request",
  "debug_request",
  "input_reply",
  "no_such_request",
  "",
];
const FIELDS = ["code", "cursor_pos", "comm_id", "target_name", "data", "hist_access_type", "n", "session", "pattern"];
const OPTIONS = ["silent", "store_history", "user_expressions", "stop_on_error", "allow_stdin", "value", "start"];

describe("kernel: robustness", function () {
  this.timeout(90_000);
  const kernel = withKernel();

  it("survives 10,000 malformed and odd messages on every channel", async () => {
    const seed = randomInt(2 ** 31);
    const roll = dice(seed);
    const any = <T>(list: readonly T[]): T => list[roll(list.length)];
    const bytes = (): Buffer => Buffer.from(Array.from({ length: roll(40) }, () => roll(256)));
    const oddContent = (): JsonObject =>
      Object.fromEntries([...FIELDS, ...OPTIONS].filter(() => roll(3) === 0).map((name) => [name, any(ODD)]));

    /** Signed as it should be, with content that nobody sends. */
    const signed = (): Uint8Array[] => {
      const content = oddContent();
      // Code that runs must end by itself.
      if (typeof content.code === "string") content.code = any(["1", "throw 1", "const = ", "x.y.z", ""]);
      const header = makeHeader(any(TYPES), randomUUID());
      const message = {
        identities: [],
        header,
        parent: {},
        metadata: oddContent(),
        content,
        buffers: [bytes()],
      };
      return encode(message, kernel().key);
    };
    /** Frames out of order, cut, changed, signed with nothing or with the wrong key. */
    const broken = (): Uint8Array[] => {
      const frames = roll(4) === 0 ? [bytes(), bytes(), bytes()] : signed();
      switch (roll(6)) {
        case 0:
          return frames.slice(0, roll(frames.length) + 1);
        case 1:
          return [...frames].reverse();
        case 2: {
          const at = roll(frames.length);
          return frames.map((frame, i) => (i === at ? bytes() : frame));
        }
        case 3:
          return encode({ ...emptyMessage(any(TYPES)), content: { code: "globalThis.forged = 1" } }, "wrong");
        case 4: {
          const json = ["{}", "[]", "null", "{", '{"msg_type":5}', "\u0000"].map((text) => Buffer.from(text));
          const parts = [any(json), any(json), any(json), any(json)];
          return [Buffer.from("<IDS|MSG>"), Buffer.from(sign(kernel().key, parts)), ...parts];
        }
        default:
          return [Buffer.alloc(0)];
      }
    };

    kernel().terminal = "";
    try {
      for (let i = 0; i < 10_000; i++) {
        const frames = i % 20 === 0 ? signed() : broken();
        await kernel().sendRaw(any(["shell", "shell", "control", "stdin"] as const), frames);
        if (i % 500 === 0) expect(await kernel().heartbeat("still there?")).to.equal("still there?");
      }
      expect((await kernel().request("shell", "kernel_info_request")).reply.status).to.equal("ok");
      // A cell sent in the wake of one of the failing cells above is aborted, and rightly so.
      const last = { code: "typeof (globalThis as any).forged", options: { store_history: false } };
      let answer = await kernel().execute(last.code, last.options);
      while (answer.reply.status === "aborted") answer = await kernel().execute(last.code, last.options);
      expect(answer.result).to.equal("'undefined'");
      expect((await kernel().request("control", "kernel_info_request")).reply.status).to.equal("ok");
    } catch (error) {
      throw new Error(`seed ${seed}: ${String(error)}`);
    }
    // Dropped messages are logged, but a flood of them does not fill the log.
    expect(kernel().terminal).to.contain("dropped a message: WireError");
    expect(kernel().terminal.split("\n").length).to.be.lessThan(100);
    kernel().terminal = "";
  });

  it("survives bytes on its ports that are no ZeroMQ", async () => {
    for (const port of Object.values(kernel().ports)) {
      for (const text of ["GET / HTTP/1.1\r\n\r\n", "\u00ff".repeat(2000), "\u0000", ""]) {
        const socket = connect({ port, host: "127.0.0.1" });
        socket.on("error", () => {});
        await new Promise((done) => socket.on("connect", done));
        socket.write(Buffer.from(text, "latin1"));
        await sleep(5);
        socket.destroy();
      }
    }
    expect((await kernel().execute("1 + 1")).result).to.equal("2");
  });

  it("survives an oversized comm buffer in both directions", async () => {
    await kernel().execute(
      `comms.registerTarget("big", (comm) => { comm.onMessage(({ buffers }) => { comm.send({ bytes: buffers[0].length }, { buffers }); }); });`,
    );
    await kernel().send("shell", "comm_open", { comm_id: "big", target_name: "big", data: {} });
    const size = 64 * 1024 * 1024;
    const id = await kernel().send("shell", "comm_msg", { comm_id: "big", data: {} }, [new Uint8Array(size)]);
    await kernel().isIdle(id);
    const reply = kernel()
      .of(id)
      .find((m) => m.header.msg_type === "comm_msg");
    expect(reply?.content.data).to.deep.equal({ bytes: size });
    expect(reply?.buffers[0]?.length).to.equal(size);
  });

  it("1,000 cells leave time per cell and memory where they were", async function () {
    this.timeout(300_000);
    const cell = (i: number): string =>
      [
        `let n${i % 20} = ${i}; n${i % 20} + 1`,
        `console.log("cell ${i}")`,
        `class Shape${i % 20} { area(): number { return ${i}; } }`,
        `const text: string = await Promise.resolve("${i}"); display(text)`,
        i % 40 === 4 ? `throw new Error("${i}")` : `function twice(x: number) { return 2 * x; } twice(${i})`,
      ][i % 5] ?? "";
    await kernel().execute(
      `require("node:v8").setFlagsFromString("--expose-gc"); const collect = require("node:vm").runInNewContext("gc") as () => void;`,
    );
    // Processor time, because other work on the machine does not count in it; what is reachable, because the rest may go.
    const measure = async (): Promise<[cpu: number, heap: number, rss: number]> => {
      const code = `collect(); const used = process.cpuUsage(), memory = process.memoryUsage();
        JSON.stringify([(used.user + used.system) / 1000, memory.heapUsed / 2 ** 20, memory.rss / 2 ** 20])`;
      const { result = "" } = await kernel().execute(code, { store_history: false });
      return JSON.parse(result.slice(1, -1)) as [number, number, number];
    };

    const chunk = 25;
    const times: number[] = [];
    const heaps: number[] = [];
    const sizes: number[] = [];
    for (let first = 0; first < 1000; first += chunk) {
      const [before] = first % 100 === 0 ? await measure() : [];
      const sent = [];
      for (let i = first; i < first + chunk; i++) sent.push(await kernel().start(cell(i), { stop_on_error: false }));
      const statuses = (await Promise.all(sent.map(({ answer }) => answer))).map(({ reply }) => reply.status);
      expect(statuses.filter((status) => status === "error").length).to.be.within(0, 1);
      if (before === undefined) continue;
      const [after, heap, rss] = await measure();
      times.push((after - before) / chunk);
      heaps.push(heap);
      sizes.push(rss);
    }
    // The first 400 cells warm up; then the first and the last three measurements are compared.
    const median = (list: number[]): number => [...list].sort((x, y) => x - y)[list.length >> 1] ?? 0;
    const early = [times, heaps, sizes].map((list) => median(list.slice(2, 5)));
    const late = [times, heaps, sizes].map((list) => median(list.slice(-3)));
    const says = `ms a cell, MB heap, MB RSS: ${early.map((v) => v.toFixed(1)).join(", ")} -> ${late.map((v) => v.toFixed(1)).join(", ")}`;
    expect(late[0], says).to.be.lessThan((early[0] ?? 0) * 1.7 + 3);
    expect(late[1], says).to.be.lessThan((early[1] ?? 0) + 8);
    expect(late[2], says).to.be.lessThan((early[2] ?? 0) + 80);
    console.log(`      ${says}`);
  });
});

describe("kernel: start and end", function () {
  this.timeout(60_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "receptive-ends-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Starts a kernel that cannot start; its exit code and what it wrote. */
  function failed(connection: string): { status: number | null; stderr: string } {
    const file = join(folder, "connection.json");
    writeFileSync(file, connection);
    const { status, stderr } = spawnSync(process.execPath, [MAIN, file], {
      encoding: "utf8",
      timeout: 20_000,
    });
    return { status, stderr };
  }
  const ports = { shell_port: 1, iopub_port: 1, stdin_port: 1, control_port: 1, hb_port: 1 };

  const BAD: [title: string, connection: string, words: string][] = [
    ["is no JSON", "{", "connection.json: "],
    ["is no object", "[]", "not a JSON object"],
    ["lacks a port", `{"shell_port": 1}`, "no stdin_port"],
    ["has an unknown signature scheme", JSON.stringify({ ...ports, signature_scheme: "md5" }), "signature scheme md5"],
    ["has a key that is no text", JSON.stringify({ ...ports, key: 5 }), "the key is not a string"],
  ];
  for (const [title, connection, words] of BAD) {
    it(`a connection file that ${title} ends the kernel with one line`, () => {
      const { status, stderr } = failed(connection);
      expect(status).to.equal(1);
      expect(stderr).to.contain(words);
      expect(stderr.trim().split("\n")).to.have.length(1);
    });
  }

  it("a port that is taken ends the kernel with one line that names it", async () => {
    const taken = createServer();
    await new Promise<void>((done) => taken.listen(0, "127.0.0.1", done));
    const { port } = taken.address() as AddressInfo;
    const { status, stderr } = failed(JSON.stringify({ ...ports, shell_port: port, key: "k" }));
    taken.close();
    expect(status, stderr).to.equal(1);
    expect(stderr).to.match(new RegExp(`cannot listen on tcp://127.0.0.1:${port}: `));
    expect(stderr.trim().split("\n")).to.have.length(1);
  });

  it("a heap that is full ends the process, with the reason on its terminal", async () => {
    const kernel = await KernelClient.start({ launcher: ["env", "NODE_OPTIONS=--max-old-space-size=160"] });
    const { answer } = await kernel.start(
      `const hoard: number[][] = []; for (;;) hoard.push(new Array(1e5).fill(1.5));`,
    );
    answer.catch(() => {});
    await kernel.ended(40_000);
    expect(kernel.terminal).to.contain("heap out of memory");
    expect(kernel.process.exitCode).to.not.equal(0);
    await kernel.stop();
  });

  it("a process that a cell ends by force is over at once, and its client can know", async () => {
    const kernel = await KernelClient.start();
    const { answer } = await kernel.start(`process.kill(process.pid, "SIGKILL")`);
    answer.catch(() => {});
    await kernel.ended();
    expect(kernel.process.signalCode).to.equal("SIGKILL");
    await kernel.stop();
  });

  it("a kernel whose terminal nobody reads any more goes on", async () => {
    const kernel = await KernelClient.start();
    kernel.process.stderr?.destroy();
    kernel.process.stdout?.destroy();
    await kernel.sendRaw("shell", [Buffer.from("rubbish")]);
    await sleep(100);
    expect((await kernel.execute("1 + 1")).result).to.equal("2");
    await kernel.stop();
  });

  it("an error in a cell's own worker ends nothing", async () => {
    const kernel = await KernelClient.start();
    const failedCell = await kernel.execute(
      `const { Worker } = require("node:worker_threads"); const w = new Worker("throw new Error('inside')", { eval: true });
       await new Promise((_, no) => w.on("error", no))`,
    );
    expect(errorOf(failedCell).evalue).to.equal("inside");
    expect((await kernel.execute("2")).result).to.equal("2");
    await kernel.stop();
  });
});
