import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../support/jupyterServer";

/** Hides packages from `require` as if they were not installed beside the engine, and gives Linux a Vulkan. */
const HIDE = `
const Module = require("node:module");
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
  const hidden = ["sharp", "webgpu", "protobufjs"].includes(request.split("/")[0]);
  if (hidden && !parent.filename.startsWith(process.cwd()))
    throw Object.assign(new Error("Cannot find module '" + request + "'"), { code: "MODULE_NOT_FOUND" });
  return resolve.call(this, request, parent, ...rest);
};
process.dlopen = () => { throw new Error("libvulkan.so.1: is no module"); };
const { deviceInfo, io, nn, randn } = require(${JSON.stringify(join(ROOT, "dist/src/index.js"))});
const words = (error) => console.log(error.name + ": " + error.message);
`;

describe("without the optional packages", function () {
  this.timeout(30_000);
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "receptive-optional-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function run(body: string): string {
    const program = `${HIDE}(async () => {${body}})();`;
    const env = { ...process.env, RECEPTIVE_GPU_MODE: "", RECEPTIVE_GPU_ADAPTER: "" };
    const { stdout, stderr } = spawnSync(process.execPath, ["-e", program], { cwd: folder, env, encoding: "utf8" });
    expect(stderr).to.equal("");
    return stdout.replaceAll(folder, "FOLDER");
  }

  it("readImage says what to install", () => {
    writeFileSync(join(folder, "photo.jpg"), Buffer.from("ffd8ffe000104a46494600", "hex"));
    expect(run(`await io.readImage("photo.jpg").catch(words);`)).to.equal(
      "DataError: readImage: reading photo.jpg needs the package sharp, which is not installed. Run: npm install sharp\n",
    );
  });

  it("readImage reads what needs no package, and still knows what is no image", () => {
    writeFileSync(join(folder, "grey.pgm"), "P5 2 1 255\n\x01\x02");
    writeFileSync(join(folder, "page.jpg"), "<!DOCTYPE html><html></html>");
    expect(
      run(`console.log((await io.readImage("grey.pgm")).shape); await io.readImage("page.jpg").catch(words);`),
    ).to.match(/^\[ 1, 1, 2 \]\nDataError: readImage: page\.jpg .*web page/);
  });

  it("ONNX says what to install, in reading and in writing", () => {
    writeFileSync(join(folder, "net.onnx"), new Uint8Array([8, 7]));
    const said = run(`
      try { io.onnx.load("net.onnx"); } catch (error) { words(error); }
      await io.onnx.export(new nn.ReLU(), randn([1, 2])).catch(words);`);
    const missing = "needs the package protobufjs, which is not installed. Run: npm install protobufjs";
    expect(said).to.equal(
      `DataError: onnx.load: reading net.onnx ${missing}\nDataError: onnx.export: writing a file ${missing}\n`,
    );
  });

  it("device gpu computes without webgpu, and says why", () => {
    const said = run(`
      const { gpu } = await deviceInfo();
      console.log(gpu.mode, gpu.hardware, gpu.fallbackReason);
      console.log((await randn([2, 2]).to("gpu").relu().data()).length);`);
    expect(said).to.match(
      /^(headlessgl true|webasm false) webgpu: the package webgpu is not installed \(npm install webgpu\).*\n4\n$/,
    );
  });

  it("mode webgpu, if it was asked for, is an error that says what to install", () => {
    const said = run(`
      const { useGpu } = require(${JSON.stringify(join(ROOT, "dist/src/index.js"))});
      await useGpu({ mode: "webgpu" }).catch(words);`);
    expect(said).to.equal(
      "DeviceError: gpu: mode webgpu was asked for, but the package webgpu is not installed (npm install webgpu). " +
        "Call useGpu() to let Receptive choose.\n",
    );
  });

  it("takes what npm install has put into the folder of the program", () => {
    mkdirSync(join(folder, "node_modules/sharp"), { recursive: true });
    writeFileSync(join(folder, "node_modules/sharp/index.js"), `throw new Error("the package of the folder");`);
    writeFileSync(join(folder, "photo.jpg"), Buffer.from("ffd8ffe0", "hex"));
    expect(run(`await io.readImage("photo.jpg").catch(words);`)).to.equal(
      "DataError: readImage: reading photo.jpg needs the package sharp, which does not load (the package of the folder). " +
        "Run: npm install sharp\n",
    );
  });
});
