/** The explorer of a lecture's network on a page without JupyterLab, and what the engine computes of the same image. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { explore } from "../../../src/display/network/explore";
import { networkMark } from "../../../src/display/network/payload";
import type { View } from "../../../src/marks";
import { networkOf, type NetNode, type Network } from "../../../src/marks/network/network";
import { crossEntropy } from "../../../src/ops";
import * as F from "../../../src/nn/functional";
import { SGD } from "../../../src/optim";
import { randn, tensor } from "../../../src/tensor/create";
import { manualSeed } from "../../../src/tensor/random";
import type { Tensor } from "../../../src/tensor/tensor";
import { startBrowser, type WatchedPage } from "../../support/browser";
import { ROOT } from "../../support/jupyterServer";
import { LectureNet } from "../../support/lectureNet";
import { openBlank, serveBundle } from "./served";

export const CLASSES = ["plane", "car", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];
export const TARGET = 3;
const styles = ["extension/style/index.css", "src/marks/kit/kit.css", "src/marks/network/network.css"]
  .map((file) => readFileSync(join(ROOT, file), "utf8").replace(/@import[^;]*;/g, ""))
  .join("");

/** The number that words are, "= −1.5" as well. */
export const numberIn = (text: string): number =>
  Number(text.replace(/−/g, "-").replace(/,/g, "").replace(/^=\s*/, "").trim());

export const nodeOf = (network: Network, id: string): NetNode => network.nodes.find((node) => node.id === id)!;

interface At {
  node: string;
  unit: number;
  row: number;
  column: number;
}

export interface ExplorerStage {
  net: LectureNet;
  /** The image, [1,3,32,32]. */
  x: Tensor;
  view: View;
  network: Network;
  watched: WatchedPage;
  page: Page;
  /** Draws a view and gives the milliseconds that it took. @param withKernel whether `answer` of the page answers */
  draw(view: View, withKernel?: boolean): Promise<number>;
  /** Opens the explanation of a unit, or of a pixel of it. */
  open(node: string, unit: number, more?: object): Promise<boolean>;
  /** The map of the unit that is explained. */
  output(): Locator;
  result(): Locator;
  /** What is explained now. */
  placeOf(): Promise<At>;
  /** What the engine computes, layer by layer, written as the network's code reads. */
  engine(): Record<string, Tensor>;
  close(): Promise<void>;
}

export async function openExplorer(): Promise<ExplorerStage> {
  manualSeed(5);
  const net = new LectureNet();
  const x = randn([1, 3, 32, 32]);
  await train(net);
  const mark = networkMark(await explore("show.network", net, x, TARGET), { classes: CLASSES, target: TARGET });
  const view: View = { version: 2, title: "", marks: [mark] };
  const served = await serveBundle("test/marks/explorer.page.ts");
  const browser = await startBrowser();
  const watched = await openBlank(browser, served, { width: 1220, height: 1600 });
  const { page } = watched;
  await page.addStyleTag({ content: `body { margin: 0; font: 14px sans-serif } ${styles}` });
  await page.evaluate("import('./bundle.js')");
  const draw: ExplorerStage["draw"] = (drawn, withKernel = false) =>
    page.evaluate(`explore(${JSON.stringify(drawn)}, 1200, ${withKernel})`);
  await draw(view);
  return {
    ...{ net, x, view, network: networkOf(mark), watched, page, draw },
    open: (node, unit, more = {}) => page.evaluate(`openPlace(${JSON.stringify({ node, unit, ...more })})`),
    output: () => page.locator(".rcp-Map.rcp-mod-output canvas"),
    result: () => page.locator(".rcp-Stage-arithmetic .rcp-Result"),
    placeOf: () => page.evaluate("place()"),
    engine() {
      const conv1 = net.conv1(x);
      const pool = net.pool(F.relu(conv1));
      const conv2 = net.conv2(pool);
      const second = net.pool(F.relu(conv2));
      const fc1 = net.fc1(second.flatten(1));
      const scores = net.fc3(F.relu(net.fc2(F.relu(fc1))));
      return { conv1, pool, conv2, "pool#2": second, fc1, fc3: scores };
    },
    async close() {
      await browser.close();
      served.close();
    },
  };
}

/** A few steps, so that biases and statistics are not those of the start. */
async function train(net: LectureNet): Promise<void> {
  const optimizer = new SGD(net.parameters(), { lr: 0.05, momentum: 0.9 });
  for (let step = 0; step < 4; step++) {
    optimizer.zeroGrad();
    crossEntropy(net(randn([8, 3, 32, 32])), tensor([0, 1, 2, 3, 4, 5, 6, 7], { dtype: "int32" })).backward();
    optimizer.step();
  }
}
