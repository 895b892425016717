import { allocate } from "../../devices/device";
import { DataError } from "../../errors";
import type { OneHotKernels } from "./kernels";

export const oneHotReference: OneHotKernels = {
  forward(labels: Int32Array, { classes, outDType }) {
    const out = allocate(outDType, labels.length * classes);
    labels.forEach((label, i) => {
      if (label < 0 || label >= classes)
        throw new DataError(
          `oneHot: labels must be class indices from 0 to ${classes - 1}, got ${label} at position ${i}. ` +
            `Count classes from 0, or raise numClasses.`,
        );
      out[i * classes + label] = 1;
    });
    return out;
  },
};
