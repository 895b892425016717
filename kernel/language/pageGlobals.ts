/** Types of the names that a page gives to cells, in place of Node's: those that lectures use, not the hundreds of the DOM. */
export const PAGE_GLOBALS = `
interface Console {
  log(...data: unknown[]): void;
  info(...data: unknown[]): void;
  warn(...data: unknown[]): void;
  error(...data: unknown[]): void;
  debug(...data: unknown[]): void;
  dir(item: unknown, options?: object): void;
  table(data: unknown, columns?: readonly string[]): void;
  time(label?: string): void;
  timeEnd(label?: string): void;
  timeLog(label?: string, ...data: unknown[]): void;
  assert(condition?: boolean, ...data: unknown[]): void;
  group(...data: unknown[]): void;
  groupEnd(): void;
  count(label?: string): void;
}
declare var console: Console;
declare var process: { readonly env: Record<string, string | undefined> };
declare var performance: { now(): number };
declare function setTimeout(callback: (given: void) => void, ms?: number): number;
declare function setTimeout<A extends unknown[]>(callback: (...given: A) => void, ms?: number, ...given: A): number;
declare function clearTimeout(timer: number | undefined): void;
declare function setInterval(callback: (given: void) => void, ms?: number): number;
declare function setInterval<A extends unknown[]>(callback: (...given: A) => void, ms?: number, ...given: A): number;
declare function clearInterval(timer: number | undefined): void;
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<T>(value: T): T;
interface Response {
  readonly ok: boolean;
  readonly status: number;
  readonly statusText: string;
  text(): Promise<string>;
  json(): Promise<any>;
  arrayBuffer(): Promise<ArrayBuffer>;
}
declare function fetch(url: string, options?: { method?: string; headers?: Record<string, string>; body?: string }): Promise<Response>;
declare class TextEncoder { encode(text?: string): Uint8Array<ArrayBuffer>; }
declare class TextDecoder { constructor(label?: string); decode(bytes?: ArrayBuffer | ArrayBufferView): string; }
interface SymbolConstructor { readonly dispose: unique symbol; readonly asyncDispose: unique symbol; }
interface Disposable { [Symbol.dispose](): void; }
interface AsyncDisposable { [Symbol.asyncDispose](): PromiseLike<void>; }
`;
