import { allThreads } from "../runner/peers";

/** One thread, and all. */
export const threadCounts: readonly number[] = allThreads > 1 ? [1, allThreads] : [1];

export const withThreads = (name: string, threads: number): string =>
  `${name}, ${threads} ${threads === 1 ? "thread" : "threads"}`;
