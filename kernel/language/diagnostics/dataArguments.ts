/** Data sets, loaders and layers where a tensor or batches are wanted. */
import type ts from "typescript";
import { isAsyncIterable, nameOfType, shortText, type CellProgram } from "./found";

/** `show.images(data)`, `fit(net, data, ...)`, `F.relu(net.conv1)`. */
export function dataArgument(
  { checker }: CellProgram,
  node: ts.Node,
  _found: ts.Diagnostic,
  text: string,
): string | null {
  const wanted = /to (?:parameter of )?type '(Tensor|Batches)\b|from type '(Tensor)'/.exec(text);
  if (!wanted) return null;
  const type = checker.getTypeAtLocation(node);
  const has = (name: string): boolean => checker.getPropertyOfType(type, name) !== undefined;
  const value = shortText(node, "data");
  const isData = has("get") && has("length") && !isAsyncIterable(checker, type);
  if (wanted[1] === "Batches") return isData ? `Write new DataLoader(${value}, { batchSize: 32 }).` : null;
  if (isData && has("batch")) return `Take some of it: const [x, labels] = await ${value}.batch([0, 1, 2, 3]);`;
  if (isAsyncIterable(checker, type)) return `Take its batches: for await (const [x, labels] of ${value}) { ... }`;
  if (has("namedParameters") && has("forward") && nameOfType(type) !== "Tensor")
    return has("weight") ? `Its weights are ${value}.weight.` : `What it computes is ${value}(x).`;
  return null;
}
