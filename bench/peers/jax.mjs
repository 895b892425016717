/**
 * jax-js on its wasm backend: a jitted training step. An array is used up by what takes it; `.ref` keeps it for once
 * more.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { images, labels, weights } from "../../dist/bench/child/numbers.js";
import { Cannot, serve } from "../../dist/bench/child/serve.js";
import { defaultDevice, init, jit, lax, nn, numpy as np, valueAndGrad } from "@jax-js/jax";

await init("wasm");
defaultDevice("wasm");

const shapes = [
  ["conv1.weight", [6, 3, 5, 5]],
  ["conv1.bias", [6]],
  ["conv2.weight", [16, 6, 5, 5]],
  ["conv2.bias", [16]],
  ["fc1.weight", [120, 400]],
  ["fc1.bias", [120]],
  ["fc2.weight", [84, 120]],
  ["fc2.bias", [84]],
  ["fc3.weight", [10, 84]],
  ["fc3.bias", [10]],
];
const LR = 0.001;
const MOMENTUM = 0.9;

const array = (values, shape) => np.array(values, { shape });

/** Max pooling by reshaping: its gradient is cheap, and windows do not overlap. */
const pool = (x) => {
  const [n, c, h, w] = x.shape;
  return np.max(np.max(x.reshape([n, c, h / 2, 2, w / 2, 2]), 5), 3);
};

function lossOf(params, x, y) {
  const [w1, b1, w2, b2, w3, b3, w4, b4, w5, b5] = params;
  let h = nn.relu(lax.conv(x, w1, [1, 1], "VALID").add(b1.reshape([6, 1, 1])));
  h = pool(h);
  h = nn.relu(lax.conv(h, w2, [1, 1], "VALID").add(b2.reshape([16, 1, 1])));
  h = pool(h);
  h = h.reshape([h.shape[0], 400]);
  h = nn.relu(np.matmul(h, w3.transpose()).add(b3));
  h = nn.relu(np.matmul(h, w4.transpose()).add(b4));
  const logits = np.matmul(h, w5.transpose()).add(b5);
  const count = logits.shape[0];
  return np.sum(nn.logSoftmax(logits).mul(y)).mul(-1 / count);
}

const step = jit((params, velocity, x, y) => {
  const [loss, gradients] = valueAndGrad(lossOf)(
    params.map((p) => p.ref),
    x,
    y,
  );
  const moved = velocity.map((v, i) => v.mul(MOMENTUM).add(gradients[i]));
  const next = params.map((p, i) => p.sub(moved[i].ref.mul(LR)));
  return [loss, next, moved];
});

function train({ net, batch }) {
  if (net !== "lecture") throw new Cannot("is not asked for this network");
  let params = shapes.map(([key, shape], index) => array(weights(key, shape, index), shape));
  let velocity = shapes.map(([, shape]) => np.zeros(shape));
  const x = array(images([batch, 3, 32, 32]), [batch, 3, 32, 32]);
  const hot = new Float32Array(batch * 10);
  labels(batch).forEach((label, n) => (hot[n * 10 + label] = 1));
  const y = array(hot, [batch, 10]);
  let last = 0;
  const iterate = async () => {
    const [loss, nextParams, nextVelocity] = step(params, velocity, x.ref, y.ref);
    [params, velocity] = [nextParams, nextVelocity];
    [last] = await loss.data();
  };
  return {
    iterate,
    async probe() {
      const first = last;
      await iterate();
      return [first, last];
    },
    release: () => [...params, ...velocity, x, y].forEach((each) => each.dispose()),
  };
}

const own = join(import.meta.dirname, "node_modules/@jax-js/jax/package.json");
serve({
  version: JSON.parse(readFileSync(own, "utf8")).version,
  threads: 1,
  prepare(spec) {
    if (spec.kind !== "train") throw new Cannot("is not asked for this");
    return train(spec);
  },
});
