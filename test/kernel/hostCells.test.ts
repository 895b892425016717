/** What the kernel tells the engine of the cell that runs: its name, and those that were deleted, as JupyterLab says them. */
import { expect } from "chai";
import { Host } from "../../kernel/comms/host";
import { makeHeader, type Message } from "../../kernel/message";
import { Context, runInContext } from "../../kernel/run/context";

const cell = (metadata: Message["metadata"]): Context =>
  new Context(
    {
      ...{ identities: [], parent: {}, content: {}, buffers: [] },
      header: makeHeader("execute_request", "s"),
      metadata,
    },
    "cell",
  );

describe("the cell that runs, for the engine", () => {
  const host = new Host(
    () => undefined,
    () => undefined,
    { checkpoint: () => undefined, breaks: 0 },
  );
  const seen = (context: Context) => runInContext(context, () => [host.cellId, host.deletedCells]);

  it("is named as its front end names it", () => {
    expect(seen(cell({ cellId: "a" }))).to.deep.equal(["a", []]);
    expect(seen(cell({}))).to.deep.equal([undefined, []]);
    expect(seen(cell({ cellId: 3, deletedCells: "b" }))).to.deep.equal([undefined, []]);
  });

  it("waits for work while it runs, not afterwards, and not for what is no cell", () => {
    const context = cell({});
    const ask = (): boolean => runInContext(context, () => host.beforeCellEnd(() => Promise.resolve()));
    expect([ask(), context.work?.length]).to.deep.equal([true, 1]);
    context.work = null;
    expect(ask()).to.equal(false);
    const request = new Context(context.request, "request");
    expect(runInContext(request, () => host.beforeCellEnd(() => Promise.resolve()))).to.equal(false);
  });

  it("knows the cells that were deleted before any cell since", () => {
    const first = cell({ cellId: "a", deletedCells: ["b", 4, "c"] });
    expect(seen(first)).to.deep.equal(["a", ["b", "c"]]);
    host.cellEnded(first, false, () => undefined);
    expect(seen(cell({ cellId: "d", deletedCells: [] }))).to.deep.equal(["d", ["b", "c"]]);
  });

  it("has run again once its name begins anew", () => {
    const [first, second, other] = [cell({ cellId: "r" }), cell({ cellId: "r" }), cell({})];
    host.cellBegins(first);
    host.cellBegins(other);
    expect([host.hasRunAgain(first), host.hasRunAgain(other)]).to.deep.equal([false, false]);
    host.cellBegins(second);
    expect([host.hasRunAgain(first), host.hasRunAgain(second)]).to.deep.equal([true, false]);
  });

  it("is said to be replaced when it waits to run again, or was deleted, once", () => {
    const said: string[] = [];
    const begin = (cellId: string) => {
      const context = cell({ cellId });
      runInContext(context, () => host.onCellReplaced(() => said.push(cellId)));
      return context;
    };
    begin("e");
    host.cellWaits({ metadata: { cellId: "f" } });
    host.cellWaits({ metadata: {} });
    expect(said).to.deep.equal([]);
    host.cellWaits({ metadata: { cellId: "e" } });
    host.cellWaits({ metadata: { cellId: "e" } });
    expect(said).to.deep.equal(["e"]);
    begin("g");
    host.cellWaits({ metadata: { cellId: "h", deletedCells: ["g"] } });
    expect(said).to.deep.equal(["e", "g"]);
    host.cellEnded(begin("i"), false, () => undefined);
    host.cellWaits({ metadata: { cellId: "i" } });
    expect(said, "it is over").to.deep.equal(["e", "g"]);
  });
});
