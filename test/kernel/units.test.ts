import { expect } from "chai";
import { History } from "../../kernel/history";
import { splitDriverWarnings } from "../../kernel/io/driverWarnings";
import { bundleOf, plainBundle } from "../../kernel/output/mime";
import { textOf } from "../../kernel/output/valueText";
import { Scope } from "../../kernel/run/scope";
import { toCodePoints, toUnits } from "../../kernel/language/text";
import { describeDiagnostics, describeError, frames } from "../../kernel/output/traceback";

const plain = (text: string): string => text.replace(/\x1b\[\d+m/g, "");

describe("kernel: units", () => {
  describe("traceback", () => {
    it("keeps cells and the user's files, folds libraries, drops Node", () => {
      const stack = [
        "Error: x",
        "    at inner (/app/node_modules/lib/index.js:1:1)",
        "    at helper (/home/u/my notes (old)/helper.ts:3:9)",
        "    at async train (cell[3].ts:4:10)",
        "    at node:internal/timers:1:2",
        "    at Object.run (/app/node_modules/lib/run.js:5:5)",
        "    at cell[4].ts:1:1",
        "    at processTicks (node:internal/process/task_queues:95:5)",
        "    at tail (/app/node_modules/lib/index.js:9:9)",
      ].join("\n");
      expect(frames(stack).map(plain)).to.deep.equal([
        "    ... 1 more inside the library",
        "    at helper (/home/u/my notes (old)/helper.ts:3:9)",
        "    at async train (cell[3].ts:4:10)",
        "    ... 1 more inside the library",
        "    at cell[4].ts:1:1",
      ]);
      expect(frames("Error: no frames at all")).to.deep.equal([]);
    });

    it("draws a frame of code with a caret, tabs included, and joins the links of one explanation", () => {
      const source = "const a = 1;\n\tconst b: string = a;\nb;";
      const at = (line: number, character: number, offset: number): never => ({ line, character, offset }) as never;
      const one = { start: at(1, 7, 20), end: at(1, 8, 21), category: 1, code: 2322 };
      const report = describeDiagnostics(
        [
          { ...one, messageText: "outer" },
          { ...one, messageText: "inner" },
        ],
        source,
        "cell[1].ts",
      );
      expect(report.traceback).to.have.length(1);
      expect(plain(report.traceback[0] ?? "")).to.equal(
        "TypeScriptError: outer\n  inner (TS2322)\n    at cell[1].ts:2:8\n  1 | const a = 1;\n> 2 | \tconst b: string = a;\n    | \t      ^\n  3 | b;",
      );
    });

    it("reads errors of other realms and aggregates", () => {
      expect(
        describeError(new AggregateError([new Error("one"), new Error("two")], "both"))
          .traceback.map(plain)
          .join("\n"),
      )
        .to.contain("one")
        .and.contain("two");
      expect(describeError(Object.create(null))).to.have.property("ename", "Thrown");
    });
  });

  describe("mime", () => {
    it("refuses what is no bundle", () => {
      expect(() => plainBundle(5)).to.throw("must be an object");
      expect(() => plainBundle({ html: "x" })).to.throw('"html" is not a MIME type');
    });

    it("shows hostile values as text", () => {
      const hostile = new Proxy(
        {},
        {
          get: () => {
            throw new Error("no");
          },
        },
      );
      expect(textOf(hostile)).to.be.a("string");
      const complaints: string[] = [];
      expect(bundleOf(hostile, (line) => complaints.push(line))).to.have.property("text/plain");
    });

    it("keeps JSON values, typed arrays as arrays", () => {
      expect(plainBundle({ "application/json": { a: new Float32Array([0.5]) }, "text/plain": "x" })).to.deep.equal({
        "application/json": { a: [0.5] },
        "text/plain": "x",
      });
    });
  });

  describe("warnings of graphics drivers", () => {
    it("are told from what others write to stderr", () => {
      const warnings =
        "WARNING: lavapipe is not a conformant vulkan implementation, testing use only.\n" +
        "ERROR: [Loader Message] Code 0 : setup_loader_term_phys_devs:  Failed to detect any valid GPUs\n" +
        "MESA: error: ZINK: failed to choose pdev\nlibEGL warning: failed to open /dev/dri/card0\n" +
        "Warning: vkCreateInstance: Found no drivers!\n";
      const text = "ERROR: my own\nWarning: overfitting\nglobal error\n";
      expect(splitDriverWarnings(text + warnings)).to.deep.equal({ kept: text, warnings });
      expect(splitDriverWarnings("half a line")).to.deep.equal({ kept: "half a line", warnings: "" });
    });
  });

  describe("scope", () => {
    it("keeps an old value until the new cell has one", () => {
      const scope = new Scope();
      const first = scope.openCell(new Set(["a"]));
      (first.exports as Record<string, unknown>).a = 1;
      first.close();
      const second = scope.openCell(new Set(["a", "b"]));
      second.live({
        b: [
          () => {
            throw new ReferenceError("not yet");
          },
          () => {},
        ],
      });
      expect([...second.close()]).to.deep.equal(["a", "b"]);
      expect(scope.read("a")).to.equal(1);
      expect(scope.has("b")).to.equal(false);
    });

    it("an older cell's closure does not write over a newer declaration", () => {
      const scope = new Scope();
      const first = scope.openCell(new Set(["a"])).exports as Record<string, unknown>;
      first.a = 1;
      const second = scope.openCell(new Set(["a"])).exports as Record<string, unknown>;
      second.a = 2;
      first.a = 9;
      expect(scope.read("a")).to.equal(2);
    });
  });

  it("history patterns are globs and not regular expressions", () => {
    const history = new History();
    history.add(1, "f(x).y\nsecond line");
    history.add(2, "g[1]");
    const search = (pattern: string): number =>
      (history.reply({ hist_access_type: "search", pattern }).history as unknown[]).length;
    expect(search("f(x).*")).to.equal(1);
    expect(search("g[1]")).to.equal(1);
    expect(search("g?1?")).to.equal(1);
    expect(search("fxxy*")).to.equal(0);
    expect(search("*")).to.equal(2);
  });

  it("positions change between code points and UTF-16 units", () => {
    expect(toUnits("a😀b", 2)).to.equal(3);
    expect(toCodePoints("a😀b", 3)).to.equal(2);
    expect(toUnits("ab", 99)).to.equal(2);
  });
});
