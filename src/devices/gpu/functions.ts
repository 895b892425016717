/** Text of functions that kernels call: rows of the elementwise tables, made fit for shader languages. */

/** x to the power y for any sign of x; shaders compute it through a logarithm and know only positive x. */
const power = `function power(x, y) {
  if (y === 0) return 1;
  const size = Math.pow(Math.abs(x), y);
  if (x >= 0) return size;
  const half = y / 2;
  if (Math.floor(half) === half) return size;
  if (Math.floor(y) === y) return -size;
  return Math.sqrt(x);
}`;

/** tanh that stays 1 for large x, where shaders divide infinity by infinity. */
const tanhAnywhere = `function tanhAnywhere(x) {
  if (x > 15) return 1;
  if (x < -15) return -1;
  return Math.tanh(x);
}`;

/** exp(x) - 1 that keeps the digits of a small x: there Taylor's series, to 1e-8 of it. */
const expm1 = `function expm1(x) {
  if (Math.abs(x) > 0.5) return Math.exp(x) - 1;
  return x * (1 + x * (0.5 + x * (1 / 6 + x * (1 / 24 + x * (1 / 120 + x * (1 / 720 + x * (1 / 5040 + x / 40320)))))));
}`;

/**
 * The function `f` under the name that the kernel calls it by, with exactly `arity` parameters, and what it needs.
 * A row is called `exp` or `tanh`, which in a shader would hide the built-in function that its own body calls; and
 * unlike JavaScript a shader does not let a call pass more arguments than the function has.
 */
export function kernelFunctions(
  name: string,
  f: (...numbers: number[]) => number,
  arity: number,
  uses: readonly ((x: number) => number)[] = [],
): string[] {
  const text = f.toString();
  const open = text.indexOf("(");
  const close = text.indexOf(")");
  const parameters = text.slice(open + 1, close).split(",").map((parameter) => parameter.trim()).filter(Boolean); // prettier-ignore
  while (parameters.length < arity) parameters.push(`unused${parameters.length}`);
  const body = text
    .slice(close + 1)
    .replace(/\bMath\.pow\(/g, "power(")
    .replace(/\bMath\.tanh\(/g, "tanhAnywhere(")
    .replace(/\bMath\.expm1\(/g, "expm1(");
  const helpers = [power, tanhAnywhere, expm1].filter((helper) =>
    body.includes(helper.slice(9, helper.indexOf("(") + 1)),
  );
  return [`function ${name}(${parameters.join(", ")})${body}`, ...helpers, ...uses.map(String)];
}
