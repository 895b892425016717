import { ambient } from "../ambient";
import { wrongKind } from "../arguments";

/**
 * Seeded random numbers: xoshiro128** (Blackman & Vigna 2018), seeded by splitmix32. The same seed gives the same
 * numbers on every machine and device.
 */
export class Random {
  private readonly state = new Uint32Array(4);
  private spareNormal: number | null = null;

  /** @param seed any finite number; its integer part counts */
  constructor(seed: number) {
    this.seed(seed);
  }

  /** Starts anew: the numbers to come are those of a new generator with this seed. */
  seed(seed: number): void {
    this.spareNormal = null;
    let s = Math.trunc(seed) >>> 0;
    // The bits above 2^32 count too, so that large seeds differ.
    let high = Math.floor(Math.abs(Math.trunc(seed)) / 2 ** 32) >>> 0;
    for (let i = 0; i < 4; i++) {
      s = (s + 0x9e3779b9) >>> 0;
      let z = s ^ high;
      high = Math.imul(high, 0x85ebca6b) >>> 0;
      z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
      this.state[i] = z ^ (z >>> 15);
    }
  }

  /** All that decides the numbers to come. */
  getState(): number[] {
    return [...this.state, ...(this.spareNormal === null ? [] : [this.spareNormal])];
  }
  /** Goes on as the generator that gave the state would have. */
  setState(numbers: readonly number[]): void {
    this.state.set(numbers.slice(0, 4));
    this.spareNormal = numbers[4] ?? null;
  }

  /** 32 random bits. */
  bits(): number {
    const s = this.state;
    const product = Math.imul(s[1], 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = (s[3] << 11) | (s[3] >>> 21);
    return result;
  }

  /** Uniform in [0, 1), 53 bits. */
  next(): number {
    return ((this.bits() >>> 5) * 67108864 + (this.bits() >>> 6)) / 9007199254740992;
  }

  /** A whole number from 0 to n-1. */
  int(n: number): number {
    return Math.floor(this.next() * n);
  }

  /** Standard normal, by Box and Muller's method. */
  normal(): number {
    if (this.spareNormal !== null) {
      const spare = this.spareNormal;
      this.spareNormal = null;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    const angle = 2 * Math.PI * this.next();
    this.spareNormal = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /** The numbers 0 to n-1 in random order (Fisher and Yates). */
  permutation(n: number): Int32Array {
    const order = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.int(i + 1);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }
}

// PyTorch too starts from a fixed seed, so that a program without manualSeed gives the same numbers twice.
const engine = new Random(67280421310721);
/** In place of the engine's generator while a function runs. */
const own = ambient<Random | null>("withRandom", null);

/** Starts the engine's random numbers anew: initialisation, shuffling, dropout and augmentation follow from it. */
export function manualSeed(seed: number): void {
  if (typeof seed !== "number" || !Number.isFinite(seed))
    throw wrongKind("manualSeed", "seed", "a number", seed, "Write manualSeed(1).");
  engine.seed(seed);
}

/**
 * The state of the engine's random numbers, as numbers that a checkpoint can hold: what `setRngState` takes.
 * @see torch.get_rng_state
 * @example
 * const state = getRngState();
 * const [first, again] = [rand([3]), (setRngState(state), rand([3]))]; // the same numbers twice
 */
export const getRngState = (): number[] => defaultRandom().getState();

/**
 * Lets the engine's random numbers go on where they were when `getRngState` gave `state`.
 * @throws RangeError if it is no such state
 * @see torch.set_rng_state
 */
export function setRngState(state: readonly number[]): void {
  const isState = Array.isArray(state) && (state.length === 4 || state.length === 5);
  if (
    !isState ||
    !state.every((number) => Number.isFinite(number)) ||
    state.slice(0, 4).every((number) => number === 0)
  )
    throw new RangeError(`setRngState: this is no state of the random numbers. Give what getRngState() returned.`);
  defaultRandom().setState(state);
}

/** The generator that everything without a seed of its own draws from. */
export const defaultRandom = (): Random => own.current ?? engine;

/** `run` with `random` in place of the engine's random numbers. It must not wait: others would draw from them meanwhile. */
export const withRandom = <T>(random: Random, run: () => T): T => own.during(random, run);
