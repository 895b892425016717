/** The inspector's logic, without a page: which objects there are, what a drawing becomes, and the words. */
import { expect } from "chai";
import { fromGrey, fromRgba, readNumbers } from "../../extension/src/inspector/input/prepare";
import { centreOfMass, drawStrokes, type Stroke } from "../../extension/src/inspector/input/strokes";
import { FollowedNotebook } from "../../extension/src/inspector/follow";
import { entriesOf, Variables, type WatchedConnection } from "../../extension/src/inspector/variables";
import { asImage, emptyLine, statisticsNote, statisticsRows } from "../../extension/src/inspector/words";
import { VARIABLES_TARGET } from "../../src/protocol";
import { fromArray, transforms } from "../../src";
import { FakeKernel } from "../support/fakeKernel";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const turns = async (): Promise<void> => {
  for (let i = 0; i < 5; i++) await turn();
};

class Signal<Value> {
  private readonly slots: ((sender: never, value: Value) => void)[] = [];
  connect(slot: (sender: never, value: Value) => void): void {
    this.slots.push(slot);
  }
  disconnect(slot: (sender: never, value: Value) => void): void {
    const at = this.slots.indexOf(slot);
    if (at >= 0) this.slots.splice(at, 1);
  }
  get count(): number {
    return this.slots.length;
  }
  emit(value: Value): void {
    for (const slot of [...this.slots]) slot(undefined as never, value);
  }
}

const row = (name: string, kind?: string) => ({
  ...{ name, type: "Tensor", size: "2 x 3", preview: "" },
  ...(kind === undefined ? {} : { kind, id: `id-${name}` }),
});

describe("inspector's list", () => {
  it("has what can be opened, networks first, by name", () => {
    const entries = entriesOf({
      variables: [
        row("x", "tensor"),
        row("n"),
        row("data", "dataset"),
        row("b", "module"),
        row("a", "module"),
        row("o", "optimizer"),
      ],
    });
    expect(entries.map(({ name }) => name)).to.deep.equal(["a", "b", "data", "x"]);
    expect(entriesOf({})).to.deep.equal([]);
    expect(entriesOf({ variables: [{ ...row("x", "tensor"), id: 7 }] as never })).to.deep.equal([]);
  });

  /** A kernel whose list is served by the test. */
  function serve() {
    const kernel = new FakeKernel();
    const watched = kernel as unknown as WatchedConnection & FakeKernel;
    const signals = {
      iopubMessage: new Signal<object>(),
      statusChanged: new Signal<string>(),
      connectionStatusChanged: new Signal<string>(),
    };
    Object.assign(kernel, signals);
    let opened: string[] = [];
    const send = watched.sendShellMessage.bind(watched);
    let list = [row("x", "tensor")];
    const publish = (comm_id: string): void =>
      signals.iopubMessage.emit({ header: { msg_type: "comm_msg" }, content: { comm_id, data: { variables: list } } });
    kernel.sendShellMessage = (message) => {
      const { comm_id, target_name } = message.content;
      if (message.header.msg_type === "comm_open" && target_name === VARIABLES_TARGET) {
        opened.push(comm_id);
        setImmediate(() => publish(comm_id));
      }
      if (message.header.msg_type === "comm_close") opened = opened.filter((id) => id !== comm_id);
      return send(message);
    };
    const cellEnded = (now: typeof list): void => {
      list = now;
      opened.forEach(publish);
    };
    const restart = (): void => {
      list = [];
      opened = [];
      signals.statusChanged.emit("restarting");
      kernel.restart();
    };
    return { kernel: watched, signals, cellEnded, restart, sent: () => kernel.sent.length, open: () => opened.length };
  }

  it("asks once, and follows the list that the kernel sends after each cell", async () => {
    const { kernel, signals, cellEnded, sent, open } = serve();
    let changes = 0;
    const variables = new Variables(kernel, () => changes++);
    expect(variables.state.state).to.equal("waiting");
    await turns();
    expect(variables.state).to.deep.equal({ state: "list", entries: entriesOf({ variables: [row("x", "tensor")] }) });
    const messages = sent();
    for (let cell = 0; cell < 5; cell++) cellEnded([row("x", "tensor"), row(`y${cell}`, "tensor")]);
    expect([changes, sent()], "a change a cell, and nothing is asked").to.deep.equal([6, messages]);
    variables.dispose();
    expect([open(), signals.iopubMessage.count, signals.statusChanged.count]).to.deep.equal([0, 0, 0]);
    cellEnded([]);
    expect(changes).to.equal(6);
  });

  it("is empty after a restart, says so until a cell has made something, and listens to the new process", async () => {
    const { kernel, signals, cellEnded, restart, open } = serve();
    const variables = new Variables(kernel, () => undefined);
    await turns();
    restart();
    expect(variables.state.state).to.equal("restarted");
    signals.statusChanged.emit("unknown");
    signals.connectionStatusChanged.emit("connected");
    await turns();
    expect([variables.state.state, open()]).to.deep.equal(["restarted", 1]);
    signals.statusChanged.emit("idle");
    await turns();
    expect(open(), "one comm, however often the kernel says that it lives").to.equal(1);
    cellEnded([row("again", "module")]);
    expect(variables.state).to.deep.include({ state: "list" });
    variables.dispose();
  });

  it("knows that there is no kernel, or another's", async () => {
    const { kernel, sent } = serve();
    kernel.info = Promise.resolve({ implementation: "ipython" });
    const variables = new Variables(kernel, () => undefined);
    await turns();
    expect([variables.state.state, sent()]).to.deep.equal(["noKernel", 0]);
    const dead = serve();
    dead.kernel.status = "dead";
    const none = new Variables(dead.kernel, () => undefined);
    await turns();
    expect(none.state.state).to.equal("noKernel");
  });
});

