/** Convolutions and pools in ONNX. */
import type { TracedOp } from "../../../ops/define/trace";
import type { Pair, WindowGeometry } from "../../../ops/geometry/window";
import { samePadding } from "../../../ops/conv2d/geometry";
import type { AttributeValue, Emitter } from "./emitter";

const both = (pair: Pair): [number, number] => (typeof pair === "number" ? [pair, pair] : [pair[0], pair[1]]);

type Triple = number | readonly [number, number, number];
const three = (triple: Triple): number[] => (typeof triple === "number" ? [triple, triple, triple] : [...triple]);

/** The sizes that convolutions and maximum pools have in common. */
function sizes({ geometry }: TracedOp): Record<string, AttributeValue> {
  const g = geometry as unknown as WindowGeometry;
  return {
    kernel_shape: [g.R, g.S],
    strides: [g.strideH, g.strideW],
    dilations: [g.dilationH, g.dilationW],
    pads: [g.padH, g.padW, g.padH, g.padW],
  };
}

function conv2d(e: Emitter, op: TracedOp): void {
  const attributes = sizes(op);
  if (op.options.padding === "same") {
    const g = op.geometry as unknown as WindowGeometry;
    const [top, bottom] = samePadding(g.dilationH * (g.R - 1) + 1);
    const [left, right] = samePadding(g.dilationW * (g.S - 1) + 1);
    attributes.pads = [top, left, bottom, right];
  }
  const group = Number(op.options.groups ?? 1);
  e.add(
    "Conv",
    op.inputs.map((input) => e.nameOf(input)),
    op.output,
    { ...attributes, group },
  );
}

function convTranspose2d(e: Emitter, op: TracedOp): void {
  const { inputs, options, output } = op;
  const {
    stride = 1,
    padding = 0,
    dilation = 1,
    outputPadding = 0,
    groups = 1,
  } = options as Record<string, Pair | undefined>;
  const pads = both(padding);
  e.add(
    "ConvTranspose",
    inputs.map((input) => e.nameOf(input)),
    output,
    {
      kernel_shape: inputs[1].shape.slice(2),
      strides: both(stride),
      dilations: both(dilation),
      pads: [...pads, ...pads],
      output_padding: both(outputPadding),
      group: Number(groups),
    },
  );
}

/** Volumes: the slices of a convolution keep their pads in its options. */
function conv3d(e: Emitter, { inputs, options, output }: TracedOp): void {
  const { stride = 1, padding = 0, dilation = 1, groups = 1 } = options as Record<string, Triple | undefined>;
  const window = inputs[1].shape.slice(2);
  const steps = three(dilation);
  const pads =
    (padding as unknown) === "same"
      ? window.map((size, d) => samePadding(steps[d] * (size - 1) + 1))
      : three((padding as unknown) === "valid" ? 0 : padding).map((pad) => [pad, pad]);
  e.add(
    "Conv",
    inputs.map((input) => e.nameOf(input)),
    output,
    {
      kernel_shape: window,
      strides: three(stride),
      dilations: steps,
      pads: [...pads.map(([before]) => before), ...pads.map(([, behind]) => behind)],
      group: Number(groups),
    },
  );
}

function convTranspose3d(e: Emitter, { inputs, options, output }: TracedOp): void {
  const {
    stride = 1,
    padding = 0,
    dilation = 1,
    outputPadding = 0,
    groups = 1,
  } = options as Record<string, Triple | undefined>;
  const pads = three(padding);
  e.add(
    "ConvTranspose",
    inputs.map((input) => e.nameOf(input)),
    output,
    {
      kernel_shape: inputs[1].shape.slice(2),
      strides: three(stride),
      dilations: three(dilation),
      pads: [...pads, ...pads],
      output_padding: three(outputPadding),
      group: Number(groups),
    },
  );
}

function maxPool2d(e: Emitter, op: TracedOp): void {
  const ceil_mode = Number(op.options.ceilMode ?? false);
  e.add("MaxPool", [e.nameOf(op.inputs[0])], op.output, { ...sizes(op), ceil_mode });
}

function avgPool2d(e: Emitter, { inputs: [x], options, output }: TracedOp): void {
  const {
    kernelSize,
    stride = kernelSize,
    padding = 0,
  } = options as { kernelSize: Pair; stride?: Pair; padding?: Pair };
  if (options.divisorOverride !== undefined && options.divisorOverride !== null)
    return e.lack("avgPool2d with divisorOverride");
  const pads = both(padding);
  e.add("AveragePool", [e.nameOf(x)], output, {
    kernel_shape: both(kernelSize),
    strides: both(stride),
    pads: [...pads, ...pads],
    ceil_mode: Number(options.ceilMode ?? false),
    count_include_pad: Number(options.countIncludePad ?? true),
  });
}

/** Over the whole image, or over windows that divide it. */
const adaptive =
  (global: string, windowed: string) =>
  (e: Emitter, { name, inputs: [x], output }: TracedOp): void => {
    const [H, W] = x.shape.slice(2);
    const [P, Q] = output.shape.slice(2);
    if (P === 1 && Q === 1) return e.add(global, [e.nameOf(x)], output);
    if (H % P !== 0 || W % Q !== 0) return e.lack(`${name} of ${H}x${W} pixels to ${P}x${Q}`);
    e.add(windowed, [e.nameOf(x)], output, { kernel_shape: [H / P, W / Q], strides: [H / P, W / Q] });
  };

export const windowWriters: Readonly<Record<string, (e: Emitter, op: TracedOp) => void>> = {
  conv2d,
  convTranspose2d,
  conv3d,
  convTranspose3d,
  maxPool2d,
  avgPool2d,
  adaptiveAvgPool2d: adaptive("GlobalAveragePool", "AveragePool"),
  adaptiveMaxPool2d: adaptive("GlobalMaxPool", "MaxPool"),
};
