import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { checkedCases } from "./checked/cases";

const root = join(__dirname, "..", "..", "..", "..");

interface Result {
  problems: string[];
  /** Jobs that were cut into more than one chunk. */
  cut: number;
}

describe("the chunks of cpu's kernels write what is their own, and depend on nothing that another chunk writes", () => {
  let results: Record<string, Result> = {};

  before(function () {
    this.timeout(600_000);
    const made = spawnSync(process.execPath, ["scripts/buildChecked.mjs"], { cwd: root, encoding: "utf8" });
    expect(made.status, made.stderr + made.stdout).to.equal(0);
    const program = join(__dirname, "checked", "program.js");
    const run = spawnSync(process.execPath, [program], { encoding: "utf8", maxBuffer: 2 ** 26 });
    expect(run.status, run.stderr).to.equal(0);
    results = JSON.parse(run.stdout) as typeof results;
  });

  for (const { name } of checkedCases())
    it(name, () => {
      expect(results[name].problems).to.deep.equal([]);
    });

  it("(many cases are cut into several chunks)", () => {
    expect(Object.values(results).filter(({ cut }) => cut > 0).length).to.be.at.least(150);
  });
});
