/** Normalisations in ONNX. */
import { fromArray } from "../../../tensor/create";
import type { Tensor } from "../../../tensor/tensor";
import type { Emitter } from "./emitter";
import type { Writer } from "./writer";

const batchNorm: Writer = (e, { inputs, options, output }) => {
  if (inputs.length !== 5) return e.lack("batchNorm by the batch's own statistics");
  e.add(
    "BatchNormalization",
    inputs.map((input) => e.nameOf(input)),
    output,
    { epsilon: { float: Number(options.eps) } },
  );
};

const localResponseNorm: Writer = (e, { inputs: [x], options, output }) => {
  const {
    size,
    alpha = 1e-4,
    beta = 0.75,
    k = 1,
  } = options as { size: number; alpha?: number; beta?: number; k?: number };
  // ONNX takes one channel more behind, PyTorch one more in front.
  if (size % 2 === 0) return e.lack(`localResponseNorm with even size ${size}`);
  e.add("LRN", [e.nameOf(x)], output, {
    size,
    alpha: { float: alpha },
    beta: { float: beta },
    bias: { float: k },
  });
};

/** `count` times one number like the numbers of x. */
const filled = (e: Emitter, x: Tensor, count: number, value: number): string => {
  const Kind = x.dtype === "float64" ? Float64Array : Float32Array;
  return e.nameOf(fromArray(new Kind(count).fill(value), [count], { device: x.device }));
};

const epsilon = ({ eps }: Record<string, unknown>): { epsilon: { float: number } } => ({
  epsilon: { float: Number(eps) },
});

/** The operator set has no groups before version 18: groups are channels, and then weights come one a channel. */
const groupNorm: Writer = (e, { inputs: [x, weight, bias], options, output }) => {
  const groups = Number(options.numGroups);
  const parts = [
    e.between("Reshape", [e.nameOf(x), e.ints([0, groups, -1])]),
    filled(e, x, groups, 1),
    filled(e, x, groups, 0),
  ];
  const normal = e.between("InstanceNormalization", parts, epsilon(options));
  const [, C, ...image] = x.shape;
  const perChannel = [weight, bias].map((each) =>
    image.length ? e.between("Reshape", [e.nameOf(each), e.ints([C, ...image.map(() => 1)])]) : e.nameOf(each),
  );
  const back = e.between("Reshape", [normal, e.ints([0, C, ...image])]);
  e.add("Add", [e.between("Mul", [back, perChannel[0]]), perChannel[1]], output);
};

const layerNorm: Writer = (e, { inputs, options, output }) => {
  const axis = -(options.normalizedShape as readonly number[]).length;
  e.add(
    "LayerNormalization",
    inputs.map((input) => e.nameOf(input)),
    output,
    { axis, ...epsilon(options) },
  );
};

const instanceNorm: Writer = (e, { inputs, options, output }) =>
  e.add(
    "InstanceNormalization",
    inputs.map((input) => e.nameOf(input)),
    output,
    epsilon(options),
  );

export const normWriters: Readonly<Record<string, Writer>> = {
  batchNorm,
  localResponseNorm,
  groupNorm,
  layerNorm,
  instanceNorm,
};
