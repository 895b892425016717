import { ambient } from "../../ambient";
import type { Transform } from "./transform";

/** What a random transform drew in one call: for each image of its stack. */
export interface Recorded {
  transform: Transform;
  draws: readonly unknown[];
}

const recording = ambient<Recorded[] | null>("recordDraws", null, "A transform returns its images, not a promise.");

/** @internal What `body` returns, and what the random transforms drew in it, in the order in which they ran. */
export function recordDraws<T>(body: () => T): { result: T; recorded: Recorded[] } {
  const recorded: Recorded[] = [];
  return { result: recording.during(recorded, body), recorded };
}

/** Tells whoever records. */
export const tellDraws = (transform: Transform, draws: readonly unknown[]): void =>
  void recording.current?.push({ transform, draws });
