/**
 * Which kernel computes a convolution on the GPU. `direct.ts` takes every geometry and serves the modes without a
 * graphics card, where GPU.js computes several threads at once by itself; on a card threads compute four numbers each.
 * v1: direct loops. v2: four pixels a thread, 1x1, depthwise and few channels apart, weight gradients in parts.
 */
import type { Memory } from "../../../devices/device";
import { GpuArray } from "../../../devices/gpu/buffer";
import type { KernelFunction } from "../../../devices/gpu/compile";
import { launch, onCard, shaped } from "../../../devices/gpu/launch";
import { replacementOf } from "../../../devices/gpu/replaced";
import { freeScratch } from "../../../devices/gpu/residents";
import { partsOf, sumOver } from "../../../devices/gpu/sums";
import { stridedGpu } from "../../strided/gpu";
import type { Conv2dGeometry } from "../geometry";
import type { Conv2dKernels } from "../kernels";
import { conv2dBackwardInputRow, conv2dBackwardWeightChannels } from "./backwardFour";
import { conv2dBackwardInput, conv2dBackwardWeight, conv2dForward } from "./direct";
import { conv2dForwardFewChannels, conv2dForwardRow, depthwiseForwardRow } from "./fourPixels";
import { isPointwise, pointwiseGpu } from "./pointwise";

/** The constants of every convolution kernel but those for 1x1. */
export function conv2dConstants(g: Conv2dGeometry): Record<string, number> {
  const { N, C, H, W, K, R, S, P, Q, strideH, strideW, padH, padW, dilationH, dilationW, groups } = g;
  const sizes = { N, C, H, W, K, R, S, P, Q, strideH, strideW, padH, padW, dilationH, dilationW };
  return { ...sizes, Cg: C / groups, Kg: K / groups };
}

const imageOf = (x: Memory, { N, C, H, W }: Conv2dGeometry) => shaped(x, W, H, N * C);
const resultOf = (dy: Memory, { N, K, P, Q }: Conv2dGeometry) => shaped(dy, Q, P, N * K);
const filtersOf = (w: Memory, { K, C, R, S, groups }: Conv2dGeometry) => shaped(w, S, R, (K * C) / groups);

/** Whether a user's kernel stands in for the direct one, so that it must be launched whatever else would fit. */
const isReplaced = (kernel: KernelFunction, g: Conv2dGeometry): boolean =>
  replacementOf(kernel, conv2dConstants(g)) !== null;

/** Where colours or other few channels come in, the loop over them belongs inside. */
const fewChannels = 4;

/** The kernel that computes four pixels of a row at once, if one fits. */
function fourPixels(g: Conv2dGeometry): KernelFunction | null {
  if (!onCard() || g.Q % 4 !== 0) return null;
  const overlapping = g.strideH === 1 && g.strideW === 1 && g.dilationW === 1;
  if (overlapping && g.C === g.groups) return depthwiseForwardRow;
  if (overlapping && g.C / g.groups > fewChannels) return conv2dForwardRow;
  return conv2dForwardFewChannels;
}

function forward(x: Memory, w: Memory, b: Memory | null, g: Conv2dGeometry): Memory {
  const bias = b ?? new GpuArray(new Float32Array(g.K));
  const replaced = isReplaced(conv2dForward, g);
  if (isPointwise(g) && !replaced) return pointwiseGpu.forward(x, w, bias, g);
  const inputs = [imageOf(x, g), filtersOf(w, g), bias] as const;
  const constants = conv2dConstants(g);
  const kernel = replaced ? null : fourPixels(g);
  return kernel
    ? launch(kernel, { output: [(g.P * g.Q) / 4, g.K, g.N], constants, quads: true }, ...inputs)
    : launch(conv2dForward, { output: [g.P * g.Q, g.K, g.N], constants }, ...inputs);
}

function backwardInput(dy: Memory, w: Memory, g: Conv2dGeometry): Memory {
  const replaced = isReplaced(conv2dBackwardInput, g);
  if (isPointwise(g) && !replaced) return pointwiseGpu.backwardInput(dy, w, g);
  const constants = conv2dConstants(g);
  const inputs = [resultOf(dy, g), filtersOf(w, g)] as const;
  const overlapping = g.strideH * g.strideW * g.dilationH * g.dilationW === 1;
  return onCard() && !replaced && overlapping && g.W % 4 === 0
    ? launch(conv2dBackwardInputRow, { output: [(g.H * g.W) / 4, g.C, g.N], constants, quads: true }, ...inputs)
    : launch(conv2dBackwardInput, { output: [g.H * g.W, g.C, g.N], constants }, ...inputs);
}

/** In parts that are rows of output pixels over all images, so that few filters fill a card too. */
function backwardWeight(dy: Memory, x: Memory, g: Conv2dGeometry): Memory {
  const replaced = isReplaced(conv2dBackwardWeight, g);
  if (isPointwise(g) && !replaced) return pointwiseGpu.backwardWeight(dy, x, g);
  const Cg = g.C / g.groups;
  const weights = Cg * g.R * g.S;
  const rows = g.N * g.P;
  const parts = replaced ? 1 : Math.min(rows, partsOf(rows * g.Q, weights * g.K));
  const constants = { ...conv2dConstants(g), rows, parts, most: Math.ceil(rows / parts) };
  const inputs = [resultOf(dy, g), imageOf(x, g)] as const;
  const fourChannels = onCard() && !replaced && Cg % 4 === 0;
  const partial = fourChannels
    ? launch(conv2dBackwardWeightChannels, { output: [weights / 4, g.K, parts], constants, quads: true }, ...inputs)
    : launch(conv2dBackwardWeight, { output: [weights, g.K, parts], constants }, ...inputs);
  const sum = parts === 1 ? partial : sumOver(partial, { outer: 1, length: parts, inner: weights * g.K });
  if (sum !== partial) freeScratch(partial, sum);
  return fourChannels ? channelsFirst(sum, g.K, Cg, g.R * g.S) : sum;
}

/** From [k][place][c], as four channels a thread leave it, to [k][c][place]. */
function channelsFirst(dw: Memory, K: number, Cg: number, places: number): Memory {
  const inSize = K * Cg * places;
  const ordered = stridedGpu.forward(dw, {
    strides: [Cg * places, 1, Cg],
    offset: 0,
    inSize,
    outShape: [K, Cg, places],
  });
  freeScratch(dw, ordered);
  return ordered;
}

export const conv2dGpu: Conv2dKernels = {
  forward,
  backwardInput,
  backwardWeight,
  backwardBias(dy, { N, K, P, Q }) {
    const ofImages = sumOver(dy, { outer: N * K, length: P * Q, inner: 1 });
    const db = sumOver(ofImages, { outer: 1, length: N, inner: K });
    freeScratch(ofImages, db);
    return db;
  },
};
