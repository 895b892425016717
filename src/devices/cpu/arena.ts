/** The kernels' memory: a heap of blocks that grows as more of them are asked for. */
import { DeviceError } from "../../errors";
import { Heap } from "./heap";
import type { WasmMemory } from "./module";

const PAGE_BYTES = 65536;
const MOST_BYTES = 2 ** 32;

export class Arena {
  readonly heap: Heap;
  private view: Float32Array;

  /** @param start the first byte after the kernels' own data */
  constructor(
    private readonly memory: WasmMemory,
    start: number,
  ) {
    this.view = new Float32Array(memory.buffer);
    this.heap = new Heap((start + 63) & ~63, (bytes) => this.grow(bytes));
  }
  /** Another object whenever the memory has grown. */
  get buffer(): ArrayBufferLike {
    return this.memory.buffer;
  }
  /** The whole memory as floats. */
  floats(): Float32Array {
    if (this.view.byteLength !== this.buffer.byteLength) this.view = new Float32Array(this.buffer);
    return this.view;
  }
  /** Makes the memory at least `bytes` long. @throws DeviceError above 4 GiB */
  private grow(bytes: number): void {
    const present = this.buffer.byteLength;
    const missing = bytes - present;
    if (missing <= 0) return;
    // Growing takes long, so the memory grows by an eighth at least.
    const ahead = Math.min(Math.max(missing, present / 8), MOST_BYTES - present);
    try {
      this.memory.grow(Math.ceil(Math.max(missing, ahead) / PAGE_BYTES));
    } catch {
      throw new DeviceError(
        `cpu: ${Math.ceil(bytes / 2 ** 20)} MiB are needed at once, WebAssembly's memory has 4096. ` +
          `Use a smaller batch or a smaller network.`,
      );
    }
  }
}
