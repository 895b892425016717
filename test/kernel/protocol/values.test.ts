import { expect } from "chai";
import { typesOf } from "../support/kernelClient";
import { withKernel } from "../support/withKernel";

/** Values, and what text/plain says about them. */
const TEXTS: [code: string, text: string | RegExp][] = [
  ["42", "42"],
  ["-0", "-0"],
  ["NaN", "NaN"],
  ["2n ** 70n", "1180591620717411303424n"],
  [`"it's"`, `"it's"`],
  [`"a\\nb"`, `'a\\nb'`],
  ["true", "true"],
  [`Symbol("s")`, "Symbol(s)"],
  ["[]", "[]"],
  ["({})", "{}"],
  ["[1, 'a', null]", "[ 1, 'a', null ]"],
  ["({ a: 1, b: { c: [2] } })", "{ a: 1, b: { c: [ 2 ] } }"],
  ["new Map([['a', 1]])", "Map(1) { 'a' => 1 }"],
  ["new Set([1, 2])", "Set(2) { 1, 2 }"],
  ["new WeakMap()", "WeakMap { <items unknown> }"],
  ["new Float32Array([0.5, 1])", "Float32Array(2) [ 0.5, 1 ]"],
  ["new Uint8Array(0)", "Uint8Array(0) []"],
  ["Buffer.from('hi')", "<Buffer 68 69>"],
  ["new Date(0)", "1970-01-01T00:00:00.000Z"],
  ["/a+/g", "/a+/g"],
  ["(x: number) => x", "[Function (anonymous)]"],
  ["function named() {}; named", "[Function: named]"],
  ["class Named {}; Named", "[class Named]"],
  ["new (class Point { x = 1 })()", "Point { x: 1 }"],
  ["Promise.resolve(1)", "Promise { 1 }"],
  ["new Promise(() => {})", "Promise { <pending> }"],
  [
    "(() => { const p = Promise.reject(new Error('r')); p.catch(() => {}); return p; })()",
    /^Promise \{\s+<rejected> Error: r/,
  ],
  ["new Error('as a value')", /^Error: as a value\n {4}at cell\[\d+\]\.ts:1:1$/],
  ["new TypeError('t', { cause: 1 })", /^TypeError: t/],
  ["(() => { const c: any = { n: 1 }; c.self = c; return c; })()", "<ref *1> { n: 1, self: [Circular *1] }"],
  ["Object.create(null)", "[Object: null prototype] {}"],
  ["({ get x(): number { throw new Error('no'); } })", "{ x: [Getter] }"],
  ["new Proxy({ a: 1 }, {})", "{ a: 1 }"],
  ["globalThis.nothing", "undefined"],
];

/** Values of any size, and how many characters their text may have. */
const LARGE: [title: string, code: string, limit: number, says: string][] = [
  ["a long list", "Array.from({ length: 1e6 }, (_, i) => i)", 4000, "more items"],
  [
    "a deep list",
    "Array.from({ length: 50 }, () => Array.from({ length: 50 }, () => new Array(50).fill(0.123456)))",
    6000,
    "more items",
  ],
  ["a long text", `"x".repeat(1e8)`, 11_000, "more characters"],
  ["many keys", "Object.fromEntries(Array.from({ length: 1e5 }, (_, i) => ['key' + i, i]))", 2000, "more keys"],
  ["a large typed array", "new Float64Array(1e7)", 4000, "more items"],
  ["a large map", "new Map(Array.from({ length: 1e5 }, (_, i) => [i, { i }]))", 6000, "more items"],
  ["a large set", "new Set(Array.from({ length: 1e5 }, (_, i) => i))", 4000, "more items"],
  ["many long texts", "Array.from({ length: 100 }, () => 'y'.repeat(5000))", 21_000, "more characters"],
  [
    "a chain of objects",
    "(() => { let c: any = {}; for (let i = 0; i < 1e5; i++) c = { c }; return c; })()",
    300,
    "[Object]",
  ],
];

describe("kernel protocol: values", function () {
  this.timeout(60_000);
  const kernel = withKernel();

  for (const [code, text] of TEXTS.slice(0, -1)) {
    it(`${code} is shown as ${String(text)}`, async () => {
      const { result, reply } = await kernel().execute(code);
      expect(reply.status, JSON.stringify(reply)).to.equal("ok");
      if (typeof text === "string") expect(result).to.equal(text);
      else expect(result).to.match(text);
    });
  }

  for (const [title, code, limit, says] of LARGE) {
    it(`${title} is short and says what it leaves out`, async () => {
      const { result = "", milliseconds } = await kernel().execute(code);
      expect(result).to.contain(says);
      expect(result.length).to.be.lessThan(limit);
      expect(milliseconds).to.be.lessThan(10_000);
    });
  }

  it("a text of a gigabyte is an error of its cell, and the next one runs", async () => {
    expect((await kernel().execute(`"x".repeat(2 ** 30)`)).reply.evalue).to.equal("Invalid string length");
    expect((await kernel().execute("1")).result).to.equal("1");
  });

  describe("tables", () => {
    const htmlOf = async (code: string): Promise<string | undefined> => {
      const { outputs } = await kernel().execute(code);
      return (outputs[0]?.content.data as Record<string, string>)["text/html"];
    };

    it("show arrays of objects, with every key as a column, escaped", async () => {
      const html = (await htmlOf(`[{ name: "a<b", n: 1 }, { name: "c", extra: [1] }]`)) ?? "";
      const head = [...html.matchAll(/<th style="text-align:(\w+)">(\w+)</g)].map(([, side, name]) => [name, side]);
      expect(head).to.deep.equal([
        ["name", "left"],
        ["n", "right"],
        ["extra", "left"],
      ]);
      expect(html).to.contain("a&lt;b").and.not.contain("a<b");
      expect(html).to.contain(`<td style="text-align:right">1</td>`).and.contain("[ 1 ]");
    });

    it("keep the text beside them", async () => {
      const { result } = await kernel().execute(`[{ a: 1 }]`);
      expect(result).to.equal("[ { a: 1 } ]");
    });

    it("cut what is long", async () => {
      const html = (await htmlOf(`Array.from({ length: 1000 }, (_, i) => ({ i }))`)) ?? "";
      expect(html.match(/<tr>/g)).to.have.length(51);
      expect(html).to.contain("950 more rows");
    });

    it("are not made of other arrays", async () => {
      for (const code of ["[1, 2]", "[[1], [2]]", "[{}, {}]", "[new Date(0)]", "[{ a: 1 }, null]"]) {
        expect(await htmlOf(code), code).to.equal(undefined);
      }
    });
  });

  describe("display", () => {
    const KINDS: [call: string, mime: string, data: unknown, plain: string][] = [
      [`display.html("<b>x</b>")`, "text/html", "<b>x</b>", "x"],
      [`display.markdown("**x**")`, "text/markdown", "**x**", "**x**"],
      ["display.latex(String.raw`$\\alpha$`)", "text/latex", "$\\alpha$", "$\\alpha$"],
      [`display.svg("<svg/>")`, "image/svg+xml", "<svg/>", "[SVG image]"],
      ["display.png(new Uint8Array([0x89, 0x50, 0x4e, 0x47]))", "image/png", "iVBORw==", "[PNG image, 1 kB]"],
      [`display.png("iVBORw==")`, "image/png", "iVBORw==", "[PNG image, 1 kB]"],
      ["display.jpeg(new Uint8Array([0xff, 0xd8, 0xff]))", "image/jpeg", "/9j/", "[JPEG image, 1 kB]"],
      ["display.json({ a: [1] })", "application/json", { a: [1] }, "{ a: [ 1 ] }"],
    ];
    for (const [call, mime, data, plain] of KINDS) {
      it(`${call} is a display_data and no result`, async () => {
        const { outputs } = await kernel().execute(call);
        expect(typesOf(outputs)).to.deep.equal(["display_data"]);
        expect(outputs[0]?.content.data).to.deep.equal({ [mime]: data, "text/plain": plain });
      });
    }

    const REFUSED: [call: string, words: string][] = [
      [`display.html(5 as any)`, "display.html: expected a string, got 5."],
      [`display.png("hello")`, "display.png: these bytes are no PNG file"],
      [`display.png({} as any)`, "expected the bytes of a file or their base64, got {}"],
    ];
    for (const [call, words] of REFUSED) {
      it(`${call} is refused with its reason`, async () => {
        expect((await kernel().execute(call)).reply.evalue).to.contain(words);
      });
    }

    it("handles update in place and keep their kind", async () => {
      const { outputs } = await kernel().execute(`const h = display.html("1"); h.update("<i>2</i>")`);
      expect(typesOf(outputs)).to.deep.equal(["display_data", "update_display_data"]);
      expect(outputs[1]?.content.data).to.deep.include({ "text/html": "<i>2</i>" });
      const ids = outputs.map((m) => (m.content.transient as Record<string, string>).display_id);
      expect(ids[0]).to.equal(ids[1]);
    });

    it("handles update from a later cell, which is their parent then", async () => {
      await kernel().execute(`const later = display(1, { id: "mine" })`);
      const { outputs } = await kernel().execute(`later.update(2)`);
      expect(outputs[0]?.content.transient).to.deep.equal({ display_id: "mine" });
    });

    it("clearOutput says whether to wait", async () => {
      const { outputs } = await kernel().execute(`clearOutput(); clearOutput({ wait: true })`);
      expect(outputs.map((m) => m.content)).to.deep.equal([{ wait: false }, { wait: true }]);
    });

    it("2,000 displays arrive, in order; of more the number is told, and the last update of each comes", async () => {
      const { outputs, milliseconds } = await kernel().execute(`for (let i = 0; i < 2000; i++) display(i)`);
      expect(outputs).to.have.length(2000);
      expect((outputs[1999]?.content.data as Record<string, string>)["text/plain"]).to.equal("1999");
      expect(milliseconds).to.be.lessThan(15_000);

      const many = await kernel().execute(`for (let i = 0; i < 20_000; i++) display(i)`);
      const shown = many.outputs.filter((m) => m.header.msg_type === "display_data").length;
      expect(shown).to.be.within(2000, 2500);
      expect(many.stdout).to.equal(`... ${(20_000 - shown).toLocaleString("en-US")} more displays left out\n`);

      const updates = await kernel().execute(
        `const [a, b] = [display(0), display(0)]; for (let i = 0; i < 5000; i++) { a.update(i); b.update(-i); }`,
      );
      expect(updates.outputs.length).to.be.lessThan(1500);
      const last = updates.outputs.slice(-2).map((m) => (m.content.data as Record<string, string>)["text/plain"]);
      expect(last.sort()).to.deep.equal(["-4999", "4999"]);
    });
  });

  describe("streams", () => {
    it("100,000 lines lose nothing and are few messages", async () => {
      const { stdout, outputs } = await kernel().execute(
        `for (let line = 0; line < 100_000; line++) console.log("line " + line)`,
      );
      const expected = Array.from({ length: 100_000 }, (_, i) => `line ${i}\n`).join("");
      expect(stdout === expected, `${stdout.length} of ${expected.length} characters`).to.equal(true);
      expect(outputs.length).to.be.lessThan(200);
    });

    it("a print of 10 MB keeps its beginning and its end", async () => {
      const { stdout } = await kernel().execute(`console.log("first" + "x".repeat(10 * 1024 * 1024) + "last")`);
      expect(stdout.length).to.be.within(10_000, 1_000_000);
      expect(stdout).to.match(/^firstx+\n\.\.\. (9\.\d|10\.0) MB left out; .*\nx+last\n$/);
    });
  });
});
