/** Every public function with every argument replaced by what does not belong there: an error, if any, is one of ours. */
import { expect } from "chai";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as receptive from "../../src";
import { publicApi, type Callable } from "../support/publicApi";
import { construct, images, labels, loader, net, objectFor, validArguments, valueAt } from "../support/validArguments";

const { tensor } = receptive;

/** By the name that a failure shows. */
const wrong: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  NaN: () => NaN,
  "-1": () => -1,
  "1.5": () => 1.5,
  '"a"': () => "a",
  true: () => true,
  "10n": () => 10n,
  "{}": () => ({}),
  "{ a: 1 }": () => ({ a: 1 }),
  "[]": () => [],
  '["a"]': () => ["a"],
  "[null]": () => [null],
  "() => 1": () => () => 1,
  "a promise": () => Promise.resolve(images()),
  "a module": net,
  "a matrix": () => receptive.zeros([2, 2]),
  "a tensor of int32": labels,
  "a tensor of bool": () => tensor([true]),
  "a tensor of float64": () => tensor([1], { device: "reference" }),
  "a tensor without numbers": () => receptive.zeros([0, 3]),
  "a DataLoader": loader,
};

const api = publicApi().filter(({ path, kind }) => kind === "method" || valueAt(path) !== undefined);
const constructors = new Map(api.filter(({ kind }) => kind === "constructor").map((each) => [each.path, each]));

/** What takes functions of the user, or is too slow to be called a thousand times, with the reason. */
const LEFT_OUT = new Map([
  ["compareDevices", "seconds a call"],
  ["check", "prints a report of whatever its function throws"],
]);

async function call(callable: Callable, given: readonly unknown[]): Promise<unknown> {
  const { path, kind } = callable;
  if (kind === "constructor") return construct(callable, given);
  const [, owner, name] = /^(?:(.*)\.)?([^.]*)$/.exec(path) as unknown as [string, string | undefined, string];
  const on = kind === "method" ? await objectFor(path, constructors) : owner === undefined ? receptive : valueAt(owner);
  return (on as Record<string, (...given: unknown[]) => unknown>)[name](...given);
}

const NAMES = new Set(["ShapeError", "DTypeError", "DeviceError", "GradError", "DataError", "TypeError", "RangeError"]);
/** V8's, and WebAssembly's. */
const RAW =
  /Cannot (read|convert|mix|destructure|use|set|access|create|assign)|is not (a function|iterable|defined|a constructor)|\[object |Invalid (array|typed array) length|BigInt|call stack|Reduce of empty|out of bounds|unreachable|divide by zero|reading '|not a valid|must be of type|Expected|circular/;

/** What is wrong with an error; null if nothing is. */
function fault(error: unknown): string | null {
  if (!(error instanceof Error)) return `no error: ${String(error)}`;
  const isOurs = NAMES.has(error.name) && /^[^:\n]{1,80}: \S/.test(error.message) && !RAW.test(error.message);
  return isOurs ? null : `${error.name}: ${error.message}`;
}

async function faults(callable: Callable): Promise<string[]> {
  const { path, parameters } = callable;
  const found: string[] = [];
  for (let i = 0; i < parameters.length; i++)
    for (const [name, make] of Object.entries(wrong)) {
      const given = validArguments(callable);
      given[i] = make();
      try {
        await call(callable, given);
      } catch (error) {
        const what = fault(error);
        if (what !== null) found.push(`${path}(${parameters[i].name} = ${name}): ${what}`);
      }
    }
  return found;
}

describe("a wrong value in a call gets an error of this package, never one of the machine's", () => {
  let folder: string;
  const before_ = { cwd: process.cwd(), threads: receptive.getNumThreads() };
  before(() => process.chdir((folder = mkdtempSync(join(tmpdir(), "receptive-wrong-")))));
  after(() => {
    process.chdir(before_.cwd);
    rmSync(folder, { recursive: true });
    receptive.setNumThreads(before_.threads);
  });

  for (const callable of api)
    if (callable.parameters.length > 0 && !LEFT_OUT.has(callable.path))
      it(`${callable.path} (${callable.parameters.map(({ name }) => name).join(", ")})`, async function () {
        this.timeout(60000);
        expect(await faults(callable)).to.deep.equal([]);
      });
});
