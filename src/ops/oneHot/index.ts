import { show } from "../../arguments";
import { checkDType, getDevice, type DType } from "../../devices/device";
import { DTypeError, ShapeError } from "../../errors";
import { checkOptions, type OptionNames } from "../../options";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { defineOp, type Sample } from "../define/defineOp";
import { oneHotGpu } from "./gpu";
import type { OneHotGeometry, OneHotKernels } from "./kernels";
import { oneHotReference } from "./reference";

export interface OneHotOptions {
  /** Of the result; default int32. Losses such as the squared error want float32. */
  dtype?: DType;
}
export const oneHotOptions: OptionNames<OneHotOptions> = { dtype: true };

type OpOptions = OneHotOptions & { numClasses: number };

export const oneHotOp = defineOp<OneHotKernels, OpOptions, OneHotGeometry>({
  name: "oneHot",
  inputNames: ["labels"],
  shape([labels], { numClasses, dtype = "int32" }) {
    if (labels.dtype !== "int32")
      throw new DTypeError(
        `oneHot: labels must be int32 class indices, got ${labels.dtype} (labels ${showShape(labels.shape)}). ` +
          `Create them with { dtype: "int32" }.`,
      );
    if (!Number.isInteger(numClasses) || numClasses < 1)
      throw new ShapeError(
        `oneHot: numClasses must be a whole number >= 1, got ${show(numClasses)} (labels ${showShape(labels.shape)}).`,
      );
    checkDType("oneHot", getDevice(labels.device), dtype);
    return { classes: numClasses, outShape: [...labels.shape, numClasses], outDType: dtype };
  },
  forward: (k, [labels], g) => k.forward(labels, g),
  backward: null,
  kernels: { reference: oneHotReference, cpu: oneHotReference, gpu: oneHotGpu },
  samples: [[5], [2, 3], [], [1, 4]].map((shape, i): Sample<OpOptions> => ({
    inputs: [shape],
    fill: [{ classes: 4 }],
    options: { numClasses: 4 + i },
  })),
});

/**
 * A row for each label with 1 at the label's place and 0 elsewhere. Shapes: labels [...] int32 -> [...,numClasses].
 * @throws DataError for a label that is no class
 * @see torch.nn.functional.one_hot
 * @example
 * const targets = oneHot(labels, 10, { dtype: "float32" }); // [4,10]
 */
export function oneHot(labels: Tensor, numClasses: number, options: OneHotOptions = {}): Tensor {
  checkOptions("oneHot", options, oneHotOptions, arguments, 2);
  return oneHotOp([labels], { numClasses, ...options });
}
