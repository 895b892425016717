import { wasm } from "../../src/devices/cpu/wasm";

/** Leaves NaN in free blocks of the kernels' memory, so that a kernel that forgets to write a number shows. */
export function poison(): void {
  wasm((kernels, scope) => {
    for (let lines = 1; lines <= 32; lines++)
      for (let block = 0; block < 24; block++) kernels.fill_f32(scope.block(16 * lines), 16 * lines, NaN);
  });
}
