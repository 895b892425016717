import { formula, suggestions, verdict } from "./fit";
import type { SandboxMark, Settings } from "./payload";

/** "These fit: stride 1: output 5; ...", or nothing to say. */
export function fitting(settings: Settings): string {
  const found = suggestions(settings);
  return found.length === 0 ? "" : `These fit: ${found.map(({ words }) => words).join("; ")}.`;
}

/** The settings as lines of plain text. */
export function sandboxText(mark: SandboxMark): string[] {
  const { title, subtitle, inputSize, kernelSize, stride, padding, dilation } = mark;
  const settings = `input size ${inputSize}, kernel size ${kernelSize}, stride ${stride}, padding ${padding}, dilation ${dilation}`;
  return [title ?? "", subtitle ?? "", settings, formula(mark), verdict(mark), fitting(mark)].filter(Boolean);
}
