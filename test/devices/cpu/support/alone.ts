import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** Where the compiled package and its tests lie. */
export const DIST = join(__dirname, "..", "..", "..", "..");

/** What a program prints that has a process, and so kernels, of its own. */
export function alone(program: string, threads: number): [number | null, string, string] {
  const source = `const { F, fromArray, nn, noGrad, ones, tensor } = require(${JSON.stringify(join(DIST, "src/index.js"))});
    (async () => { ${program} })();`;
  const env = { ...process.env, RECEPTIVE_THREADS: String(threads) };
  const run = spawnSync(process.execPath, ["-e", source], { timeout: 20_000, encoding: "utf8", env });
  return [run.status, run.stdout, run.stderr];
}
