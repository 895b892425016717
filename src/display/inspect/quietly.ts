import { noGrad } from "../../autograd/noGrad";
import { inEvaluation } from "../../nn/module";
import { Random, withRandom } from "../../tensor/random";

/**
 * What `body` returns, computed without a trace: in evaluation mode, without gradients, and with random numbers of its own, so that
 * a training that is looked at goes on as if nobody had looked. If `body` returns a promise, that holds for what it did before
 * it waited.
 */
export function quietly<T>(body: () => T): T {
  let result: { value: T } | undefined;
  // ambient values last for a synchronous function, and a promise must not be what it returns.
  const run = (): void => void (result = { value: body() });
  inEvaluation(() => noGrad(() => withRandom(new Random(0), run)));
  return (result as unknown as { value: T }).value;
}
