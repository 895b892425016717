/** Wrong calls, as a student makes them, and the exact words that each gets. */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as receptive from "../../src";

/**
 * One a line: the call as plain JavaScript, because TypeScript would refuse some of them; the error's name; its message.
 * Tests run from dist/test/errors; the table is beside the sources.
 */
const table = join(__dirname, "../../../test/errors/wrongCalls.json");
const wrongCalls = JSON.parse(readFileSync(table, "utf8")) as [call: string, name: string, message: string][];

const names: Record<string, unknown> = {
  ...receptive,
  /** A batch of two colour images. */
  x: receptive.zeros([2, 3, 8, 8]),
  i32: receptive.tensor([1, 2], { dtype: "int32" }),
};

describe("wrong calls get an error that names what is wrong and a next step", () => {
  it(`(${wrongCalls.length} of them)`, () => expect(wrongCalls.length).to.be.at.least(380));
  for (const [call, name, message] of wrongCalls)
    it(call, async () => {
      // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the table is ours
      const run = new Function(...Object.keys(names), `return (${call})`) as (...values: unknown[]) => unknown;
      let caught: unknown = null;
      try {
        await run(...Object.values(names));
      } catch (error) {
        caught = error;
      }
      expect(caught, "nothing was thrown").to.be.instanceOf(Error);
      expect((caught as Error).name).to.equal(name);
      expect((caught as Error).message).to.equal(message);
    });
});
