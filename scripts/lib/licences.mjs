import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readJson } from "./files.mjs";
import { inRoot } from "./paths.mjs";

/**
 * What the licences of packages want copied with their code, for the bundles that carry it.
 * @param packages  `[name, the package whose copy it is]`
 */
export function licences(packages) {
  const texts = packages.map(([name, of]) => {
    const own = inRoot("node_modules", of, "node_modules", name);
    const folder = existsSync(own) ? own : inRoot("node_modules", name);
    const { version, license } = readJson(join(folder, "package.json"));
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    const text = file ? readFileSync(join(folder, file), "utf8").trim() : `Licence: ${license}`;
    return `${name} ${version}\n\n${text}\n`;
  });
  return texts.join(`\n${"-".repeat(80)}\n\n`);
}

/** A package with those that it needs itself, as `licences` takes them; types are no code. */
export function withItsOwn(
  name,
  more = Object.keys(readJson(inRoot("node_modules", name, "package.json")).dependencies),
) {
  return [name, ...more.filter((each) => !each.startsWith("@types/"))].map((each) => [each, name]);
}

/** GPU.js and the packages of which it loads a file; Dawn and OpenGL, which its manifest also names, stay outside. */
export const gpuJs = ["gpu.js", "acorn", "gpu-mock.js"];
export const bundledLicences = () => licences([...withItsOwn("gpu.js", gpuJs.slice(1)), ["fflate", "fflate"]]);
export const protobufLicences = () => licences(withItsOwn("protobufjs"));
