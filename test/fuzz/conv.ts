/** Random convolutions for each of device cpu's ways, whose padding before and behind the image is drawn apart. */
import { CpuArray } from "../../src/devices/cpu/buffer";
import { conv2dCpu } from "../../src/ops/conv2d/cpu";
import type { Conv2dGeometry } from "../../src/ops/conv2d/geometry";
import { conv2dReference } from "../../src/ops/conv2d/reference";
import { forwardWays, inputWays, wayOf, weightWays } from "../../src/ops/conv2d/cpu/ways";
import type { Memory } from "../../src/devices/device";
import type { Random } from "../../src/tensor/random";
import { distance } from "./distance";
import type { Outcome } from "./outcome";

/** Every way of every direction, as `forward winograd`. */
export const conv2dWays: readonly string[] = [
  ...forwardWays.map(({ name }) => `forward ${name}`),
  ...inputWays.map(({ name }) => `backwardInput ${name}`),
  ...weightWays.map(({ name }) => `backwardWeight ${name}`),
];

/** The ways that a geometry takes, in the same words. */
const waysOf = (g: Conv2dGeometry): string[] =>
  Object.entries(wayOf(g)).map(([direction, name]) => `${direction} ${name}`);

/** Products that the reference loops may take for one case. */
const MOST_PRODUCTS = 4e5;

/** How the ways are led to: lengths of each kind, from and to. */
type Kind = "batch" | "channels" | "filters" | "side" | "taps";
type Profile = Partial<Record<Kind, [least: number, most: number]>> & {
  stride1?: boolean;
  groups?: "one" | "each";
};
const profiles: readonly Profile[] = [
  {},
  { groups: "one" },
  { groups: "each", taps: [3, 5] },
  { batch: [8, 24], side: [1, 3], taps: [1, 5], groups: "one" },
  {
    batch: [1, 4],
    channels: [8, 40],
    filters: [8, 40],
    taps: [3, 3],
    side: [4, 20],
    stride1: true,
    groups: "one",
  },
  { batch: [6, 24], groups: "one", side: [3, 16] },
  { batch: [1, 5], side: [8, 30], taps: [1, 5], stride1: true, channels: [1, 9], filters: [1, 40] },
  { batch: [1, 4], channels: [6, 40], filters: [33, 60], taps: [1, 4] },
  { batch: [1, 1], channels: [1, 3], filters: [1, 3], taps: [33, 40], side: [30, 45] },
];
const usual: Record<Kind, [number, number]> = {
  batch: [1, 9],
  channels: [1, 9],
  filters: [1, 13],
  side: [1, 20],
  taps: [1, 7],
};

/** A geometry that some convolution may have, or null if what was drawn does not fit together. */
export function randomGeometry(random: Random): Conv2dGeometry | null {
  const profile = profiles[random.int(profiles.length)];
  const between = (least: number, most: number): number => least + random.int(most - least + 1);
  const length = (kind: Kind): number => between(...(profile[kind] ?? usual[kind]));
  const [H, W, R, S] = [length("side"), length("side"), length("taps"), length("taps")];
  const step = (): number => (profile.stride1 || random.int(2) ? 1 : between(1, 3));
  const [strideH, strideW, dilationH, dilationW] = [step(), step(), step(), step()];
  const pad = (taps: number): number => (random.int(3) ? between(0, taps - 1) : between(0, taps + 2));
  const [padH, padW, belowH, behindW] = [pad(R), pad(S), pad(R), pad(S)];
  const P = Math.floor((H + padH + belowH - dilationH * (R - 1) - 1) / strideH) + 1;
  const Q = Math.floor((W + padW + behindW - dilationW * (S - 1) - 1) / strideW) + 1;
  if (P < 1 || Q < 1) return null;
  let [C, K] = [length("channels"), length("filters")];
  let groups = 1;
  if (profile.groups === "each") K = groups = C;
  else if (profile.groups !== "one" && random.int(3) === 0) {
    groups = between(1, 4);
    [C, K] = [groups * Math.ceil(C / groups), groups * Math.ceil(K / groups)];
  }
  const N = length("batch");
  if ((N * K * P * Q * C * R * S) / groups > MOST_PRODUCTS) return null;
  const sizes = { N, C, H, W, K, R, S, P, Q, strideH, strideW, padH, padW, dilationH, dilationW, groups };
  return { ...sizes, hasBias: true, outShape: [N, K, P, Q] };
}

/** Of many random geometries the one whose ways were tried least. */
function leastTried(random: Random, tried: (way: string) => number): Conv2dGeometry {
  let [best, least] = [null as Conv2dGeometry | null, Infinity];
  for (let draws = 0; draws < 60 || !best; draws++) {
    const g = randomGeometry(random);
    const most = g ? Math.min(...waysOf(g).map(tried)) : Infinity;
    if (g && most < least) [best, least] = [g, most];
  }
  return best;
}

/** One convolution in all three directions, and the gradient to the bias. `tried` tells how often a way was tried so far. */
export function fuzzConv2d(random: Random, tried: (way: string) => number): Outcome {
  const g = leastTried(random, tried);
  const normal = (size: number): Float32Array => Float32Array.from({ length: size }, () => random.normal());
  const x = normal(g.N * g.C * g.H * g.W);
  const w = normal((g.K * g.C * g.R * g.S) / g.groups);
  const b = normal(g.K);
  const dy = normal(g.N * g.K * g.P * g.Q);
  const on = (numbers: Float32Array): Memory => CpuArray.of(numbers.slice());
  const exact = (numbers: Float32Array): Memory => Float64Array.from(numbers);
  const { forward, backwardInput, backwardWeight, backwardBias } = conv2dCpu;
  const pairs: [string, Memory, Memory][] = [
    ["forward", forward(on(x), on(w), on(b), g), conv2dReference.forward(exact(x), exact(w), exact(b), g)],
    ["backwardInput", backwardInput(on(dy), on(w), g), conv2dReference.backwardInput(exact(dy), exact(w), g)],
    ["backwardWeight", backwardWeight(on(dy), on(x), g), conv2dReference.backwardWeight(exact(dy), exact(x), g)],
    ["backwardBias", backwardBias(on(dy), g), conv2dReference.backwardBias(exact(dy), g)],
  ];
  const problems = pairs.flatMap(([name, got, want]) => {
    const apart = distance((got as CpuArray).read(), want as Float64Array);
    return apart <= 1e-4 ? [] : [`${name} is ${apart} away from reference`];
  });
  return { covers: waysOf(g), problems, what: JSON.stringify(g) };
}
