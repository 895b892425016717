/** ConvNetJS: one image at a time, a batch being so many images between two updates. Its images are HWC. */
import { createRequire } from "node:module";
import { images, labels } from "../../dist/bench/child/numbers.js";
import { Cannot, serve } from "../../dist/bench/child/serve.js";

const require = createRequire(import.meta.url);
const convnetjs = require("convnetjs");
const { version } = require("convnetjs/package.json");

const layers = [
  { type: "input", out_sx: 32, out_sy: 32, out_depth: 3 },
  { type: "conv", sx: 5, filters: 6, stride: 1, pad: 0, activation: "relu" },
  { type: "pool", sx: 2, stride: 2 },
  { type: "conv", sx: 5, filters: 16, stride: 1, pad: 0, activation: "relu" },
  { type: "pool", sx: 2, stride: 2 },
  { type: "fc", num_neurons: 120, activation: "relu" },
  { type: "fc", num_neurons: 84, activation: "relu" },
  { type: "softmax", num_classes: 10 },
];

/** Weights stay its own random ones: their number says nothing about time, and it keeps them in an order of its own. */
function train({ net, batch }) {
  if (net === "lenet5") throw new Cannot("has no average pooling");
  if (net !== "lecture") throw new Cannot("has no batch normalisation and no sums of layers");
  const network = new convnetjs.Net();
  network.makeLayers(layers);
  const trainer = new convnetjs.Trainer(network, {
    method: "sgd",
    learning_rate: 0.001,
    momentum: 0.9,
    batch_size: batch,
  });
  const pixels = images([batch, 3, 32, 32]);
  const classes = labels(batch);
  const volumes = Array.from({ length: batch }, (_, n) => {
    const volume = new convnetjs.Vol(32, 32, 3, 0);
    for (let c = 0; c < 3; c++)
      for (let y = 0; y < 32; y++)
        for (let x = 0; x < 32; x++) volume.set(x, y, c, pixels[((n * 3 + c) * 32 + y) * 32 + x]);
    return volume;
  });
  let loss = 0;
  return {
    iterate() {
      let sum = 0;
      for (let n = 0; n < batch; n++) sum += trainer.train(volumes[n], classes[n]).loss;
      loss = sum / batch;
    },
    finish() {
      if (!Number.isFinite(loss)) throw new Error(`the loss is ${loss}`);
    },
  };
}

serve({
  version,
  threads: 1,
  prepare(spec) {
    if (spec.kind !== "train") throw new Cannot("is not asked for this");
    return train(spec);
  },
});
