import { Buffer } from "node:buffer";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { runCommand } from "./userError.mjs";
import { filesBelow, hashOf, stampOf } from "./files.mjs";
import { inRoot, shown } from "./paths.mjs";
import { runLogged } from "./run.mjs";

export const entry = inRoot("src", "devices", "cpu", "index.as.ts");
const output = (name) => inRoot("dist", "src", "devices", "cpu", `kernels${name}.wasm`);
/** No runtime and no checks: the kernels work on addresses that the engine hands them. 65536 pages are 4 GiB. */
export const flags = [
  ...["-O3", "--noAssert", "--runtime", "stub", "--enable", "simd", "--enable", "threads"],
  ...["--importMemory", "--sharedMemory", "--initialMemory", "16", "--maximumMemory", "65536"],
];
/** Each with shared memory, and without for browsers that have none. */
const variants = [
  { name: "", extra: [] },
  { name: ".fused", extra: ["--enable", "relaxed-simd"] },
];
const outputs = variants.flatMap(({ name }) => [output(name), output(`${name}.shared`)]);

export const compiler = inRoot("node_modules", "assemblyscript", "bin", "asc.js");
const stamp = stampOf("wasm");
/** What the compiled kernels depend on. */
export const kernelFiles = () => [
  ...filesBelow(inRoot("src")).filter((file) => file.endsWith(".as.ts")),
  inRoot("node_modules", "assemblyscript", "package.json"),
  inRoot("scripts", "lib", "wasm.mjs"),
];
const inputs = () => hashOf(kernelFiles(), flags);

/** The kernels of the cpu device: every `*.as.ts` that the entry reaches, compiled to WebAssembly. */
export const wasm = {
  name: "WebAssembly",
  what: "asc",
  isDone: () => outputs.every(existsSync) && stamp.is(inputs()),
  async run() {
    const hash = inputs();
    mkdirSync(dirname(outputs[0]), { recursive: true });
    await Promise.all(variants.map(compile));
    stamp.set(hash);
  },
};

async function compile({ name, extra }) {
  const shared = output(`${name}.shared`);
  const unfinished = `${shared}.new`;
  const args = [compiler, shown(entry), "--outFile", unfinished, ...flags, ...extra];
  await runLogged("asc", process.execPath, args, { log: `asc${name}` });
  writeFileSync(output(name), withoutSharing(readFileSync(unfinished)));
  renameSync(unfinished, shared);
}

/** The same module for memory that is not shared: one bit of the import "env" "memory" is another. */
function withoutSharing(bytes) {
  const memory = Buffer.from("\x03env\x06memory\x02\x03", "latin1");
  const at = bytes.indexOf(memory);
  if (at < 0) throw new Error("asc: the compiled kernels import no shared memory.");
  bytes[at + memory.length - 1] = 0x01;
  return bytes;
}

/** `npm run build:wasm` */
export const main = () => runCommand(async () => void (wasm.isDone() || (await wasm.run())));
