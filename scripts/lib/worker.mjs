import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { filesBelow, hashOf, readJson, stampOf } from "./files.mjs";
import { pageFiles } from "./pageFiles.mjs";
import { inRoot, shown } from "./paths.mjs";
import { runRspack } from "./rspack.mjs";
import { runCommand } from "./userError.mjs";

const output = inRoot("dist", "worker");
const bundle = inRoot("dist", "worker", "kernel.js");
const files = inRoot("dist", "worker", "files.json");

const stamp = stampOf("worker");
const inputs = () =>
  hashOf([
    ...["kernel", "src/protocol", "src/text"].flatMap((folder) =>
      filesBelow(inRoot(folder)).filter((file) => file.endsWith(".ts")),
    ),
    ...filesBelow(inRoot("dist", "src")).filter((file) => file.endsWith(".d.ts")),
    ...["worker", "pageFiles", "rspack"].map((name) => inRoot("scripts", "lib", `${name}.mjs`)),
    inRoot("scripts", "lib", "inspectLoader.cjs"),
    inRoot("package.json"),
    inRoot("package-lock.json"),
  ]);

/** The kernel for a Web Worker, and the files that its compiler sees. */
export const worker = {
  name: "kernel for pages",
  what: "Rspack",
  isDone: () => existsSync(bundle) && existsSync(files) && stamp.is(inputs()),
  async run() {
    const hash = inputs();
    rmSync(output, { recursive: true, force: true });
    await bundleWorker();
    mkdirSync(output, { recursive: true });
    writeFileSync(files, JSON.stringify(pageFiles("/node_modules/receptive")));
    stamp.set(hash);
  },
};

const bundleWorker = () =>
  runRspack("the kernel for pages", {
    target: ["webworker", "es2022"],
    context: inRoot(),
    entry: inRoot("kernel", "worker.ts"),
    output: { path: output, filename: "kernel.js" },
    resolve: {
      extensions: [".browser.ts", ".ts", ".js"],
      // What TypeScript asks for only in Node.
      alias: Object.fromEntries(
        ["fs", "os", "path", "crypto", "perf_hooks", "inspector", "source-map-support"].map((name) => [name, false]),
      ),
    },
    module: {
      // TypeScript looks for Node's `require` by name and does without it.
      parser: { javascript: { unknownContextCritical: false, exprContextCritical: false } },
      rules: [
        {
          test: /\.ts$/,
          loader: "builtin:swc-loader",
          options: { jsc: { parser: { syntax: "typescript" }, target: "es2022", preserveAllComments: true } },
        },
        { test: /node-inspect-extracted/, loader: inRoot("scripts", "lib", "inspectLoader.cjs") },
      ],
    },
    node: { __filename: "mock", __dirname: "mock" },
    plugins: ({ DefinePlugin, SwcJsMinimizerRspackPlugin }) => [
      new DefinePlugin({ RECEPTIVE_VERSION: JSON.stringify(readJson(inRoot("package.json")).version) }),
      new SwcJsMinimizerRspackPlugin({
        extractComments: false,
        // Cells see the names of classes, such as that of a display's handle.
        minimizerOptions: { mangle: { keep_classnames: true }, compress: false, format: { comments: false } },
      }),
    ],
  });

/** `npm run build:worker`, after `npm run build`. */
export const main = () =>
  runCommand(async () => {
    if (!worker.isDone()) await worker.run();
    for (const file of [bundle, files])
      console.log(`${shown(file)} (${(readFileSync(file).length / 1e6).toFixed(2)} MB)`);
  });
