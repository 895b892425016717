import { ambient } from "../ambient";
import { checkFunction } from "../arguments";

const recording = ambient("noGrad", true);

/** Whether operations are recorded now. */
export const isGradEnabled = (): boolean => recording.current;

/**
 * What `body` returns, computed without recording: no graph is kept and results do not require gradients.
 * `body` must be synchronous; wrap each part of an async function on its own.
 * @throws TypeError if `body` returns a promise, because what it awaits would be recorded again
 * @see torch.no_grad
 * @example const prediction = noGrad(() => net(images));
 */
export function noGrad<T>(body: () => T): T {
  if (typeof body !== "function") checkFunction("noGrad", "body", body, "Write noGrad(() => net(x)).");
  return recording.during(false, body);
}

/** @internal What `body` returns, computed with recording, also inside `noGrad`. @see torch.enable_grad */
export const enableGrad = <T>(body: () => T): T => recording.during(true, body);
