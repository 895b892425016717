/**
 * The ways in which device cpu computes a convolution. For each direction the first that fits is taken. A way is a pair of
 * files, `<way>.ts` and `<way>.as.ts`, and an entry here.
 */
import type { Memory } from "../../../devices/device";
import type { Conv2dGeometry } from "../geometry";
import type { Conv2dKernels } from "../kernels";
import { batchLanes } from "./batchLanes";
import { dense } from "./dense";
import { depthwise } from "./depthwise";
import { direct } from "./direct";
import { loops } from "./loops";
import { patches } from "./patches";
import { scatter } from "./scatter";
import type { Way } from "./way";
import { weights } from "./weights";
import { winograd } from "./winograd";

const ways: readonly Way[] = [loops, depthwise, dense, winograd, batchLanes, direct, patches, scatter, weights];

/** A way of one direction; `other` is the convolution of dy that is the gradient to the input, null where there is none. */
interface Choice<Run> {
  name: string;
  fits(g: Conv2dGeometry, other: Conv2dGeometry | null): boolean;
  run: Run;
}

export const forwardWays: readonly Choice<Conv2dKernels["forward"]>[] = ways.flatMap(({ name, fits, forward: run }) =>
  run ? [{ name, fits, run }] : [],
);
export const weightWays: readonly Choice<Conv2dKernels["backwardWeight"]>[] = ways.flatMap(
  ({ name, fits, backwardWeight: run }) => (run ? [{ name, fits, run }] : []),
);

type InputRun = (dy: Memory, w: Memory, g: Conv2dGeometry, other: Conv2dGeometry | null) => Memory;

export const inputWays: readonly Choice<InputRun>[] = ways.flatMap((way) => {
  const { name, backwardInput, transposed } = way;
  if (backwardInput) return [{ name, fits: way.fits, run: backwardInput }];
  if (!transposed) return [];
  const { fits, pays = () => true } = way;
  return [
    {
      name,
      fits: (_: Conv2dGeometry, other: Conv2dGeometry | null) => other !== null && pays(other) && fits(other),
      run: (dy: Memory, w: Memory, _: Conv2dGeometry, other: Conv2dGeometry | null) =>
        transposed(dy, w, other as Conv2dGeometry),
    },
  ];
});

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
