import type { TrainNet } from "../child/protocol";
import { compete, type Rival } from "../runner/contest";
import { allThreads, type PeerName } from "../runner/peers";
import { threadCounts } from "./threads";
import type { Suite } from "./suite";

interface Case {
  name: string;
  net: TrainNet;
  batch: number;
  peers: PeerName[];
}

const cases: Case[] = [
  ...[1, 4, 32, 128].map((batch): Case => ({
    name: `lecture's Net, batch ${batch}`,
    net: "lecture",
    batch,
    peers: ["convnetjs", "tfjs-cpu", "tfjs-wasm", "jax-js"],
  })),
  { name: "LeNet-5, 28x28, batch 32", net: "lenet5", batch: 32, peers: ["convnetjs", "tfjs-cpu"] },
  // The JavaScript engines would need minutes for a step.
  { name: "ResNet-18, 32x32, batch 32", net: "resnet18", batch: 32, peers: [] },
];

export const train: Suite = {
  name: "train",
  title: "training steps: SGD with momentum, cross-entropy, the loss read each step",
  async *run(bench) {
    for (const { name, net, batch, peers } of cases) {
      const torch = threadCounts.map((threads): Rival => ({ engine: "torch", threads }));
      yield await compete(bench, {
        suite: "train",
        name,
        unit: "ms",
        spec: { kind: "train", net, batch },
        threads: allThreads,
        rivals: [...torch, ...peers.map((engine) => ({ engine, threads: allThreads }))],
        // Long enough for collected garbage to be part of it.
        block: 0.05,
        tolerance: 1e-3,
      });
    }
  },
};
