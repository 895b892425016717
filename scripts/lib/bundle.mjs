import { copyFileSync, existsSync, rmSync } from "node:fs";
import { basename } from "node:path";
import { filesBelow, hashOf, stampOf } from "./files.mjs";
import { inRoot } from "./paths.mjs";
import { runRspack } from "./rspack.mjs";
import { runCommand } from "./userError.mjs";

const compiled = inRoot("dist", "src");
const device = inRoot("dist", "src", "devices", "cpu");
/** What package.json calls `main`, with the worker and the kernels that it looks for beside itself. */
const output = inRoot("dist", "node");
const file = inRoot("dist", "node", "receptive.js");

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
  isDone: () => existsSync(file) && stamp.is(inputs()),
  async run() {
    const hash = inputs();
    rmSync(output, { recursive: true, force: true });
    await runRspack("the bundle", {
      target: "node20",
      context: inRoot(),
      entry: {
        receptive: inRoot("dist", "src", "index.js"),
        worker: inRoot("dist", "src", "devices", "cpu", "worker.js"),
      },
      output: { path: output, filename: "[name].js", library: { type: "commonjs2" } },
      externals: [({ request }, done) => (/^[./]/.test(request) ? done() : done(null, `commonjs ${request}`))],
      node: { __dirname: false, __filename: false },
    });
    for (const kernels of filesBelow(device).filter((path) => path.endsWith(".wasm")))
      copyFileSync(kernels, inRoot("dist", "node", basename(kernels)));
    stamp.set(hash);
  },
};

/** `npm run build:bundle`, the last step of `npm run build`. */
export const main = () => runCommand(async () => void (bundle.isDone() || (await bundle.run())));
