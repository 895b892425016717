import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { SGDSettings } from "../../src/optim";
import { expectClose } from "../support/close";
import { describeProgram, runProgram } from "../support/lectureProgram";

const path = join(__dirname, "../../../test/golden/lecture.json");
const goldens = JSON.parse(readFileSync(path, "utf8")) as {
  settings: Partial<SGDSettings> & { lr: number };
  losses: number[];
}[];

describe("the lecture's program with SGD loses what PyTorch loses, step by step", () => {
  for (const { settings, losses } of goldens) {
    const name = JSON.stringify(settings);
    it(`${name}, ${losses.length} steps on cpu (float32, 1e-4)`, async () => {
      expectClose(await runProgram(describeProgram(settings), "cpu", "float32"), losses, 1e-4, "losses");
    });
    // The reference takes a quarter of a second a step: twenty for the lecture's settings, where momentum adds up, else a few.
    const few = losses.slice(0, losses.length > 20 ? 20 : 4);
    it(`${name}, ${few.length} steps on reference (float64, 1e-9)`, async function () {
      this.timeout(300000);
      const program = describeProgram(settings);
      program.images.length = few.length;
      expectClose(await runProgram(program, "reference", "float64"), few, 1e-9, "losses");
    });
  }
});
