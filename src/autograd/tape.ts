/**
 * Reverse-mode differentiation. Each recorded op leaves a node on its output; `backward` walks the nodes
 * from the loss in reverse order of their making, which is a topological order.
 */
import { getDevice, type Device, type Memory } from "../devices/device";
import { GradError } from "../errors";
import { checkpoint } from "../notebook";
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
  /** Frees what only this node has, once the graph is freed. */
  end: (() => void) | null;
  /** The gradient of the output as far as it has come, during a backward pass. */
  upstream: Memory | null;
}

/** Nodes recorded so far. */
const recorded = { count: 0 };

/** Leaves a node on `output`; called by `defineOp` alone. */
export function record(
  op: string,
  inputs: Tensor[],
  output: Tensor,
  pull: (dy: Memory) => (Memory | null)[],
  end: (() => void) | null,
): void {
  const versions = inputs.map((input) => input.storage.version);
  output.requiresGrad = true;
  output.node = { op, order: recorded.count++, inputs, versions, retainedBy: null, pull, end, upstream: null };
}

/**
 * Adds d(root)/d(leaf) to `leaf.grad` of every leaf that requires a gradient.
 * @throws GradError if nothing was recorded, the graph was freed, or a value needed was changed since
 */
export function backward(root: Tensor, seed: Memory, retainGraph: boolean): void {
  const pass = new Pass(getDevice(root.device));
  const nodes = reachable(root);
  for (const node of nodes) node.upstream = null; // what a pass that failed may have left
  pass.deposit(root, seed);
  for (const node of nodes) {
    const dy = node.upstream;
    node.upstream = null;
    if (!dy) continue;
    checkpoint();
    if (!node.pull)
      throw new GradError(
        `backward: the graph was already freed by an earlier backward (at ${node.op}). ` +
          `Call backward({ retainGraph: true }) the first time, or run the forward pass again.`,
      );
    checkVersions(node);
    const pulled = node.pull(dy);
    pass.hand(node, dy, pulled);
    if (!retainGraph) {
      // A loss kept in a history must not keep the activations of its step alive.
      node.pull = null;
      node.inputs = [];
      node.end?.();
    }
  }
}

/**
 * Hands gradients on, adds them up where paths meet, and frees those of inner values, which nobody else has seen. An op
 * may hand on what it got (a reshape), even to several inputs (a sum): what has several owners is left to the device.
 */
class Pass {
  private readonly mark: number;
  private readonly shared = new Set<Memory>();

  constructor(private readonly device: Device) {
    this.mark = device.mark?.() ?? 0;
  }

  /** What the op at `node` made of `dy`, to its inputs. */
  hand(node: TapeNode, dy: Memory, pulled: (Memory | null)[]): void {
    const { inputs } = node;
    let handedOn = 0;
    for (let i = 0; i < inputs.length; i++) {
      const gradient = pulled[i];
      if (!gradient || !inputs[i].requiresGrad) continue;
      if (gradient === dy) handedOn++;
      else if (pulled.indexOf(gradient) !== i) this.shared.add(gradient);
    }
    if (handedOn > 1) this.shared.add(dy);
    if (node.retainedBy) {
      this.shared.add(dy);
      this.leave(node.retainedBy, dy);
    }
    for (let i = 0; i < inputs.length; i++) {
      const gradient = pulled[i];
      if (gradient && inputs[i].requiresGrad) this.deposit(inputs[i], gradient);
    }
    if (handedOn === 0) this.release(dy);
  }

  deposit(tensor: Tensor, gradient: Memory): void {
    const { node } = tensor;
    if (node) node.upstream = node.upstream ? this.add(node.upstream, gradient) : gradient;
    else this.leave(tensor, gradient);
  }

  private leave(tensor: Tensor, gradient: Memory): void {
    const before = tensor.gradient?.tensor.storage.memory;
    const sum = before ? this.device.add(before, gradient) : gradient;
    if (before) this.release(gradient);
    const seen = this.shared.has(sum);
    tensor.gradient = { tensor: tensor.sibling(sum, tensor.shape, tensor.dtype), seen, mark: this.mark };
  }

  private add(a: Memory, b: Memory): Memory {
    const sum = this.device.add(a, b);
    this.release(a);
    this.release(b);
    return sum;
  }

  private release(gradient: Memory): void {
    if (!this.shared.has(gradient)) this.device.release?.(gradient, this.mark);
  }
}

/** Forgets the gradient of a leaf. */
export function forgetGradient(tensor: Tensor): void {
  const { gradient } = tensor;
  tensor.gradient = null;
  if (!gradient || gradient.seen) return;
  const { device, storage } = gradient.tensor; // the leaf itself may have moved
  getDevice(device).release?.(storage.memory, gradient.mark);
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
