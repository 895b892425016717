import type { Spec } from "../child/protocol";
import { compete } from "../runner/contest";
import { allThreads } from "../runner/peers";
import type { Suite } from "./suite";

const cases: Record<Extract<Spec, { kind: "overhead" }>["op"], string> = {
  add: "add of one number",
  conv: "1x1 convolution of one pixel",
  convBackward: "the same, forward and backward",
};

export const overhead: Suite = {
  name: "overhead",
  title: "the smallest operations, whose time is dispatch",
  async *run(bench) {
    for (const [op, name] of Object.entries(cases) as [keyof typeof cases, string][])
      yield await compete(bench, {
        suite: "overhead",
        name,
        unit: "µs",
        spec: { kind: "overhead", op },
        threads: allThreads,
        rivals: [
          { engine: "torch", threads: 1 },
          { engine: "tfjs-cpu", threads: 1 },
        ],
        block: 0.02,
        tolerance: 1e-6,
      });
  },
};
