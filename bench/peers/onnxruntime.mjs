/** onnxruntime-web on WebAssembly: runs the ONNX files that our engine exports. Its results are copies on the heap. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { images, probeOf } from "../../dist/bench/child/numbers.js";
import { Cannot, serve, wantedThreads } from "../../dist/bench/child/serve.js";

const require = createRequire(import.meta.url);
const ort = require("onnxruntime-web");
ort.env.wasm.numThreads = wantedThreads;
ort.env.logLevel = "error";

async function prepare(spec) {
  if (!spec.onnx) throw new Cannot("only runs networks forward");
  const { shape } = spec;
  const dims = shape ? [shape.N, shape.C, shape.H, shape.W] : [1, 3, 224, 224];
  const session = await ort.InferenceSession.create(new Uint8Array(readFileSync(spec.onnx)), {
    executionProviders: ["wasm"],
    graphOptimizationLevel: "all",
  });
  const feeds = { [session.inputNames[0]]: new ort.Tensor("float32", images(dims), dims) };
  const [name] = session.outputNames;
  let result;
  return {
    async iterate() {
      result = (await session.run(feeds))[name];
    },
    probe: () => probeOf(result.data),
    release: () => session.release(),
  };
}

serve({ version: ort.env.versions.web, threads: wantedThreads, prepare });
