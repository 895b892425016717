import { expect } from "chai";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError } from "../../src/errors";
import { noGrad } from "../../src/autograd/noGrad";
import { onnx } from "../../src/io";
import type { OnnxNetwork } from "../../src/io/onnx";
import { operators } from "../../src/io/onnx/operators";
import { decodeMessage, type ModelProto, type TensorProto } from "../../src/io/onnx/proto";
import { readTensor } from "../../src/io/onnx/tensors";
import { fromArray } from "../../src/tensor/create";
import { sizeOf } from "../../src/tensor/shape";
import type { Tensor } from "../../src/tensor/tensor";
import { distance } from "../support/close";
import { needsPython, python, pythonFile } from "../support/python";

const where = "import importlib.util as u; print(u.find_spec('onnx').submodule_search_locations[0])";
const readPb = (path: string): Tensor =>
  readTensor(
    { bytes: readFileSync(path), name: path, folder: null },
    decodeMessage<TensorProto>("TensorProto", readFileSync(path)),
  );

/** Loads a model, or says what of it cannot be run. */
function loadOrLack(path: string): OnnxNetwork | string[] {
  try {
    return onnx.load(path);
  } catch (error) {
    const lack = /has (.*), which cannot be run/.exec((error as Error).message);
    if (!(error instanceof DataError) || !lack) throw error;
    return lack[1].split(/, (?=[A-Z])/);
  }
}

/** Cases that say nothing about networks here, and why. */
const apart: Record<string, string> = {
  test_resize_downsample_scales_linear_align_corners: "2.4 pixels are 2 here, as in PyTorch",
  test_resize_downsample_scales_cubic_align_corners: "2.4 pixels are 2 here, as in PyTorch",
  test_training_dropout: "random",
  test_training_dropout_default: "random",
  test_reduce_max_bool_inputs: "bool",
  test_reduce_min_bool_inputs: "bool",
  test_reduce_max_empty_set: "no elements",
  test_reduce_max_empty_set_bool: "no elements",
  test_reduce_min_empty_set: "no elements",
};

describe("ONNX's own test cases", () => {
  let data = "";
  before(function () {
    this.timeout(60000);
    needsPython(this, "onnx");
    data = join(python(where).trim(), "backend/test/data");
    if (existsSync(data)) return;
    Object.assign(this.test ?? {}, { skipReason: `there is no ${data}` });
    this.skip();
  });

  for (const [folder, least] of [
    ["pytorch-operator", 35],
    ["pytorch-converted", 82],
  ] as const)
    it(`of ${folder}: all pass whose operators exist here`, async function () {
      this.timeout(120000);
      const lacking = new Map<string, number>();
      const failures: string[] = [];
      let passed = 0;
      for (const name of readdirSync(join(data, folder)).sort()) {
        const at = join(data, folder, name);
        const net = loadOrLack(join(at, "model.onnx"));
        if (Array.isArray(net)) {
          for (const lack of net) lacking.set(lack, (lacking.get(lack) ?? 0) + 1);
          continue;
        }
        const sets = readdirSync(at).filter((set) => set.startsWith("test_data_set_"));
        try {
          for (const set of sets) await check(net, join(at, set));
          passed++;
        } catch (error) {
          failures.push(`${name}: ${(error as Error).message}`);
        }
      }
      console.log(`      ${passed} pass; not run: ${[...lacking].map(([lack, n]) => `${lack} ${n}`).join(", ")}`);
      expect(failures).to.deep.equal([]);
      expect(passed).to.be.at.least(least);
    });

  async function check(net: OnnxNetwork, folder: string): Promise<void> {
    const inputs = net.inputNames.map((_, i) => readPb(join(folder, `input_${i}.pb`)));
    const results = noGrad(() => net.run(Object.fromEntries(net.inputNames.map((name, i) => [name, inputs[i]]))));
    for (const [i, name] of net.outputNames.entries()) {
      const expected = readPb(join(folder, `output_${i}.pb`));
      expect(results[name].shape, `shape of ${name}`).to.deep.equal(expected.shape);
      const [numbers, wanted] = [await results[name].data(), await expected.data()];
      // Doubles beyond float32 are infinite on both sides, as are divisions by 0.
      const known = Array.from(wanted, (value, at) => !Object.is(value, numbers[at]));
      // Sums of some hundred products in float32, in another order.
      expect(
        distance(
          numbers.filter((_, at) => known[at]),
          wanted.filter((_, at) => known[at]),
        ),
      ).to.be.at.most(1e-4);
    }
  }

  // Weights are constants in these files; the input is 0, 1/n, 2/n, ... as in ONNX's own runner.
  for (const name of [
    "bvlc_alexnet",
    "densenet121",
    "inception_v1",
    "inception_v2",
    "resnet50",
    "shufflenet",
    "squeezenet",
    "vgg19",
    "zfnet512",
  ])
    it(`light ${name} gives the numbers published with it`, async function () {
      this.timeout(180000);
      const path = join(data, "light", `light_${name}.onnx`);
      const net = onnx.load(path);
      const model = decodeMessage<ModelProto>("ModelProto", readFileSync(path));
      const info = model.graph?.input?.find((value) => value.name === net.inputNames[0]);
      const shape = (info?.type?.tensorType?.shape?.dim ?? []).map(({ dimValue }) => dimValue ?? 1);
      const size = sizeOf(shape);
      const start = Date.now();
      const y = noGrad(() =>
        net(
          fromArray(
            Float32Array.from({ length: size }, (_, i) => i / size),
            shape,
          ),
        ),
      );
      const expected = readPb(join(data, "light", `light_${name}_output_0.pb`));
      expect(y.numel()).to.equal(expected.numel());
      expect(distance(await y.data(), await expected.data())).to.be.at.most(1e-4);
      console.log(`      ${name}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
    });

  it("of single nodes: all pass whose operators exist here", async function () {
    this.timeout(240000);
    const folder = mkdtempSync(join(tmpdir(), "onnx-nodes-"));
    try {
      const script = join(__dirname, "../../../test/io/onnxNodes.py");
      const stdout = pythonFile(script, [folder, ...Object.keys(operators)]);
      const cases = (JSON.parse(stdout) as { op: string; name: string }[]).filter(({ name }) => !(name in apart));
      const lacking = new Map<string, number>();
      const failures: string[] = [];
      const passed = new Set<string>();
      let count = 0;
      for (const { op, name } of cases) {
        const net = loadOrLack(join(folder, name, "model.onnx"));
        if (Array.isArray(net)) for (const lack of net) lacking.set(lack, (lacking.get(lack) ?? 0) + 1);
        else
          try {
            await check(net, join(folder, name));
            passed.add(op);
            count++;
          } catch (error) {
            failures.push(`${name}: ${(error as Error).message}`);
          }
      }
      console.log(
        `      ${count} pass of ${passed.size} operators; not run: ${[...lacking].map(([lack, n]) => `${lack} ${n}`).join(", ")}`,
      );
      expect(failures).to.deep.equal([]);
      expect(count).to.be.at.least(525);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
