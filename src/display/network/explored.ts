/** A network as it answered to one image: every number that a reader may ask for. */
import type { Numbers, Operation } from "../../marks";

export interface ExploredNode {
  id: string;
  kind: string;
  scope: string;
  /** Places in the list. */
  inputs: readonly number[];
  operation: Operation;
  /** Of the one image. */
  output: Numbers;
  /** The loss' gradient with respect to the output, where it was wanted and the node has weights. */
  gradient?: Numbers;
  /** The other nodes that use the same weight, where there are gradients. */
  shared?: readonly number[];
  /** Whether the view added it: probabilities of scores. */
  added?: true;
}

export class Explored {
  /**
   * @param scores  the node that has the classes' probabilities
   * @param isCopy  whether the parameters are those of the run, whatever became of them since
   */
  constructor(
    readonly nodes: readonly ExploredNode[],
    readonly scores: number | undefined,
    readonly isCopy: boolean,
  ) {}

  /** Of each class, if the network's output is one row of scores. */
  get probabilities(): ArrayLike<number> | undefined {
    return this.scores === undefined ? undefined : this.nodes[this.scores].output.data;
  }

  /** All parameters, each with its name in the operation. */
  parameters(): Numbers[] {
    return this.nodes.flatMap(({ operation }) => Object.values(operation).filter(isNumbers));
  }

  /** How many numbers it holds. */
  get count(): number {
    const held = this.nodes.flatMap(({ output, gradient }) => [output, ...(gradient ? [gradient] : [])]);
    return [...held, ...this.parameters()].reduce((sum, { data }) => sum + data.length, 0);
  }

  get bytes(): number {
    return 4 * (this.isCopy ? this.count : this.nodes.reduce((sum, { output }) => sum + output.data.length, 0));
  }
}

export const isNumbers = (value: unknown): value is Numbers =>
  typeof value === "object" && value !== null && "data" in value && "shape" in value;
