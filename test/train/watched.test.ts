/** `fit` with `show`: it is watched and steered, and trains as it does without. */
import { expect } from "chai";
import {
  DataLoader,
  fit,
  getRngState,
  manualSeed,
  nn,
  optim,
  randn,
  tensor,
  TensorDataset,
  type Tensor,
} from "../../src";
import { answerTo } from "../../src/display/inspect/answers";
import type { ChartMark, TrainingMark, View } from "../../src/marks";
import { RECEPTIVE_MIME } from "../../src/protocol";
import type { FitOptions } from "../../src/train";
import { watching } from "../../src/train/watch";
import { inNotebook } from "../display/support";

const request = { cancelled: false, buffers: [] };
const criterion = new nn.CrossEntropyLoss();

async function points(count: number): Promise<TensorDataset<[Tensor, Tensor]>> {
  const xy = randn([count, 2]);
  const numbers = await xy.data();
  const labels = Array.from({ length: count }, (_, i) => Number(numbers[2 * i] > numbers[2 * i + 1]));
  return new TensorDataset(xy, tensor(labels, { dtype: "int32" }));
}

/** What a notebook may ask of a run of `fit`, which has no variable. */
async function fitWatched(
  options: Partial<FitOptions>,
  during: (step: number, control: (order: object) => void) => unknown = () => undefined,
) {
  manualSeed(9);
  const net = new nn.Sequential(new nn.Linear(2, 8), new nn.ReLU(), new nn.Dropout(0.3), new nn.Linear(8, 2));
  const data = await points(60);
  const loader = new DataLoader(data, { batchSize: 10, shuffle: true });
  const validation = new DataLoader(await points(20), { batchSize: 10 });
  const optimizer = new optim.SGD(net.parameters(), { lr: 0.1, momentum: 0.9 });
  let run: object | undefined;
  const { start } = watching;
  watching.start = (...given) => {
    const made = start?.(...given);
    run = made;
    return made as NonNullable<typeof made>;
  };
  const answers: Promise<unknown>[] = [];
  try {
    const history = await fit(net, loader, {
      ...{ optimizer, criterion, validation, epochs: 3 },
      ...options,
      onStep: ({ step }) =>
        during(step, (order) => {
          if (run) answers.push(answerTo(run, { ask: "control", ...order }, request));
        }),
    });
    await Promise.all(answers);
    const weights = await Promise.all(net.parameters().map(async (p) => Array.from(await p.data())));
    return { history, weights, random: getRngState(), net, run };
  } finally {
    if (start) watching.start = start;
    else delete watching.start;
  }
}

