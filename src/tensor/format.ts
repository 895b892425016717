/** How a tensor prints: PyTorch's way, shortened when it is large. */
import { defaultDevice, isFloat, type DType, type TypedArray } from "../devices/device";
import { sizeOf, stridesOf, type Shape } from "./shape";

const EDGE_ITEMS = 3;
const SUMMARISE_ABOVE = 1000;
const LINE_WIDTH = 88;

/** Text such as `tensor([[1., 2.], [3., 4.]])`; dtype is named unless float32, device unless cpu. */
export function formatTensor(
  data: TypedArray,
  shape: Shape,
  traits: { dtype: DType; device: string; requiresGrad: boolean },
): string {
  const summarise = sizeOf(shape) > SUMMARISE_ABOVE;
  const shown = summarise ? edges(data, shape) : Array.from(data);
  const write = numberFormat(shown, traits.dtype);
  const width = Math.max(0, ...shown.map((value) => write(value).length));
  const strides = stridesOf(shape);

  const block = (dim: number, offset: number, indent: number): string => {
    if (dim === shape.length) return write(data[offset]).padStart(width);
    const indices = visible(shape[dim], summarise);
    const parts = indices.map((i) => (i < 0 ? "..." : block(dim + 1, offset + i * strides[dim], indent + 1)));
    if (dim < shape.length - 1) {
      const gap = "\n".repeat(shape.length - 1 - dim) + " ".repeat(indent + 1);
      return `[${parts.join("," + gap)}]`;
    }
    return `[${wrap(parts, indent + 1)}]`;
  };

  const notes = [block(0, 0, "tensor(".length)];
  if (traits.dtype !== "float32" && traits.dtype !== "int32") notes.push(`dtype=${traits.dtype}`);
  if (traits.device !== defaultDevice) notes.push(`device=${traits.device}`);
  if (summarise || sizeOf(shape) === 0) notes.push(`shape=[${shape.join(", ")}]`);
  if (traits.requiresGrad) notes.push("requiresGrad=true");
  return `tensor(${notes.join(", ")})`;
}

/** Indices to print of one dimension; -1 stands for the dots. */
function visible(length: number, summarise: boolean): number[] {
  const all = Array.from({ length }, (_, i) => i);
  if (!summarise || length <= 2 * EDGE_ITEMS) return all;
  return [...all.slice(0, EDGE_ITEMS), -1, ...all.slice(-EDGE_ITEMS)];
}

function edges(data: TypedArray, shape: Shape): number[] {
  let offsets = [0];
  const strides = stridesOf(shape);
  shape.forEach((length, d) => {
    const indices = visible(length, true).filter((i) => i >= 0);
    offsets = offsets.flatMap((offset) => indices.map((i) => offset + i * strides[d]));
  });
  return offsets.map((offset) => data[offset]);
}

function wrap(parts: string[], indent: number): string {
  const lines: string[] = [];
  let line = "";
  for (const [i, part] of parts.entries()) {
    const piece = i < parts.length - 1 ? `${part},` : part;
    if (line && indent + line.length + 1 + piece.length > LINE_WIDTH) {
      lines.push(line);
      line = piece;
    } else line = line ? `${line} ${piece}` : piece;
  }
  lines.push(line);
  return lines.join("\n" + " ".repeat(indent));
}

/** One format for all numbers: whole, four decimals, or scientific when they span too much. */
function numberFormat(values: number[], dtype: DType): (value: number) => string {
  if (dtype === "bool") return (value) => (value ? "true" : "false");
  if (!isFloat(dtype)) return String;
  const finite = values.filter(Number.isFinite).map(Math.abs);
  const nonzero = finite.filter((value) => value > 0);
  const largest = Math.max(0, ...nonzero);
  const smallest = Math.min(...nonzero);
  const special = (value: number): string | null =>
    Number.isFinite(value) ? null : Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  if (finite.every(Number.isInteger) && largest < 1e8) return (value) => special(value) ?? `${value}.`;
  if (largest >= 1e8 || smallest < 1e-4 || largest / smallest > 1000)
    if (largest >= 1e5 || largest < 1e-3 || smallest < 1e-4) return (value) => special(value) ?? value.toExponential(4);
  return (value) => special(value) ?? value.toFixed(4);
}
