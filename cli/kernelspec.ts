/** The kernelspec: the folder that tells Jupyter how to start the kernel. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { DISPLAY_NAME, KERNEL_NAME } from "../kernel/info";

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

/** Starts this copy of the kernel with the Node that runs now. */
export const OWN_ARGUMENTS = [process.execPath, join(__dirname, "..", "kernel", "main.js"), "{connection_file}"];

/** Writes `kernel.json` and the logo into a folder, which is made if it is not there. */
export function writeKernelspec(folder: string, argv: readonly string[] = OWN_ARGUMENTS): void {
  const spec = {
    argv,
    display_name: DISPLAY_NAME,
    language: "typescript",
    interrupt_mode: "message",
    metadata: { debugger: false },
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "kernel.json"), `${JSON.stringify(spec, null, 2)}\n`);
  writeFileSync(join(folder, "logo-svg.svg"), LOGO);
}

/** @returns the folder of the kernelspec, `<prefix>/share/jupyter/kernels/receptive` */
export function installKernelspec(prefix: string): string {
  const folder = resolve(prefix, "share", "jupyter", "kernels", KERNEL_NAME);
  writeKernelspec(folder);
  return folder;
}
