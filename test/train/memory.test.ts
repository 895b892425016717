import { expect } from "chai";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const program = join(__dirname, "../support/memoryProgram.js");

describe("memory", () => {
  it("stays flat over 3,000 steps of the lecture's network (less than 50 MB more after the first tenth)", async function () {
    this.timeout(120000);
    const { stdout } = await promisify(execFile)(process.execPath, [program]);
    const looks = JSON.parse(stdout) as number[];
    const tenth = Math.ceil(looks.length / 10);
    const growth = Math.max(...looks.slice(tenth)) - Math.max(...looks.slice(0, tenth));
    expect(growth, looks.map(Math.round).join(" ")).to.be.below(50);
  });
});
