import { inspect, native } from "../../platform";
import type { CellParts } from "./parts";

/** What {@link timeit} measured, in milliseconds a call. */
export interface Timing {
  readonly mean: number;
  /** Standard deviation over the rounds. */
  readonly deviation: number;
  readonly best: number;
  readonly rounds: number;
  /** Calls a round. */
  readonly calls: number;
}

declare global {
  /** How long a function takes: several rounds within about `seconds` (default 1); a promise is awaited. */
  function timeit(body: () => unknown, options?: { seconds?: number }): Promise<Timing>;
}

const ROUNDS = 7;
const MIN_ROUNDS = 3;

class Measured implements Timing {
  constructor(
    readonly mean: number,
    readonly deviation: number,
    readonly best: number,
    readonly rounds: number,
    readonly calls: number,
  ) {}

  [inspect.custom](): string {
    const { rounds, calls } = this;
    const of = `${rounds} rounds, ${calls} call${calls === 1 ? "" : "s"} each`;
    return `${duration(this.mean)} ± ${duration(this.deviation)} a call (best ${duration(this.best)}; ${of})`;
  }
}

export const timeit =
  (cell: CellParts): typeof globalThis.timeit =>
  (body, { seconds = 1 } = {}) =>
    measure(body, seconds, () => cell.checkInterrupt());

async function measure(body: () => unknown, seconds: number, checkInterrupt: () => void): Promise<Timing> {
  if (typeof body !== "function") {
    throw new TypeError(`timeit: expected a function. Write await timeit(() => ...).`);
  }
  if (!(seconds > 0)) throw new RangeError(`timeit: seconds must be above 0, got ${String(seconds)}.`);

  const round = async (calls: number): Promise<number> => {
    const started = performance.now();
    for (let i = 0; i < calls; i++) {
      checkInterrupt();
      const result = body();
      if (result instanceof Promise) await result;
    }
    const milliseconds = performance.now() - started;
    // The notebook is served between rounds.
    await new Promise<void>((done) => native.setImmediate(done));
    return milliseconds;
  };

  const wanted = (seconds * 1000) / ROUNDS;
  await round(1);
  let calls = 1;
  let last = await round(calls);
  while (last < wanted / 4) {
    calls = Math.max(calls * 2, Math.min(calls * 100, Math.floor((calls * wanted) / Math.max(last, 1e-3))));
    last = await round(calls);
  }
  const count = Math.max(MIN_ROUNDS, Math.min(ROUNDS, Math.round((seconds * 1000) / last)));
  const each: number[] = [];
  for (let i = 0; i < count; i++) each.push((await round(calls)) / calls);
  const mean = each.reduce((sum, t) => sum + t, 0) / count;
  const variance = each.reduce((sum, t) => sum + (t - mean) ** 2, 0) / count;
  return new Measured(mean, Math.sqrt(variance), Math.min(...each), count, calls);
}

/** Milliseconds in the unit that gives three readable digits. */
function duration(milliseconds: number): string {
  const units: [number, string][] = [
    [1000, "s"],
    [1, "ms"],
    [1e-3, "µs"],
    [1e-6, "ns"],
  ];
  const [size, name] = units.find(([least]) => milliseconds >= least) ?? [1e-6, "ns"];
  return `${Number((milliseconds / size).toPrecision(3))} ${name}`;
}
