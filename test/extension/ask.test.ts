import { expect } from "chai";
import { ask } from "../../extension/src/kernel/ask";
import { askAbout } from "../../extension/src/kernel/askAbout";
import { AskError, type Reason } from "../../extension/src/kernel/askError";
import { Latest } from "../../src/marks/kit/latest";
import { answerTo } from "../../src/display/inspect/answers";
import { InspectRegistry } from "../../src/display/inspect/registry";
import { ShownNumbers } from "../../src/display/inspect/shownNumbers";
import type { InspectHandler } from "../../src/protocol";
import { FakeKernel } from "../support/fakeKernel";

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

const shownNumbers = (values: Float32Array, channels: 1 | 3, height: number, width: number): ShownNumbers =>
  new ShownNumbers([{ values, channels, height, width }]);

/** Two tiles of 1x2 numbers that no byte and no short decimal can stand for. */
const SHOWN = shownNumbers(Float32Array.of(0.1, 1 / 3, Math.PI, -1e-20), 1, 1, 2);

function show(kernel: FakeKernel, shown: object = SHOWN): string {
  const { host } = kernel.process;
  const objects = new InspectRegistry(() => host);
  objects.answerWith(answerTo);
  return objects.keep(shown, 16) ?? "";
}

async function failure(promise: Promise<unknown>): Promise<AskError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof AskError) return error;
    throw error;
  }
  throw new Error("an answer came where none was expected");
}

async function expectFailure(promise: Promise<unknown>, reason: Reason, message: RegExp): Promise<void> {
  const error = await failure(promise);
  expect(error.reason).to.equal(reason);
  expect(error.message).to.match(message).and.not.contain("\n");
}

