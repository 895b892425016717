import type { Spec } from "../child/protocol";
import type { Row } from "../report/rows";
import type { Bench } from "../runner/bench";
import { compete, type Rival } from "../runner/contest";
import { tilePeak } from "../runner/tilePeak";
import { convLayers, flopsOf, type ConvLayer } from "./convShapes";
import { threadCounts, withThreads } from "./threads";
import type { Suite } from "./suite";

type Pass = Extract<Spec, { kind: "conv" }>["pass"];

const passes: Record<Pass, string> = {
  forward: "forward",
  input: "input gradient",
  weight: "weight gradient",
};

/** For what one layer says enough about: a plain GPU.js kernel, and what tfjs-wasm lacks. */
const ONE_LAYER = "ResNet layer1, 3x3";

export const conv: Suite = {
  name: "conv",
  title: "convolutions of AlexNet, VGG and ResNet in GFLOP/s, counted as the direct sum; share of the tile peak",
  async *run(bench) {
    const { rounds, seconds } = bench.effort;
    const peaks = new Map<number, number>();
    for (const threads of threadCounts) peaks.set(threads, await tilePeak(threads, rounds, seconds));
    yield [...peaks].map(([threads, peak]) => peakRow(threads, peak));
    for (const pass of Object.keys(passes) as Pass[])
      for (const layer of bench.options.quick ? convLayers.slice(-8) : convLayers)
        for (const threads of threadCounts) yield await contest(bench, pass, layer, threads, peaks.get(threads));
    bench.forgetExports();
  },
};

/** What the shares are shares of. */
const peakRow = (threads: number, peak: number): Row => ({
  suite: "conv",
  case: withThreads("register-tile peak", threads),
  unit: "GFLOP/s",
  ours: peak,
  threads,
  peer: null,
  peerName: "-",
  ratio: null,
});

async function contest(
  bench: Bench,
  pass: Pass,
  { name, shape }: ConvLayer,
  threads: number,
  peak: number | undefined,
): Promise<Row[]> {
  const spec = { kind: "conv", pass, shape } as const;
  const usesFile = pass === "forward" && bench.options.peers.includes("onnxruntime-web");
  const rivals: Rival[] = [{ engine: "torch", threads }];
  // In Node, TensorFlow.js has one thread; it has no gradient of the filters.
  if (threads === 1 && (pass !== "weight" || name === ONE_LAYER)) rivals.push({ engine: "tfjs-wasm", threads });
  if (pass === "forward") rivals.push({ engine: "onnxruntime-web", threads });
  if (threads === 1 && pass === "forward" && name === ONE_LAYER) rivals.push({ engine: "gpu.js", threads });
  return compete(bench, {
    suite: "conv",
    name: withThreads(`${name}, ${passes[pass]}`, threads),
    unit: "GFLOP/s",
    spec: { ...spec, onnx: usesFile ? await bench.exportOnnx(spec) : undefined },
    threads,
    rivals,
    block: 0.005,
    flops: flopsOf(shape),
    peak,
    tolerance: 1e-4,
  });
}
