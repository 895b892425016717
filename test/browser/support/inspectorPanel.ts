/** Cells of the notebook that the inspector looks into, and a hand that draws on its pad. */
import type { Locator, Page } from "playwright-core";
import { lies } from "./lies";

/** A data set, a small network that has learnt it, a tensor with holes, and what the network last read. */
export const SETUP = `
import { datasets, DataLoader, F, fit, manualSeed, nn, noGrad, optim, tensor, type Tensor } from "receptive";
manualSeed(0);
class Net extends nn.Module {
  conv1 = new nn.Conv2d(1, 6, 5);
  conv2 = new nn.Conv2d(6, 16, 5);
  fc1 = new nn.Linear(256, 60);
  fc2 = new nn.Linear(60, 10);
  forward(x: Tensor): Tensor {
    x = F.maxPool2d(F.relu(this.conv1(x)), 2);
    x = F.maxPool2d(F.relu(this.conv2(x)), 2);
    return this.fc2(F.relu(this.fc1(x.flatten(1))));
  }
}
const data = datasets.digits({ count: 3000 });
const net = new Net();
const seen: { x?: Tensor } = {};
const x = tensor([[1, NaN, 3], [4, -5, Infinity]]);
const loader = new DataLoader(data, { batchSize: 32, shuffle: true, seed: 1 });
const optimizer = new optim.Adam(net.parameters(), { lr: 2e-3 });
const criterion = new nn.CrossEntropyLoss();
await fit(net, loader, { optimizer, criterion });
net.registerForwardHook((_, [input]) => { seen.x = input; });
"ready"`;
/** The engine's own shares of what the network last read, and what that was. */
export const SEEN = `
const read = seen.x!;
console.log(JSON.stringify({
  shape: read.shape,
  pixels: [...(await read.data())],
  shares: [...(await noGrad(() => F.softmax(net(read), 1)).data())],
}))`;

export interface Seen {
  shape: number[];
  pixels: number[];
  shares: number[];
}

/** Lines of points, each in shares of the pad's sides. */
export type Strokes = readonly (readonly (readonly [number, number])[])[];

/** Draws strokes with the mouse, in shares of the pad's sides. */
export async function drawStrokes(page: Page, pad: Locator, strokes: Strokes): Promise<void> {
  const box = await lies(pad);
  const move = ([x, y]: readonly [number, number], steps?: number): Promise<void> =>
    page.mouse.move(box.x + x * box.width, box.y + y * box.height, steps === undefined ? {} : { steps });
  for (const [first, ...rest] of strokes) {
    await move(first);
    await page.mouse.down();
    for (const point of rest) await move(point, 2);
    await page.mouse.up();
  }
}
