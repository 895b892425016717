/**
 * What a cell has started without waiting for it gets one turn of the event loop before the cell ends, so that an error
 * that comes at once stands below the cell: who executes notebooks listens no longer than that.
 */
import { native } from "../platform";

/** The longest wait in milliseconds, if the turn is full of other work. */
const PATIENCE = 50;

export function settle(): Promise<void> {
  return new Promise((done) => {
    const late = native.setTimeout(done, PATIENCE);
    // Node makes a timer of 0 ms one of 1 ms; those that the cell has set come before this one.
    native.setTimeout(() => {
      native.setImmediate(() => {
        native.clearTimeout(late);
        done();
      });
    }, 1);
  });
}
