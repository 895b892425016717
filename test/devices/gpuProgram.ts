/**
 * What device gpu must get right, for the mode that this process runs in. As a program (`node gpuProgram.js`) it prints
 * what it found as JSON, so that a test can choose the environment.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { GpuArray } from "../../src/devices/gpu/buffer";
import { gpuInfo, type GpuInfo } from "../../src/devices/gpu/info";
import { residentBytes, setResidentLimits } from "../../src/devices/gpu/residents";
import * as nn from "../../src/nn";
import * as F from "../../src/nn/functional";
import { allOps } from "../../src/ops";
import { SGD } from "../../src/optim";
import { fromArray } from "../../src/tensor/create";
import { describeProgram, lecturePrograms, runProgram } from "../support/lectureProgram";
import { runSample, type RunResult } from "../support/samples";
import { compareSamples, type Comparison } from "./gpuSamples";

const goldens = join(__dirname, "../../../test/golden");

/** The largest |got - right| / (1 + |right|); NaN and missing numbers count as infinitely far. */
function distance(got: ArrayLike<number> | null, right: ArrayLike<number> | null): number {
  if (!got || !right) return got === right ? 0 : Infinity;
  if (got.length !== right.length) return Infinity;
  const errors = Array.from(right, (value, i) =>
    Object.is(got[i], value) ? 0 : Math.abs(got[i] - value) / (1 + Math.abs(value)),
  );
  return errors.reduce((worst, error) => (error <= worst ? worst : Number.isNaN(error) ? Infinity : error), 0);
}

/** PyTorch's numbers for every sample of every op. */
export async function compareGoldens(): Promise<Comparison[]> {
  const found: Comparison[] = [];
  for (const name of readdirSync(join(goldens, "ops"))) {
    const op = allOps.find(({ definition }) => `${definition.name}.json` === name);
    if (!op) continue;
    const rows = JSON.parse(readFileSync(join(goldens, "ops", name), "utf8")) as (RunResult & {
      index: number;
    })[];
    for (const { index, output, grads } of rows) {
      const got = await runSample(op, op.definition.samples[index], "gpu", "float32");
      const worst = Math.max(distance(got.output, output), ...grads.map((g, i) => distance(got.grads[i], g)));
      found.push({ op: op.definition.name, sample: index, what: "golden", worst });
    }
  }
  return found;
}

/** How far the losses of the lecture's program are from PyTorch's, which reference agrees with to 1e-9. */
export async function compareLecture(steps: number): Promise<number> {
  const { losses } = (JSON.parse(readFileSync(join(goldens, "lecture.json"), "utf8")) as { losses: number[] }[])[0];
  const program = describeProgram(lecturePrograms[0]);
  program.images.length = steps;
  return distance(await runProgram(program, "gpu", "float32"), losses.slice(0, steps));
}

/** Many steps that keep one early result; what the GPU holds at most, and whether that result is still right. */
async function keepEarly(): Promise<{ most: number; early: number[] }> {
  setResidentLimits(100_000, 200_000);
  const x = fromArray(new Float32Array(1000).fill(2), [1000], { device: "gpu" });
  const early = x.mul(x);
  const kept = [early]; // alive, and more than the limits allow: the oldest must move to the host
  let most = 0;
  for (let step = 0; step < 120; step++) {
    const y = early.mul(x).relu().add(x);
    if (step % 4 === 0) kept.push(y);
    await y.data();
    await new Promise(setImmediate);
    most = Math.max(most, residentBytes());
  }
  return { most, early: [...new Set([...(await early.data()), ...(await kept[30].data())])] };
}

interface Training {
  /** Bytes on the GPU at most in the first and in the second half. */
  halves: [first: number, second: number];
  /** How often numbers came back to the host. */
  reads: number;
}

/** A small network trained for 1,000 steps, of which every 50th is waited for. */
async function thousandSteps(): Promise<Training> {
  setResidentLimits(500_000, 5_000_000);
  const net = new nn.Sequential(new nn.Conv2d(1, 4, 3), new nn.ReLU(), new nn.Flatten(), new nn.Linear(144, 2)).to(
    "gpu",
  );
  const optimizer = new SGD(net.parameters(), { lr: 0.01 });
  const x = fromArray(new Float32Array(2 * 64).fill(0.5), [2, 1, 8, 8], { device: "gpu" });
  const labels = fromArray(Int32Array.of(0, 1), [2], { device: "gpu" });
  const halves: [number, number] = [0, 0];
  let reads = 0;
  const read = Reflect.get(GpuArray.prototype, "read");
  GpuArray.prototype.read = function (this: GpuArray) {
    if (!this.now() || this.onDevice()) reads++;
    return read.call(this);
  };
  for (let step = 0; step < 1000; step++) {
    optimizer.zeroGrad();
    F.crossEntropy(net(x), labels).backward();
    optimizer.step();
    // No number is read in between: only the queue must not grow without bounds.
    if (step % 50 === 49) await net.parameters()[0].data();
    const half = step < 500 ? 0 : 1;
    halves[half] = Math.max(halves[half], residentBytes());
  }
  GpuArray.prototype.read = read;
  return { halves, reads };
}

export interface Report {
  info: GpuInfo;
  comparisons: Comparison[];
  lecture: number;
  kept: { most: number; early: number[] };
  training: Training;
}

/** Without a second argument: only what the device is. */
if (require.main === module)
  void (async () => {
    if (process.argv[2] !== "all") return process.stdout.write(JSON.stringify({ info: await gpuInfo() }));
    const comparisons = [...(await compareSamples()), ...(await compareGoldens())];
    const lecture = await compareLecture(50);
    const [kept, training] = [await keepEarly(), await thousandSteps()];
    const report: Report = { info: await gpuInfo(), comparisons, lecture, kept, training };
    return process.stdout.write(JSON.stringify(report));
  })();
