/** Steps as they come: lines and images, one channel and several, dilated, in groups, pooled, and what has no image at all. */
import { floatsToBase64 } from "../kit/base64";
import { partFor, spanOf, type Axis } from "./axis";
import { readConvolution, sumsAt } from "./convolution";
import type { ActivationSteps, ConvolutionSteps, PoolingSteps, SoftmaxSteps, StepsMark } from "./payload";
import { readPooling, windowAt } from "./pooling";

type Window = Pick<Axis, "length" | "taps"> & Partial<Pick<Axis, "stride" | "dilation" | "padding">>;

function axisOf({ length, taps, stride = 1, dilation = 1, padding = [0, 0] }: Window): Axis {
  const all = Math.floor((length + padding[0] + padding[1] - spanOf({ taps, dilation })) / stride) + 1;
  return { length, taps, stride, dilation, padding, carried: [0, length], outputs: [0, all, all] };
}

/** Round numbers, of which some are negative. */
const waves = (count: number, phase = 0): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => Math.round(20 * Math.sin(i * 1.3 + phase)) / 10);

interface Sizes {
  axes: [Axis, Axis];
  channels?: number;
  filters?: number;
  groups?: number;
  bias?: boolean;
}

function convolution({ axes, channels = 1, filters = 1, groups = 1, bias = true }: Sizes): ConvolutionSteps {
  const [rows, columns] = axes;
  const own = channels / groups;
  const outputs = filters * rows.outputs[1] * columns.outputs[1];
  const empty: ConvolutionSteps = {
    ...{ mark: "steps", steps: "convolution", at: [0, 0, 0], axes },
    ...{ channels, filterChannels: own, filters, groupFilters: filters / groups },
    input: floatsToBase64(waves(channels * rows.carried[1] * columns.carried[1])),
    weight: floatsToBase64(waves(filters * own * rows.taps * columns.taps, 2)),
    ...(bias ? { bias: floatsToBase64(waves(filters, 0.3)) } : {}),
    output: floatsToBase64(new Float32Array(outputs)),
  };
  const of = readConvolution(empty);
  const size = rows.outputs[1] * columns.outputs[1];
  const output = Float32Array.from({ length: outputs }, (_, i) => {
    const [filter, at] = [Math.floor(i / size), i % size];
    return sumsAt(of, [filter, Math.floor(at / columns.outputs[1]), at % columns.outputs[1]]).total;
  });
  const largest = output.subarray(0, size).indexOf(Math.max(...output.subarray(0, size)));
  const at = [0, Math.floor(largest / columns.outputs[1]), largest % columns.outputs[1]] as const;
  return { ...empty, at, output: floatsToBase64(output) };
}

function pooling(kind: PoolingSteps["kind"], axes: [Axis, Axis], channels = 1): PoolingSteps {
  const [rows, columns] = axes;
  const size = rows.outputs[1] * columns.outputs[1];
  const empty: PoolingSteps = {
    ...{ mark: "steps", steps: "pooling", at: [0, 1, 1], kind, axes, channels, countIncludePad: true },
    input: floatsToBase64(waves(channels * rows.carried[1] * columns.carried[1])),
    output: floatsToBase64(new Float32Array(channels * size)),
  };
  const of = readPooling(empty);
  const output = Float32Array.from({ length: channels * size }, (_, i) => {
    const [row, column] = [Math.floor((i % size) / columns.outputs[1]), (i % size) % columns.outputs[1]];
    const { seen, winner, sum, divisor } = windowAt(of, [Math.floor(i / size), row, column]);
    return kind === "max" ? seen[winner].value : sum / divisor;
  });
  return { ...empty, output: floatsToBase64(output) };
}

const square = (window: Window): [Axis, Axis] => [axisOf(window), axisOf(window)];
const line = (window: Window): [Axis, Axis] => [axisOf({ length: 1, taps: 1 }), axisOf(window)];

