/** Loads TensorFlow.js, says so, computes one convolution on its cpu backend. */
const tf = require("@tensorflow/tfjs");
process.stdout.write("loaded\n");

const y = tf.conv2d(tf.ones([1, 32, 32, 3]), tf.ones([5, 5, 3, 6]), 1, "valid");
if (y.dataSync()[0] !== 75) throw new Error("the convolution is wrong");
process.stdout.write("result\n");
