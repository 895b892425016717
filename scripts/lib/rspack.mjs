import { UserError } from "./userError.mjs";

/**
 * Runs Rspack with this configuration, `plugins` given as a function of Rspack.
 * @throws UserError with what the bundler says, a warning too
 */
export async function runRspack(what, { plugins, ...configuration }) {
  // Rspack takes long to load, and most commands do not need it.
  const { rspack } = await import("@rspack/core");
  const compiler = rspack({
    mode: "production",
    devtool: false,
    performance: false,
    // GPU.js and readers see the text of kernels: each stays as it is written, in a scope of its own. package.json's
    // `sideEffects` speaks of the bundles, not of the two files of src/ that make devices and displays known.
    optimization: { minimize: false, concatenateModules: false, splitChunks: false, sideEffects: false },
    plugins: plugins?.(rspack),
    ...configuration,
  });
  const stats = await new Promise((resolve, reject) =>
    compiler.run((error, result) => (error ? reject(error) : resolve(result))),
  );
  await new Promise((resolve) => compiler.close(resolve));
  const problems = stats.toJson({ all: false, errors: true, warnings: true });
  const [first] = [...problems.errors, ...problems.warnings];
  if (first) throw new UserError(`${what} failed: ${first.moduleName ?? ""} ${first.message}`);
}
