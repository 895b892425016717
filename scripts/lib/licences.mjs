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
function withItsOwn(name) {
  const { dependencies = {} } = readJson(inRoot("node_modules", name, "package.json"));
  return [name, ...Object.keys(dependencies).filter((each) => !each.startsWith("@types/"))].map((each) => [each, name]);
}

/** Packages that both bundles carry. Dawn and OpenGL, which GPU.js also names, stay outside. */
export const bundled = ["gpu.js", "acorn", "gpu-mock.js", "fflate"];
export const bundledLicences = () => licences(bundled.map((name) => [name, "gpu.js"]));
/** What only that of pages carries. */
export const pageLicences = () => licences(["protobufjs", "chai"].flatMap(withItsOwn));
