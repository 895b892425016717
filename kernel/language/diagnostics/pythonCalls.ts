/** `torch.zeros`, `np.array`, `plt.plot`: what a member of a Python library is here. */
import type ts from "typescript";
import { engineExports, importLine, originOf, resolved } from "./exportsOf";
import { camelCase, isKnown, type CellProgram } from "./found";

const LIBRARIES = new Set(["torch", "torchvision", "np", "numpy", "plt"]);

/** Members whose names differ. */
const OTHER: Record<string, string> = {
  array: "tensor",
  asarray: "tensor",
  concatenate: "cat",
  normal: "randn",
  plot: "curve",
  imshow: "images",
  functional: "F",
  no_grad: "noGrad",
  inference_mode: "noGrad",
  manual_seed: "manualSeed",
};

/** A sentence about the member that is taken from a library; null if the engine has nothing like it. */
export function pythonCall(cell: CellProgram, name: string, node: ts.Node): string | null {
  const { compiler } = cell;
  if (!LIBRARIES.has(name)) return null;
  let whole = node.parent;
  let member = "";
  while (compiler.isPropertyAccessExpression(whole)) {
    const { parent } = whole;
    member = whole.name.text;
    const origin = originFor(cell, member);
    // `torch.nn.Conv2d` is looked up as a whole, and `torch.nn` for want of more.
    const hasMore = compiler.isPropertyAccessExpression(parent) && originFor(cell, parent.name.text) !== null;
    if (origin && !hasMore) {
      const line = isKnown(cell, origin.import) ? "." : `, with ${importLine([origin.import])}`;
      return `${whole.getText()} is Python's. Write ${origin.write}${line}`;
    }
    whole = parent;
  }
  const method = camelCase(member);
  return member !== "" && isMethod(cell, method)
    ? `${name}.${member} is Python's. Tensors have it as a method: x.${method}(...).`
    : null;
}

function originFor(cell: CellProgram, name: string): { import: string; write: string } | null {
  return originOf(cell, Object.hasOwn(OTHER, name) ? (OTHER[name] ?? name) : camelCase(name));
}

function isMethod(cell: CellProgram, name: string): boolean {
  const tensor = engineExports(cell).get("Tensor");
  if (!tensor) return false;
  const type = cell.checker.getDeclaredTypeOfSymbol(resolved(cell, tensor));
  return cell.checker.getPropertyOfType(type, name) !== undefined;
}
