import { expect } from "chai";
import { getRngState, manualSeed, randn, setRngState } from "../../src";

describe("getRngState and setRngState", () => {
  it("bring random numbers back, also between the two of a pair of normal numbers", async () => {
    manualSeed(4);
    for (const drawn of [0, 1, 2]) {
      if (drawn > 0) randn([drawn]);
      const state = JSON.parse(JSON.stringify(getRngState())) as number[];
      const first = await randn([5]).tolist();
      manualSeed(8);
      setRngState(state);
      expect(await randn([5]).tolist()).to.deep.equal(first);
    }
  });
  it("refuse what is no state", () => {
    for (const wrong of [[], [1, 2, 3], [0, 0, 0, 0], [1, 2, 3, NaN], "state", null])
      expect(() => setRngState(wrong as number[])).to.throw(
        RangeError,
        "setRngState: this is no state of the random numbers. Give what getRngState() returned.",
      );
  });
});
