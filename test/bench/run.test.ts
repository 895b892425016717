import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Row } from "../../bench/report/rows";
import { tilePeak } from "../../bench/runner/tilePeak";

const main = join(__dirname, "../../bench/main.js");

describe("npm run bench", function () {
  this.timeout(120000);

  const bench = (...flags: string[]): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(process.execPath, [main, "--quick", ...flags], { encoding: "utf8" });

  it("prints one JSON object a row, with our own figures where no peer is asked for", () => {
    // ConvNetJS has no part in this suite, so that nothing has to be installed.
    const { status, stdout } = bench("--suite", "overhead", "--peers", "convnetjs", "--json");
    expect(status).to.equal(0);
    const rows = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Row);
    expect(rows.map((row) => row.case)).to.deep.equal([
      "add of one number",
      "1x1 convolution of one pixel",
      "the same, forward and backward",
    ]);
    for (const row of rows) {
      expect(row).to.include({ suite: "overhead", unit: "µs", peer: null, peerName: "-", ratio: null });
      expect(row.ours).to.be.within(0.05, 10000);
    }
  });

  it("prints a table under the machine's name", () => {
    const { status, stdout } = bench("--suite", "start", "--peers", "convnetjs");
    expect(status).to.equal(0);
    expect(stdout).to.match(/^\d{4}-\d\d-\d\d \d\d:\d\d UTC, .+, \d+ cores?, Node \d+\./);
    expect(stdout).to.match(/process start to package loaded +[\d.,]+ ms/);
  });

  it("says what is wrong in one line", () => {
    const { status, stdout, stderr } = bench("--suite", "nothing");
    expect(status).to.equal(1);
    expect(stdout).to.equal("");
    expect(stderr.trim().split("\n")).to.deep.equal([
      'bench: there is no suite "nothing". Known: train, conv, forward, overhead, memory, start, gpu, kernel, views, live.',
    ]);
  });

  it("measures what register tiles reach", async () => {
    expect(await tilePeak(1, 1, 0.02)).to.be.within(0.2, 2000);
  });
});
