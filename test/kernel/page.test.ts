/** The kernel's files for a page, as far as they run in Node. */
import { expect } from "chai";
import { SourceMap as NodeSourceMap } from "node:module";
import * as node from "../../kernel/platform";
import * as page from "../../kernel/platform.browser";
import { captureStreams } from "../../kernel/output/capture.browser";
import type { StreamName } from "../../kernel/output/streams";
import { makeCarrier } from "../../kernel/run/carrier.browser";
import { compile } from "../../kernel/run/runScript.browser";
import { SourceMap } from "../../kernel/run/sourceMap";
import { registerOrigin } from "../../kernel/run/sourceMaps";
import { v8Stack } from "../../kernel/run/stack";
import ts from "typescript";

describe("kernel: in a page", () => {
  describe("a source map", () => {
    const source = `const a: number = 1;\nfunction twice(n: number): number {\n  return a * n;\n}\nexport { twice };\n`;
    const { sourceMapText = "" } = ts.transpileModule(source, {
      compilerOptions: { sourceMap: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
    });

    it("leads every place where Node's leads it", () => {
      const payload = JSON.parse(sourceMapText) as ConstructorParameters<typeof NodeSourceMap>[0];
      const [ours, right] = [new SourceMap(payload.mappings), new NodeSourceMap(payload)];
      for (let line = 0; line < 12; line++)
        for (let column = 0; column < 60; column++) {
          const entry = right.findEntry(line, column);
          const expected = "originalLine" in entry ? { line: entry.originalLine, column: entry.originalColumn } : null;
          expect(ours.originOf({ line, column }), `${line}:${column}`).to.deep.equal(expected);
        }
    });

    it("reads numbers of many digits, with their signs, and places that come from nowhere", () => {
      // Columns 0 and 4; then line 500, column 16 of the source; then back to line 0, column 0.
      const map = new SourceMap("AAAA,IAofgB;AApfhB,E");
      expect(map.originOf({ line: 0, column: 3 })).to.deep.equal({ line: 0, column: 0 });
      expect(map.originOf({ line: 0, column: 4 })).to.deep.equal({ line: 500, column: 16 });
      expect(map.originOf({ line: 1, column: 1 })).to.deep.equal({ line: 0, column: 0 });
      expect(map.originOf({ line: 1, column: 2 })).to.equal(null);
      expect(new SourceMap(";;AAAA").originOf({ line: 1, column: 9 })).to.equal(null);
    });
  });

  it("reads stacks of Firefox and Safari as V8 would write them, and leaves the kernel's own frames out", () => {
    registerOrigin("cell[71].ts", { maps: [], linesBefore: 1, file: "cell[71].ts", source: "throw 1" });
    const stack = [
      "inner@cell[71].ts:3:9",
      "async*outer@cell[71].ts:5:2",
      "draw/<@https://host/lib.js:1:20",
      "@cell[71].ts:7:1",
      "execute@https://host/worker.js:100:5",
      "",
    ].join("\n");
    expect(v8Stack("RangeError: too far", stack).split("\n")).to.deep.equal([
      "RangeError: too far",
      "    at inner (cell[71].ts:2:9)",
      "    at async outer (cell[71].ts:4:2)",
      "    at draw (https://host/lib.js:1:20)",
      "    at cell[71].ts:6:1",
    ]);
  });

  it("runs the text of a cell with line 1 as its first line", () => {
    const run = compile("(function (a) {", "return a +\n1;", "})", "cell[72].ts") as (a: number) => number;
    expect(run(2)).to.equal(3);
    const fails = compile("(function () {", "'first';\n  throw new Error('x');", "})", "cell[73].ts") as () => void;
    expect(fails)
      .to.throw("x")
      .with.property("stack")
      .match(/cell\[73\]\.ts:2:9/);
  });

  it("carries a value through synchronous code and the timers that it sets", async () => {
    const carrier = makeCarrier<string>();
    const seen = await carrier.run("a", () => {
      const inner = carrier.run("b", () => carrier.get());
      expect([inner, carrier.get()]).to.deep.equal(["b", "a"]);
      return new Promise((done) => setTimeout(carrier.bind(() => done(carrier.get()))));
    });
    expect([seen, carrier.get()]).to.deep.equal(["a", undefined]);
    expect(() =>
      carrier.run("c", () => {
        throw new Error("x");
      }),
    ).to.throw("x");
    expect(carrier.get()).to.equal(undefined);
  });

  it("has Node's ways with base64, paths and ids", () => {
    for (const length of [0, 1, 2, 3, 10_000]) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * i) % 251);
      expect(page.toBase64(bytes)).to.equal(node.toBase64(bytes));
      expect(page.fromBase64(node.toBase64(bytes))).to.deep.equal(bytes);
    }
    for (const text of ["iVBORw0KGgo", "aGk=", "aGk=aGk=", "a", "", "no base64!", "-_-_", "a\nG k"])
      expect(page.fromBase64(text), text).to.deep.equal(node.fromBase64(text));
    for (const parts of [
      ["/a", "b"],
      ["/a/b/", "../c.ts"],
      ["a", ".", "b"],
      ["/", "x"],
      ["", ""],
      ["/a", ".."],
    ])
      expect(page.join(...parts), parts.join()).to.equal(node.join(...parts));
    for (const path of ["/a/b.ts", "/a", "a", "/"]) {
      expect(page.dirname(path), path).to.equal(node.dirname(path));
      expect(page.isAbsolute(path), path).to.equal(node.isAbsolute(path));
    }
    for (const path of ["/a/b.ts", "b.ts", "/a"])
      expect(page.basename(path, ".ts"), path).to.equal(node.basename(path, ".ts"));
    const ids = Array.from({ length: 100 }, page.uuid);
    for (const id of ids) expect(id).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(ids).size).to.equal(100);
  });

  it("shows values as Node does", () => {
    class Net {
      layers = ["conv", "fc"];
    }
    const values = [1.5, -0, 10n, "a'b", null, undefined, Symbol("s"), new Net(), () => 1, Net, /x/g, new Date(0)];
    const objects = [{ a: { b: { c: { d: 1 } } } }, [1, , 3], new Map([[1, new Set(["x"])]]), new Float32Array(120)];
    for (const value of [...values, ...objects])
      expect(page.inspect(value, { depth: 2 })).to.equal(node.inspect(value, { depth: 2 }));
    expect(page.formatWithOptions({}, "%s is %d %o", "x", 2, [3], "rest")).to.equal(
      node.formatWithOptions({}, "%s is %d %o", "x", 2, [3], "rest"),
    );
  });

  it("prints what Node's console prints", () => {
    const printed: string[] = [];
    const write = (name: StreamName, text: string): void => void printed.push(`${name}: ${text}`);
    const release = captureStreams({ write, muted: (body) => body() });
    try {
      console.log("a", { b: 1 });
      console.error("%s!", "no");
      console.group("group");
      console.info("in\nside");
      console.groupEnd();
      console.assert(1 > 2, "wrong %d", 3);
      console.assert(true, "right");
      console.count();
      console.count();
      console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 });
      console.time("t");
      console.timeEnd("t");
    } finally {
      release();
    }
    expect(printed.slice(0, -1)).to.deep.equal([
      "stdout: a { b: 1 }\n",
      "stderr: no!\n",
      "stdout: group\n",
      "stdout:   in\n  side\n",
      "stderr: Assertion failed: wrong 3\n",
      "stdout: default: 1\n",
      "stdout: default: 2\n",
      "stdout: { a: [Object] }\n",
    ]);
    expect(printed.at(-1)).to.match(/^stdout: t: \d+\.\d{3}ms\n$/);
  });
});
