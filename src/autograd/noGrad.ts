import { onBreak } from "../devices/checkpoint";

let depth = 0;
onBreak(() => (depth = 0));

/** Whether operations are recorded now. */
export const isGradEnabled = (): boolean => depth === 0;

/**
 * What `body` returns, computed without recording: no graph is kept and results do not require gradients.
 * `body` must be synchronous; wrap each part of an async function on its own.
 * @throws TypeError if `body` returns a promise, because what it awaits would be recorded again
 * @see torch.no_grad
 * @example const prediction = noGrad(() => net(images));
 */
export function noGrad<T>(body: () => T): T {
  depth++;
  try {
    const result = body();
    if (result instanceof Promise)
      throw new TypeError(
        `noGrad: the function is async. Wrap only the synchronous part, noGrad(() => net(x)).`,
      );
    return result;
  } finally {
    depth--;
  }
}
