/**
 * The kernels once more, for the test that no chunk of a job touches what is another chunk's: before every load and store
 * they tell an import where it goes, and `fork` leaves it to an import in which order the chunks run.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { hashOf, stampOf } from "./files.mjs";
import { inRoot, shown } from "./paths.mjs";
import { runLogged } from "./run.mjs";
import { runCommand } from "./userError.mjs";
import { compiler, entry, flags, kernelFiles } from "./wasm.mjs";

const output = inRoot("dist", "test", "devices", "cpu", "checked.wasm");
const text = `${output}.wat`;
const stamp = stampOf("checked-wasm");
const inputs = () => hashOf([...kernelFiles(), inRoot("scripts", "lib", "checkedWasm.mjs")]);

export const checkedWasm = {
  name: "checked WebAssembly",
  what: "asc and binaryen",
  isDone: () => stamp.is(inputs()),
  async run() {
    const hash = inputs();
    mkdirSync(dirname(output), { recursive: true });
    // Functions and constants must stay whole, so that they can be found by their names.
    const plain = [...flags.filter((flag) => flag !== "-O3"), "--optimizeLevel", "0"];
    const args = [compiler, shown(entry), "--outFile", output, "--textFile", text, ...plain];
    await runLogged("asc", process.execPath, args, { log: "asc.checked" });
    const wat = readFileSync(text, "utf8");
    writeFileSync(`${output}.jobs.json`, JSON.stringify(jobNames(wat)));
    const { default: binaryen } = await import("assemblyscript/binaryen");
    const module = binaryen.parseText(instrumented(wat));
    module.setFeatures(binaryen.Features.All);
    if (!module.validate()) throw new Error("binaryen: the checked kernels are no valid module.");
    writeFileSync(output, module.emitBinary());
    stamp.set(hash);
  },
};

/** The functions that chunks run, by their place in the module's table, which begins at 1. */
const jobNames = (wat) => ["", .../\(elem \$0 \(i32.const 1\) ([^)]*)\)/.exec(wat)[1].split(" ")];

/** How many bytes an instruction moves, whether it writes, and the type of the operand above the address. */
function accessOf(instruction) {
  const whole = /^(f32|f64|i32|i64|v128)\.(load|store)(8|16|32|64)?(_s|_u|_splat|_zero|_lane)?(?= |$)/;
  const match = whole.exec(instruction);
  if (!match) return null;
  const [, type, kind, part, how] = match;
  const bytes = part ? Number(part) / 8 : { f32: 4, f64: 8, i32: 4, i64: 8, v128: 16 }[type];
  return { bytes, writes: kind === "store", above: kind === "store" || how === "_lane" ? type : null };
}

const imports = [
  ["read", "(param i32 i32 i32) (result i32)"],
  ["write", "(param i32 i32 i32) (result i32)"],
  ["copy", "(param i32 i32 i32)"],
  ["fill", "(param i32 i32 i32)"],
  ["fork", "(param i32 i32)"],
  ["work", "(param f64) (result f64)"],
];
const hook = (name) => `$checker/${name}`;
const fork = "$src/devices/cpu/fork.as/fork";
/** How much work a chunk must have at least. */
const leastWork = /^global\.get \S+\/CHUNK_(WORK|NUMBERS)$/;

/** The module's text, one instruction a line, with a call before each access to memory. */
export function instrumented(wat) {
  const out = [];
  let header = [];
  let inFunction = "";
  const endHeader = () => {
    if (header.length === 0) return;
    out.push(...header, ...["f32", "f64", "i32", "i64", "v128"].map((type) => `  (local $above_${type} ${type})`));
    header = [];
    if (inFunction === fork)
      out.push("  local.get $0", "  i32.load", "  local.get $1", `  call ${hook("fork")}`, "  return");
  };
  for (const line of wat.split("\n")) {
    const instruction = line.trim();
    if (instruction.startsWith("(import ")) {
      for (const [name, type] of imports) out.push(` (import "checker" "${name}" (func ${hook(name)} ${type}))`);
      out.push(line.replace(" shared)", ")"));
      continue;
    }
    if (line.startsWith(" (func ")) {
      inFunction = /^\(func (\S+)/.exec(instruction)[1];
      header = [line];
      continue;
    }
    if (header.length > 0 && instruction.startsWith("(local ")) {
      header.push(line);
      continue;
    }
    endHeader();
    // Its own loads and stores are the scheduler's, which the import replaces.
    const access = inFunction.startsWith("$src/devices/cpu/fork.as/") ? null : accessOf(instruction);
    if (access) {
      const offset = /offset=(\d+)/.exec(instruction)?.[1] ?? "0";
      if (access.above) out.push(`  local.set $above_${access.above}`);
      out.push(
        `  i32.const ${offset}`,
        `  i32.const ${access.bytes}`,
        `  call ${hook(access.writes ? "write" : "read")}`,
      );
      if (access.above) out.push(`  local.get $above_${access.above}`);
    }
    // The import does what these do, too.
    if (instruction === "memory.copy") out.push(`  call ${hook("copy")}`);
    else if (instruction === "memory.fill") out.push(`  call ${hook("fill")}`);
    else if (leastWork.test(instruction)) out.push(line, `  call ${hook("work")}`);
    else out.push(line);
  }
  // The module's last line closes it; what JavaScript calls to run one chunk of a job comes before.
  const end = out.lastIndexOf(")");
  const runChunk = ` (func (export "runChunk") (param $job i32) (param $chunk i32) local.get $chunk local.get $job call_indirect (param i32))`;
  return [...out.slice(0, end), runChunk, ...out.slice(end)].join("\n");
}

/** `node scripts/buildChecked.mjs`: for a test that is run by hand. */
export const main = () => runCommand(async () => void (checkedWasm.isDone() || (await checkedWasm.run())));