describe("inspector's notebook", () => {
  const notebook = (name: string) => ({
    name,
    isDisposed: false,
    disposed: new Signal<unknown>(),
    content: { activeCellIndex: 0 },
    sessionContext: {
      session: { kernel: { id: name } },
      kernelChanged: new Signal<unknown>(),
      sessionChanged: new Signal<unknown>(),
    },
  });

  it("is the last one that was current, and none once it is closed", () => {
    const shell = { currentWidget: undefined as unknown, currentChanged: new Signal<unknown>() };
    const kernels: (string | undefined)[] = [];
    const followed = new FollowedNotebook(shell, () => kernels.push(followed.kernel?.id));
    const [one, two] = [notebook("one"), notebook("two")];
    const go = (widget: unknown): void => {
      shell.currentWidget = widget;
      shell.currentChanged.emit(undefined);
    };
    expect(followed.isThere).to.equal(false);
    go(one);
    go({ content: {}, title: "a text file" });
    expect(followed.kernel?.id).to.equal("one");
    one.sessionContext.session.kernel = { id: "another" };
    one.sessionContext.kernelChanged.emit(undefined);
    go(two);
    one.sessionContext.kernelChanged.emit(undefined);
    two.isDisposed = true;
    two.disposed.emit(undefined);
    expect(kernels).to.deep.equal(["one", "another", "two", undefined]);
    expect(followed.isThere).to.equal(false);
    followed.dispose();
    expect(shell.currentChanged.count).to.equal(0);
  });
});

describe("inspector's words", () => {
  it("say why there is nothing, in one sentence each", () => {
    const lines = [
      emptyLine(false, undefined),
      emptyLine(true, undefined),
      emptyLine(true, { state: "noKernel" }),
      emptyLine(true, { state: "waiting" }),
      emptyLine(true, { state: "restarted" }),
      emptyLine(true, { state: "list", entries: [] }),
    ];
    expect(lines[1]).to.equal(lines[2]);
    for (const line of lines) expect(line).to.match(/^[^.]+\.$/);
    expect(emptyLine(true, { state: "list", entries: entriesOf({ variables: [row("x", "tensor")] }) })).to.equal("");
  });

  it("write statistics, and where the first numbers are that are none", () => {
    const some = { count: 12000, min: -1.5, max: 2, mean: 0.25, std: 1, zeros: 6000, nan: 0, infinite: 0, first: [] };
    expect(statisticsNote(some)).to.equal("");
    expect(Object.fromEntries(statisticsRows(some))).to.deep.include({
      ...{ numbers: "12,000", min: "−1.5", mean: "0.25", zeros: "6,000 (50 %)", NaN: "none" },
    });
    const first = [
      { number: "∞", at: [0, 3] },
      { number: "NaN", at: [1, 0] },
    ];
    const broken = { ...some, nan: 3, infinite: 1, first };
    expect(statisticsNote(broken)).to.match(/ of the 11,996 finite numbers:$/);
    expect(Object.fromEntries(statisticsRows(broken))).to.deep.include({
      NaN: "3 (0.025 %)",
      "not finite": "∞ first at [0, 3], NaN at [1, 0]",
    });
    const none = { ...broken, min: null, max: null, mean: null, std: null };
    expect(Object.fromEntries(statisticsRows(none))).to.deep.include({ min: "none", mean: "none" });
  });

  it("know an image in an input's shape", () => {
    expect(asImage([784])).to.deep.equal([1, 28, 28]);
    expect(asImage([3, 32, 40])).to.deep.equal([3, 32, 40]);
    expect(asImage([12, 20])).to.deep.equal([1, 12, 20]);
    for (const none of [undefined, [10], [1], [5, 4, 4], [1, 2, 3, 4]]) expect(asImage(none)).to.equal(undefined);
  });
});

