import { allocate, dtypeOf, type FloatArray } from "../../devices/device";
import { DataError } from "../../errors";
import { LEAST_LOG, LEAST_VARIANCE, type BinaryCrossEntropyKernels } from "./kernels";

export const binaryCrossEntropyReference: BinaryCrossEntropyKernels = {
  forward(x: FloatArray, t: FloatArray) {
    checkProbabilities("input", x);
    checkProbabilities("target", t);
    const loss = allocate(dtypeOf(x), x.length);
    for (let i = 0; i < loss.length; i++) {
      const [yes, no] = [Math.max(Math.log(x[i]), LEAST_LOG), Math.max(Math.log1p(-x[i]), LEAST_LOG)];
      loss[i] = -(t[i] * yes + (1 - t[i]) * no);
    }
    return loss;
  },
  backwardInput(dy: FloatArray, x: FloatArray, t: FloatArray) {
    const dx = allocate(dtypeOf(x), x.length);
    for (let i = 0; i < dx.length; i++) dx[i] = (dy[i] * (x[i] - t[i])) / Math.max(x[i] * (1 - x[i]), LEAST_VARIANCE);
    return dx;
  },
  backwardTarget(dy: FloatArray, x: FloatArray) {
    const dt = allocate(dtypeOf(x), x.length);
    for (let i = 0; i < dt.length; i++) dt[i] = dy[i] * (Math.log1p(-x[i]) - Math.log(x[i]));
    return dt;
  },
};

/** @throws DataError for the first number outside 0..1, NaN included */
function checkProbabilities(name: string, numbers: FloatArray): void {
  for (let i = 0; i < numbers.length; i++)
    if (!(numbers[i] >= 0 && numbers[i] <= 1))
      throw new DataError(
        `binaryCrossEntropy: ${name} must hold probabilities from 0 to 1, got ${numbers[i]} at position ${i}. ` +
          (name === "input" ? `Use sigmoid() before, or binaryCrossEntropyWithLogits.` : `Use 0 for no and 1 for yes.`),
      );
}
