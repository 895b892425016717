import type { ForwardNet } from "../child/protocol";
import { compete } from "../runner/contest";
import { threadCounts, withThreads } from "./threads";
import type { Suite } from "./suite";

const nets: Record<ForwardNet, string> = {
  AlexNet: "AlexNet",
  GoogLeNet: "GoogLeNet",
  ResNet50: "ResNet-50",
  VGG16: "VGG-16",
};

export const forward: Suite = {
  name: "forward",
  title: "one 224x224 image through a network, all engines with the same weights",
  async *run(bench) {
    for (const net of Object.keys(nets) as ForwardNet[]) {
      const spec = { kind: "forward", net } as const;
      const usesFile = bench.options.peers.includes("onnxruntime-web");
      const onnx = usesFile ? await bench.exportOnnx(spec) : undefined;
      for (const threads of threadCounts)
        yield await compete(bench, {
          suite: "forward",
          name: withThreads(nets[net], threads),
          unit: "ms",
          spec: { ...spec, onnx },
          threads,
          rivals: [
            { engine: "torch", threads },
            { engine: "onnxruntime-web", threads },
          ],
          block: 0,
          tolerance: 1e-3,
        });
      bench.forgetExports();
    }
  },
};
