/** Runs as they come: under way, paused, of unknown length, over, and one that went wrong. */
import type { Control, TrainingMark } from "./payload";

const controls = (): Control[] => [
  { name: "lr", label: "learning rate", value: 0.01, min: 1e-8, max: 10, log: true },
  { name: "momentum", label: "momentum", value: 0.9, min: 0, max: 0.999 },
  { name: "weightDecay", label: "weight decay", value: 0, min: 0, max: 1, log: true },
  { name: "batchSize", label: "batch size", value: 32, min: 1, max: 1024, whole: true, log: true },
  { name: "every", label: "draw every", value: 220, min: 220, max: 60000, whole: true, log: true, unit: "ms" },
];

const running = (): TrainingMark => ({
  mark: "training",
  state: "running",
  ...{ step: 1412, steps: 9375, epoch: 0, epochs: 5, batch: 1412, batches: 1875 },
  ...{ seconds: 38.2, left: 215.4, rate: 1183.6 },
  figures: [
    { name: "loss", value: 0.3127 },
    { name: "accuracy", value: 0.906 },
    { name: "validation loss", value: 0.2984 },
    { name: "validation accuracy", value: 0.9125 },
  ],
  controls: controls(),
  commands: ["pause", "step", "epoch", "stop", "reset"],
  warnings: [],
  events: [{ step: 800, text: "learning rate 0.1 → 0.01" }],
});

const paused = (): TrainingMark => ({
  ...running(),
  state: "paused",
  title: "Lecture 3 <b>run</b>",
  commands: ["resume", "step", "epoch", "stop", "reset"],
  events: [
    { step: 800, text: "learning rate 0.1 → 0.01" },
    { step: 1200, text: "batch size 64 → 32" },
    { step: 1412, text: "paused" },
  ],
});

/** A loop of one's own, which nobody knows the end of, before its first step. */
const endless = (): TrainingMark => ({
  mark: "training",
  state: "running",
  ...{ step: 0, epoch: 0, batch: 0, seconds: 0 },
  figures: [],
  controls: controls().slice(0, 2),
  commands: ["pause", "stop"],
  warnings: [],
  events: [],
});

const done = (): TrainingMark => ({
  ...running(),
  state: "done",
  ...{ step: 9375, epoch: 4, batch: 1875, seconds: 4093.7 },
  left: 0,
  controls: [],
  commands: [],
});

const burst = (): TrainingMark => ({
  ...running(),
  state: "stopped",
  figures: [
    { name: "loss", value: null },
    { name: "gradient norm", value: 2.3e12 },
  ],
  controls: [],
  commands: [],
  warnings: [
    {
      step: 1390,
      text: "The gradients grow: their norm is 2,300,000 times that of the first step. The learning rate may be too large.",
    },
    { step: 1396, text: "The loss is NaN since step 1396. Usual cause: a learning rate that is too large (10 now)." },
  ],
  events: [
    { step: 1380, text: "learning rate 0.01 → 10" },
    { step: 1412, text: "stopped" },
  ],
});

export const samples = { running, paused, endless, done, burst } satisfies Record<string, () => TrainingMark>;
