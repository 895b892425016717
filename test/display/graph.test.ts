import { expect } from "chai";
import "../../src/devices";
import * as show from "../../src/display/show";
import { ShapeError } from "../../src/errors";
import type { DiagramMark } from "../../src/marks";
import { checkDiagram } from "../../src/marks/diagram/check";
import { foldSteps, itemsOf } from "../../src/marks/diagram/items";
import { usualStep } from "../../src/marks/diagram/usual";
import { rankedOf } from "../../src/marks/diagram/lanes";
import { diagramScene } from "../../src/marks/diagram/scene";
import { samples } from "../../src/marks/diagram/samples";
import { stacksOf } from "../../src/marks/diagram/stacks";
import type { Json } from "../../src/marks/kit/check";
import { SCENE_WIDTH } from "../../src/marks/kit/scenePicture";
import { paper } from "../../src/marks/kit/theme";
import * as models from "../../src/models";
import * as nn from "../../src/nn";
import { summary } from "../../src/summary";
import { rand } from "../../src/tensor/create";
import type { Tensor } from "../../src/tensor/tensor";
import { viewOf } from "./support";

const graphOf = async (net: nn.Module, shape: readonly number[], options = {}): Promise<DiagramMark> => {
  const [mark] = (await viewOf(show.graph(net, [...shape], options))).marks;
  if (mark.mark !== "diagram") throw new Error(`graphOf: a ${mark.mark}`);
  return mark;
};
const edgesOf = ({ nodes }: DiagramMark): string[] =>
  nodes.flatMap(({ name, inputs }) => inputs.map((input) => `${nodes[input].name} > ${name}`));

class Twice extends nn.Module {
  conv = new nn.Conv2d(4, 4, 3, { padding: 1 });
  scale = new nn.Parameter(rand([1, 4, 1, 1]));
  forward(x: Tensor): Tensor {
    return this.conv(this.conv(x).relu()).mul(this.scale).add(x);
  }
}

