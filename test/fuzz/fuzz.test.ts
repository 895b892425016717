import { expect } from "chai";
import { getNumThreads, setNumThreads } from "../../src/devices/cpu/threads";
import { fuzz } from "./run";

describe("random shapes", () => {
  const usual = getNumThreads();
  before(() => setNumThreads(2));
  after(() => setNumThreads(usual));

  it("give on cpu what reference gives, for every op and every way of conv2d (twenty seconds)", async () => {
    const { cases, problems } = await fuzz({ minutes: 1 / 3, seed: 12, device: "cpu" });
    expect(problems).to.deep.equal([]);
    for (const [name, count] of cases) expect(count, name).to.be.at.least(3);
  }).timeout(120_000);
});
