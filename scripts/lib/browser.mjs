import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { filesBelow, hashOf, stampOf } from "./files.mjs";
import { bundledLicences, pageLicences } from "./licences.mjs";
import { inRoot, shown } from "./paths.mjs";
import { runRspack } from "./rspack.mjs";
import { runCommand } from "./userError.mjs";

/** Everything that a page needs, and the demo: any server of files can serve it. */
export const browserFolder = inRoot("dist", "browser");
const bundle = inRoot("dist", "browser", "receptive.js");
const demo = inRoot("notebooks", "browser");
const gpuJs = inRoot("node_modules", "gpu.js");
const kernels = (name) => inRoot("dist", "src", "devices", "cpu", `kernels${name}.shared.wasm`);

const stamp = stampOf("browser");
const inputs = () =>
  hashOf([
    ...filesBelow(inRoot("src")).filter((file) => file.endsWith(".ts")),
    ...filesBelow(demo),
    ...["", ".fused"].map(kernels),
    ...["browser", "rspack"].map((name) => inRoot("scripts", "lib", `${name}.mjs`)),
    inRoot("package-lock.json"),
  ]);

/** The engine as one ES module for browsers, with the demo beside it. */
export const browser = {
  name: "browser",
  what: "Rspack",
  isDone: () => existsSync(bundle) && stamp.is(inputs()),
  async run() {
    const hash = inputs();
    rmSync(browserFolder, { recursive: true, force: true });
    await bundleModule(inRoot("src", "index.ts"), bundle);
    cpSync(demo, browserFolder, { recursive: true });
    writeFileSync(inRoot("dist", "browser", "LICENCES.txt"), bundledLicences() + pageLicences());
    // The package is CommonJS; this part of it is not.
    writeFileSync(inRoot("dist", "browser", "package.json"), '{ "type": "module" }\n');
    stamp.set(hash);
  },
};

const base64 = (file) => readFileSync(file).toString("base64");

const smaller = {
  isModule: "unknown",
  minify: true,
  jsc: {
    target: "es2022",
    minify: { mangle: { toplevel: true }, compress: false, format: { comments: false } },
  },
};

/**
 * One ES module for browsers of a TypeScript file and all that it imports.
 * @throws UserError with what the bundler says; a name that a `.browser.ts` file lacks is an error too
 */
export const bundleModule = (entry, output) =>
  runRspack("the browser bundle", {
    target: ["web", "es2022"],
    context: inRoot(),
    entry,
    output: { path: dirname(output), filename: basename(output), library: { type: "module" }, module: true },
    resolve: {
      // The rule for what Node has and a page has not: x.browser.ts beside x.ts takes its place.
      extensions: [".browser.ts", ".ts", ".js"],
      alias: {
        // GPU.js's own bundle would put its class in the place of the page's `GPU`, and hides parts that we use.
        "gpu.js$": `${gpuJs}/src/index.js`,
        // The file that GPU.js requires: an import would bring the parser a second time.
        acorn$: inRoot("node_modules", "acorn", "dist", "acorn.js"),
        // What GPU.js asks for only in Node.
        ...{ gl: false, os: false, worker_threads: false },
      },
    },
    module: {
      rules: [
        {
          test: /\.ts$/,
          loader: "builtin:swc-loader",
          options: { jsc: { parser: { syntax: "typescript" }, target: "es2022" } },
        },
        // Half of the size. Our own code stays as it is written, for readers and for F.conv2d.kernelSource("gpu").
        { test: /\.js$/, include: inRoot("node_modules"), loader: "builtin:swc-loader", options: smaller },
      ],
    },
    plugins: ({ DefinePlugin }) => [
      new DefinePlugin({
        RECEPTIVE_KERNELS: JSON.stringify({ plain: base64(kernels("")), fused: base64(kernels(".fused")) }),
      }),
    ],
  });

/** `npm run build:browser`, after `npm run build`. */
export const main = () =>
  runCommand(async () => {
    if (!browser.isDone()) await browser.run();
    console.log(`${shown(bundle)} (${(readFileSync(bundle).length / 1e6).toFixed(2)} MB)`);
  });
