import { expect } from "chai";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const program = join(__dirname, "../support/memoryProgram.js");

describe("memory stays flat: less than 50 MB more after the first tenth of", () => {
  for (const [name, steps] of [
    ["lecture", 5000],
    ["resnet18", 200],
  ] as const)
    it(`${steps} steps of ${name}`, async function () {
      this.timeout(300000);
      const { stdout } = await promisify(execFile)(process.execPath, [program, name, String(steps)]);
      const looks = JSON.parse(stdout) as number[];
      const tenth = Math.ceil(looks.length / 10);
      const growth = Math.max(...looks.slice(tenth)) - Math.max(...looks.slice(0, tenth));
      expect(growth, looks.map(Math.round).join(" ")).to.be.below(50);
    });
});
