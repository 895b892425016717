import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../support/jupyterServer";

type Ranges = Record<string, string>;
interface Manifest {
  version: string;
  engines?: Ranges;
  dependencies?: Ranges;
  peerDependencies?: Ranges;
  devDependencies?: Ranges;
}
const read = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8")) as Manifest;
const manifests = [".", "kernel", "extension"].map(read);

/** Packages of which files are used that they do not promise, and TypeScript, whose minor versions change what compiles. */
const exact = ["gpu.js", "acorn", "tslab"];
const form = (name: string): RegExp =>
  exact.includes(name) ? /^\d+\.\d+\.\d+$/ : name === "typescript" ? /^~\d+\.\d+\.\d+$/ : /^\^\d+\.\d+\.\d+$/;

describe("package.json", () => {
  it("has one version in all packages", () => {
    expect(new Set(manifests.map(({ version }) => version)).size).to.equal(1);
  });

  it("has ranges of one form", () => {
    for (const { dependencies, peerDependencies, devDependencies } of manifests)
      for (const [name, range] of Object.entries({ ...dependencies, ...peerDependencies, ...devDependencies }))
        expect(range, name).to.match(form(name));
  });

  it("has one range for a package", () => {
    const seen: Ranges = {};
    for (const manifest of manifests)
      for (const ranges of [manifest.dependencies, manifest.peerDependencies, manifest.devDependencies])
        for (const [name, range] of Object.entries(ranges ?? {})) expect(range, name).to.equal((seen[name] ??= range));
  });

  it("asks the engine's users for chai alone, and installs here what is optional for them", () => {
    const [{ dependencies, peerDependencies, devDependencies }] = manifests;
    expect(Object.keys(dependencies ?? {})).to.deep.equal(["@types/chai", "chai"]);
    expect(devDependencies).to.include(peerDependencies);
  });
});
