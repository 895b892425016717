/**
 * What register tiles of WebAssembly reach on this machine: the inner loop of a matrix product over numbers that lie in
 * the nearest cache. It is measured apart from any engine, so that a share of it means the same tomorrow.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "./peers";

const run = promisify(execFile);

/** Rows and vectors of four columns of a tile. */
export const tiles = [
  [4, 2],
  [5, 2],
  [6, 2],
] as const;

/** How many steps a tile takes over the inner dimension; both operands then fill half of the nearest cache. */
export const DEPTH = 256;

/** AssemblyScript: `loop(n, which)` runs one of the tiles n times. */
export function tileSource(fused: boolean): string {
  const each = (count: number, line: (i: number) => string): string =>
    Array.from({ length: count }, (_, i) => line(i)).join("\n");
  const tile = (rows: number, vectors: number): string => `
function tile${rows}x${vectors}(a: usize, b: usize, c: usize): void {
${each(rows * vectors, (i) => `  let c${i} = f32x4.splat(0);`)}
  for (let p = 0; p < ${DEPTH}; p++) {
${each(vectors, (v) => `    const b${v} = v128.load(b, ${16 * v});`)}
    let s: v128;
${each(rows, (r) => {
  const product = (v: number): string => {
    const sum = `c${r * vectors + v}`;
    return fused
      ? `    ${sum} = f32x4.relaxed_madd(s, b${v}, ${sum});`
      : `    ${sum} = f32x4.add(${sum}, f32x4.mul(s, b${v}));`;
  };
  return `    s = v128.load32_splat(a, ${4 * r});\n${each(vectors, product)}`;
})}
    a += ${4 * rows}; b += ${16 * vectors};
  }
${each(rows * vectors, (i) => `  v128.store(c, c${i}, ${16 * i});`)}
}`;
  const calls = tiles.map(
    ([rows, vectors], which) => `    if (which == ${which}) tile${rows}x${vectors}(1024, 16384, 65536);`,
  );
  return `
export function loop(n: i32, which: i32): void {
  for (let i = 0; i < n; i++) {
${calls.join("\n")}
  }
}
${tiles.map(([rows, vectors]) => tile(rows, vectors)).join("\n")}`;
}

/** GFLOP/s of so many processes at once, each with the tile that is best there. */
export async function tilePeak(threads: number, rounds: number, seconds: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "receptive-bench-"));
  try {
    const compiler = join(root, "node_modules", "assemblyscript", "bin", "asc.js");
    for (const [name, fused] of [
      ["fused", true],
      ["plain", false],
    ] as const) {
      const source = join(folder, `${name}.ts`);
      writeFileSync(source, tileSource(fused));
      const features = ["--enable", "simd", ...(fused ? ["--enable", "relaxed-simd"] : [])];
      const output = ["--runtime", "stub", "--initialMemory", "2", "--outFile", join(folder, `${name}.wasm`)];
      await run(process.execPath, [compiler, source, "-O3", "--noAssert", ...features, ...output]);
    }
    const program = join(root, "dist", "bench", "runner", "tilePeakProgram.js");
    let best = 0;
    for (let round = 0; round < rounds; round++) {
      const each = Array.from({ length: threads }, () => run(process.execPath, [program, folder, String(seconds)]));
      const rates = (await Promise.all(each)).map(({ stdout }) => Number(stdout));
      best = Math.max(
        best,
        rates.reduce((sum, rate) => sum + rate, 0),
      );
    }
    return best;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