describe("extension asking the kernel", () => {
  const left: FakeKernel[] = [];
  const start = (): FakeKernel => {
    const kernel = new FakeKernel();
    left.push(kernel);
    return kernel;
  };
  afterEach(() => {
    for (const kernel of left.splice(0)) expect(kernel.process.complaints).to.deep.equal([]);
  });

  it("gets numbers to the bit", async () => {
    const kernel = start();
    const { content, floats } = await ask(kernel, show(kernel), "values", { tile: 1 });
    expect(content).to.deep.equal({ channels: 1, height: 1, width: 2 });
    expect(floats).to.deep.equal([Float32Array.of(Math.PI, -1e-20)]);
  });

  it("opens one comm for all questions of a connection, at the first of them", async () => {
    const kernel = start();
    const id = show(kernel);
    expect(kernel.log).to.deep.equal([]);
    await Promise.all([ask(kernel, id, "values", { tile: 0 }), ask(kernel, id, "values", { tile: 1 })]);
    await ask(kernel, id, "values", { tile: 0 });
    expect(kernel.log).to.deep.equal(["open", "ask", "ask", "ask"]);
    expect(new Set(kernel.sent.map(({ header }) => header.msg_id)).size).to.equal(4);
  });

  it("gets its own answers from each of several kernels", async () => {
    const kernels = Array.from({ length: 5 }, start);
    const ids = kernels.map((kernel, i) => show(kernel, shownNumbers(Float32Array.of(i), 1, 1, 1)));
    const answers = await Promise.all(kernels.map((kernel, i) => ask(kernel, ids[i], "values", { tile: 0 })));
    expect(answers.map(({ floats }) => floats[0][0])).to.deep.equal([0, 1, 2, 3, 4]);
    // The id of another kernel's object, as in a notebook that was saved and opened with another kernel.
    await expectFailure(
      ask(kernels[0], ids[1], "values", { tile: 0 }),
      "gone",
      /not in the kernel.*Run the cell again/,
    );
  });

  it("says what is wrong with a question", async () => {
    const kernel = start();
    await expectFailure(ask(kernel, show(kernel), "values", { tile: 2 }), "failed", /no tile 2. Count from 0 to 1/);
    await expectFailure(ask(kernel, show(kernel, {}), "values", { tile: 0 }), "failed", /only views and tensors/);
    const unknown = "colour" as unknown as "values";
    await expectFailure(ask(kernel, show(kernel), unknown, { tile: 0 }), "failed", /"colour".*does not know.*Update/);
  });

  it("fails when the kernel restarts, and asks the new one on a new comm", async () => {
    const kernel = start();
    const id = show(kernel);
    await ask(kernel, id, "values", { tile: 0 });
    kernel.hold();
    const waiting = failure(ask(kernel, id, "values", { tile: 1 }));
    await turn();
    kernel.restart();
    expect((await waiting).reason).to.equal("restarted");
    await expectFailure(ask(kernel, id, "values", { tile: 1 }), "gone", /Run the cell again/);
    expect((await ask(kernel, show(kernel), "values", { tile: 1 })).floats[0]).to.have.length(2);
  });

  it("notices a restart that JupyterLab has not seen, and asks once more", async () => {
    const kernel = start();
    await ask(kernel, show(kernel), "values", { tile: 0 });
    kernel.restartUnseen();
    expect((await ask(kernel, show(kernel), "values", { tile: 0 })).floats[0][1]).to.equal(Math.fround(1 / 3));
    expect(kernel.log).to.deep.equal(["open", "ask", "ask", "open", "ask"]);
  });

  it("asks no kernel that is absent, dead or another's", async () => {
    await expectFailure(ask(undefined, "id", "values", { tile: 0 }), "noKernel", /No kernel.*Start one/);
    const python = start();
    python.info = Promise.resolve({ implementation: "ipython" });
    await expectFailure(ask(python, "id", "values", { tile: 0 }), "noKernel", /No kernel of Receptive/);
    const dead = start();
    dead.die();
    await expectFailure(ask(dead, "id", "values", { tile: 0 }), "noKernel", /No kernel/);
    const gone = start();
    gone.isDisposed = true;
    await expectFailure(ask(gone, "id", "values", { tile: 0 }), "noKernel", /No kernel/);
    expect([python, dead, gone].flatMap(({ sent }) => sent)).to.deep.equal([]);
    const dying = start();
    const id = show(dying);
    dying.hold();
    const waiting = failure(ask(dying, id, "values", { tile: 0 }));
    await turn();
    dying.die();
    expect((await waiting).reason).to.equal("restarted");
    const unstarted = start();
    unstarted.info = new Promise(() => undefined);
    await expectFailure(ask(unstarted, "id", "values", { tile: 0 }, { timeout: 20 }), "timeout", /busy/);
  });

  it("waits for a busy kernel no longer than it is told, and ignores what comes later", async () => {
    const kernel = start();
    const id = show(kernel);
    kernel.hold();
    const began = performance.now();
    await expectFailure(ask(kernel, id, "values", { tile: 0 }, { timeout: 40 }), "timeout", /busy.*when the cell/);
    expect(performance.now() - began).to.be.within(35, 400);
    expect(kernel.log).to.deep.equal(["open", "ask", "cancel"]);
    kernel.release();
    const { floats } = await ask(kernel, id, "values", { tile: 1 });
    expect(floats[0][0], "not the late reply to the first question").to.equal(Math.fround(Math.PI));
  });

  it("takes a question back, and the kernel hears of it", async () => {
    const kernel = start();
    let request: { readonly cancelled: boolean } | undefined;
    let answered = false;
    const slow: InspectHandler = async (_question, given) => {
      request = given;
      while (!given.cancelled) await turn();
      answered = true;
      return { content: {} };
    };
    kernel.process.host.register("slow", slow);
    const stop = new AbortController();
    const waiting = failure(ask(kernel, "slow", "values", { tile: 0 }, { signal: stop.signal }));
    while (!request) await turn();
    stop.abort();
    expect((await waiting).reason).to.equal("aborted");
    while (!answered) await turn();
    expect(request.cancelled).to.equal(true);
    const sent = kernel.sent.length;
    await expectFailure(ask(kernel, "slow", "values", { tile: 0 }, { signal: stop.signal }), "aborted", /Nobody/);
    expect(kernel.sent, "nothing is sent for a question that was taken back before").to.have.length(sent);
  });

  const content = { channels: 1, height: 1, width: 2 };
  const WRONG: Record<string, Awaited<ReturnType<InspectHandler>>> = {
    "no numbers": { content },
    "too few numbers": { content, buffers: [Float32Array.of(1)] },
    "two buffers": { content, buffers: [Float32Array.of(1, 2), Float32Array.of(1)] },
    "bytes that are no floats": { content, buffers: [new Uint8Array(7)] },
    "a size that is none": { content: { ...content, width: "2" }, buffers: [Float32Array.of(1, 2)] },
    "two channels": { content: { ...content, channels: 2, width: 1 }, buffers: [Float32Array.of(1, 2)] },
    "content that is no object": { content: [] as object, buffers: [Float32Array.of(1, 2)] },
  };
  for (const [what, answer] of Object.entries(WRONG))
    it(`refuses an answer of another version: ${what}`, async () => {
      const kernel = start();
      kernel.process.host.register("odd", () => answer);
      await expectFailure(ask(kernel, "odd", "values", { tile: 0 }), "unreadable", /"values" is not readable. Update/);
    });

  it("asks whichever kernel an output has now, and none again that has lost its object", async () => {
    const [first, second] = [start(), start()];
    let now: FakeKernel | undefined;
    const about = askAbout(show(first), () => now);
    await expectFailure(about("values", { tile: 0 }), "noKernel", /No kernel/);
    now = first;
    expect((await about("values", { tile: 0 })).floats[0]).to.have.length(2);
    now = second;
    await expectFailure(about("values", { tile: 0 }), "gone", /not in the kernel/);
    const sent = second.sent.length;
    await expectFailure(about("values", { tile: 1 }), "gone", /not in the kernel/);
    expect(second.sent).to.have.length(sent);
    now = first;
    expect((await about("values", { tile: 1 })).floats[0]).to.have.length(2);
  });

  it("sends numbers beside a question", async () => {
    const kernel = start();
    let bytes: Uint8Array | undefined;
    kernel.process.host.register("digit", (_question, { buffers }) => {
      bytes = buffers[0];
      return { content, buffers: [Float32Array.of(1, 2)] };
    });
    const floats = [Float32Array.of(0.1, 7)] as unknown as [];
    await ask(kernel, "digit", "values", { tile: 0 }, { floats });
    expect(new Float32Array((bytes ?? new Uint8Array()).slice().buffer)).to.deep.equal(Float32Array.of(0.1, 7));
  });
});

describe("extension's newest question", () => {
  it("waits for the one under way; those between are never asked", async () => {
    const asked: number[] = [];
    const answers = new Map<number, (answer: string) => void>();
    const latest = new Latest<number, string>((n) => {
      asked.push(n);
      return new Promise((resolve) => answers.set(n, resolve));
    });
    const wanted = [1, 2, 3, 4].map((n) => latest.want(n));
    expect(asked).to.deep.equal([1]);
    expect(await Promise.all([wanted[1], wanted[2]])).to.deep.equal([undefined, undefined]);
    answers.get(1)?.("one");
    expect(await wanted[0]).to.equal("one");
    await turn();
    expect(asked).to.deep.equal([1, 4]);
    const last = latest.want(5);
    latest.clear();
    answers.get(4)?.("four");
    expect([await wanted[3], await last]).to.deep.equal(["four", undefined]);
    expect(asked).to.deep.equal([1, 4]);
  });

  it("goes on after a question that failed", async () => {
    const latest = new Latest<number, number>((n) => (n === 1 ? Promise.reject(new Error("no")) : Promise.resolve(n)));
    const first = latest.want(1).catch((error: Error) => error.message);
    expect([await first, await latest.want(2)]).to.deep.equal(["no", 2]);
  });
});
