/** Wrong means of sub-networks. */
import { question } from "../../support/question";

/** The sum over all sub-networks, and the one scaled network, whose parts are right unless said otherwise. */
const subnetworks = ({
  from = "0",
  share = "kept ? 1 - p : p",
  mean = "sum += probability * f(z);",
  result = "sum",
  scaled = "return neuron.f(neuron.h.reduce((all, each, k) => all + (1 - neuron.p) * neuron.w[k] * each, neuron.b));",
}): string => `interface Neuron { h: number[]; w: number[]; b: number; p: number; f: (z: number) => number }
function subnetworkMean({ h, w, b, p, f }: Neuron): number {
  let sum = 0;
  for (let s = ${from}; s < 2 ** h.length; s++) {
    let [z, probability] = [b, 1];
    for (let i = 0; i < h.length; i++) {
      const kept = (s >> i) & 1;
      z += kept * w[i] * h[i];
      probability *= ${share};
    }
    ${mean}
  }
  return ${result};
}
function scaledOutput(neuron: Neuron): number {
  ${scaled}
}`;
export const averages = question(
  {
    test: "q6",
    shapes: [
      [
        ["n = 6", "n = 4"],
        ["[0.5, 0.2, 0.9]", "[0.3, 0.5, 0.6]"],
      ],
      [
        ["n = 6", "n = 9"],
        ["b = 0.7", "b = -1.2"],
      ],
    ],
  },
  [
    { mistake: "all sub-networks count alike", hint: /weighted alike/, code: subnetworks({ share: "0.5" }) },
    { mistake: "p and 1-p are swapped", hint: /swapped/, code: subnetworks({ share: "kept ? p : 1 - p" }) },
    {
      mistake: "the empty sub-network is left out",
      hint: /keeps nothing is missing/,
      code: subnetworks({ from: "1" }),
    },
    {
      mistake: "p ** n - k",
      hint: /write p \*\* \(n - k\)/,
      code: subnetworks({
        mean: `let k = 0;
    for (let i = 0; i < h.length; i++) k += (s >> i) & 1;
    sum += ((1 - p) ** k * p ** h.length - k) * f(z);`,
      }),
    },
    {
      mistake: "sub-networks are drawn at random",
      hint: /Two calls give different numbers/,
      code: subnetworks({ mean: "sum += probability * f(z) * (1 + 0.1 * Math.random());" }),
    },
    {
      mistake: "a formula for z and z² alone",
      hint: /example with ReLU/,
      code: subnetworks({
        result:
          "f(b + (1 - p) * w.reduce((all, each, i) => all + each * h[i], 0)) + ((f(1) + f(-1)) / 2) * p * (1 - p) * w.reduce((all, each, i) => all + (each * h[i]) ** 2, 0)",
      }),
    },
    {
      mistake: "f of the mean",
      hint: /f is applied to the mean/,
      code: subnetworks({ mean: "sum += probability * z;", result: "f(sum)" }),
    },
    {
      mistake: "the bias is scaled as well",
      hint: /bias is dropped or scaled/,
      code: subnetworks({
        scaled:
          "return neuron.f((1 - neuron.p) * neuron.h.reduce((all, each, k) => all + neuron.w[k] * each, neuron.b));",
      }),
    },
    {
      mistake: "weights are divided by 1-p",
      hint: /weights are divided by 1 - p/,
      code: subnetworks({
        scaled:
          "return neuron.f(neuron.h.reduce((all, each, k) => all + (neuron.w[k] / (1 - neuron.p)) * each, neuron.b));",
      }),
    },
    {
      mistake: "the inputs are scaled in place",
      hint: /h was changed in place/,
      code: subnetworks({
        scaled: `for (let k = 0; k < neuron.h.length; k++) neuron.h[k] *= 1 - neuron.p;
  return neuron.f(neuron.h.reduce((all, each, j) => all + neuron.w[j] * each, neuron.b));`,
      }),
    },
  ],
);