describe("fit with show", () => {
  it("says that nobody waits for it when its cell ends before, and is not done then", () =>
    inNotebook(async (shown, _, cells) => {
      const message = await fitWatched({ show: true }, (step) => step === 3 && cells.end()).then(
        () => "done",
        (error: Error) => error.message,
      );
      expect(message).to.equal("fit: its cell has ended before the training. Write await fit(net, loader, ...).");
      const view = shown.at(-1)?.bundle[RECEPTIVE_MIME] as View;
      expect((view.marks[0] as TrainingMark).state).to.equal("failed");
    }));

  it("gives the very weights, random numbers and history of one without", () =>
    inNotebook(async () => {
      const watched = await fitWatched({ show: true });
      const alone = await fitWatched({});
      expect(watched.run).to.not.equal(undefined);
      expect(alone.run).to.equal(undefined);
      expect(watched.weights).to.deep.equal(alone.weights);
      expect(watched.random).to.deep.equal(alone.random);
      expect(watched.history).to.deep.equal(alone.history);
    }));

  it("shows the losses, accuracies and validations of its history, under a title of its own", () =>
    inNotebook(async (shown) => {
      const { history } = await fitWatched({ show: { title: "Points", views: ["layers"] } });
      const view = JSON.parse(JSON.stringify(shown.at(-1)?.bundle[RECEPTIVE_MIME])) as View;
      expect(view.title).to.equal("Points");
      const panel = view.marks[0] as TrainingMark;
      expect(panel).to.deep.include({ state: "done", step: 18, steps: 18, epoch: 2, epochs: 3 });
      const { lines } = view.marks[1] as ChartMark;
      const short = (value: number) => Number(value.toPrecision(5));
      expect(lines.find(({ name, pale }) => name === "training loss" && pale)?.y).to.deep.equal(
        history.steps.map(short),
      );
      expect(lines.find(({ name }) => name === "validation loss")).to.deep.include({
        x: [6, 12, 18],
        y: history.epochs.map(({ validationLoss }) => short(validationLoss as number)),
      });
      expect(lines.find(({ name }) => name === "validation accuracy")?.y).to.deep.equal(
        history.epochs.map(({ validationAccuracy }) => short(validationAccuracy as number)),
      );
      expect(lines.map(({ name }) => name)).to.include("training accuracy");
    }));

  it("is stopped by the panel: the history so far comes back, and the mode of the network", () =>
    inNotebook(async () => {
      const { history, net } = await fitWatched({ show: true }, (step, control) => {
        if (step === 7) control({ command: "stop" });
      });
      expect([history.steps.length, history.epochs.length]).to.deep.equal([8, 1]);
      expect(net.training).to.equal(true);
    }));

  it("honours the learning rate and the batch size from the next step on", () =>
    inNotebook(async () => {
      const { history } = await fitWatched({ show: true }, (step, control) => {
        if (step === 1) control({ set: "lr", value: 0.02 });
        if (step === 2) control({ set: "batchSize", value: 30 });
      });
      // 3 batches of 10 and one of 30, then two epochs of 2.
      expect(history.steps).to.have.length(4 + 2 + 2);
      expect(history.lr).to.deep.equal([0.1, 0.1, ...Array<number>(6).fill(0.02)]);
    }));

  it("waits while it is paused, and goes on, ends at a signal, or does the steps that are asked for", () =>
    inNotebook(async () => {
      let [steps, atPause] = [0, 0];
      const { history } = await fitWatched({ show: true }, (step, control) => {
        steps = step + 1;
        if (step !== 4) return;
        control({ command: "pause" });
        setTimeout(() => {
          atPause = steps;
          control({ command: "step" });
        }, 60);
        setTimeout(() => {
          expect(steps).to.equal(atPause + 1);
          control({ command: "resume" });
        }, 120);
      });
      expect(atPause).to.equal(5);
      expect(history.steps).to.have.length(18);
      const controller = new AbortController();
      const aborted = await fitWatched({ show: true, signal: controller.signal }, (step, control) => {
        if (step !== 3) return;
        control({ command: "pause" });
        setTimeout(() => controller.abort(), 40);
      });
      expect(aborted.history.steps).to.have.length(4);
    }));

  it("has failed where it throws", () =>
    inNotebook(async (shown) => {
      const reason = await fitWatched({ show: true }, (step) => {
        if (step === 2) throw new Error("from outside");
      }).catch((error: Error) => error.message);
      expect(reason).to.equal("from outside");
      const view = shown.at(-1)?.bundle[RECEPTIVE_MIME] as View;
      expect((view.marks[0] as TrainingMark).state).to.equal("failed");
    }));

  it("refuses what is no option", async () => {
    const net = new nn.Linear(2, 2);
    const options = { optimizer: new optim.SGD(net.parameters()), criterion, show: "yes" as unknown as boolean };
    const reason = await fit(net, [], options).catch((error: Error) => error.message);
    expect(reason).to.equal('fit: show must be true, false or options, got "yes". Write { show: true }.');
    const unknown = { ...options, show: { colour: 1 } as unknown as boolean };
    expect(await fit(net, [], unknown).catch((error: Error) => error.message)).to.contain(
      'show.training: there is no option "colour"',
    );
  });
});
