/** Wrong steps of training. */
import { instead, question } from "../../support/question";

/** A step, whose parts are right unless said otherwise. */
const step = ({
  moved = "each - lr * gradient[i]",
  bias = "moved(net.b, conv.db)",
  weightsOfFeatures = "net.v",
  relu = "await layers.relu(dr, a)",
  poolInput = "r",
  after = "",
}): string =>
  `async function step(net: Net, images: Maps, labels: number[], lr: number, layers: Layers): Promise<Net> {
  const { a, r, m, f, s } = await forward(net, images);
  const moved = (numbers: number[], gradient: number[]): number[] => numbers.map((each, i) => ${moved});
  const ds = await layers.crossEntropy(s, labels);
  const affine = await layers.affine(ds, f, net.v);
  const v = net.v.map((row, o) => moved(row, affine.dw[o]));
  const features = await layers.affine(ds, f, ${weightsOfFeatures});
  const dr = await layers.maxPool(unflatten(features.dx, m), ${poolInput}, 2, 2);
  const da = ${relu};
  const conv = await layers.conv(da, images, net.w, 1, 1);
  const w = net.w.map((filter, k) => filter.map((map, ch) => map.map((row, u) => moved(row, conv.dw[k][ch][u]))));
  ${after}
  return { w, b: ${bias}, v, c: moved(net.c, affine.db) };
}`;
export const steps = question(
  {
    test: "q7",
    needs: ["q1-answer", "q2-answer", "q3-answer", "q4-answer", "q5-answer", "network"],
    shapes: instead(["[6, 0.4]", "[4, 0.3]", "[7, 0.2]"]),
  },
  [
    {
      mistake: "a step up the slope",
      code: step({ moved: "each + lr * gradient[i]" }),
      hint: /goes up the slope/,
    },
    {
      mistake: "a step that counts gradients twice",
      code: step({ moved: "each - lr * (gradient[i] + gradient[i])" }),
      hint: /counts twice/,
    },
    {
      mistake: "a step without the learning rate",
      code: step({ moved: "each - gradient[i]" }),
      hint: /is subtracted without lr/,
    },
    {
      mistake: "a bias that is not updated",
      code: step({ bias: "net.b" }),
      hint: /b is as before: is it not updated/,
    },
    {
      mistake: "the way back through weights that are updated already",
      code: step({ weightsOfFeatures: "v" }),
      hint: /computed with the new v/,
    },
    {
      mistake: "the ReLU left out on the way back",
      code: step({ relu: "dr" }),
      hint: /the ReLU is left out on the way back/,
    },
    {
      mistake: "the arguments of the ReLU swapped",
      code: step({ relu: "await layers.relu(a, dr)" }),
      hint: /the arguments of relu are swapped/,
    },
    {
      mistake: "a pooling layer that is given its own output",
      code: step({ poolInput: "m" }),
      hint: /maxPool: dy is \[\d+,4,7,7\], expected \[\d+,4,3,3\] for x/,
    },
    {
      mistake: "the gradients instead of the parameters",
      code: step({ moved: "gradient[i]" }),
      hint: /that is the gradient of/,
    },
    {
      mistake: "a step that is divided by the images",
      code: step({ moved: "each - (lr * gradient[i]) / images.length" }),
      hint: /is divided by N/,
    },
    {
      mistake: "a step by autograd",
      code: `async function step(net: Net, images: Maps, labels: number[], lr: number, layers: Layers): Promise<Net> {
  const leaves = leavesOf(net);
  F.crossEntropy(layersOf(tensor(images, exact), leaves).s, classIndices(labels)).backward();
  const moved = <T>(leaf: Tensor) => list<T>(leaf.detach().sub(leaf.grad!.mul(lr)));
  const [v, c] = [await moved<Matrix>(leaves.v), await moved<number[]>(leaves.c)];
  return { w: await moved<Maps>(leaves.w), b: await moved<number[]>(leaves.b), v, c };
}`,
      hint: /layers.crossEntropy and layers.affine did not run/,
    },
    {
      mistake: "a step that writes into the network",
      code: step({ after: "net.b.forEach((each, i) => (net.b[i] = each - lr * conv.db[i]));", bias: "net.b" }),
      hint: /b was changed in place/,
    },
  ],
);
