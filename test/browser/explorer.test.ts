/** The network explorer in Chromium: what it says of hovered numbers, against what the engine computes. */
import { expect } from "chai";
import { answerTo } from "../../src/display/inspect/answers";
import { explore } from "../../src/display/network/explore";
import { networkMark } from "../../src/display/network/payload";
import type { View } from "../../src/marks";
import { Source } from "../../src/marks/network/source";
import { networkOf, placeAt } from "../../src/marks/network/network";
import * as models from "../../src/models";
import { crossEntropy } from "../../src/ops";
import * as F from "../../src/nn/functional";
import { receptiveField } from "../../src/summary";
import { randn, tensor } from "../../src/tensor/create";
import { Random } from "../../src/tensor/random";
import { pause } from "../support/jupyterServer";
import { CLASSES, nodeOf, numberIn, openExplorer, TARGET, type ExplorerStage } from "./support/explorerStage";

const random = new Random(11);

describe("the network explorer", function () {
  this.timeout(180_000);
  let stage: ExplorerStage;
  before(async () => {
    stage = await openExplorer();
  });
  after(() => stage?.close());

  /** Moves the pointer over the output's map to a pixel, in shares of its sides. */
  async function hover(rows: number, columns: number, row: number, column: number): Promise<void> {
    const box = await stage.output().boundingBox();
    if (!box) throw new Error("the output is not on the page");
    await stage.page.mouse.move(box.x + 2, box.y + 2);
    await stage.page.mouse.move(
      box.x + ((column + 0.5) * box.width) / columns,
      box.y + ((row + 0.5) * box.height) / rows,
    );
    await stage.page.waitForFunction(`place().row === ${row} && place().column === ${column}`);
    await stage.page.waitForTimeout(30);
  }

  for (const layer of ["conv1", "pool", "conv2", "pool#2"])
    it(`says of ten hovered pixels of ${layer} what the engine computes, and what they are made of`, async () => {
      const numbers = stage.engine()[layer];
      const [, units, rows, columns] = numbers.shape;
      const values = await numbers.data();
      const fields = receptiveField(stage.net, [1, 3, 32, 32]);
      const field = fields.filter(({ layer: path }) => path === layer.replace("#2", ""))[layer.endsWith("#2") ? 1 : 0];
      for (let i = 0; i < 10; i++) {
        const [unit, row, column] = [random.int(units), random.int(rows), random.int(columns)];
        await stage.open(layer, unit);
        await stage.page.waitForFunction(`document.querySelector(".rcp-Map.rcp-mod-output canvas").width > 1`);
        await hover(rows, columns, row, column);
        const at = (unit * rows + row) * columns + column;
        const printed = numberIn(await stage.result().innerText());
        expect(Math.fround(printed), `${layer} ${unit}, ${row}, ${column}`).to.equal(values[at]);
        await expectSum(layer, at, printed);
        if (layer.startsWith("conv")) {
          const sums = await stage.page.locator('[aria-label="sums of the channels"] button').allInnerTexts();
          const bias = await stage.page.locator(".rcp-Numbers-plain").innerText();
          const total = [...sums, bias].reduce((sum, text) => sum + numberIn(text), 0);
          expect(total).to.be.closeTo(printed, 1e-5 * Math.max(1, Math.abs(printed)));
        }
        expect(await stage.page.locator(".rcp-Reach .rcp-Map-frame").getAttribute("data-box")).to.equal(
          boxOf(field, row, column),
        );
      }
    });

  it("says of ten hovered numbers of fc1 what the engine computes, and what they are made of", async () => {
    const values = await stage.engine().fc1.data();
    await stage.open("fc1", 0);
    for (let i = 0; i < 10; i++) {
      const at = random.int(120);
      const box = await stage.output().boundingBox();
      // 120 numbers are drawn as 10 rows of 12.
      await stage.page.mouse.move(
        box!.x + ((at % 12) + 0.5) * (box!.width / 12),
        box!.y + (Math.floor(at / 12) + 0.5) * (box!.height / 10),
      );
      await stage.page.waitForFunction(`place().unit === ${at}`);
      await stage.page.waitForTimeout(50);
      const printed = numberIn(await stage.result().innerText());
      expect(Math.fround(printed), `fc1 ${at}`).to.equal(values[at]);
      await expectSum("fc1", at, printed);
      const products = await stage.page.locator(".rcp-Terms-row .rcp-Terms-number:last-child").allInnerTexts();
      const rest = await stage.page.locator(".rcp-Numbers-plain").allInnerTexts();
      const total = [...products, ...rest].reduce((sum, text) => sum + numberIn(text), 0);
      expect(total).to.be.closeTo(printed, 1e-5 * Math.max(1, Math.abs(printed)));
    }
  });

  /** The carried float32 terms add up to the printed number. */
  async function expectSum(layer: string, at: number, printed: number): Promise<void> {
    const node = nodeOf(stage.network, layer);
    const { terms, bias, winner } = await new Source(stage.network, undefined).explanation(node, at);
    const sum =
      winner === undefined
        ? terms.reduce((all, { value, weight = 1 }) => all + value * weight, bias ?? 0)
        : Math.max(...terms.map(({ value }) => value));
    expect(sum).to.be.closeTo(printed, 1e-5 * Math.max(1, Math.abs(printed)));
  }

  it("shows the engine's softmax as bars, with the classes' names", async () => {
    const shares = await F.softmax(stage.engine().fc3, 1).data();
    await stage.draw(stage.view);
    const texts = await stage.page.locator(".rcp-Network-words text").allTextContents();
    for (const [i, name] of CLASSES.entries()) {
      const at = texts.indexOf(i === TARGET ? `${name} ◂` : name);
      expect(texts[at + 1]).to.equal(`${(100 * shares[i]).toFixed(1)} %`);
    }
    const widths = await stage.page.evaluate<number[]>(
      `[...document.querySelectorAll("rect[data-class]")].map((bar) => Number(bar.getAttribute("width")))`,
    );
    const most = Math.max(...shares);
    widths.forEach((width, i) => expect(width / Math.max(...widths)).to.be.closeTo(shares[i] / most, 0.02));
  });

  it("says which weight's gradient a pressed weight is, as backward computes it", async () => {
    for (const p of stage.net.parameters()) p.grad = null;
    crossEntropy(stage.net(stage.x), tensor([TARGET], { dtype: "int32" })).backward();
    const gradient = (await stage.net.conv2.weight.grad!.data()) as Float32Array;
    await stage.open("conv2", 2);
    // Channel 1 of filter 2, row 3, column 4.
    const filter = stage.page.locator('canvas[aria-label="filter 2, channel 1"]');
    await filter.waitFor();
    const box = await filter.boundingBox();
    await stage.page.mouse.click(box!.x + 4.5 * (box!.width / 5), box!.y + 3.5 * (box!.height / 5));
    await stage.page.locator(".rcp-Gradient .rcp-Result").waitFor();
    expect(await stage.page.locator(".rcp-Gradient .rcp-Stage-heading").innerText()).to.contain("[2, 1, 3, 4]");
    const printed = numberIn((await stage.page.locator(".rcp-Gradient .rcp-Result").innerText()).split("=")[1]);
    const expected = gradient[((2 * 6 + 1) * 5 + 3) * 5 + 4];
    expect(printed).to.be.closeTo(expected, 1e-5 * Math.max(1e-2, Math.abs(expected)));
  });

  it("has ResNet-18's shortcuts as edges, is drawn within a second, and asks for what it does not carry", async () => {
    const resnet = new models.ResNet18({ numClasses: 10 });
    const images = randn([1, 3, 64, 64]);
    const explored = await explore("show.network", resnet, images, undefined);
    const view: View = { version: 2, title: "", marks: [networkMark(explored)] };
    expect(JSON.stringify(view).length).to.be.below(300_000);
    let isBusy = false;
    await stage.page.exposeFunction("answer", async (question: { ask: string }) => {
      while (isBusy) await pause(20);
      try {
        const { content, buffers = [] } = await answerTo(explored, question, { cancelled: false, buffers: [] });
        return { content, floats: buffers.map((numbers) => Array.from(numbers as Float32Array)) };
      } catch (error) {
        return { content: {}, floats: [], error: (error as Error).message };
      }
    });
    expect(await stage.draw(view, true)).to.be.below(1000);
    const edges = await stage.page.evaluate<string[]>(
      `[...document.querySelectorAll(".rcp-Network-back path")].map((path) => path.dataset.edge)`,
    );
    for (const edge of ["maxpool add", "layer1.0.relu#2 add#2", "layer2.0.downsample.1 add#3", "layer4.0.relu#2 add#8"])
      expect(edges).to.include(edge);

    // The way to a layer marks it, and a tip goes when what it spoke of moves away.
    const over = stage.page.locator(".rcp-Network-over > *");
    expect(await over.count()).to.equal(0);
    await stage.page.locator(".rcp-Network-goTo select").selectOption({ label: "layer2.1.conv1" });
    expect(await over.count()).to.be.above(0);
    expect(await stage.page.locator(".rcp-Network-overview output").textContent()).to.match(/^layer2\.1\.conv1, map 0/);
    const canvas = await stage.page.locator(".rcp-Network-scroll").boundingBox();
    for (let x = 300; (await stage.page.locator(".rcp-Tip").count()) === 0; x += 10)
      await stage.page.mouse.move(canvas!.x + x, canvas!.y + 150);
    await stage.page.evaluate(`document.querySelector(".rcp-Network-scroll").scrollLeft += 100`);
    await stage.page.locator(".rcp-Tip").waitFor({ state: "detached" });

    const network = networkOf(networkMark(explored));
    const node = nodeOf(network, "layer3.0.conv2");
    const { data } = explored.nodes[node.index].output;
    await stage.open("layer3.0.conv2", 200, { row: 1, column: 2 });
    const place = (200 * node.height + 1) * node.width + 2;
    await stage.page.waitForFunction(`document.querySelector(".rcp-Result")`);
    expect(Math.fround(numberIn(await stage.result().innerText()))).to.equal(data[place]);
    expect(placeAt(node, place)).to.deep.equal({ unit: 200, row: 1, column: 2 });

    // While the kernel computes, the numbers of the place before are grey.
    const stale = stage.page.locator(".rcp-Stage-arithmetic.rcp-mod-stale");
    isBusy = true;
    await stage.output().focus();
    await stage.page.keyboard.press("ArrowDown");
    await stale.waitFor();
    expect(await stage.page.locator(".rcp-Stage-busy").innerText()).to.equal("The kernel is busy.");
    expect(await stage.page.locator(".rcp-Stage > output").textContent()).to.match(
      /row 2, column 2\. The kernel is busy\.$/,
    );
    isBusy = false;
    await stale.waitFor({ state: "detached" });
    expect(Math.fround(numberIn(await stage.result().innerText()))).to.equal(data[place + node.width]);
    expect(await stage.page.locator(".rcp-Stage-busy").isVisible()).to.equal(false);

    await stage.draw(view, false);
    await stage.open("layer3.0.conv2", 200);
    await stage.page.locator(".rcp-Network-note:not([hidden])").waitFor();
    expect(await stage.page.locator(".rcp-Network-note").innerText()).to.match(
      /does not carry the numbers.*Run the cell again\./,
    );
    expect(await stage.page.locator(".rcp-Network-canvas").isVisible()).to.equal(true);
  });

  it("refuses networks that go round in a circle, and operations that do not fit", async () => {
    const refused = async (
      change: (nodes: { inputs: number[]; operation: Record<string, unknown> }[]) => void,
    ): Promise<string> => {
      const view = JSON.parse(JSON.stringify(stage.view)) as View;
      change((view.marks[0] as unknown as { nodes: [] }).nodes);
      return stage.draw(view).then(
        () => "",
        (error: Error) => error.message,
      );
    };
    expect(await refused((nodes) => (nodes[1].inputs = [4]))).to.contain("node 1: inputs");
    expect(await refused((nodes) => (nodes[1].inputs = [1]))).to.contain("node 1: inputs");
    expect(await refused((nodes) => (nodes[3].operation.size = [1e9, 1e9]))).to.contain(
      "node 3: operation (maxPool2d)",
    );
    expect(await refused((nodes) => (nodes[1].operation.groups = 3))).to.contain("node 1: operation (conv2d)");
  });

  it("did all this without an error on the console", () => expect(stage.watched.errors).to.deep.equal([]));
});

/** Which pixels of the image a number sees, by `receptiveField`. */
function boxOf(
  {
    size,
    jump,
    start,
  }: { size: readonly [number, number]; jump: readonly [number, number]; start: readonly [number, number] },
  row: number,
  column: number,
): string {
  const first = [row, column].map((place, side) => start[side] + place * jump[side]);
  const last = first.map((from, side) => from + size[side] - 1);
  return [...first.map((from) => Math.max(from, 0)), ...last.map((to) => Math.min(to, 31))].join(" ");
}
