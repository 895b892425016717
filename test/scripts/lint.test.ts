import { expect } from "chai";
import { ESLint } from "eslint";
import { resolve } from "node:path";

const root = resolve(__dirname, "../../..");

const ours = [
  "@typescript-eslint/no-restricted-types",
  "receptive/import-zones",
  "receptive/node-only",
  "import-x/no-cycle",
  "import-x/no-default-export",
  "no-restricted-globals",
  "no-restricted-syntax",
];
const isOurs = ({ ruleId }: { ruleId: string }) => ours.includes(ruleId);

describe("the lint rules of the architecture", function () {
  this.timeout(30_000);
  let eslint: ESLint;
  before(() => {
    // Without type information, which a file that does not exist cannot have.
    const untyped = { languageOptions: { parserOptions: { projectService: false, project: null } } };
    eslint = new ESLint({
      cwd: root,
      overrideConfig: [{ files: ["**/*.ts"], ...untyped }],
      ruleFilter: isOurs,
    });
  });

  async function complaints(filePath: string, text: string): Promise<string[]> {
    const [result] = await eslint.lintText(text, { filePath: resolve(root, filePath) });
    return result.messages.map(({ ruleId, message }) => `${ruleId}: ${message}`);
  }
  const zone = (words: string) => [`receptive/import-zones: ${words}`];
  const outside = (name: string) => [
    `no-restricted-globals: Unexpected use of '${name}'. Marks know no DOM: draw in x.page.ts.`,
  ];

  const back = `imports go one way (only "import type" may go back).`;
  for (const [filePath, text, expected] of [
    [
      "src/devices/x.ts",
      `import { a } from "../ops/conv2d"; a();`,
      zone(`src/devices may not import src/ops: ${back}`),
    ],
    ["src/ops/x.ts", `import { a } from "../tensor/tensor"; a();`, zone(`src/ops may not import src/tensor: ${back}`)],
    ["src/ops/x.ts", `export * from "../nn/x";`, zone(`src/ops may not import src/nn: ${back}`)],
    ["src/nn/x.ts", `void import("../display/x");`, zone(`src/nn may not import src/display: ${back}`)],
    ["src/nn/x.ts", `import "..";`, zone(`src/nn may not import src/index: ${back}`)],
    ["src/nn/x.ts", `import "../../kernel/io/wire";`, zone("src/ may not import kernel/.")],
    [
      "src/nn/x.ts",
      `import { a } from "../devices/gpu/info"; a();`,
      zone(
        "src/nn/x may not import src/devices/gpu/info: only a device's own files do, such as ops/<op>/cpu.ts. " +
          "Use the contract of src/devices/device.ts.",
      ),
    ],
    ["src/new/x.ts", `import "../errors";`, zone("src/new/x is in no layer. Add it to scripts/lib/importZones.mjs.")],
    [
      "kernel/x.ts",
      `import "../src/errors";`,
      zone("kernel/ may import only itself and src/protocol and src/text, not src/errors."),
    ],
    [
      "extension/src/x.ts",
      `import "../../kernel/io/wire";`,
      zone("extension/ may import only itself and src/protocol and src/marks, not kernel/io/wire."),
    ],
    [
      "kernel/x.ts",
      `import "../src/marks";`,
      zone("kernel/ may import only itself and src/protocol and src/text, not src/marks."),
    ],
    [
      "src/marks/x.ts",
      `import type { Tensor } from "../tensor/tensor";`,
      zone("src/marks may import only itself and src/protocol and src/text, not src/tensor/tensor."),
    ],
    [
      "src/display/x.ts",
      `import { GridDrawing } from "../marks/grid/draw.page"; new GridDrawing();`,
      zone("src/marks/grid/draw.page is compiled for pages alone: only *.page.ts and extension/ may import it."),
    ],
    ["src/marks/grid/x.ts", `document.title = "";`, outside("document")],
    [
      "src/marks/grid/x.ts",
      `export const x = (e: HTMLElement) => e;`,
      [
        "@typescript-eslint/no-restricted-types: Don't use `HTMLElement` as a type. " +
          "Marks know no DOM: draw in x.page.ts.",
      ],
    ],
    [
      "bench/ours/x.ts",
      `import { conv2d } from "../../src/ops";`,
      zone("bench/ may import only itself and src/index, not src/ops."),
    ],
  ] as const) {
    it(`${filePath} may not: ${text}`, async () => {
      expect(await complaints(filePath, text)).to.deep.equal(expected);
    });
  }

  for (const [filePath, text] of [
    ["src/ops/x.ts", `import type { Tensor } from "../tensor/tensor";`],
    ["src/ops/x.ts", `import { type Tensor } from "../tensor/tensor";`],
    ["src/ops/x.ts", `import { sizeOf } from "../tensor/shape"; sizeOf();`],
    ["src/tensor/x.ts", `import "../ops";`],
    ["src/ops/x/cpu.ts", `import { wasm } from "../../devices/cpu/wasm"; wasm();`],
    ["src/optim/cpu.ts", `import { wasm } from "../devices/cpu/wasm"; wasm();`],
    ["src/index.ts", `import "./display/x";`],
    ["kernel/x.ts", `import "../src/protocol"; import "../src/text/html"; import "./io/wire";`],
    ["bench/ours/x.ts", `import { F } from "../../src"; import "../child/serve"; F.relu();`],
    ["extension/src/mime.ts", `import "../../src/protocol"; export default [];`],
    ["extension/src/marks.ts", `void import("../../src/marks/grid/draw.page");`],
    ["src/marks/grid/x.ts", `import { RECEPTIVE_MIME } from "../../protocol"; export const x = btoa(RECEPTIVE_MIME);`],
    ["src/marks/grid/x.page.ts", `import "./legend.page"; document.createElement("p");`],
    ["src/marks/kit/x.ts", `import { escaped } from "../../text/html"; escaped("");`],
  ] as const) {
    it(`${filePath} may: ${text}`, async () => {
      expect(await complaints(filePath, text)).to.deep.equal([]);
    });
  }

  const node = (name: string): string =>
    `receptive/node-only: Only Node has ${name}. It belongs into a file with a .browser.ts file beside it, which takes its place in a page.`;

  for (const [filePath, text, expected] of [
    ["kernel/x.ts", `import { inspect } from "node:util"; inspect(1);`, [node("node:util")]],
    ["kernel/run/x.ts", `export { join } from "path";`, [node("path")]],
    ["kernel/x.ts", `void import("node:fs");`, [node("node:fs")]],
    ["kernel/output/x.ts", `require("fs").readFileSync("x");`, [node("fs")]],
    ["src/nn/x.ts", `export const text = Buffer.from("x"); process.exit();`, [node("Buffer"), node("process")]],
    [
      "src/io/x.ts",
      `setImmediate(() => {}); export const here = __dirname;`,
      [node("setImmediate"), node("__dirname")],
    ],
    ["src/datasets/x.ts", `import "node:zlib";`, [node("node:zlib")]],
    ["src/marks/kit/x.ts", `import "node:zlib"; process.exit();`, [node("node:zlib"), node("process")]],
    [
      "kernel/x.ts",
      `setTimeout(() => {}, 1).unref();`,
      [
        "receptive/node-only: Timers of a page have no unref(). It belongs into a file with a .browser.ts file beside it.",
      ],
    ],
  ] as const) {
    it(`${filePath} runs in a page as well, so it may not: ${text}`, async () => {
      expect(await complaints(filePath, text)).to.deep.equal(expected);
    });
  }

  for (const [filePath, text] of [
    // Beside them lie platform.browser.ts and onDisk.browser.ts.
    ["kernel/platform.ts", `import { inspect } from "node:util"; export const shown = inspect(process);`],
    ["src/datasets/onDisk/x.ts", `import { join } from "node:path"; join(__dirname, "x");`],
    ["kernel/io/x.ts", `import { Worker } from "node:worker_threads"; new Worker(__filename).unref();`],
    ["kernel/main.ts", `process.exit(Buffer.from("x").length);`],
    ["cli/x.ts", `import { readFileSync } from "node:fs"; readFileSync(process.argv[2]);`],
    ["src/nn/x.ts", `import type { Readable } from "node:stream"; export type X = Readable | Buffer;`],
    ["src/nn/x.ts", `import { Buffer } from "./buffer"; new Buffer();`],
    ["src/nn/x.ts", `export const copy = typeof Buffer === "undefined" ? 1 : Buffer.alloc(1);`],
    ["src/nn/x.ts", `const timer = setTimeout(() => {}, 1) as { unref?(): void }; timer.unref?.();`],
  ] as const) {
    it(`${filePath} may: ${text}`, async () => {
      expect(await complaints(filePath, text)).to.deep.equal([]);
    });
  }

  it("finds a cycle", async () => {
    // src/devices/device.ts imports src/errors.ts.
    const found = await complaints("src/errors.ts", `import { x } from "./devices/device"; x();`);
    expect(found).to.include("import-x/no-cycle: Dependency cycle detected");
  });

  it("refuses state of a module, which a Stop would leave as it is", async () => {
    const refused = ["let depth = 0; depth++;", "export let depth = 0;"];
    for (const text of refused)
      expect(await complaints("src/nn/x.ts", text)).to.deep.equal([
        "no-restricted-syntax: State of a module outlives a Stop: use ambient() of src/ambient.ts, or an object that owns it.",
      ]);
    const fine = ["const known = new WeakMap(); known.get({});", "export function f() { let n = 0; return n++; }"];
    for (const text of fine) expect(await complaints("src/nn/x.ts", text)).to.deep.equal([]);
  });

  it("lets src/notebook.ts alone read the notebook's host", async () => {
    const text = `import { NOTEBOOK } from "../protocol"; export const host = globalThis[NOTEBOOK];`;
    expect(await complaints("src/nn/x.ts", text)).to.deep.equal([
      "no-restricted-syntax: src/notebook.ts knows the notebook around the program: use notebook(), breaks() or checkpoint().",
    ]);
  });

  it("refuses a default export", async () => {
    expect(await complaints("src/nn/x.ts", "export default 1;")).to.deep.equal([
      "import-x/no-default-export: Prefer named exports.",
    ]);
  });
});
