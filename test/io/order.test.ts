import { expect } from "chai";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { io, nn, zeros } from "../../src";

describe("functions that write files", () => {
  const net = new nn.Sequential(new nn.Linear(2, 3));
  const x = zeros([1, 2]);
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "receptive-"));
    path = join(folder, "net");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A call that the type checker would refuse. */
  async function errorOf(write: (...given: never[]) => Promise<unknown>, ...given: unknown[]): Promise<Error> {
    const error = await write(...(given as never[])).then(
      () => null,
      (reason: unknown) => reason as Error,
    );
    expect(error).to.be.instanceOf(TypeError);
    expect(readdirSync(folder)).to.deep.equal([]);
    return error ?? new Error();
  }

  it("say where the path stands if it was swapped with the network", async () => {
    expect((await errorOf(io.saveSafetensors, net, path)).message).to.equal(
      "saveSafetensors: the first argument is a path, got a module. Write io.saveSafetensors(path, net).",
    );
    expect((await errorOf(io.onnx.export, "net.onnx", net, x)).message).to.equal(
      `onnx.export: the first argument is a network, got "net.onnx". Write io.onnx.export(net, images, path).`,
    );
    expect((await errorOf(io.onnx.export, net, "net.onnx", x)).message).to.include("the second argument is a Tensor");
    expect((await errorOf(io.onnx.export, net, x, { path })).message).to.include(
      'the third argument is a path, got {"path":',
    );
    expect((await errorOf(io.toPyTorch, path, net)).message).to.include("the first argument is a network");
  });

  it("say what is no state dict", async () => {
    const kinds: [value: unknown, shown: string][] = [
      [undefined, "undefined"],
      [null, "null"],
      [x, "Tensor [1,2] float32 on cpu"],
      [[x], "[Tensor [1,2] float32 on cpu]"],
      [{ weight: x, epoch: 3 }, "an object whose epoch is no Tensor"],
      [() => net, "a function"],
    ];
    for (const [value, shown] of kinds) {
      expect((await errorOf(io.saveSafetensors, path, value)).message).to.equal(
        `saveSafetensors: the second argument is a network or tensors by name, got ${shown}. ` +
          `Write io.saveSafetensors(path, net).`,
      );
    }
  });

  it("write what stands in its place", async () => {
    await io.saveSafetensors(path, net);
    await io.saveSafetensors(`${path}2`, net.stateDict());
    await io.onnx.export(net, x, `${path}3`);
    expect((await io.onnx.export(net, x)).length).to.be.greaterThan(100);
    expect([path, `${path}2`, `${path}3`].every((each) => existsSync(each))).to.equal(true);
  });
});
