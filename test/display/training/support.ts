/** What the tests of a training that is shown have in common. */
import type { optim, show } from "../../../src";
import { F, fromArray, rand, TensorDataset, nn, type Tensor } from "../../../src";
import { answerTo } from "../../../src/display/inspect/answers";
import type { ChartLine, View } from "../../../src/marks";
import type { MimeBundle } from "../../../src/protocol";

export const request = { cancelled: false, buffers: [] };
export const markOf = <Name extends string>(view: View, name: Name) =>
  view.marks.find((mark) => mark.mark === name) as Extract<View["marks"][number], { mark: Name }>;
export const lookAt = async (run: object): Promise<{ view: View; bundle?: MimeBundle }> =>
  JSON.parse(JSON.stringify((await answerTo(run, { ask: "view" }, request)).content)) as { view: View };
export const linesOf = (view: View): ChartLine[] => markOf(view, "chart").lines;
export const lineOf = (view: View, name: string, pale = false): ChartLine =>
  linesOf(view).find((line) => line.name === name && (line.pale ?? false) === pale) as ChartLine;
export const norm = async (t: Tensor): Promise<number> => Math.hypot(...(await t.data()));

/** Grey images of 28 by 28 with their classes. */
export const digits = (count: number): TensorDataset<[Tensor, Tensor]> =>
  new TensorDataset(
    rand([count, 1, 28, 28]),
    fromArray(
      Int32Array.from({ length: count }, (_, i) => i % 10),
      [count],
    ),
  );
export class MnistNet extends nn.Module {
  conv1 = new nn.Conv2d(1, 6, 5);
  pool = new nn.MaxPool2d(2, 2);
  conv2 = new nn.Conv2d(6, 16, 5);
  fc1 = new nn.Linear(256, 120);
  fc2 = new nn.Linear(120, 84);
  fc3 = new nn.Linear(84, 10);
  forward(x: Tensor): Tensor {
    x = this.pool(F.relu(this.conv1(x)));
    x = this.pool(F.relu(this.conv2(x)));
    return this.fc3(F.relu(this.fc2(F.relu(this.fc1(x.flatten(1))))));
  }
}

/** Trains on batches; after each step `seen` may look. */
export async function train(
  net: nn.Module,
  optimizer: optim.SGD,
  run: show.TrainingRun,
  batches: AsyncIterable<readonly Tensor[]> | Iterable<readonly Tensor[]>,
  seen: (loss: number, step: number) => unknown = () => undefined,
): Promise<void> {
  let step = 0;
  for await (const [x, y] of run.batches(batches)) {
    optimizer.zeroGrad();
    const loss = F.crossEntropy(net(x), y);
    loss.backward();
    optimizer.step();
    run.step({ loss });
    await seen(await loss.item(), ++step);
  }
}
