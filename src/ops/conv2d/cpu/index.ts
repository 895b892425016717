import type { Conv2dKernels } from "../kernels";
import { backwardBias } from "./bias";
import { firstThatFits, forwardWays, inputWays, transposedGeometry, weightWays } from "./ways";

/** Each direction by the first way that fits its shapes. */
export const conv2dCpu: Conv2dKernels = {
  forward: (x, w, b, g) => firstThatFits(forwardWays, g).run(x, w, b, g),
  backwardInput(dy, w, g) {
    const other = transposedGeometry(g);
    return firstThatFits(inputWays, g, other).run(dy, w, g, other);
  },
  backwardWeight: (dy, x, g) => firstThatFits(weightWays, g).run(dy, x, g),
  backwardBias,
};
