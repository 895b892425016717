/** The ways in which device cpu computes a convolution, each with the shapes that it fits. The first that fits is taken. */
import { plain } from "../../../devices/cpu/plain";
import type { Memory } from "../../../devices/device";
import { dense, isDense } from "./dense";
import { depthwise, isDepthwise } from "./depthwise";
import { direct, isDirect } from "./direct";
import type { Conv2dGeometry } from "../geometry";
import { convolveBatchLanes, fitsBatchLanes } from "./batchLanes";
import type { Conv2dKernels } from "../kernels";
import { patches } from "./patches";
import { conv2dReference } from "../reference";
import { backwardWeight } from "./weights";
import { isWinograd, winograd } from "./winograd";

/** One way of one direction: its name, whether it fits a geometry, and what it computes. */
interface Way<Run> {
  name: string;
  fits(g: Conv2dGeometry): boolean;
  run: Run;
}

const loops = plain(conv2dReference);

/** The patches of one filter must fit the scratch memory of a thread; nobody has such filters. */
const isHuge = (g: Conv2dGeometry): boolean => g.R * g.S > 1024 || g.K > 8192;

const always = (): boolean => true;

export const forwardWays: readonly Way<Conv2dKernels["forward"]>[] = [
  { name: "loops", fits: isHuge, run: loops.forward },
  { name: "depthwise", fits: isDepthwise, run: depthwise.forward },
  { name: "dense", fits: isDense, run: dense.forward },
  { name: "winograd", fits: isWinograd, run: (x, w, b, g) => winograd(x, w, b, g, false) },
  { name: "batchLanes", fits: fitsBatchLanes, run: (x, w, b, g) => convolveBatchLanes(x, w, b, g, false) },
  { name: "direct", fits: isDirect, run: direct.forward },
  { name: "patches", fits: always, run: patches.forward },
];

/** The gradient to the weights. */
export const weightWays: readonly Way<Conv2dKernels["backwardWeight"]>[] = [
  { name: "loops", fits: isHuge, run: loops.backwardWeight },
  { name: "depthwise", fits: isDepthwise, run: depthwise.backwardWeight },
  { name: "dense", fits: isDense, run: dense.backwardWeight },
  { name: "weights", fits: always, run: backwardWeight },
];

/** A way of the gradient to the input; `other` is the convolution of dy that gives it, null where there is none. */
interface InputWay {
  name: string;
  fits(g: Conv2dGeometry, other: Conv2dGeometry | null): boolean;
  run(dy: Memory, w: Memory, g: Conv2dGeometry, other: Conv2dGeometry | null): Memory;
}

/** A way that computes the convolution of dy. */
const asConvolution = (
  name: string,
  fits: (other: Conv2dGeometry) => boolean,
  run: (dy: Memory, w: Memory, other: Conv2dGeometry) => Memory,
): InputWay => ({
  name,
  fits: (_, other) => other !== null && fits(other),
  run: (dy, w, _, other) => run(dy, w, other as Conv2dGeometry),
});

/** The padding of dy, where it is multiplied too, does not take many more multiplications than the way round. */
const pays = (other: Conv2dGeometry): boolean =>
  other.P * other.Q <= (isDirect(other) ? 2.2 : 1.35) * other.H * other.W;

export const inputWays: readonly InputWay[] = [
  { name: "loops", fits: isHuge, run: loops.backwardInput },
  { name: "depthwise", fits: isDepthwise, run: depthwise.backwardInput },
  { name: "dense", fits: isDense, run: dense.backwardInput },
  asConvolution(
    "winograd",
    (other) => pays(other) && isWinograd(other),
    (dy, w, other) => winograd(dy, w, null, other, true),
  ),
  asConvolution("batchLanes", fitsBatchLanes, (dy, w, other) => convolveBatchLanes(dy, w, null, other, true)),
  asConvolution("direct", (other) => pays(other) && isDirect(other), direct.transposed),
  asConvolution("patches", pays, patches.transposed),
  { name: "scatter", fits: always, run: patches.scatter },
];

/** The convolution of dy with the transposed filters that is the gradient to the input, or null where there is none. */
export function transposedGeometry(g: Conv2dGeometry): Conv2dGeometry | null {
  const padH = g.dilationH * (g.R - 1) - g.padH;
  const padW = g.dilationW * (g.S - 1) - g.padW;
  if (g.strideH !== 1 || g.strideW !== 1 || padH < 0 || padW < 0) return null;
  const { N, R, S, strideH, strideW, dilationH, dilationW, groups, hasBias, outShape } = g;
  // prettier-ignore
  return { N, C: g.K, H: g.P, W: g.Q, K: g.C, R, S, P: g.H, Q: g.W, strideH, strideW, padH, padW, dilationH, dilationW, groups, hasBias, outShape };
}

/** The first way that fits; one always does. */
export function firstThatFits<W extends { fits(g: Conv2dGeometry, other: Conv2dGeometry | null): boolean }>(
  ways: readonly W[],
  g: Conv2dGeometry,
  other: Conv2dGeometry | null = null,
): W {
  for (const way of ways) if (way.fits(g, other)) return way;
  return ways[ways.length - 1];
}

/** The name of each direction's way, for tests and benchmarks. */
export const wayOf = (g: Conv2dGeometry): { forward: string; backwardInput: string; backwardWeight: string } => ({
  forward: firstThatFits(forwardWays, g).name,
  backwardInput: firstThatFits(inputWays, g, transposedGeometry(g)).name,
  backwardWeight: firstThatFits(weightWays, g).name,
});