describe("inspector's drawing", () => {
  const seven: Stroke[] = [
    [
      [0.1, 0.1],
      [0.5, 0.1],
      [0.25, 0.9],
    ],
  ];

  it("fits into MNIST's box with its centre of mass in the middle", () => {
    for (const [height, width] of [
      [28, 28],
      [32, 32],
      [28, 40],
    ]) {
      const pixels = drawStrokes(seven, { height, width });
      const [x, y] = centreOfMass(pixels, width) ?? [];
      expect(x).to.be.closeTo(width / 2, 0.25);
      expect(y).to.be.closeTo(height / 2, 0.25);
      const rows = Array.from({ length: height }, (_, r) =>
        pixels.subarray(r * width, (r + 1) * width).some((ink) => ink > 0.5),
      );
      const box = rows.lastIndexOf(true) - rows.indexOf(true) + 1;
      expect(box).to.be.within((Math.min(height, width) * 18) / 28, (Math.min(height, width) * 21) / 28);
      expect(Math.max(...pixels)).to.equal(1);
    }
  });

  it("stays where it was drawn without centring, and is paper alone without ink", () => {
    const pixels = drawStrokes([[[0.25, 0.75]]], { height: 28, width: 28, centred: false });
    const [x, y] = centreOfMass(pixels, 28) ?? [];
    expect(x).to.be.closeTo(7, 0.05);
    expect(y).to.be.closeTo(21, 0.05);
    expect(drawStrokes([], { height: 4, width: 4 })).to.deep.equal(new Float32Array(16));
    const dot = drawStrokes([[[0.9, 0.9]]], { height: 28, width: 28 });
    expect(dot.filter((ink) => ink > 0).length, "a dot stays a dot").to.be.within(4, 16);
  });

  it("is normalised to the numbers that the engine's transform gives", async () => {
    const grey = drawStrokes(seven, { height: 28, width: 28 });
    const how = { mean: [0.1307], std: [0.3081], inverted: false };
    const expected = await new transforms.Normalize(0.1307, 0.3081)(fromArray(grey, [1, 28, 28])).data();
    expect(fromGrey(grey, 1, how)).to.deep.equal(expected);
    const colour = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225], inverted: false };
    const rgba = Uint8Array.from({ length: 4 * 6 }, (_, i) => (i * 41) % 256);
    const planes = Float32Array.from({ length: 18 }, (_, i) => rgba[4 * (i % 6) + Math.floor(i / 6)] / 255);
    const normalised = await new transforms.Normalize(colour.mean, colour.std)(fromArray(planes, [3, 2, 3])).data();
    expect(fromRgba(rgba, 3, colour)).to.deep.equal(normalised);
    const [first] = fromRgba(rgba, 1, { mean: [0], std: [1], inverted: true });
    expect(first).to.be.closeTo(1 - (0.299 * rgba[0] + 0.587 * rgba[1] + 0.114 * rgba[2]) / 255, 1e-6);
  });

  it("reads one number, or one a channel", () => {
    expect(readNumbers("0.5", 3)).to.deep.equal([0.5]);
    expect(readNumbers(" 0.1, 0.2 ,0.3", 3)).to.deep.equal([0.1, 0.2, 0.3]);
    for (const text of ["", "0.1, 0.2", "a", "1,,2", "Infinity"]) expect(readNumbers(text, 3)).to.equal(undefined);
  });
});
