/** Values and names in Python's spelling. */
import * as nn from "../../nn";

/** kernelSize -> kernel_size. */
export const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** A number, string, boolean, null or list of them. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `(${value.map(literal).join(", ")}${value.length === 1 ? "," : ""})`;
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (value === Infinity || value === -Infinity) return `float("${value > 0 ? "inf" : "-inf"}")`;
  return JSON.stringify(value);
}

/** `, stride=2, padding=(1, 0)` */
export const keywords = (options: Record<string, unknown>): string =>
  Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `, ${snake(name)}=${literal(value)}`)
    .join("");

/** An attribute path from the network: `self.layer1.get_submodule("0").conv1`. */
export const attribute = (path: string): string =>
  path.split(".").reduce((so, part) => (/^\d/.test(part) ? `${so}.get_submodule("${part}")` : `${so}.${part}`), "self");

const layers = nn as unknown as Record<string, unknown>;
/** Whether the module is a layer of this package, which PyTorch has under the same name. */
export const isLayer = (module: nn.Module): boolean =>
  layers[module.constructor.name] === module.constructor &&
  !(module instanceof nn.Sequential || module instanceof nn.ModuleList);

/** `nn.Conv2d(3, 6, kernel_size=5)`: layers list their arguments in PyTorch's order and words. */
export function construct(module: nn.Module): string {
  const listing = module instanceof nn.Flatten ? `${module.startDim}, ${module.endDim}` : module.extraRepr();
  const python = listing
    .replace(/([a-z])([A-Z])(?=\w*=)/g, (_, a: string, b: string) => `${a}_${b.toLowerCase()}`)
    .replace(/\[/g, "(")
    .replace(/\]/g, ")")
    .replace(/\btrue\b/g, "True")
    .replace(/\bfalse\b/g, "False")
    .replace(/\bnull\b/g, "None");
  return `nn.${module.constructor.name}(${python})`;
}
