/** Cells in TypeScript, for {@link Kernel}. */
import { explain, inspectAt } from "./cell/explain";
import type { Cells, CellServices } from "./kernel";
import { complete, isComplete } from "./language/completions";
import { NotebookLanguage } from "./language/notebookLanguage";
import { makeModules } from "./modules";
import { preload } from "./packages";
import { native } from "./platform";

/** @param folder the notebook's, where relative imports begin */
export function typescriptCells(folder: string, { streams, showTslab }: CellServices): Cells {
  const language = new NotebookLanguage(folder, streams);
  return {
    language,
    modules: makeModules(language, () => language.warmUp().publicModule(showTslab)),
    questions: {
      complete: (content) => complete(language, content),
      inspect: (content) => inspectAt(language, content),
      isComplete: (content) => isComplete(language.compiler, content),
      explain: (name, cell) => explain(language, name, cell),
    },
    warmUp() {
      language.warmUp();
      // Messages that have come meanwhile are answered between these.
      native.setImmediate(() => language.rehearse());
      native.setImmediate(() => native.setImmediate(preload));
    },
    install: () => language.functionTexts.install(),
  };
}
