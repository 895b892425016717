/** A small network for the samples of views: the same weights each time, whatever the seed is. */
import { skipInit } from "../../nn/firstWeights";
import { Conv2d } from "../../nn/layers/conv2d";
import { Flatten } from "../../nn/layers/flatten";
import { Linear } from "../../nn/layers/linear";
import { MaxPool2d } from "../../nn/layers/maxPool2d";
import { ReLU } from "../../nn/layers/relu";
import { Sequential } from "../../nn/layers/sequential";
import { fromArray } from "../../tensor/create";

export const SAMPLE_CLASSES = ["square", "disc", "stripes"];

/** Shapes: [N,channels,12,12] -> [N,3]. Layers "0" (convolution) to "5". */
export function sampleNet(channels: 1 | 3 = 3): Sequential {
  const net = skipInit(
    () =>
      new Sequential(
        new Conv2d(channels, 4, 3, { padding: 1 }),
        new ReLU(),
        new MaxPool2d(2),
        new Conv2d(4, 6, 3, { padding: 1 }),
        new ReLU(),
        new Flatten(),
        new Linear(6 * 6 * 6, SAMPLE_CLASSES.length),
      ),
  );
  const state = net.stateDict();
  Object.keys(state).forEach((key, k) => {
    const { shape } = state[key];
    const size = shape.reduce((a, b) => a * b);
    const fanIn = size / shape[0];
    const values = Float32Array.from(
      { length: size },
      (_, i) => Math.sin(i * 1.7 + k * 2.3 + (i % 7)) / Math.sqrt(fanIn),
    );
    state[key] = fromArray(shape.length > 1 ? values : values.fill(0.01), shape);
  });
  net.loadStateDict(state);
  return net;
}