const image = (): StepsMark => convolution({ axes: square({ length: 5, taps: 3, padding: [1, 1] }) });

const colours = (): StepsMark =>
  convolution({ axes: square({ length: 7, taps: 3, stride: 2, padding: [1, 1] }), channels: 3, filters: 2 });

const dilated = (): StepsMark =>
  convolution({ axes: square({ length: 9, taps: 3, dilation: 2, padding: [2, 2] }), bias: false });

const signal = (): StepsMark =>
  convolution({ axes: line({ length: 24, taps: 5, padding: [2, 2] }), channels: 2, filters: 3 });

const groups = (): StepsMark =>
  convolution({ axes: square({ length: 18, taps: 3 }), channels: 8, filters: 4, groups: 2 });

/** Twelve of sixty outputs a side, in the middle of a photograph. */
const part = (): StepsMark => {
  const whole = axisOf({ length: 64, taps: 5 });
  const axis = partFor(whole, 24, 12);
  const mark = convolution({ axes: [axis, axis] });
  return { ...mark, allFilters: 40, subtitle: "a < b & c" };
};

const largest = (): StepsMark => pooling("max", square({ length: 6, taps: 2, stride: 2 }), 2);
const mean = (): StepsMark => pooling("average", square({ length: 7, taps: 3, stride: 2, padding: [1, 1] }));

/** The division is rounded up: the last windows reach beyond the padding. */
const beyond = (): StepsMark => {
  const axis = axisOf({ length: 6, taps: 3, stride: 2 });
  const longer: Axis = { ...axis, outputs: [0, 3, 3] };
  return { ...pooling("max", [longer, longer]), at: [0, 2, 2] };
};

function activation(name: string, of: (x: number) => number, rows: number, columns: number): ActivationSteps {
  const input = waves(rows * columns);
  const points = Array.from({ length: 101 }, (_, i) => of(-4 + (8 * i) / 100));
  return {
    ...{ mark: "steps", steps: "activation", name, planes: 1, rows, columns, at: [0, 0, 1] },
    input: floatsToBase64(input),
    output: floatsToBase64(input.map(of)),
    curve: { from: -4, to: 4, values: floatsToBase64(points) },
  };
}
const relu = (): StepsMark => activation("relu", (x) => Math.max(0, x), 6, 6);
/** Infinite at 0. */
const reciprocal = (): StepsMark => activation("reciprocal", (x) => 1 / x, 1, 8);

function softmax(classes: string[], logits: number[], place?: number): SoftmaxSteps {
  const z = Float32Array.from(logits);
  const largest = Math.max(...z);
  const exponentials = Array.from(z, (value) => Math.exp(value - largest));
  const sum = exponentials.reduce((all, each) => all + each, 0);
  const shares = exponentials.map((each) => each / sum);
  return {
    ...{ mark: "steps", steps: "softmax", classes, at: [0, place ?? 0, place === undefined ? 2 : 4] },
    logits: floatsToBase64(z),
    probabilities: floatsToBase64(shares),
    ...(place === undefined
      ? {}
      : {
          target: {
            place,
            loss: -Math.log(shares[place]),
            gradient: floatsToBase64(shares.map((share, i) => share - (i === place ? 1 : 0))),
          },
        }),
  };
}
const shares = (): StepsMark => softmax(["0", "1", "2"], [1, 2, -0.5]);
const loss = (): StepsMark => softmax(["cat", "dog", "a ship whose name is long", "bird"], [3.2, 5.1, -1.7, 0.4], 0);
/** Logits whose exp has too many digits, of which most are left out. */
const many = (): StepsMark => ({
  ...softmax(["tench", "goldfish", "shark"], [30, 28, 31.5], 2),
  others: { count: 997, exponentials: 0.2, probability: 0.1 },
});

export const samples = {
  ...{ image, colours, dilated, signal, groups, part },
  ...{ largest, mean, beyond, relu, reciprocal, shares, loss, many },
} satisfies Record<string, () => StepsMark>;
