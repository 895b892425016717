/**
 * Timers and fetch as cells see them. What an interrupted cell has started ends with it: its intervals and requests
 * stop, and it can set no new timer, so that a chain of them ends as a loop does.
 */
import { native, type Timer } from "../platform";
import { inOwnContext, ownContext } from "./context";
import { Interrupted } from "./interrupted";

type Start = (...given: never[]) => unknown;

/** Replaces the global timers and fetch. */
export function installTimers(): void {
  /** By timer, which is a number in a page. */
  const forgetting = new Map<unknown, () => void>();
  const forget = (timer: unknown): void => {
    forgetting.get(timer)?.();
    forgetting.delete(timer);
  };

  const started = <T extends Start>(start: T, after: (timer: unknown) => void = () => {}): T =>
    like(start, (...given) => {
      if (ownContext()?.interrupted) throw new Interrupted();
      const [callback, ...rest] = given as unknown as [() => void, ...never[]];
      const carried = typeof callback === "function" ? inOwnContext(callback) : callback;
      const timer = start(carried as never, ...rest);
      after(timer);
      return timer;
    });
  const stopped = <T extends Start>(stop: T): T =>
    like(stop, (...given) => {
      forget(given[0]);
      return stop(...given);
    });

  const setInterval = started(native.setInterval as Start, (timer) => {
    const done = ownContext()?.onInterrupt(() => {
      forgetting.delete(timer);
      native.clearInterval(timer as Timer);
    });
    if (done) forgetting.set(timer, done);
  });
  Object.assign(globalThis, {
    setTimeout: started(native.setTimeout as Start),
    setImmediate: started(native.setImmediate as Start),
    setInterval,
    clearInterval: stopped(native.clearInterval),
    clearTimeout: stopped(native.clearTimeout),
    fetch: like(native.fetch, interruptibleFetch),
  });
}

const interruptibleFetch: typeof fetch = async (input, init) => {
  const context = ownContext();
  if (!context) return native.fetch(input, init);
  if (context.interrupted) throw new Interrupted();
  const controller = new AbortController();
  const done = context.onInterrupt(() => controller.abort(new Interrupted()));
  const given = init?.signal ?? (input instanceof Request ? input.signal : null);
  const signal = given ? AbortSignal.any([given, controller.signal]) : controller.signal;
  try {
    const response = await native.fetch(input, { ...init, signal });
    // The body may still be on its way: the request stays stoppable as long as the response is in use.
    finished.register(response, done);
    return response;
  } catch (error) {
    done();
    throw context.interrupted ? new Interrupted() : error;
  }
};
const finished = new FinalizationRegistry<() => void>((done) => done());

/** The function with the properties of the original, such as `util.promisify.custom`. */
function like<T extends (...given: never[]) => unknown>(original: T, replacement: T | Start): T {
  return Object.defineProperties(replacement, Object.getOwnPropertyDescriptors(original)) as T;
}
