/** TensorFlow.js on its cpu or its wasm backend, whichever BENCH_ENGINE names. Its images are NHWC, its filters RSCK. */
import { createRequire } from "node:module";
import { hashed, images, labels, probeOf, SEED, weights } from "../../dist/bench/child/numbers.js";
import { Cannot, serve } from "../../dist/bench/child/serve.js";

const require = createRequire(import.meta.url);
const tf = require("@tensorflow/tfjs");
const wasm = process.env.BENCH_ENGINE === "tfjs-wasm";
if (wasm) require("@tensorflow/tfjs-backend-wasm");
tf.enableProdMode();
await tf.setBackend(wasm ? "wasm" : "cpu");
await tf.ready();

/** PyTorch's order of numbers to TensorFlow's. */
const toNHWC = (values, shape) => tf.tidy(() => tf.tensor(values, shape).transpose([0, 2, 3, 1]));
const toRSCK = (values, shape) => tf.tidy(() => tf.tensor(values, shape).transpose([2, 3, 1, 0]));
const toNCHW = (tensor) => tf.tidy(() => tensor.transpose([0, 3, 1, 2]).dataSync());

const nets = {
  lecture: { image: [3, 32, 32], activation: tf.relu, pool: tf.maxPool, padding: 0 },
  lenet5: { image: [1, 28, 28], activation: tf.tanh, pool: tf.avgPool, padding: 2 },
};

/** Two convolutions, each with a pooling, and three fully connected layers: the lecture's network and LeNet-5. */
function train({ net, batch }) {
  if (!nets[net]) throw new Cannot("a step takes minutes");
  const { image, activation, pool, padding } = nets[net];
  const shapes = [
    ["conv1.weight", [6, image[0], 5, 5]],
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
  const [w1, b1, w2, b2, w3, b3, w4, b4, w5, b5] = shapes.map(([key, shape], index) => {
    const values = weights(key, shape, index);
    // A first fully connected layer of its own order of channels would be another network to compare with.
    const tensor = shape.length === 4 ? toRSCK(values, shape) : tf.tensor(values, shape);
    return tf.variable(shape.length === 2 ? tensor.transpose() : tensor);
  });
  const x = toNHWC(images([batch, ...image]), [batch, ...image]);
  const y = tf.oneHot(tf.tensor1d(labels(batch), "int32"), 10);
  const optimizer = tf.train.momentum(0.001, 0.9);
  const loss = () => {
    let h = pool(activation(tf.conv2d(x, w1, 1, padding).add(b1)), 2, 2, "valid");
    h = pool(activation(tf.conv2d(h, w2, 1, "valid").add(b2)), 2, 2, "valid");
    h = h.transpose([0, 3, 1, 2]).reshape([batch, 400]);
    h = activation(tf.matMul(h, w3).add(b3));
    h = activation(tf.matMul(h, w4).add(b4));
    return tf.losses.softmaxCrossEntropy(y, tf.matMul(h, w5).add(b5)).asScalar();
  };
  let last = 0;
  const iterate = () => {
    const value = optimizer.minimize(loss, true);
    [last] = value.dataSync();
    value.dispose();
  };
  return {
    iterate() {
      try {
        iterate();
      } catch (error) {
        throw lacking(error) ?? error;
      }
    },
    probe() {
      const first = last;
      iterate();
      return [first, last];
    },
    release: () => tf.disposeVariables(),
  };
}

/** A backend without a kernel says so in many words. */
function lacking(error) {
  const [, kernel] = /Kernel '(\w+)' not registered/.exec(error.message) ?? [];
  return kernel && new Cannot(`its ${tf.getBackend()} backend has no ${kernel}`);
}

function conv({ pass, shape }) {
  const { N, C, H, W, K, R, S, stride, padding, groups } = shape;
  const depthwise = groups === C && K === C && C > 1;
  if (groups > 1 && !depthwise) throw new Cannot("convolves in groups only depthwise");
  const per = C / groups;
  const x = toNHWC(images([N, C, H, W]), [N, C, H, W]);
  const numbers = hashed(K * per * R * S, SEED.filters, 1 / Math.sqrt(per * R * S));
  // Depthwise filters are RSC1.
  const w = depthwise
    ? tf.tidy(() => tf.tensor(numbers, [K, 1, R, S]).transpose([2, 3, 0, 1]))
    : toRSCK(numbers, [K, per, R, S]);
  const forward = () => (depthwise ? tf.depthwiseConv2d(x, w, stride, padding) : tf.conv2d(x, w, stride, padding));
  let result;
  const keep = (make) => {
    result?.dispose();
    result = make();
  };
  const release = () => [x, w, result].forEach((tensor) => tensor?.dispose());
  // The wasm backend computes at once; one number is read so that nobody has to know.
  const touch = () => tf.tidy(() => result.flatten().slice(0, 1).dataSync());
  if (pass === "forward")
    return { iterate: () => keep(forward), finish: touch, probe: () => probeOf(toNCHW(result)), release };
  if (pass === "weight" || depthwise) throw new Cannot("has no such gradient outside tf.grad, which wasm lacks");
  const output = forward();
  const dy = tf.onesLike(output);
  output.dispose();
  return {
    iterate: () => keep(() => tf.conv2dTranspose(dy, w, x.shape, stride, padding)),
    finish: touch,
    probe: () => probeOf(toNCHW(result)),
    release() {
      release();
      dy.dispose();
    },
  };
}

function overhead({ op }) {
  if (op === "add") {
    const one = tf.tensor1d([1]);
    let x = tf.tensor1d([0]);
    const next = () => {
      const sum = x.add(one);
      x.dispose();
      x = sum;
    };
    return { iterate: next, finish: () => x.dataSync() };
  }
  const w = tf.ones([1, 1, 1, 1]);
  let x = tf.ones([1, 1, 1, 1]);
  if (op === "conv") {
    const next = () => {
      const y = tf.conv2d(x, w, 1, "valid");
      x.dispose();
      x = y;
    };
    return { iterate: next, finish: () => x.dataSync() };
  }
  const gradient = tf.grad((filter) => tf.conv2d(x, filter, 1, "valid").asScalar());
  let dw;
  const iterate = () => {
    dw?.dispose();
    dw = gradient(w);
  };
  return { iterate, finish: () => dw.dataSync() };
}

serve({
  version: tf.version.tfjs,
  threads: 1,
  prepare(spec) {
    if (spec.kind === "train") return train(spec);
    if (spec.kind === "conv") return conv(spec);
    if (spec.kind === "overhead") return overhead(spec);
    throw new Cannot("is not asked for this");
  },
});
