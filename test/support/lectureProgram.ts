/** The lecture's training program on made-up images: the same weights and batches for us and for PyTorch. */
import type { DeviceName } from "../../src/devices/device";
import * as nn from "../../src/nn";
import { SGD, type SGDSettings } from "../../src/optim";
import { fromArray } from "../../src/tensor/create";
import { Random } from "../../src/tensor/random";
import type { Tensor } from "../../src/tensor/tensor";
import { LectureNet } from "./lectureNet";

const BATCH = 4;

/** The lecture's own settings for 200 steps, and four more sets of SGD's options. */
export const lecturePrograms: (Partial<SGDSettings> & { lr: number })[] = [
  { lr: 0.001, momentum: 0.9 },
  { lr: 0.05 },
  { lr: 0.01, momentum: 0.9 },
  { lr: 0.01, momentum: 0.9, weightDecay: 0.1 },
  { lr: 0.01, momentum: 0.9, nesterov: true },
  { lr: 0.02, momentum: 0.8, dampening: 0.3 },
];

interface Program {
  settings: Partial<SGDSettings>;
  weights: Record<string, number[]>;
  images: number[][];
  labels: number[][];
}

const stepsOf = ({ lr }: { lr: number }): number => (lr === 0.001 ? 200 : 20);

/** Everything a program starts from, as plain numbers that float32 holds exactly. */
export function describeProgram(settings: Partial<SGDSettings> & { lr: number }): Program {
  const random = new Random(9);
  const steps = stepsOf(settings);
  const numbers = (count: number, scale: number): number[] =>
    Array.from({ length: count }, () => Math.fround((2 * random.next() - 1) * scale));
  const weights = Object.fromEntries(
    new LectureNet().namedParameters().map(([path, parameter]) => {
      const fanIn = parameter.shape.slice(1).reduce((product, length) => product * length, 1);
      return [path, numbers(parameter.numel(), 1 / Math.sqrt(parameter.shape.length > 1 ? fanIn : 100))];
    }),
  );
  const images = Array.from({ length: steps }, () => numbers(BATCH * 3 * 32 * 32, 1));
  const labels = Array.from({ length: steps }, () => Array.from({ length: BATCH }, () => random.int(10)));
  return { settings, weights, images, labels };
}

/** The loss of each step. */
export async function runProgram(
  program: Program,
  device: DeviceName,
  dtype: "float32" | "float64",
): Promise<number[]> {
  const typed = (numbers: number[], shape: readonly number[]): Tensor =>
    fromArray(dtype === "float64" ? Float64Array.from(numbers) : Float32Array.from(numbers), shape, {
      device,
    });
  const net = new LectureNet();
  for (const [path, parameter] of net.namedParameters())
    parameter.storage = typed(program.weights[path], parameter.shape).storage;

  const criterion = new nn.CrossEntropyLoss();
  const optimizer = new SGD(net.parameters(), program.settings);
  const losses: number[] = [];
  for (const [step, images] of program.images.entries()) {
    const labels = fromArray(Int32Array.from(program.labels[step]), [BATCH], { device });
    optimizer.zeroGrad();
    const loss = criterion(net(typed(images, [BATCH, 3, 32, 32])), labels);
    loss.backward();
    optimizer.step();
    losses.push(await loss.item());
  }
  return losses;
}
