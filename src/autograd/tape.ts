/**
 * Reverse-mode differentiation. Each recorded op leaves a node on its output; `backward` walks the nodes
 * from the loss in reverse order of their making, which is a topological order.
 */
import { checkpoint } from "../devices/checkpoint";
import { getDevice, type Memory } from "../devices/device";
import { GradError } from "../errors";
import { showShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";

/** What an op's `backward` gets besides the upstream gradient. */
export interface Saved<G> {
  inputs: Memory[];
  output: Memory;
  /** Whatever `forward` kept for `backward`, such as the positions of the maxima. */
  extra: Memory[];
  geometry: G;
  /** Which inputs want a gradient; computing others would be waste. */
  need: boolean[];
}

/** One recorded op. */
export interface TapeNode {
  op: string;
  /** Counts up; a node's inputs always have smaller numbers. */
  order: number;
  inputs: Tensor[];
  /** Versions of the inputs when they were recorded. */
  versions: number[];
  /** The output, if its gradient is to be kept. */
  retainedBy: Tensor | null;
  /** Gradients for `inputs`; null once the graph has been freed. */
  pull: ((dy: Memory) => (Memory | null)[]) | null;
}

let made = 0;

/** Leaves a node on `output`; called by `defineOp` alone. */
export function record(
  op: string,
  inputs: Tensor[],
  output: Tensor,
  pull: (dy: Memory) => (Memory | null)[],
): void {
  const versions = inputs.map((input) => input.storage.version);
  output.requiresGrad = true;
  output.node = { op, order: made++, inputs, versions, retainedBy: null, pull };
}

/**
 * Adds d(root)/d(leaf) to `leaf.grad` of every leaf that requires a gradient.
 * @throws GradError if nothing was recorded, the graph was freed, or a value needed was changed since
 */
export function backward(root: Tensor, seed: Memory, retainGraph: boolean): void {
  const device = getDevice(root.device);
  const gradients = new Map<TapeNode, Memory>();
  const deposit = (tensor: Tensor, gradient: Memory): void => {
    if (tensor.node) {
      const before = gradients.get(tensor.node);
      gradients.set(tensor.node, before ? device.add(before, gradient) : gradient);
    } else {
      leave(tensor, gradient);
    }
  };
  const leave = (tensor: Tensor, gradient: Memory): void => {
    const before = tensor.grad;
    const sum = before ? device.add(before.storage.memory, gradient) : gradient;
    tensor.grad = tensor.sibling(sum, tensor.shape, tensor.dtype);
  };
  deposit(root, seed);
  for (const node of reachable(root)) {
    const dy = gradients.get(node);
    gradients.delete(node);
    if (!dy) continue;
    checkpoint();
    if (!node.pull)
      throw new GradError(
        `backward: the graph was already freed by an earlier backward (at ${node.op}). ` +
          `Call backward({ retainGraph: true }) the first time, or run the forward pass again.`,
      );
    checkVersions(node);
    if (node.retainedBy) leave(node.retainedBy, dy);
    const pulled = node.pull(dy);
    node.inputs.forEach((input, i) => {
      const gradient = pulled[i];
      if (input.requiresGrad && gradient) deposit(input, gradient);
    });
    if (!retainGraph) {
      // A loss kept in a history must not keep the activations of its step alive.
      node.pull = null;
      node.inputs = [];
    }
  }
}

/** All nodes that lead to `root`, newest first. */
function reachable(root: Tensor): TapeNode[] {
  const seen = new Set<TapeNode>();
  const open = root.node ? [root.node] : [];
  for (let node = open.pop(); node; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    for (const input of node.inputs) if (input.node) open.push(input.node);
  }
  return [...seen].sort((a, b) => b.order - a.order);
}

function checkVersions(node: TapeNode): void {
  node.inputs.forEach((input, i) => {
    if (input.storage.version !== node.versions[i])
      throw new GradError(
        `backward: an input of ${node.op} was updated after the forward pass (shape ${showShape(input.shape)}). ` +
          `Call optimizer.step() after backward(), or run the forward pass again.`,
      );
  });
}
