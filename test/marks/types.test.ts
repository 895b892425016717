import { expect } from "chai";
import { join } from "node:path";
import * as ts from "typescript";
import { ROOT } from "../support/jupyterServer";

/** A mark that has a payload and nothing else. */
const MORE = `
  interface DotMark { mark: "dot"; title?: string; subtitle?: string }
  declare module "../src/marks/view" { interface Marks { dot: DotMark } }
  export {};
`;

/** What the compiler says of the extension and of src/marks, with one more file beside them. */
function complaints(text: string): string[] {
  const folder = join(ROOT, "extension");
  const { config } = ts.readConfigFile(join(folder, "tsconfig.json"), (file) => ts.sys.readFile(file)) as {
    config: { include?: string[] };
  };
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  const more = join(folder, "more.ts");
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (file) => file === more || fileExists(file);
  host.getSourceFile = (file, target, ...rest) =>
    file === more ? ts.createSourceFile(file, text, target) : getSourceFile(file, target, ...rest);
  const roots = [...fileNames, join(ROOT, "src/marks/index.ts"), more];
  const program = ts.createProgram(roots, { ...options, noEmit: true }, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) =>
      [file?.fileName.slice(ROOT.length + 1), ts.flattenDiagnosticMessageText(messageText, " ")].join(": "),
    );
}

describe("the tables of marks", function () {
  this.timeout(120_000);

  it("compile as they are", () => expect(complaints("export {};")).to.deep.equal([]));

  it("do not compile while a mark lacks its check, its painter or its drawing", () => {
    const found = complaints(MORE);
    for (const file of ["src/marks/check.ts", "src/marks/paint.ts", "extension/src/marks.ts"])
      expect(
        found.some((line) => line.startsWith(`${file}: Property 'dot' is missing`)),
        `${file} in\n${found.join("\n")}`,
      ).to.equal(true);
  });
});
