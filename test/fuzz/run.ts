/** Random cases until the time is over, for whatever was tried least so far. */
import { Random } from "../../src/tensor/random";
import { conv2dWays, fuzzConv2d } from "./conv";
import { fuzzedOps, fuzzOp } from "./ops";
import type { Outcome } from "./outcome";

export interface FuzzOptions {
  minutes: number;
  seed: number;
  device: "cpu" | "gpu";
  /** Is told of each problem, once. */
  onProblem?: (problem: string) => void;
}

export interface FuzzResult {
  /** How many cases each op and each way of conv2d had. */
  cases: Map<string, number>;
  problems: string[];
}

export async function fuzz({ minutes, seed, device, onProblem }: FuzzOptions): Promise<FuzzResult> {
  const random = new Random(seed);
  const cases = new Map<string, number>(fuzzedOps.map((op) => [op.definition.name, 0]));
  if (device === "cpu") for (const way of conv2dWays) cases.set(`conv2d ${way}`, 0);
  const problems: string[] = [];
  const note = (outcome: Outcome | null, prefix = ""): void => {
    for (const name of outcome?.covers ?? []) cases.set(prefix + name, (cases.get(prefix + name) ?? 0) + 1);
    for (const problem of outcome?.problems ?? []) {
      problems.push(`${outcome?.what}: ${problem}`);
      onProblem?.(problems[problems.length - 1]);
    }
  };
  const end = performance.now() + minutes * 60_000;
  while (performance.now() < end) {
    const leastOp = leastTried(fuzzedOps, (op) => cases.get(op.definition.name) ?? 0);
    // An op may refuse most of what is drawn; the others go on all the same.
    for (let tries = 0; tries < 5; tries++) note(await fuzzOp(leastOp, device, random));
    note(await fuzzOp(fuzzedOps[random.int(fuzzedOps.length)], device, random));
    if (device === "cpu")
      for (let tries = 0; tries < 3; tries++)
        note(
          fuzzConv2d(random, (way) => cases.get(`conv2d ${way}`) ?? 0),
          "conv2d ",
        );
  }
  return { cases, problems };
}

const leastTried = <T>(all: readonly T[], tried: (each: T) => number): T =>
  all.reduce((least, each) => (tried(each) < tried(least) ? each : least));
