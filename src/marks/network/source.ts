/** Where a page takes numbers from: what the payload carries, else the kernel. No DOM here. */
import type { Ask } from "../kit/ask";
import { explain } from "./arithmetic";
import { hasWeightGradient, weightGradient, type WeightGradient } from "./arithmetic/weightGradient";
import type { Explanation } from "./explanation";
import type { Plane } from "./maps";
import { numbersOfNode, operationWithNumbers, type Network, type NetNode } from "./network";
import type { Operation } from "./operation";
import { unpackExplanation, unpackGradient } from "./packExplanation";

/** Planes that are remembered of what the kernel has said. */
const MOST_KEPT = 2000;

export class Source {
  private readonly operations = new Map<NetNode, Operation | undefined>();
  private readonly planes = new Map<string, Plane>();

  constructor(
    readonly network: Network,
    private readonly ask: Ask | undefined,
  ) {}

  operation(node: NetNode): Operation | undefined {
    if (!this.operations.has(node)) this.operations.set(node, operationWithNumbers(node.operation));
    return this.operations.get(node);
  }

  /** A unit's exact numbers if they are at hand. */
  known(node: NetNode, unit: number): Plane | undefined {
    const { height, width, values } = node;
    const size = height * width;
    if (values) return { height, width, values: values.subarray(unit * size, (unit + 1) * size) };
    return this.planes.get(`${node.index} ${unit}`);
  }

  /** The exact numbers of units. @throws Error in one line where nobody answers */
  async units(node: NetNode, from: number, count: number): Promise<Plane[]> {
    const wanted = Array.from({ length: count }, (_, i) => from + i);
    if (wanted.some((unit) => !this.known(node, unit))) {
      const { content, floats } = await this.asker()("activations", { ...this.image, node: node.index, from, count });
      const { units, height, width } = content;
      if (units !== count || height !== node.height || width !== node.width)
        throw new Error("The kernel's answer is for another network. Run the cell again.");
      if (this.planes.size > MOST_KEPT) this.planes.clear();
      const size = height * width;
      wanted.forEach((unit, i) =>
        this.planes.set(`${node.index} ${unit}`, {
          height,
          width,
          values: floats[0].subarray(i * size, (i + 1) * size),
        }),
      );
    }
    return wanted.map((unit) => this.known(node, unit) as Plane);
  }

  /** Numbers of a node's weight. @throws Error in one line where nobody answers */
  async weights(node: NetNode, from: number, count: number): Promise<Float32Array> {
    const operation = this.operation(node);
    if (operation && "weight" in operation)
      return Float32Array.from({ length: count }, (_, i) => operation.weight.data[from + i]);
    const { floats } = await this.asker()("parameters", {
      ...this.image,
      ...{ node: node.index, name: "weight", from, count },
    });
    if (floats[0].length !== count) throw new Error("The kernel's answer is for another network. Run the cell again.");
    return floats[0];
  }

  /** How a number came about. @throws Error in one line where nobody answers */
  async explanation(node: NetNode, at: number): Promise<Explanation> {
    const operands = node.inputs.flatMap((input) => numbersOfNode(this.network.nodes[input]) ?? []);
    const [operation, output] = [this.operation(node), numbersOfNode(node)];
    if (operation && output && operands.length === node.inputs.length) return explain(operation, operands, output, at);
    const answer = await this.asker()("explanation", { ...this.image, node: node.index, at });
    return unpackExplanation(answer);
  }

  /** How the gradient of a weight came about, with what its other uses add. @throws Error in one line where it is not known */
  async gradient(node: NetNode, weightAt: number): Promise<WeightGradient> {
    const own = await this.gradientOfUse(node, weightAt);
    const uses = (node.shared ?? []).map((at) => this.network.nodes[at]);
    if (uses.length === 0) return own;
    const others = await Promise.all(
      uses.map(async (use) => ({ id: use.id, sum: (await this.gradientOfUse(use, weightAt)).sum })),
    );
    return { ...own, others };
  }

  private async gradientOfUse(node: NetNode, weightAt: number): Promise<WeightGradient> {
    const { target, images } = this.network.mark;
    if (target === undefined || !hasWeightGradient(node.operation)) {
      const options = images ? `{ image: ${images.shown}, target: 3 }` : "{ target: 3 }";
      throw new Error(`Gradients are shown where the image's class is given: show.network(net, x, ${options}).`);
    }
    const [operation, x] = [this.operation(node), numbersOfNode(this.network.nodes[node.inputs[0]])];
    if (operation && x && node.gradient)
      return weightGradient(operation, x, { shape: node.shape, data: node.gradient }, weightAt);
    return unpackGradient(await this.asker()("weightGradient", { ...this.image, node: node.index, at: weightAt }));
  }

  /** Of a view of several images: which one is asked about. */
  private get image(): { image?: number } {
    const { images } = this.network.mark;
    return images ? { image: images.shown } : {};
  }

  private asker(): Ask {
    if (!this.ask) throw new Error("This output does not carry the numbers of so large a network. Run the cell again.");
    return this.ask;
  }
}

/** What an elementwise function reads and gives, as far as it is known: of a vector all numbers, else those of the unit. */
export function curveOf(
  source: Source,
  { nodes }: Network,
  node: NetNode,
  unit: number,
): { x: Plane; y: Plane } | undefined {
  const read = nodes[node.inputs[0] ?? -1] as NetNode | undefined;
  if (node.operation.op !== "elementwise" || !read) return undefined;
  const all = ({ units, values }: NetNode): Plane | undefined => values && { height: 1, width: units, values };
  const [x, y] = [read, node].map((each) => (node.isVector ? all(each) : undefined) ?? source.known(each, unit));
  return x && y && { x, y };
}
