import { expect } from "chai";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../support/jupyterServer";

/** Does not compile where a page's file lacks a name, or has it with another type, than the file that it stands for. */
type Fits<Page extends Node, Node> = [Page, Node];
export type Platforms = [
  Fits<typeof import("../../src/data/platform.browser"), typeof import("../../src/data/platform")>,
  Fits<typeof import("../../src/devices/cpu/platform.browser"), typeof import("../../src/devices/cpu/platform")>,
  Fits<typeof import("../../src/devices/cpu/collect.browser"), typeof import("../../src/devices/cpu/collect")>,
  Fits<typeof import("../../src/devices/gpu/platform.browser"), typeof import("../../src/devices/gpu/platform")>,
  Fits<typeof import("../../src/io/files.browser"), typeof import("../../src/io/files")>,
  Fits<typeof import("../../src/io/image/decode.browser"), typeof import("../../src/io/image/decode")>,
  Fits<typeof import("../../src/io/onnx/external.browser"), typeof import("../../src/io/onnx/external")>,
];

const built = join(ROOT, "dist", "src");

describe("files that stand for others in a page", () => {
  const files = readdirSync(built, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".browser.js"),
  );
  it("are found", () => expect(files.length).to.be.above(6));

  for (const file of files)
    it(`${file} has the names of the file that it stands for`, () => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- the files are found at run time
      const names = (path: string): string[] => Object.keys(require(join(built, path)) as object).sort();
      expect(names(file)).to.deep.equal(names(file.replace(".browser", "")));
    });
});
