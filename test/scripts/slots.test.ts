import { expect } from "chai";
import { resolve } from "node:path";

interface Slots {
  use<T>(body: () => Promise<T>, width?: number): Promise<T>;
}
// eslint-disable-next-line @typescript-eslint/no-require-imports -- an ES module, which tsc would not let through as an import
const { makeSlots } = require(resolve(__dirname, "../../../scripts/lib/slots.mjs")) as {
  makeSlots(count: number): Slots;
};
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("slots", () => {
  it("run so many at a time, wide ones alone, in the order of asking", async () => {
    const slots = makeSlots(2);
    const running = new Set<string>();
    const seen: string[] = [];
    const use = (name: string, width?: number): Promise<void> =>
      slots.use(async () => {
        running.add(name);
        seen.push([...running].join("+"));
        await turn();
        running.delete(name);
      }, width);
    await Promise.all([use("a"), use("b"), use("c"), use("alone", 2), use("d"), use("e")]);
    expect(seen).to.deep.equal(["a", "a+b", "b+c", "alone", "d", "d+e"]);
  });

  it("are given back after an error, and take what is wider than they are", async () => {
    const slots = makeSlots(1);
    const failed = await slots.use(() => Promise.reject(new Error("no"))).catch((error: Error) => error.message);
    expect([failed, await slots.use(async () => "yes", 5)]).to.deep.equal(["no", "yes"]);
  });
});
