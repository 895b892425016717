import { expect } from "chai";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { History } from "../../../kernel/history";
import { HistoryFile, historyPath } from "../../../kernel/io/historyFile";
import { KernelClient } from "../support/kernelClient";

describe("kernel protocol: history", function () {
  this.timeout(60_000);
  let folder: string;
  let file: string;
  let kernel: KernelClient;
  const start = (): Promise<KernelClient> => KernelClient.start({ env: { RECEPTIVE_HISTORY: file } });
  const ask = async (content: Record<string, unknown>, of = kernel): Promise<unknown[][]> =>
    (await of.request("shell", "history_request", { raw: true, output: false, ...content })).reply
      .history as unknown[][];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "receptive-history-"));
    file = join(folder, "deep", "history.jsonl");
    const first = await start();
    for (const code of ["1 + 1", "const old = 'ü\\n'", "1 + 1"]) await first.execute(code, { allow_stdin: true });
    await first.stop();
    kernel = await start();
    await kernel.execute("2 + 2", { allow_stdin: true });
    await kernel.execute("throw 3", { allow_stdin: true });
  });
  after(async () => {
    await kernel.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("tail reaches into sessions before the restart", async () => {
    expect(await ask({ hist_access_type: "tail", n: 3 })).to.deep.equal([
      [1, 3, "1 + 1"],
      [2, 1, "2 + 2"],
      [2, 2, "throw 3"],
    ]);
    expect(await ask({ hist_access_type: "tail", n: 0 })).to.deep.equal([]);
    expect(await ask({ hist_access_type: "tail", n: 1000 })).to.have.length(5);
  });

  it("range reads this session, one before it, and one by its number", async () => {
    const range = { hist_access_type: "range", start: 1, stop: 3 };
    expect(await ask({ ...range, session: 0 })).to.deep.equal([
      [0, 1, "2 + 2"],
      [0, 2, "throw 3"],
    ]);
    expect(await ask({ ...range, session: -1 })).to.deep.equal([
      [1, 1, "1 + 1"],
      [1, 2, "const old = 'ü\\n'"],
    ]);
    expect(await ask({ ...range, session: 1, stop: 2 })).to.deep.equal([[1, 1, "1 + 1"]]);
    expect(await ask({ ...range, session: 9 })).to.deep.equal([]);
  });

  it("search finds globs in all sessions, once each if asked", async () => {
    const search = { hist_access_type: "search", pattern: "? + ?", n: 10 };
    expect((await ask(search)).map((entry) => entry[2])).to.deep.equal(["1 + 1", "1 + 1", "2 + 2"]);
    expect(await ask({ ...search, unique: true })).to.deep.equal([
      [1, 3, "1 + 1"],
      [2, 1, "2 + 2"],
    ]);
    expect(await ask({ ...search, n: 1 })).to.deep.equal([[2, 1, "2 + 2"]]);
  });

  it("output true pairs each input with its output", async () => {
    expect(await ask({ hist_access_type: "tail", n: 3, output: true })).to.deep.equal([
      [1, 3, ["1 + 1", "2"]],
      [2, 1, ["2 + 2", "4"]],
      [2, 2, ["throw 3", null]],
    ]);
  });

  it("silent and unstored cells are not kept", async () => {
    await kernel.execute("'secret'", { silent: true });
    await kernel.execute("'secret'", { store_history: false });
    expect(await ask({ hist_access_type: "search", pattern: "*secret*" })).to.deep.equal([]);
  });

  it("cells of a notebook that is executed as a whole are no history for others", async () => {
    const other = await start();
    await other.execute("'graded'", { allow_stdin: false });
    expect((await ask({ hist_access_type: "tail", n: 1 }, other))[0]?.[2]).to.equal("'graded'");
    await other.stop();
    expect(readFileSync(file, "utf8")).to.not.contain("graded");
  });

  it("a damaged file loses only its damaged lines", async () => {
    appendFileSync(file, `{"session":"x"\n\u0000\n[1]\n"text"\n{"session":5}\n`);
    expect(await ask({ hist_access_type: "tail", n: 1 })).to.deep.equal([[2, 2, "throw 3"]]);
  });

  it("nobody else may read the file", function () {
    if (process.platform === "win32") return this.skip();
    expect(statSync(file).mode & 0o077).to.equal(0);
  });

  it("a file that has grown too large is cut to its last part", () => {
    const large = join(folder, "large.jsonl");
    const line = (n: number): string => `${JSON.stringify({ session: "s", line: n, input: "x".repeat(1000) })}\n`;
    writeFileSync(large, Array.from({ length: 5000 }, (_, i) => line(i)).join(""));
    new HistoryFile(large).append({ session: "t", line: 1, input: "new" });
    const lines = new HistoryFile(large).read();
    expect(statSync(large).size).to.be.lessThan(2.2 * 1024 * 1024);
    expect(lines.at(-1)).to.deep.equal({ session: "t", line: 1, input: "new" });
    expect(lines.at(-2)?.line).to.equal(4999);
    expect(readFileSync(large, "utf8").startsWith(`{"session"`)).to.equal(true);
  });

  it("without a file that can be written the session's own inputs are still there", () => {
    const history = new History(new HistoryFile(join("/dev/null", "x", "history.jsonl")));
    history.add(1, "a");
    expect(history.reply({ hist_access_type: "tail", n: 5 }).history).to.deep.equal([[1, 1, "a"]]);
  });

  it("lies in Jupyter's data folder, elsewhere or nowhere, as the environment says", () => {
    expect(historyPath({ JUPYTER_DATA_DIR: "/data" })).to.equal(join("/data", "receptive", "history.jsonl"));
    expect(historyPath({ RECEPTIVE_HISTORY: "/mine.jsonl" })).to.equal("/mine.jsonl");
    expect(historyPath({ RECEPTIVE_HISTORY: "off" })).to.equal(null);
    expect(historyPath({})).to.match(/jupyter.receptive.history\.jsonl$/i);
  });
});
