/** Text of functions that kernels call: rows of the elementwise tables, made fit for shader languages. */

/**
 * Whether x is NaN, as 1 or 0. Shader compilers may take `x !== x` for false, because WGSL lets them forget that there is
 * NaN; two comparisons that are both false they leave alone.
 */
const notANumber = `function notANumber(x) {
  if (x <= 0) return 0;
  if (x > 0) return 0;
  return 1;
}`;

/** exp(x) that is NaN for NaN, of which graphics cards may make infinity. */
const exponential = `function exponential(x) {
  if (notANumber(x) > 0) return x;
  return Math.exp(x);
}`;

/** log(x) that is -Infinity for 0, and NaN for what is less and for NaN. */
const logarithm = `function logarithm(x) {
  if (x > 0) return Math.log(x);
  if (x === 0) return -1 / Math.abs(x);
  return Math.sqrt(x);
}`;

/** x to the power y for any sign of x; shaders compute it through a logarithm and know only positive x. */
const power = `function power(x, y) {
  if (y === 0) return 1;
  if (y === -1) return 1 / x;
  if (notANumber(x) > 0) return x;
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

/** log(1 + x), by its series where 1 + x would lose digits of a small x. */
const logOfOneMore = `function logOfOneMore(x) {
  if (Math.abs(x) > 0.1) return logarithm(1.0 + x);
  return x * (1.0 - x * (0.5 - x * (0.33333333333 - x * (0.25 - x * (0.2 - x * (0.16666666667 - x * 0.14285714286))))));
}`;

/** exp(x) - 1, in the same way. */
const exponentialLessOne = `function exponentialLessOne(x) {
  if (Math.abs(x) > 0.3) return exponential(x) - 1.0;
  return x * (1.0 + x * (0.5 + x * (0.16666666667 + x * (0.04166666667 + x * (0.00833333333 + x * 0.00138888889)))));
}`;

/**
 * The sine and cosine of x, from polynomials on an eighth of a turn (Moshier's Cephes, sinf.c): shaders may be wrong by
 * 5e-4. `turns` of the four quarters tells which of the two it is, and its sign.
 */
const quarter = `function quarter(x, turns) {
  let eighths = Math.floor(x * 1.27323954474);
  if (eighths - 2.0 * Math.floor(eighths * 0.5) > 0.5) eighths = eighths + 1.0;
  const y = x - eighths * 0.78515625 - eighths * 0.000241875648498 - eighths * 0.0000000377489497745;
  const z = y * y;
  const all = eighths * 0.5 + turns;
  const at = all - 4.0 * Math.floor(all * 0.25);
  let value = y + y * z * (-0.16666654611 + z * (0.0083321608736 - z * 0.00019515295891));
  if (at === 1 || at === 3) value = 1.0 - 0.5 * z + z * z * (0.041666645683 + z * (-0.00138873162549 + z * 0.0000244331571181));
  if (at > 1.5) return -value;
  return value;
}`;
const sine = `function sine(x) {
  if (x < 0) return -quarter(-x, 0);
  return quarter(x, 0);
}`;
const cosine = `function cosine(x) {
  return quarter(Math.abs(x), 1);
}`;
const tangent = `function tangent(x) {
  return sine(x) / cosine(x);
}`;

/** Each before those that it calls. None may have the name of a function that GPU.js writes into its shaders. */
const helpers: readonly string[] = [
  ...[tangent, sine, cosine, quarter],
  ...[power, tanhAnywhere, logOfOneMore, exponentialLessOne, exponential, logarithm, notANumber],
];

/** For kernels that ask `notANumber(x) > 0` in their own text. */
export const nanTest: readonly string[] = [notANumber];
/** For kernels that call `exponential` and `logarithm` as well. */
export const exponentials: readonly string[] = [exponential, logarithm, notANumber];

const nameOf = (helper: string): string => helper.slice("function ".length, helper.indexOf("("));

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
  const parameters = text
    .slice(open + 1, close)
    .split(",")
    .map((parameter) => parameter.trim())
    .filter(Boolean);
  while (parameters.length < arity) parameters.push(`unused${parameters.length}`);
  const body = text
    .slice(close + 1)
    .replace(/\bMath\.pow\(/g, "power(")
    .replace(/\bMath\.tanh\(/g, "tanhAnywhere(")
    .replace(/\bMath\.log1p\(/g, "logOfOneMore(")
    .replace(/\bMath\.expm1\(/g, "exponentialLessOne(")
    .replace(/\bMath\.exp\(/g, "exponential(")
    .replace(/\bMath\.log\(/g, "logarithm(")
    .replace(/\bMath\.sin\(/g, "sine(")
    .replace(/\bMath\.cos\(/g, "cosine(")
    .replace(/\bMath\.tan\(/g, "tangent(");
  const needed: string[] = [];
  for (const helper of helpers) {
    const call = new RegExp(`\\b${nameOf(helper)}\\(`);
    if ([body, ...needed].some((caller) => call.test(caller))) needed.push(helper);
  }
  return [`function ${name}(${parameters.join(", ")})${body}`, ...needed, ...uses.map(String)];
}
