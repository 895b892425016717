import { expect } from "chai";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../support/jupyterServer";

/** Does not compile where a page's file lacks a name, or has it with another type, than the file that it stands for. */
type Fits<Page extends Node, Node> = [Page, Node];
export type Platforms = [
  Fits<typeof import("../../src/eventLoop/platform.browser"), typeof import("../../src/eventLoop/platform")>,
  Fits<typeof import("../../src/devices/cpu/platform.browser"), typeof import("../../src/devices/cpu/platform")>,
  Fits<typeof import("../../src/devices/garbage.browser"), typeof import("../../src/devices/garbage")>,
  Fits<typeof import("../../src/devices/gpu/platform.browser"), typeof import("../../src/devices/gpu/platform")>,
  Fits<typeof import("../../src/io/files.browser"), typeof import("../../src/io/files")>,
  Fits<typeof import("../../src/io/image/decode.browser"), typeof import("../../src/io/image/decode")>,
  Fits<typeof import("../../src/io/onnx/external.browser"), typeof import("../../src/io/onnx/external")>,
  Fits<typeof import("../../src/io/onnx/protobuf.browser"), typeof import("../../src/io/onnx/protobuf")>,
  Fits<typeof import("../../src/optionalPackage.browser"), typeof import("../../src/optionalPackage")>,
  Fits<typeof import("../../kernel/platform.browser"), typeof import("../../kernel/platform")>,
  Fits<typeof import("../../kernel/log.browser"), typeof import("../../kernel/log")>,
  Fits<typeof import("../../kernel/packages.browser"), typeof import("../../kernel/packages")>,
  Fits<typeof import("../../kernel/modules.browser"), typeof import("../../kernel/modules")>,
  Fits<typeof import("../../kernel/output/capture.browser"), typeof import("../../kernel/output/capture")>,
  Fits<typeof import("../../kernel/run/carrier.browser"), typeof import("../../kernel/run/carrier")>,
  Fits<typeof import("../../kernel/run/runScript.browser"), typeof import("../../kernel/run/runScript")>,
];

const built = join(ROOT, "dist");

describe("files that stand for others in a page", () => {
  const files = ["src", "kernel"].flatMap((folder) =>
    readdirSync(join(built, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".browser.js"))
      .map((name) => join(folder, name)),
  );
  it("are found, in the engine and in the kernel", () => {
    for (const folder of ["src", "kernel"])
      expect(files.filter((file) => file.startsWith(folder)).length, folder).to.be.above(6);
  });

  for (const file of files)
    it(`${file} has the names of the file that it stands for`, () => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- the files are found at run time
      const names = (path: string): string[] => Object.keys(require(join(built, path)) as object).sort();
      expect(names(file)).to.deep.equal(names(file.replace(".browser.js", "")));
    });
});
