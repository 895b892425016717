import type { Memory } from "../devices/device";
import type { Tensor } from "../tensor/tensor";
import type { TapeNode } from "./tape";

/** The tensors that a backward pass is for, if not for all leaves: which nodes lead to them, and the gradients found. */
export class Wanted {
  readonly found = new Map<Tensor, Memory>();
  private readonly tensors: ReadonlySet<Tensor>;
  /** The wanted ones that are results, by the node that made them. */
  private readonly results = new Map<TapeNode, Tensor>();
  private readonly leads = new Set<TapeNode>();

  /** @param nodes all that the pass can reach, newest first */
  constructor(tensors: readonly Tensor[], nodes: readonly TapeNode[]) {
    this.tensors = new Set(tensors);
    for (const tensor of tensors) if (tensor.node) this.results.set(tensor.node, tensor);
    for (const node of [...nodes].reverse())
      if (this.results.has(node) || node.inputs.some((input) => this.leadsOn(input))) this.leads.add(node);
  }

  /** Which inputs of the node are wanted, or lead to what is. */
  needOf(node: TapeNode): boolean[] {
    return node.inputs.map((input) => this.leadsOn(input));
  }
  /** The output of the node if it is wanted. */
  outputOf(node: TapeNode): Tensor | null {
    return this.results.get(node) ?? null;
  }

  private leadsOn(tensor: Tensor): boolean {
    return tensor.node ? this.leads.has(tensor.node) : this.tensors.has(tensor);
  }
}
