/**
 * Reverse-mode differentiation. Each recorded op leaves a node on its output; `backward` walks the nodes
 * from the loss in reverse order of their making, which is a topological order.
 */
import { getDevice, type Device, type Memory } from "../devices/device";
import { GradError } from "../errors";
import { checkpoint } from "../notebook";
import { showShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { Wanted } from "./wanted";

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
  /** Gradients for `inputs`, for those alone that `need` names if it is given; null once the graph has been freed. */
  pull: Pull | null;
  /** Frees what only this node has, once the graph is freed. */
  end: (() => void) | null;
  /** The gradient of the output as far as it has come, during a backward pass. */
  upstream: Memory | null;
}

/** Nodes recorded so far. */
const recorded = { count: 0 };

type Pull = (dy: Memory, need?: boolean[]) => (Memory | null)[];

/** Leaves a node on `output`; called by `defineOp` alone. */
export function record(op: string, inputs: Tensor[], output: Tensor, pull: Pull, end: (() => void) | null): void {
  const versions = inputs.map((input) => input.storage.version);
  output.requiresGrad = true;
  output.node = { op, order: recorded.count++, inputs, versions, retainedBy: null, pull, end, upstream: null };
}

/**
 * Adds d(root)/d(leaf) to `leaf.grad` of every leaf that requires a gradient.
 * @throws GradError if nothing was recorded, the graph was freed, or a value needed was changed since
 */
export function backward(root: Tensor, seed: Memory, retainGraph: boolean): void {
  walk(root, seed, retainGraph, reachable(root), null);
}

/**
 * The gradients of sum(root * seed) with respect to `inputs`, which may lie anywhere in the graph; null where nothing
 * leads to one. No tensor's `grad` is touched, and gradients that lead nowhere else are not computed.
 * @throws GradError if the graph was freed, or a value needed was changed since
 * @see torch.autograd.grad
 */
export function gradients(
  root: Tensor,
  seed: Memory,
  inputs: readonly Tensor[],
  retainGraph = false,
): (Tensor | null)[] {
  const nodes = reachable(root);
  // Nobody knows any more where such a node led.
  const freed = nodes.find(({ pull }) => !pull);
  const wanted = new Wanted(inputs, nodes);
  walk(root, seed, retainGraph, nodes, wanted);
  return inputs.map((input) => {
    const found = wanted.found.get(input);
    if (!found && freed) throw alreadyFreed(freed);
    return found ? input.sibling(found, input.shape, input.dtype) : null;
  });
}

/** From the root to the leaves, or to what is wanted. */
function walk(
  root: Tensor,
  seed: Memory,
  retainGraph: boolean,
  nodes: readonly TapeNode[],
  wanted: Wanted | null,
): void {
  const pass = new Pass(getDevice(root.device), wanted);
  for (const node of nodes) node.upstream = null; // what a pass that failed may have left
  pass.deposit(root, seed);
  for (const node of nodes) {
    const dy = node.upstream;
    node.upstream = null;
    if (!dy) continue;
    checkpoint();
    const need = wanted?.needOf(node);
    if (need && !need.includes(true)) {
      pass.retain(node, dy);
      continue;
    }
    if (!node.pull) throw alreadyFreed(node);
    checkVersions(node);
    pass.retain(node, dy);
    const pulled = node.pull(dy, need);
    pass.hand(node, dy, pulled, need);
    if (!retainGraph) {
      // A loss kept in a history must not keep the activations of its step alive.
      node.pull = null;
      node.inputs = [];
      node.end?.();
    }
  }
}

const alreadyFreed = ({ op }: TapeNode): GradError =>
  new GradError(
    `backward: the graph was already freed by an earlier backward (at ${op}). ` +
      `Call backward({ retainGraph: true }) the first time, or run the forward pass again.`,
  );

/**
 * Hands gradients on, adds them up where paths meet, and frees those of inner values, which nobody else has seen. An op
 * may hand on what it got (a reshape), even to several inputs (a sum): what has several owners is left to the device.
 */
class Pass {
  private readonly mark: number;
  private readonly shared = new Set<Memory>();

  constructor(
    private readonly device: Device,
    private readonly wanted: Wanted | null,
  ) {
    this.mark = device.mark?.() ?? 0;
  }

  /** Keeps the gradient of a node's output, if someone wants it. */
  retain(node: TapeNode, dy: Memory): void {
    const output = this.wanted ? this.wanted.outputOf(node) : node.retainedBy;
    if (!output) return;
    this.shared.add(dy);
    this.leave(output, dy);
  }

  /** What the op at `node` made of `dy`, to its inputs. */
  hand(node: TapeNode, dy: Memory, pulled: (Memory | null)[], need?: boolean[]): void {
    const { inputs } = node;
    let handedOn = 0;
    for (let i = 0; i < inputs.length; i++) {
      const gradient = pulled[i];
      if (!gradient || !(need ? need[i] : inputs[i].requiresGrad)) continue;
      if (gradient === dy) handedOn++;
      else if (pulled.indexOf(gradient) !== i) this.shared.add(gradient);
    }
    if (handedOn > 1) this.shared.add(dy);
    for (let i = 0; i < inputs.length; i++) {
      const gradient = pulled[i];
      if (gradient && (need ? need[i] : inputs[i].requiresGrad)) this.deposit(inputs[i], gradient);
    }
    if (handedOn === 0) this.release(dy);
  }

  deposit(tensor: Tensor, gradient: Memory): void {
    const { node } = tensor;
    if (node) node.upstream = node.upstream ? this.add(node.upstream, gradient) : gradient;
    else this.leave(tensor, gradient);
  }

  private leave(tensor: Tensor, gradient: Memory): void {
    if (this.wanted) {
      const before = this.wanted.found.get(tensor);
      this.wanted.found.set(tensor, before ? this.add(before, gradient) : gradient);
      return;
    }
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
