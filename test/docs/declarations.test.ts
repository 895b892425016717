import { expect } from "chai";
import { join } from "node:path";
import type TypeScript from "typescript";

// A fork of TypeScript 5.0, which tslab brings: the oldest that a user's project may have.
// eslint-disable-next-line @typescript-eslint/no-require-imports -- an alias of the package would shadow TypeScript 5.9
const ts = require("@tslab/typescript-for-tslab") as typeof TypeScript;

const root = join(__dirname, "../../..");

describe("the package's declarations", () => {
  it("are read by TypeScript 5.0 without an error", function () {
    this.timeout(60000);
    const entry = join(root, "dist/src/index.d.ts");
    const program = ts.createProgram([entry], {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      moduleResolution: ts.ModuleResolutionKind.Node10,
      strict: true,
      skipLibCheck: false,
      types: ["node"],
      typeRoots: [join(root, "node_modules/@types")],
    });
    const ours = ts
      .getPreEmitDiagnostics(program)
      .filter(({ file }) => file?.fileName.startsWith(join(root, "dist")))
      .map(({ file, start, messageText }) => {
        const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
        return `${file?.fileName ?? ""}:${line} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
      });
    expect(ts.version).to.match(/^5\.0\./);
    expect(ours).to.deep.equal([]);
  });
});
