import { DataError } from "../../errors";
import { checkedClasses } from "../../devices/gpu/classes";
import { asGpuArray } from "../../devices/gpu/buffer";
import { launch } from "../../devices/gpu/launch";
import type { OneHotKernels } from "./kernels";

/** Threads: class, label. */
function oneHotForward(this: any, labels: number[]): number {
  return labels[this.thread.y] === this.thread.x ? 1.0 : 0.0;
}

export const oneHotGpu: OneHotKernels = {
  forward(labels, { classes, outDType }) {
    const checked = checkedClasses(labels, (numbers) =>
      numbers.forEach((label, i) => {
        if (label < 0 || label >= classes)
          throw new DataError(
            `oneHot: labels must be class indices from 0 to ${classes - 1}, got ${label} at position ${i}. ` +
              `Count classes from 0, or raise numClasses.`,
          );
      }),
    );
    return launch(oneHotForward, { output: [classes, asGpuArray(checked).length], dtype: outDType }, checked);
  },
};
