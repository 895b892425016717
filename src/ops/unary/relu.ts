/** The way back through a ReLU: its derivative, or one of two rules that show what a network looks for. */
import { ambient } from "../../ambient";
import type { Saved } from "../../autograd/tape";
import type { Memory } from "../../devices/device";
import type { UnaryGeometry, UnaryKernels } from "./kernels";

/**
 * "deconvolution": a ReLU of the gradient takes the place of the derivative (Zeiler & Fergus 2013, arXiv:1311.2901).
 * "guided": both, one after the other (Springenberg et al. 2014, arXiv:1412.6806).
 */
export type ReluRule = "deconvolution" | "guided";

const rule = ambient<ReluRule | null>("withReluRule", null);

/** What `body` returns, while gradients pass each ReLU by a rule. `body` is synchronous. */
export const withReluRule = <T>(name: ReluRule, body: () => T): T => rule.during(name, body);

/** For the op alone. */
export function reluBackward(k: UnaryKernels, dy: Memory, saved: Saved<UnaryGeometry>): [Memory] {
  const { inputs, output, geometry } = saved;
  if (rule.current === "deconvolution") return [k.forward(dy, geometry)];
  const dx = k.backward(dy, inputs[0], output, geometry);
  return [rule.current === "guided" ? k.forward(dx, geometry) : dx];
}
