/** What a view asks the kernel of its output. No DOM here. */
import type { Ask } from "../../../src/marks/kit/ask";
import { ask } from "./ask";
import { AskError } from "./askError";
import type { KernelConnection } from "./connection";

/**
 * Asks about the object of that id whichever kernel its output has now: notebooks change theirs. A kernel that has said that the
 * object is gone is not asked again, however long a pointer wanders over the view.
 */
export function askAbout(id: string, kernelNow: () => KernelConnection | undefined): Ask {
  let gone: { kernel: string; error: AskError } | undefined;
  return async (name, question, options) => {
    const kernel = kernelNow();
    if (gone && kernel?.id === gone.kernel) throw gone.error;
    try {
      return await ask(kernel, id, name, question, options);
    } catch (error) {
      if (kernel && error instanceof AskError && error.reason === "gone") gone = { kernel: kernel.id, error };
      throw error;
    }
  };
}