describe("show.graph", () => {
  it("draws the eight shortcuts of ResNet-18 as edges to its eight additions", async () => {
    const mark = await graphOf(
      nn.skipInit(() => new models.ResNet18()),
      [1, 3, 64, 64],
    );
    const { nodes } = mark;
    const additions = nodes.filter(({ inputs }) => inputs.length === 2);
    expect(additions.map(({ name }) => name.replace(/#\d+/, ""))).to.deep.equal(new Array(8).fill("add"));
    const sources = additions.map(({ inputs }) => inputs.map((input) => nodes[input].name));
    const blocks = [1, 2, 3, 4].flatMap((layer) => [0, 1].map((block) => `layer${layer}.${block}`));
    blocks.forEach((block, i) => {
      const start = i === 0 ? "maxpool" : `${blocks[i - 1]}.relu#2`;
      const isWider = block.endsWith(".0") && i > 0;
      expect(sources[i]).to.deep.equal([`${block}.bn2`, isWider ? `${block}.downsample.1` : start]);
      expect(edgesOf(mark)).to.include(`${start} > ${block}.conv1`);
    });
  });

  it("draws the nine concatenations of GoogLeNet, of four branches each", async () => {
    const { nodes } = await graphOf(
      nn.skipInit(() => new models.GoogLeNet()),
      [1, 3, 64, 64],
    );
    const joins = nodes.filter(({ inputs }) => inputs.length > 1);
    expect(joins.map(({ name }) => name.replace(/#\d+/, ""))).to.deep.equal(new Array(9).fill("cat"));
    for (const { inputs, shape } of joins) {
      expect(inputs).to.have.length(4);
      expect(inputs.reduce((sum, input) => sum + nodes[input].shape[0], 0)).to.equal(shape[0]);
    }
  });

  for (const [name, make, shape] of [
    ["LeNet-5", () => new models.LeNet5(), [2, 1, 32, 32]],
    ["ResNet-18", () => new models.ResNet18(), [1, 3, 64, 64]],
    ["GoogLeNet", () => new models.GoogLeNet(), [1, 3, 64, 64]],
    ["a layer that runs twice, and a parameter outside of layers", () => new Twice(), [2, 4, 8, 8]],
  ] as const)
    it(`has the summary's parameters and multiply-adds, folded or not: ${name}`, async () => {
      const net = nn.skipInit<nn.Module>(make);
      const mark = await graphOf(net, shape);
      const whole = summary(net, [...shape]);
      const ran = whole.layers.reduce((total, { parameters }) => total + parameters, 0);
      const named = mark.nodes.filter(({ kind }) => kind !== "");
      for (const { name, parameters, multiplyAdds } of named) {
        const [path, run = "1"] = name.split("#");
        const row = whole.layers.filter(({ layer }) => layer === path)[Number(run) - 1];
        expect({ parameters, multiplyAdds }, name).to.deep.equal({
          parameters: row.parameters,
          multiplyAdds: row.multiplyAdds,
        });
      }
      for (const folds of foldSteps(mark)) {
        const items = itemsOf(mark, folds);
        const sum = (of: "parameters" | "multiplyAdds"): number => items.reduce((total, item) => total + item[of], 0);
        const own = name.startsWith("a layer") ? 4 : 0;
        expect(sum("parameters") + own).to.equal(ran);
        expect(sum("multiplyAdds")).to.equal(whole.multiplyAdds);
      }
      const view = await viewOf(show.graph(net, [...shape]));
      expect(view.subtitle)
        .to.contain(`${whole.parameters.toLocaleString("en-US")} parameters`)
        .and.to.contain(`${whole.multiplyAdds.toLocaleString("en-US")} multiply-adds`);
    });

  it("takes a batch, computes nothing, and leaves modes as they are", async () => {
    const net = new nn.Sequential(new nn.Conv2d(1, 2, 3), new nn.BatchNorm2d(2), new nn.ReLU());
    const x = rand([3, 1, 5, 5]);
    expect((await viewOf(show.graph(net, x))).marks).to.deep.equal([await graphOf(net, [3, 1, 5, 5])]);
    expect(net.training).to.equal(true);
    expect(await (net.children()[1] as nn.BatchNorm2d).running_mean?.tolist()).to.deep.equal([0, 0]);
  });

  it("says what is wrong at the call", () => {
    const net = new nn.Conv2d(3, 4, 3);
    expect(() => show.graph(net, [1, 1, 8, 8])).to.throw(ShapeError);
    expect(() => show.graph(1 as never, [1, 1, 8, 8])).to.throw("show.graph: net must be a module, got 1.");
    expect(() => show.graph(net, [1, 3, 8, 8], { volume: true } as never)).to.throw('no option "volume"');
  });
});

describe("the layout of a diagram", () => {
  const overlap = (a: number[], b: number[]): boolean => a[0] < b[1] && b[0] < a[1] && a[2] < b[3] && b[2] < a[3];

  for (const [name, make] of Object.entries(samples))
    for (const width of [640, 1200])
      it(`${name} at ${width} pixels: boxes lie apart, and edges lead on`, () => {
        const mark = make();
        for (const folds of foldSteps(mark)) {
          const scene = diagramScene(mark, { folds, width, theme: paper });
          const groups = scene.elements[0].children.flatMap((each) => (typeof each === "string" ? [] : [each]));
          const boxes = groups
            .filter(({ attributes }) => attributes["data-item"] !== undefined)
            .flatMap(({ children }) => {
              const rects = children.flatMap((each) =>
                typeof each !== "string" && each.tag === "rect" ? [each.attributes] : [],
              );
              const at = rects.find((rect) => rect.rx !== undefined && rect.rx !== 6) ?? rects[0];
              if (!at) return [];
              const [x, y, w, h] = [at.x, at.y, at.width, at.height].map(Number);
              return [[x + 0.5, x + w - 0.5, y + 0.5, y + h - 0.5]];
            });
          boxes.forEach((box, i) => {
            expect(box[0]).to.be.at.least(0);
            expect(box[1]).to.be.at.most(scene.width);
            expect(box[3]).to.be.at.most(scene.height);
            for (const other of boxes.slice(i + 1))
              expect(overlap(box, other), [box, other].join(" and ")).to.equal(false);
          });
          const ranked = rankedOf(stacksOf(scene.items));
          for (const { from, to } of ranked.edges) expect(ranked.ranks[from]).to.be.below(ranked.ranks[to]);
        }
      });

  for (const [name, make, boxes] of [
    ["ResNet-18", () => new models.ResNet18(), 16],
    ["GoogLeNet", () => new models.GoogLeNet(), 21],
    ["LeNet-5", () => new models.LeNet5(), 13],
  ] as const)
    it(`opens ${name} on one screen, folded no further than that needs`, async () => {
      const mark = await graphOf(nn.skipInit<nn.Module>(make), [
        1,
        name === "LeNet-5" ? 1 : 3,
        name === "LeNet-5" ? 32 : 224,
        name === "LeNet-5" ? 32 : 224,
      ]);
      const steps = foldSteps(mark);
      const usual = usualStep(mark, steps);
      const height = (step: number, width: number): number =>
        diagramScene(mark, { folds: steps[step], width, theme: paper }).height;
      expect(itemsOf(mark, steps[usual]).length).to.equal(boxes);
      for (const width of [SCENE_WIDTH, 1200]) expect(height(usual, width)).to.be.at.most(680);
      if (usual > 0) expect(height(usual - 1, SCENE_WIDTH)).to.be.above(680);
    });

  it("has no column that takes little of another's length", async () => {
    const mark = await graphOf(
      nn.skipInit(() => new models.GoogLeNet()),
      [1, 3, 224, 224],
    );
    for (const folds of foldSteps(mark))
      for (let width = 500; width < 1300; width += 50) {
        const scene = diagramScene(mark, { folds, width, theme: paper });
        const whole = diagramScene(mark, { folds, width: 1, theme: paper });
        if (scene.width > whole.width) expect(scene.height).to.be.at.most(0.85 * whole.height);
      }
  });

  it("says above the drawing what the colours stand for", () => {
    const { elements } = diagramScene(samples.chain(), { folds: new Set(), width: 640, theme: paper });
    const words = elements[1].children.flatMap((each) => (typeof each === "string" ? [] : each.children));
    expect(words).to.deep.equal(["input", "convolution", "fully connected", "pooling", "other"]);
  });
});

describe("hostile diagrams", () => {
  const spoiled = (change: (mark: DiagramMark) => void): string | undefined => {
    const mark = samples.shortcut();
    change(mark);
    return checkDiagram(mark as unknown as Json);
  };

  it("that run in circles, or read what is not there, are refused", () => {
    expect(spoiled(() => undefined)).to.equal(undefined);
    expect(spoiled(({ nodes }) => (nodes[1].inputs = [1]))).to.equal("node 1");
    expect(spoiled(({ nodes }) => (nodes[1].inputs = [4]))).to.equal("node 1");
    expect(spoiled(({ nodes }) => (nodes[2].inputs = [1e9]))).to.equal("node 2");
    expect(spoiled(({ scopes }) => (scopes[0].parent = 1))).to.equal("scope 0");
    expect(spoiled(({ nodes }) => (nodes[3].scope = 1e9))).to.equal("node 3");
    expect(spoiled(({ nodes }) => (nodes[3].shape = [1.5]))).to.equal("node 3");
    expect(spoiled(({ nodes }) => (nodes[3].parameters = NaN))).to.equal("node 3");
  });

  it("of too many nodes or edges are refused, and the largest that are not are laid out in seconds", function () {
    this.timeout(30_000);
    const [input, conv] = samples.chain().nodes;
    const wide = (count: number, reads: (at: number) => number[]): DiagramMark => ({
      ...samples.chain(),
      nodes: [input, ...Array.from({ length: count - 1 }, (_, i) => ({ ...conv, inputs: reads(i + 1) }))],
    });
    const check = (mark: DiagramMark): string | undefined => checkDiagram(mark as unknown as Json);
    expect(check(wide(2001, () => [0]))).to.equal("nodes (2001 are too many)");
    expect(check(wide(200, (at) => Array.from({ length: at }, (_, i) => i)))).to.contain("edges are too many");
    for (const reads of [
      (at: number): number[] => [...new Set([at - 1, Math.max(0, at - 500), 0])],
      (): number[] => [0],
      (at: number): number[] => (at < 100 ? [0] : [...new Set([at - 100, at % 97])]),
    ]) {
      const mark = wide(2000, reads);
      expect(check(mark)).to.equal(undefined);
      const began = performance.now();
      const scene = diagramScene(mark, { folds: new Set(), width: 1200, theme: paper });
      expect(performance.now() - began).to.be.below(8000);
      expect(scene.width * scene.height).to.be.finite;
    }
  });
});
