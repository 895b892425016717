/** Optimizer steps of device cpu: one kernel changes a parameter and the tensors kept for it where they lie. */
import { allocate } from "../devices/device";
import { asCpuArray, CpuArray } from "../devices/cpu/buffer";
import { toChange } from "../devices/cpu/inPlace";
import { wasm } from "../devices/cpu/wasm";
import type { Tensor } from "../tensor/tensor";
import type { AdamSettings } from "./adam";
import type { Kept } from "./optimizer";
import type { SGDSettings } from "./sgd";

/** A tensor like `parameter` to keep between steps; the kernel fills it in the first one. */
function companion(parameter: Tensor): Tensor {
  const memory = CpuArray.of(allocate("float32", parameter.numel()));
  memory.keep();
  return parameter.sibling(memory, parameter.shape, "float32");
}

/** Where a tensor kept for a parameter lies; 0 if there is none. */
const pointerTo = (kept: Tensor | undefined): number => (kept ? asCpuArray(kept.storage.memory).pointerToChange() : 0);

export function sgdCpu(
  parameter: Tensor,
  grad: Tensor,
  { lr, momentum, dampening, weightDecay, nesterov }: SGDSettings,
  kept: Kept<"momentum_buffer">,
): void {
  const first = momentum !== 0 && !kept.momentum_buffer;
  if (first) kept.momentum_buffer = companion(parameter);
  const p = toChange(parameter.storage);
  wasm((k, s) => {
    const g = s.put(grad.storage.memory);
    const v = momentum ? pointerTo(kept.momentum_buffer) : 0;
    k.sgd_f32(p.pointerToChange(), g, v, p.length, lr, momentum, 1 - dampening, weightDecay, nesterov, first);
  });
}

export function adamCpu(
  parameter: Tensor,
  grad: Tensor,
  settings: AdamSettings,
  kept: Kept<"exp_avg" | "exp_avg_sq" | "max_exp_avg_sq">,
  step: number,
): void {
  const { lr, eps, weightDecay, amsgrad, decoupledWeightDecay } = settings;
  const [beta1, beta2] = settings.betas;
  const first = !kept.exp_avg;
  if (first) {
    kept.exp_avg = companion(parameter);
    kept.exp_avg_sq = companion(parameter);
    if (amsgrad) kept.max_exp_avg_sq = companion(parameter);
  }
  const decay = decoupledWeightDecay ? 0 : weightDecay;
  const shrink = decoupledWeightDecay ? 1 - lr * weightDecay : 1;
  const p = toChange(parameter.storage);
  wasm((k, s) => {
    const g = s.put(grad.storage.memory);
    const [m, v] = [pointerTo(kept.exp_avg), pointerTo(kept.exp_avg_sq)];
    const largest = amsgrad ? pointerTo(kept.max_exp_avg_sq) : 0;
    const rate = lr / (1 - beta1 ** step);
    const correction = 1 / Math.sqrt(1 - beta2 ** step);
    // prettier-ignore
    k.adam_f32(p.pointerToChange(), g, m, v, largest, p.length, rate, beta1, 1 - beta1, beta2, 1 - beta2, correction, eps, decay, shrink, first);
  });
}
