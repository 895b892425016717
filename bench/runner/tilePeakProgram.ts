/** Prints the GFLOP/s of the best tile in this process. Arguments: the folder of the modules, and seconds. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { DEPTH, tiles } from "./tilePeak";

// TypeScript declares WebAssembly only together with the browser's DOM.
declare const WebAssembly: {
  validate(bytes: Uint8Array): boolean;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: unknown };
};

/** How many times a tile runs between two looks at the clock: about a millisecond. */
const TIMES = 2000;

function main(folder: string, seconds: number): void {
  // Node 20 has fused multiplication behind this flag; later versions have it by default.
  setFlagsFromString("--experimental-wasm-relaxed-simd");
  const loops = ["fused", "plain"]
    .map((name) => readFileSync(join(folder, `${name}.wasm`)))
    .filter((bytes) => WebAssembly.validate(bytes))
    .map((bytes) => {
      const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: {} });
      return (exports as { loop(n: number, which: number): void }).loop;
    });
  let best = 0;
  for (const end = performance.now() + seconds * 1000; performance.now() < end;)
    for (const loop of loops)
      tiles.forEach(([rows, vectors], which) => {
        const began = performance.now();
        loop(TIMES, which);
        const flops = 2 * rows * 4 * vectors * DEPTH * TIMES;
        best = Math.max(best, flops / (performance.now() - began) / 1e6);
      });
  process.stdout.write(String(best));
}

main(process.argv[2], Number(process.argv[3]));
