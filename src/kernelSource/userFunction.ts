/** A GPU.js function that a user wrote: its text, and the numbers that it takes from outside. */
import { capturedBy, withConstants } from "../devices/gpu/captured";
import type { KernelFunction } from "../devices/gpu/compile";
import type { Replacement } from "../devices/gpu/replaced";
import { DeviceError } from "../errors";
import { notebook } from "../notebook";

/** What such a function may have besides its arguments. */
export interface FunctionOptions {
  /** Numbers that the function reads as `this.constants.NAME`. */
  constants?: Record<string, number>;
  /** Functions that it calls; they see their arguments alone. */
  functions?: ((...numbers: number[]) => number)[];
}

export type UserFunction = Omit<Replacement, "when">;

/**
 * The function as GPU.js takes it: numbers from outside of it have become constants.
 * @throws DeviceError if it is no text that GPU.js could read, or uses from outside what is no number
 */
export function readFunction(caller: string, fn: KernelFunction, options: FunctionOptions): UserFunction {
  const { constants = {}, functions = [] } = options;
  const text = clean(fn);
  if (!/^function\b/.test(text))
    throw new DeviceError(
      `${caller}: GPU.js reads a function that begins with the word function, got ${text.split("\n")[0].slice(0, 60)}. ` +
        `Write function mine(x, w, b) { ... }.`,
    );
  if (/\{\s*\[native code\]\s*\}$/.test(text))
    throw new DeviceError(
      `${caller}: ${fn.name || "the function"} has no text that GPU.js could read: it is built in, or made by bind(). ` +
        `Write function mine(x, w, b) { ... }.`,
    );
  const name = fn.name || "unnamed";
  const helpers = functions.map(clean);
  const known = new Set([...Object.keys(constants), ...functions.map((helper) => helper.name)]);
  const found: Record<string, number> = { ...constants };
  for (const captured of [text, ...helpers].flatMap(capturedBy)) {
    if (known.has(captured)) continue;
    const value = variable(captured);
    if (typeof value !== "number") throw captureError(caller, name, captured, value);
    found[captured] = value;
  }
  const names = Object.keys(found);
  return {
    name,
    source: withConstants(fn.name ? text : text.replace(/^function\s*\(/, "function unnamed("), names),
    constants: found,
    functions: helpers.map((helper) => withConstants(helper, names)),
  };
}

/** The function's text without what the notebook puts into loops to be able to stop them. */
const clean = (fn: (...args: never[]) => unknown): string =>
  fn
    .toString()
    .replace(/\$receptiveGuard\(\);?/g, "")
    .trim();

/** A variable of the notebook; undefined where there is none. */
const variable = (name: string): unknown => notebook()?.variable?.(name);

function captureError(caller: string, fn: string, captured: string, value: unknown): DeviceError {
  const what =
    value === undefined
      ? "whose value it cannot see"
      : `which is ${typeof value === "function" ? "a function" : `no number (${typeof value})`}`;
  const pass =
    typeof value === "function"
      ? `Pass it with ${caller}(..., { functions: [${captured}] }).`
      : `Pass numbers with ${caller}(..., { constants: { ${captured}: 3 } }), and arrays ${caller === "runKernel" ? "as inputs" : "not at all"}.`;
  return new DeviceError(
    `${caller}: "${fn}" uses ${captured} from outside, ${what}; GPU.js translates the text of one function alone. ${pass}`,
  );
}
