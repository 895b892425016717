/** Random trajectories of all optimizers, with the parameters that ours end every step with. */
import * as optim from "../../../src/optim";
import { fromArray } from "../../../src/tensor/create";
import type { Random } from "../../../src/tensor/random";

const { SGD, Adam, AdamW, Adadelta, Adagrad, RMSprop } = optim;
const kinds = { SGD, Adam, AdamW, Adadelta, Adagrad, RMSprop };
type Kind = keyof typeof kinds;

export interface TrajectoryRow {
  optimizer: Kind;
  settings: Record<string, unknown>;
  parameters: number[][];
  /** For each step and parameter its gradient; null where it has none. */
  grads: (number[] | null)[][];
  ours: number[][][];
}

/** Settings of each optimizer, each there or not. */
function settingsOf(kind: Kind, random: Random): Record<string, unknown> {
  const pick = <T>(...values: T[]): T => values[random.int(values.length)];
  const common = {
    lr: pick(1e-3, 0.01, 0.1, 1),
    weightDecay: pick(0, 0.01, 0.1),
    maximize: random.int(4) === 0,
  };
  const betas = [pick(0.9, 0.5, 0), pick(0.999, 0.9, 0.5)];
  const own: Record<Kind, Record<string, unknown>> = {
    SGD: { momentum: pick(0, 0.9, 0.5), dampening: pick(0, 0.3) },
    Adam: { betas, eps: pick(1e-8, 1e-3), amsgrad: random.int(2) === 1 },
    AdamW: { betas, eps: pick(1e-8, 1e-3), amsgrad: random.int(2) === 1 },
    Adadelta: { rho: pick(0.9, 0.5, 0), eps: pick(1e-6, 1e-3) },
    Adagrad: { lrDecay: pick(0, 0.2), initialAccumulatorValue: pick(0, 0.5), eps: pick(1e-10, 1e-3) },
    RMSprop: {
      alpha: pick(0.99, 0.5),
      eps: pick(1e-8, 1e-3),
      momentum: pick(0, 0.9),
      centered: random.int(2) === 1,
    },
  };
  const settings: Record<string, unknown> = { ...common, ...own[kind] };
  if (kind === "SGD" && settings.momentum !== 0 && random.int(2))
    Object.assign(settings, { dampening: 0, nesterov: true });
  for (const name of Object.keys(settings))
    if (name !== "momentum" && name !== "nesterov" && random.int(4) === 0) delete settings[name];
  if (settings.nesterov) settings.dampening = 0;
  return settings;
}

export async function trajectoryRow(random: Random): Promise<TrajectoryRow> {
  const names = Object.keys(kinds) as Kind[];
  const optimizer = names[random.int(names.length)];
  const settings = settingsOf(optimizer, random);
  const lengths = [1 + random.int(70), 1 + random.int(9)];
  const normal = (length: number, scale: number): Float32Array =>
    Float32Array.from({ length }, () => random.normal() * scale);
  const starts = lengths.map((length) => normal(length, 1));
  const parameters = starts.map((numbers, i) => fromArray(numbers.slice(), [lengths[i]], { requiresGrad: true }));
  const ours = new kinds[optimizer](parameters, settings);
  const row: TrajectoryRow = {
    optimizer,
    settings,
    parameters: starts.map((s) => Array.from(s)),
    grads: [],
    ours: [],
  };
  for (let step = 0; step < 12; step++) {
    const scale = 10 ** (random.int(5) - 3);
    const grads = lengths.map((length) => (random.int(8) === 0 ? null : normal(length, scale)));
    parameters.forEach((p, i) => (p.grad = grads[i] && fromArray(grads[i].slice(), [lengths[i]])));
    ours.step();
    row.grads.push(grads.map((grad) => grad && Array.from(grad)));
    row.ours.push(await Promise.all(parameters.map(async (p) => Array.from(await p.data()))));
  }
  return row;
}
