import type { Replies } from "./protocol";
import type { Prepared } from "./serve";

const now = (): number => performance.now() / 1000;

/**
 * Times one case. Iterations are timed in blocks that are long enough for the clock, and for what an engine puts off
 * (garbage collection above all) to fall into them; the best block counts.
 */
export class Measurement {
  private iterations = 1;

  /** @param block how long a block should take, in seconds */
  constructor(
    private readonly prepared: Prepared,
    private readonly block: number,
  ) {}

  /**
   * Runs once for the probe, then until `seconds` have passed, and finds how many iterations make a block. What takes
   * longer than that is not warmed up: it is slow for other reasons.
   */
  async prepare(seconds: number): Promise<Replies["prepare"]> {
    const began = now();
    let latest = await this.time(1);
    const probe = (await this.prepared.probe?.()) ?? [];
    while (now() < began + seconds || (this.iterations === 1 && latest < this.block)) {
      latest = await this.time(this.iterations);
      this.iterations = this.fitting(latest);
    }
    return { latest, probe };
  }

  async run(seconds: number): Promise<Replies["run"]> {
    let best = Infinity;
    let iterations = 0;
    const end = now() + seconds;
    do {
      best = Math.min(best, await this.time(this.iterations));
      iterations += this.iterations;
    } while (now() < end);
    return { best, iterations };
  }

  async repeat(times: number): Promise<void> {
    await this.time(times);
  }

  async release(): Promise<void> {
    await this.prepared.release?.();
  }

  /** Seconds per iteration of one block. */
  private async time(iterations: number): Promise<number> {
    const { before, iterate, finish } = this.prepared;
    if (before) {
      let sum = 0;
      for (let i = 0; i < iterations; i++) {
        await before();
        const began = now();
        await iterate();
        sum += now() - began;
      }
      return sum / iterations;
    }
    const began = now();
    for (let i = 0; i < iterations; i++) {
      const promise = iterate();
      // Awaiting what is no promise would cost each operation a microtask.
      if (promise instanceof Promise) await promise;
    }
    if (finish) await finish();
    return (now() - began) / iterations;
  }

  /** Grows at most tenfold at a time, because the first iterations are the slowest. */
  private fitting(seconds: number): number {
    const wanted = Math.ceil(this.block / Math.max(seconds, 1e-9));
    return Math.max(1, Math.min(wanted, this.iterations * 10));
  }
}
