import { existsSync, mkdirSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import { runCommand } from "./userError.mjs";
import { filesBelow, hashOf, stampOf } from "./files.mjs";
import { inRoot, shown } from "./paths.mjs";
import { runLogged } from "./run.mjs";

const entry = inRoot("src", "devices", "cpu", "index.as.ts");
const output = inRoot("dist", "src", "devices", "cpu", "kernels.wasm");
/** No runtime and no checks: the kernels work on addresses that the engine's arena hands them. */
const flags = ["-O3", "--noAssert", "--runtime", "stub", "--enable", "simd"];

const compiler = inRoot("node_modules", "assemblyscript", "bin", "asc.js");
const stamp = stampOf("wasm");
const inputs = () =>
  hashOf(
    [
      ...filesBelow(inRoot("src")).filter((file) => file.endsWith(".as.ts")),
      inRoot("node_modules", "assemblyscript", "package.json"),
    ],
    flags,
  );

/** The kernels of the cpu device: every `*.as.ts` that the entry reaches, compiled to one WebAssembly file. */
export const wasm = {
  name: "WebAssembly",
  what: "asc",
  isDone: () => existsSync(output) && stamp.is(inputs()),
  async run() {
    const hash = inputs();
    const unfinished = `${output}.new`;
    mkdirSync(dirname(output), { recursive: true });
    await runLogged("asc", process.execPath, [compiler, shown(entry), "--outFile", unfinished, ...flags], {
      log: "asc",
    });
    renameSync(unfinished, output);
    stamp.set(hash);
  },
};

/** `npm run build:wasm` */
export const main = () => runCommand(async () => void (wasm.isDone() || (await wasm.run())));
