/** Everything public that takes options refuses those that do not exist; the declarations say what takes some. */
import { expect } from "chai";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publicApi, type Callable } from "../support/publicApi";
import { construct, objectFor, validArguments, valueAt } from "../support/validArguments";

const api = publicApi().filter(({ path, kind }) => kind === "method" || valueAt(path) !== undefined);
const constructors = new Map(api.filter(({ kind }) => kind === "constructor").map((each) => [each.path, each]));

/** Objects with names that the user chooses, and what a function gives. */
const OTHER_OBJECTS: ReadonlySet<string> = new Set(["onHost parts", "Curve options"]);

async function call({ path, kind, ...rest }: Callable, given: readonly unknown[]): Promise<unknown> {
  if (kind === "constructor") return construct({ path, kind, ...rest }, given);
  const owner = path.slice(0, Math.max(0, path.lastIndexOf(".")));
  const value = valueAt(path) as (...given: unknown[]) => unknown;
  if (kind !== "method") return value.apply(owner ? valueAt(owner) : undefined, [...given]);
  const on = (await objectFor(path, constructors)) as Record<string, (...given: unknown[]) => unknown>;
  return on[path.slice(path.lastIndexOf(".") + 1)](...given);
}

describe("an option that does not exist is refused, by name", () => {
  const cwd = process.cwd();
  let folder: string;
  before(() => process.chdir((folder = mkdtempSync(join(tmpdir(), "receptive-options-")))));
  after(() => {
    process.chdir(cwd);
    rmSync(folder, { recursive: true });
  });

  const takers = api.flatMap((callable) =>
    callable.parameters.flatMap(({ options, name }, place) =>
      options && !OTHER_OBJECTS.has(`${callable.path} ${name}`) ? [{ callable, place }] : [],
    ),
  );
  it(`by all ${takers.length} that take options`, () => expect(takers.length).to.be.at.least(185));

  for (const { callable, place } of takers)
    it(callable.path, async () => {
      const given = validArguments(callable).slice(0, place + 1);
      given[place] = { noSuchOption: 1 };
      let caught: unknown = null;
      try {
        await call(callable, given);
      } catch (error) {
        caught = error;
      }
      expect(caught, "nothing was thrown").to.be.instanceOf(TypeError);
      expect((caught as Error).message).to.match(/^[\w.: >]+: there is no option "noSuchOption"\. /);
    });
});
