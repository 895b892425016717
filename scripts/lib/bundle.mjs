import { copyFileSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, isAbsolute } from "node:path";
import { filesBelow, hashOf, stampOf } from "./files.mjs";
import { inRoot } from "./paths.mjs";
import { bundled, bundledLicences } from "./licences.mjs";
import { runRspack } from "./rspack.mjs";
import { runCommand } from "./userError.mjs";

const compiled = inRoot("dist", "src");
const device = inRoot("dist", "src", "devices", "cpu");
/** What package.json calls `main`, with the worker and the kernels that it looks for beside itself. */
const output = inRoot("dist", "node");
const file = inRoot("dist", "node", "receptive.js");

/** The same for `import`: Node cannot see the names that a bundle exports, so this file lists them. */
const moduleFile = inRoot("dist", "node", "receptive.mjs");
const require = createRequire(import.meta.url);

/**
 * GPU.js is a part of the package: npm would add Dawn and OpenGL for it, 240 MB that it uses where they are and does not need.
 * Engine and worker load it as a file beside them, as it does acorn; what makes pictures small is a part of the engine's file.
 * Every other package stays outside.
 */
function outside(request) {
  if (/^[./]/.test(request) || isAbsolute(request)) return undefined;
  if (request === "gpu.js") return "commonjs ./gpujs.js";
  if (request === "acorn") return "commonjs ./acorn.js";
  return bundled.includes(request) ? undefined : `commonjs ${request}`;
}

function moduleText() {
  const names = Object.keys(require(file)).sort();
  return `import receptive from "./receptive.js";\nexport const {\n${names.map((name) => `  ${name},\n`).join("")}} = receptive;\n`;
}

const stamp = stampOf("bundle");
const inputs = () =>
  hashOf([
    ...filesBelow(compiled).filter((file) => /\.(js|wasm)$/.test(file)),
    ...["bundle", "rspack"].map((name) => inRoot("scripts", "lib", `${name}.mjs`)),
    inRoot("package-lock.json"),
  ]);

/**
 * The engine in one file, which Node loads in half the time of its 390 parts. Types stay in theirs: joined, they lose their
 * doc comments.
 */
export const bundle = {
  name: "bundle",
  what: "Rspack",
  isDone: () => existsSync(file) && existsSync(moduleFile) && stamp.is(inputs()),
  async run() {
    const hash = inputs();
    rmSync(output, { recursive: true, force: true });
    await runRspack("the bundle", {
      target: "node20",
      context: inRoot(),
      entry: {
        receptive: inRoot("dist", "src", "index.js"),
        worker: inRoot("dist", "src", "devices", "cpu", "worker.js"),
        gpujs: inRoot("node_modules", "gpu.js", "src", "index.js"),
        acorn: inRoot("node_modules", "acorn", "dist", "acorn.js"),
      },
      output: { path: output, filename: "[name].js", library: { type: "commonjs2" } },
      externals: [({ request }, done) => done(null, outside(request))],
      node: { __dirname: false, __filename: false },
    });
    for (const kernels of filesBelow(device).filter((path) => path.endsWith(".wasm")))
      copyFileSync(kernels, inRoot("dist", "node", basename(kernels)));
    writeFileSync(moduleFile, moduleText());
    writeFileSync(inRoot("dist", "node", "LICENCES.txt"), bundledLicences());
    stamp.set(hash);
  },
};

/** `npm run build:bundle`, the last step of `npm run build`. */
export const main = () => runCommand(async () => void (bundle.isDone() || (await bundle.run())));
