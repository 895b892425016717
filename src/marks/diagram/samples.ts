/** Diagrams as they come: a chain, a shortcut, branches, scopes in scopes that fold, volumes. */
import type { DiagramMark, DiagramNode, DiagramScope, Family } from "./payload";

const node = (
  name: string,
  kind: string,
  inputs: number[],
  shape: number[],
  more: Partial<DiagramNode> = {},
): DiagramNode => ({
  ...{ name, kind, settings: "", family: "other", shape, inputs, scope: -1 },
  ...{ parameters: 0, multiplyAdds: 0, minor: false, ...more },
});
const layer = (family: Family, parameters: number, multiplyAdds: number): Partial<DiagramNode> => ({
  ...{ family, parameters, multiplyAdds },
});
const input = (shape: number[]): DiagramNode => node("input", "", [], shape, { family: "input" });
const scope = (name: string, kind: string, parent = -1): DiagramScope => ({
  ...{ name, kind, parent, parameters: 0, multiplyAdds: 0 },
});

const chain = (style: DiagramMark["style"] = "boxes"): DiagramMark => ({
  mark: "diagram",
  style,
  scopes: [],
  nodes: [
    input([3, 32, 32]),
    node("conv1", "Conv2d", [0], [6, 28, 28], { settings: "3, 6, kernelSize=5", ...layer("convolution", 456, 357504) }),
    node("relu", "", [1], [6, 28, 28], { minor: true }),
    node("pool", "MaxPool2d", [2], [6, 14, 14], layer("pooling", 0, 0)),
    node("conv2", "Conv2d", [3], [16, 10, 10], layer("convolution", 2416, 241600)),
    node("relu#2", "", [4], [16, 10, 10], { minor: true }),
    node("reshape", "", [5], [1600]),
    node("fc1", "Linear", [6], [10], layer("linear", 16010, 16010)),
  ],
});
const volumes = (): DiagramMark => chain("volumes");

const shortcut = (): DiagramMark => ({
  mark: "diagram",
  title: "A block of a residual network",
  subtitle: "a < b & c",
  style: "boxes",
  scopes: [scope("layer1", "Sequential"), scope("layer1.0", "BasicBlock", 0)],
  nodes: [
    input([64, 56, 56]),
    node("layer1.0.conv1", "Conv2d", [0], [64, 56, 56], { scope: 1, ...layer("convolution", 36864, 115605504) }),
    node("layer1.0.bn1", "BatchNorm2d", [1], [64, 56, 56], { scope: 1, minor: true, ...layer("other", 128, 128) }),
    node("layer1.0.conv2", "Conv2d", [2], [64, 56, 56], { scope: 1, ...layer("convolution", 36864, 115605504) }),
    node("add", "", [3, 0], [64, 56, 56], { scope: 1 }),
    node("layer1.0.relu", "ReLU", [4], [64, 56, 56], { scope: 1, minor: true }),
    node("avgpool", "AdaptiveAvgPool2d", [5], [64, 1, 1], layer("pooling", 0, 0)),
  ],
});

/** Blocks of four branches, each branch a scope of its own: too many boxes, so that branches are folded. */
const branches = (): DiagramMark => {
  const nodes = [input([192, 28, 28])];
  const scopes: DiagramScope[] = [];
  for (let block = 0; block < 8; block++) {
    const from = nodes.length - 1;
    const outer = scopes.push(scope(`inception${block}`, "Inception")) - 1;
    const ends: number[] = [];
    for (let branch = 0; branch < 4; branch++) {
      let before = from;
      const name = `inception${block}.branch${branch + 1}`;
      for (let step = 0; step < (branch === 0 ? 1 : 2); step++) {
        const path = branch === 0 ? name : `${name}.${step}`;
        const inner = scopes.push(scope(path, "BasicConv2d", outer)) - 1;
        nodes.push(
          node(`${path}.conv`, "Conv2d", [before], [64, 28, 28], {
            scope: inner,
            ...layer("convolution", 12288, 9633792),
          }),
          node(`relu#${nodes.length}`, "", [nodes.length], [64, 28, 28], { scope: inner, minor: true }),
        );
        before = nodes.length - 1;
      }
      ends.push(before);
    }
    nodes.push(node(`cat#${block}`, "", ends, [256, 28, 28], { scope: outer }));
  }
  return { mark: "diagram", style: "boxes", scopes, nodes };
};

/** Every layer reads all before it, as in a dense block. */
const dense = (): DiagramMark => ({
  mark: "diagram",
  style: "boxes",
  scopes: [],
  nodes: [
    input([8, 16, 16]),
    ...[1, 2, 3, 4].map((at) =>
      node(
        `conv${at}`,
        "Conv2d",
        Array.from({ length: at }, (_, i) => i),
        [8, 16, 16],
        layer("convolution", 584 * at, 149504 * at),
      ),
    ),
  ],
});

const alone = (): DiagramMark => ({ mark: "diagram", style: "boxes", scopes: [], nodes: [input([])] });

export const samples = { chain, volumes, shortcut, branches, dense, alone } satisfies Record<string, () => DiagramMark>;
