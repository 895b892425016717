const page = globalThis as { gc?: () => void };

export const canCollect = false as boolean;

/** A page cannot run the garbage collector; memory that it takes and lets go makes V8 run it sooner. */
export function collectGarbage(): void {
  if (page.gc) page.gc();
  else for (let i = 0; i < 4; i++) new ArrayBuffer(64 * 2 ** 20);
}
