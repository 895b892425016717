/** The engine in a page: an ES module whose address the page gives. */
import { asCommonJs } from "./run/commonJs";

class Engine {
  private address: string | null = null;
  private loading: Promise<object> | null = null;
  private module: object | null = null;
  /** Why it is not loaded. */
  failure: unknown = new Error("receptive: it is not loaded yet.");

  /** @param address of an ES module, such as dist/browser/receptive.js */
  setAddress(address: string): void {
    this.address = address;
  }

  /** What `require("receptive")` gives; null before {@link load} has ended. */
  get loaded(): object | null {
    return this.module;
  }

  /** A failure is not kept: the next cell tries again. */
  load(): Promise<object> {
    const { address } = this;
    if (address === null) return Promise.reject(new Error(`receptive: the page has not said where it lies.`));
    this.loading ??= import(/* webpackIgnore: true */ address).then(
      (namespace: object) => (this.module = asCommonJs(namespace)),
      (error: unknown) => {
        this.loading = null;
        this.failure = error;
        throw error;
      },
    );
    return this.loading;
  }
}
export const engine = new Engine();
