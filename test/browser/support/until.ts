/** Waiting for a page to come to a state. */
import { expect } from "chai";
import { pause } from "../../support/jupyterServer";

/** What `read` gives once it holds. */
export async function until<T>(what: string, read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  for (const deadline = Date.now() + 20_000; ; await pause(50)) {
    const value = await read();
    if (holds(value)) return value;
    if (Date.now() > deadline) expect.fail(`${what}: ${JSON.stringify(value)}`);
  }
}
