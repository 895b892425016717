/** A loop that trains in the background while a test steers its run. */
import { DataLoader, F, nn, optim, show, tensor, type Tensor } from "../../../src";
import type { TrainingMark, View } from "../../../src/marks";
import type { InspectHandler } from "../../../src/protocol";

export const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
export const request = { cancelled: false, buffers: [] };

/** Pairs of a point and its class, one batch each. */
export const pairs = (count: number): [Tensor, number][] =>
  Array.from({ length: count }, (_, i): [Tensor, number] => [tensor([i, i % 3, 1]).mul(0.1), i % 2]);

export type Ask = (question: Record<string, unknown>) => Promise<Record<string, unknown>>;
export interface Loop {
  net: nn.Linear;
  optimizer: optim.SGD;
  run: show.TrainingRun;
  ask: Ask;
  control: (order: Record<string, unknown>) => Promise<TrainingMark>;
  look: () => Promise<View>;
  /** Sizes of the batches so far. */
  sizes: number[];
  /** The learning rate with which each step was done. */
  rates: number[];
  /** Fulfils when the loop is over. */
  over: Promise<void>;
}

export const panelOf = (view: View): TrainingMark => view.marks[0] as TrainingMark;

/** Asks about the only run that can be asked about. */
export function askAbout(handlers: ReadonlyMap<string, InspectHandler>, id: string): Ask {
  return async (question) => {
    const answer = await handlers.get(id)?.(question as { ask: string }, request);
    return JSON.parse(JSON.stringify(answer?.content)) as Record<string, unknown>;
  };
}

/** A loop that trains in the background, a step a millisecond. */
export function begin(
  handlers: ReadonlyMap<string, InspectHandler>,
  { count = 1000, epochs = 1, batchSize = 2, title = "loop" } = {},
): Loop {
  const net = new nn.Linear(3, 2);
  const optimizer = new optim.SGD(net.parameters(), { lr: 0.1, momentum: 0.5 });
  const loader = new DataLoader(pairs(count), { batchSize });
  const run = show.training(net, { optimizer, title });
  const [sizes, rates]: [number[], number[]] = [[], []];
  const over = (async () => {
    for await (const [x, y] of run.batches(loader, { epochs })) {
      sizes.push(x.shape[0]);
      rates.push(optimizer.paramGroups[0].lr);
      optimizer.zeroGrad();
      const loss = F.crossEntropy(net(x), y);
      loss.backward();
      optimizer.step();
      run.step({ loss });
      await wait(1);
    }
  })();
  const id = [...handlers.keys()].at(-1) as string;
  const ask = askAbout(handlers, id);
  return {
    ...{ net, optimizer, run, ask, sizes, rates, over },
    control: async (order) => (await ask({ ask: "control", ...order })).mark as TrainingMark,
    look: async () => (await ask({ ask: "view" })).view as View,
  };
}

/** Fulfils when so many steps have been done: the machine may be slow. */
export async function reached({ sizes }: Loop, steps: number): Promise<void> {
  while (sizes.length < steps) await wait(1);
}
