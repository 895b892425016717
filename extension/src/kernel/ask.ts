/** A question to the kernel about an object of its notebook, and the answer. No DOM here. */
import type { AnswerTo, QuestionName, Questions } from "../../../src/protocol";
import { readAnswer } from "./answers";
import { AskError } from "./askError";
import { InspectComm } from "./comm";
import { isAlive, type KernelConnection } from "./connection";

/** Only our kernel has the comm; another would complain about it in its log. */
const IMPLEMENTATION = "receptive";
/** Milliseconds. The kernel answers between two steps of a cell, and a cell may compute for a while. */
const TIMEOUT = 10_000;

export interface AskOptions<Name extends QuestionName> {
  /** Numbers that travel beside the question, as its row says; default none. */
  floats?: Questions[Name]["askFloats"];
  /** Takes the question back. */
  signal?: AbortSignal;
  /** In milliseconds; default 10,000. */
  timeout?: number;
}

/**
 * What the kernel answers to a question about the object of that id.
 * @throws AskError in one line; its `reason` says whether it is worth asking again
 */
export async function ask<Name extends QuestionName>(
  kernel: KernelConnection | undefined,
  id: string,
  name: Name,
  question: Questions[Name]["ask"],
  { floats = [] as unknown as Questions[Name]["askFloats"], signal, timeout = TIMEOUT }: AskOptions<Name> = {},
): Promise<AnswerTo<Name>> {
  if (!kernel || !isAlive(kernel)) throw noKernel();
  const end = new AbortController();
  let late = false;
  const clock = setTimeout(() => {
    late = true;
    end.abort();
  }, timeout);
  const onAbort = (): void => end.abort();
  signal?.addEventListener("abort", onAbort, { once: true });
  if (signal?.aborted) end.abort();
  try {
    const { implementation } = await until(kernel.info, end.signal);
    if (implementation !== IMPLEMENTATION) throw noKernel();
    const comm = InspectComm.of(kernel);
    const { message, buffers } = await comm.exchange(id, { ask: name, ...question }, floats, end.signal);
    if (message.error !== undefined) throw new AskError(message.gone ? "gone" : "failed", message.error);
    const answer = readAnswer(name, message.content, buffers);
    if (!answer)
      throw new AskError("unreadable", `The kernel's answer to "${name}" is not readable. Update receptive.`);
    return answer;
  } catch (error) {
    if (late) throw new AskError("timeout", "The kernel is busy. Ask again when the cell has ended.");
    throw error;
  } finally {
    clearTimeout(clock);
    signal?.removeEventListener("abort", onAbort);
  }
}

const noKernel = (): AskError =>
  new AskError("noKernel", "No kernel of Receptive is running. Start one and run the cell again.");

/** What the promise resolves to, unless the signal comes first. */
function until<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new AskError("aborted", "Nobody waits for the answer."));
    if (signal.aborted) return stop();
    signal.addEventListener("abort", stop, { once: true });
    promise.then(resolve, () => reject(noKernel())).finally(() => signal.removeEventListener("abort", stop));
  });
}
