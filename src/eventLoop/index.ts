/** Room for the notebook while the engine works: messages are only served when the event loop turns. */

import { checkpoint } from "../notebook";
import { turn } from "./platform";

/** Milliseconds of work between two turns: short enough for a slider to feel live, long enough to cost nothing. */
const WORK_BETWEEN_TURNS = 15;

/** When the event loop last turned here, by `performance.now()`. */
const loop = { turnedAt: 0 };

/**
 * Lets the event loop turn once if it has not for 15 ms. Awaiting a resolved promise does not: it only runs
 * microtasks, and comm messages would starve until the cell ends.
 */
export async function yieldToEventLoop(): Promise<void> {
  checkpoint();
  if (performance.now() - loop.turnedAt < WORK_BETWEEN_TURNS) return;
  await turn();
  loop.turnedAt = performance.now();
}
