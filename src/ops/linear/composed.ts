import { binaryGeometry } from "../binary/geometry";
import type { BinaryGeometry, BinaryKernels } from "../binary/kernels";
import { binaryRows } from "../binary/table";
import type { MatmulGeometry, MatmulKernels } from "../matmul/kernels";
import type { LinearGeometry, LinearKernels } from "./kernels";

/** A linear layer as a device's matrix product and sum. */
export function linearBy({ matmul }: MatmulKernels, binary: BinaryKernels): LinearKernels {
  const sizes = (M: number, N: number, L: number, transposeA: boolean, transposeB: boolean): MatmulGeometry => ({
    M,
    N,
    L,
    transposeA,
    transposeB,
    outShape: [M, N],
  });
  const sum = ({ M, N, dtype }: LinearGeometry): BinaryGeometry => binaryGeometry(binaryRows.add, [M, N], [N], dtype);
  return {
    forward(x, w, b, g) {
      const product = matmul(x, w, sizes(g.M, g.N, g.L, false, true));
      return b ? binary.forward(product, b, sum(g)) : product;
    },
    backwardInput: (dy, w, { M, N, L }) => matmul(dy, w, sizes(M, L, N, false, false)),
    backwardWeight: (dy, x, { M, N, L }) => matmul(dy, x, sizes(N, L, M, true, false)),
    backwardBias: (dy, b, g) => binary.backwardB(dy, dy, b, sum(g)),
  };
}
