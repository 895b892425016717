import type { DType } from "../../devices/device";
import { broadcastShapes, broadcastStrides, sameShape, type Shape } from "../../tensor/shape";
import type { BinaryGeometry, BinaryRow } from "./kernels";

/** Sizes of an elementwise operation on two shapes. @throws ShapeError if they do not broadcast */
export function binaryGeometry(row: BinaryRow, a: Shape, b: Shape, dtype: DType): BinaryGeometry {
  const outShape = broadcastShapes(row.name, a, b);
  return {
    row,
    shapeA: a,
    shapeB: b,
    stridesA: broadcastStrides(a, outShape),
    stridesB: broadcastStrides(b, outShape),
    aligned: sameShape(a, b),
    outShape,
    outDType: row.da ? dtype : "bool",
  };
}
