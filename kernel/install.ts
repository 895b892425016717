/** Writes the kernelspec: `node dist/kernel/install.js --prefix DIR`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { DISPLAY_NAME, KERNEL_NAME } from "./info";

/** Three nested receptive fields. */
const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" role="img" aria-label="Receptive">
  <rect width="64" height="64" rx="12" fill="#1d3557"/>
  <g fill="none" stroke-width="4">
    <rect x="10" y="10" width="44" height="44" rx="4" stroke="#457b9d"/>
    <rect x="18" y="18" width="28" height="28" rx="3" stroke="#a8dadc"/>
  </g>
  <rect x="26" y="26" width="12" height="12" rx="2" fill="#f4a261"/>
</svg>
`;

/** @returns the folder of the kernelspec, `<prefix>/share/jupyter/kernels/receptive` */
export function installKernelspec(prefix: string): string {
  const folder = resolve(prefix, "share", "jupyter", "kernels", KERNEL_NAME);
  const spec = {
    argv: [process.execPath, join(__dirname, "main.js"), "{connection_file}"],
    display_name: DISPLAY_NAME,
    language: "typescript",
    interrupt_mode: "message",
    metadata: { debugger: false },
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "kernel.json"), `${JSON.stringify(spec, null, 2)}\n`);
  writeFileSync(join(folder, "logo-svg.svg"), LOGO);
  return folder;
}

if (require.main === module) {
  const at = process.argv.indexOf("--prefix");
  const prefix = at < 0 ? undefined : process.argv[at + 1];
  if (prefix === undefined) {
    console.error("usage: node dist/kernel/install.js --prefix DIR");
    process.exitCode = 2;
  } else {
    console.log(`kernelspec ${KERNEL_NAME} -> ${installKernelspec(prefix)}`);
  }
}
