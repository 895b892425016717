/** Sums of products, written as in physics: letters name dimensions. */
import { checkTensors, show, wrongKind } from "../arguments";
import { isFloat } from "../devices/device";
import { ShapeError } from "../errors";
import { showShape, stridesOf, type Shape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { binary } from "./binary";
import { cast } from "./cast";
import { matmul } from "./matmul";
import { commonDType } from "./define/promote";
import { sum } from "./reduce";
import { reshape } from "./reshape";
import { permute, stridedOp } from "./strided";

/** A tensor whose dimensions have names, each once. */
interface Named {
  x: Tensor;
  names: readonly string[];
}

/**
 * The sum over all letters that the output lacks of the products of the operands' elements. Letters name the operands'
 * dimensions in order; one that stands twice in an operand means its diagonal, "..." stands for dimensions that broadcast.
 * Without "->" the output has the letters that stand once, in the order of the alphabet.
 * @throws ShapeError if the letters do not fit the shapes, or each other
 * @see torch.einsum
 * @example
 * const [a, b] = [ones([5, 2, 3]), ones([5, 3, 4])];
 * einsum("bij,bjk->bik", a, b); // a batch of matrix products, [5,2,4]
 * einsum("ii->", eye(3)); // a trace, 3
 */
export function einsum(equation: string, ...operands: Tensor[]): Tensor {
  if (typeof equation !== "string")
    throw wrongKind("einsum", "equation", "a string", equation, `Write it as in "ij,jk->ik".`);
  checkTensors("einsum", "operands", operands, "");
  const { inputs, output } = parse(equation, operands);
  const lengths = lengthsOf(equation, inputs, operands);
  const dtype = commonDType(operands);
  let rest = operands.map((x, i) => diagonal({ x: cast(x, dtype), names: inputs[i] }, lengths));
  while (rest.length > 1) {
    const [a, b, ...others] = rest;
    const needed = new Set([...output, ...others.flatMap(({ names }) => names)]);
    rest = [multiply(a, b, needed), ...others];
  }
  const last = onlyNames(rest[0], new Set(output));
  return permute(
    last.x,
    output.map((name) => last.names.indexOf(name)),
  );
}

/** The names of the operands' and the output's dimensions; those that "..." stands for are called 0, 1, ... from the right. */
function parse(equation: string, operands: readonly Tensor[]): { inputs: string[][]; output: string[] } {
  const [left, right, ...more] = equation.replace(/\s/g, "").split("->");
  const shapes = operands.map(({ shape }) => showShape(shape)).join(", ");
  const fail = (what: string, next: string): never => {
    throw new ShapeError(`einsum: ${what} (equation ${show(equation)}, operands ${shapes}). ${next}`);
  };
  const terms = left.split(",");
  if (more.length > 0 || ![...terms, right ?? ""].every((term) => /^[A-Za-z]*(\.\.\.)?[A-Za-z]*$/.test(term)))
    fail("the equation is not of letters, commas and one ->", `Write it as in "ij,jk->ik".`);
  if (terms.length !== operands.length)
    fail(`${terms.length} terms for ${operands.length} operands`, "Give one for each, parted by commas.");
  let most = 0;
  const inputs = terms.map((term, i) => {
    const rank = operands[i].shape.length;
    const letters = term.replace("...", "");
    const open = rank - letters.length;
    if (open < 0 || (open > 0 && !term.includes("...")))
      fail(`"${term}" names ${letters.length} dimensions of operand ${i}, which has ${rank}`, "Name each of them.");
    most = Math.max(most, open);
    return spell(term, open);
  });
  const counts = new Map<string, number>();
  for (const name of inputs.flat()) counts.set(name, (counts.get(name) ?? 0) + 1);
  const once = [...counts].filter(([name, count]) => count === 1 && /[A-Za-z]/.test(name)).map(([name]) => name);
  const output = right === undefined ? [...spell("...", most), ...once.sort()] : spell(right, most);
  const unknown = output.find((name) => !counts.has(name));
  if (unknown !== undefined) fail(`the output's "${unknown}" is in no term`, "Leave it out.");
  if (new Set(output).size < output.length) fail("the output names a dimension twice", "Name each one once.");
  return { inputs, output };
}

/** The names of a term whose "..." stands for `open` dimensions. */
function spell(term: string, open: number): string[] {
  const dots = Array.from({ length: open }, (_, i) => String(open - 1 - i));
  return term.split("...").flatMap((letters, part) => [...(part > 0 ? dots : []), ...letters]);
}

/** How long the dimensions are. @throws ShapeError if a letter stands for two lengths other than 1 */
function lengthsOf(equation: string, inputs: readonly string[][], operands: readonly Tensor[]): Map<string, number> {
  const lengths = new Map<string, number>();
  inputs.forEach((names, i) =>
    names.forEach((name, d) => {
      const length = operands[i].shape[d];
      const before = lengths.get(name) ?? 1;
      if (before !== 1 && length !== 1 && before !== length)
        throw new ShapeError(
          `einsum: "${name}" is ${before} long in one operand and ${length} in another ` +
            `(equation ${show(equation)}, operands ${operands.map(({ shape }) => showShape(shape)).join(", ")}). ` +
            `Give different dimensions different letters.`,
        );
      lengths.set(name, before === 1 ? length : before);
    }),
  );
  return lengths;
}

/** Each name once: a step along the diagonal of dimensions with one name. Those that broadcast are left out. */
function diagonal({ x, names }: Named, lengths: ReadonlyMap<string, number>): Named {
  const own = x.shape.map((length, d) => length === lengths.get(names[d]));
  const kept = [...new Set(names.filter((_, d) => own[d]))];
  if (kept.length === names.length) return { x, names };
  const steps = stridesOf(x.shape);
  const strides = kept.map((name) =>
    steps.reduce((total, step, d) => (names[d] === name && own[d] ? total + step : total), 0),
  );
  const shape = kept.map((name) => lengths.get(name) as number);
  return { x: stridedOp([x], { shape, strides, offset: 0 }), names: kept };
}

/** Summed over the dimensions that are not among `wanted`. */
function onlyNames({ x, names }: Named, wanted: ReadonlySet<string>): Named {
  const dims = names.map((_, d) => d).filter((d) => !wanted.has(names[d]));
  if (dims.length === 0) return { x, names };
  return { x: sum(x, dims), names: names.filter((name) => wanted.has(name)) };
}

/** The product of two, summed over what neither the output nor another operand needs. */
function multiply(a: Named, b: Named, needed: ReadonlySet<string>): Named {
  const left = onlyNames(a, new Set([...needed, ...b.names]));
  const right = onlyNames(b, new Set([...needed, ...a.names]));
  const shared = left.names.filter((name) => right.names.includes(name));
  const batch = shared.filter((name) => needed.has(name));
  const inner = shared.filter((name) => !needed.has(name));
  const rows = left.names.filter((name) => !shared.includes(name));
  const columns = right.names.filter((name) => !shared.includes(name));
  const size = (of: Named, names: readonly string[]): number =>
    names.reduce((product, name) => product * of.x.shape[of.names.indexOf(name)], 1);
  const ordered = (of: Named, names: readonly string[], shape: Shape): Tensor =>
    reshape(
      permute(
        of.x,
        names.map((name) => of.names.indexOf(name)),
      ),
      shape,
      "einsum",
    );
  const [B, M, L, N] = [size(left, batch), size(left, rows), size(left, inner), size(right, columns)];
  const x = ordered(left, [...batch, ...rows, ...inner], [B, M, L]);
  const y = ordered(right, [...batch, ...inner, ...columns], [B, L, N]);
  const names = [...batch, ...rows, ...columns];
  const shape = names.map((name) => (left.names.includes(name) ? size(left, [name]) : size(right, [name])));
  return { x: reshape(batchProduct(x, y), shape, "einsum"), names };
}

/** [B,M,L] and [B,L,N] -> [B,M,N], or without B if it is 1; whole numbers one product at a time. */
function batchProduct(x: Tensor, y: Tensor): Tensor {
  const [B, M, L] = x.shape;
  if (isFloat(x.dtype))
    return B === 1 ? matmul(reshape(x, [M, L], "einsum"), reshape(y, [L, y.shape[2]], "einsum")) : matmul(x, y);
  const products = binary("mul", reshape(x, [B, M, L, 1], "einsum"), reshape(y, [B, 1, L, y.shape[2]], "einsum"));
  return sum(products, 2);
}
