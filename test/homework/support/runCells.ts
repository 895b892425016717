/** Runs cells of a homework in this process, as one program, and collects what their checks report. */
import { createRequire } from "node:module";
import ts from "typescript";
import * as receptive from "../../../src";
import { NOTEBOOK, type NotebookHost } from "../../../src/protocol";
import { fakeHost } from "../../support/fakeHost";

const ownRequire = createRequire(__filename);
const AsyncFunction = (async () => {}).constructor as new (
  ...source: string[]
) => (...given: unknown[]) => Promise<void>;

/** @returns the text of every report, and the error that ended the program */
export async function runCells(sources: readonly string[]): Promise<{ report: string; error: unknown }> {
  const { outputText } = ts.transpileModule(sources.join("\n;\n"), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const { host, shown } = fakeHost();
  const global = globalThis as { [NOTEBOOK]?: NotebookHost };
  global[NOTEBOOK] = host;
  const modules = (name: string): unknown => (name === "receptive" ? receptive : ownRequire(name));
  let error: unknown;
  try {
    await new AsyncFunction("require", "exports", "console", outputText)(modules, {}, quiet);
  } catch (thrown) {
    error = thrown;
  } finally {
    delete global[NOTEBOOK];
  }
  const report = shown.map((bundle) => String(bundle["text/plain"] ?? "")).join("\n");
  return { report, error };
}

/** What cells print is no matter of these tests. */
const quiet = { log: () => undefined, info: () => undefined, table: () => undefined };
