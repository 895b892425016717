/** What each node of a network's graph sees of the input: the summary's receptive fields, for functions too. */
import type { GraphNode, NetworkGraph } from "../../graph";
import { afterOp } from "../../summary/afterOp";
import { ownPixel, together, wholeImage, type GridField } from "../../summary/field";
import type { Tensor } from "../../tensor/tensor";

/** Fields by the nodes' names; a node behind an op whose windows are not known has none. */
export function fieldsOf({ nodes }: NetworkGraph): Map<string, GridField> {
  const [input] = nodes;
  const [height, width] = input.output.shape.slice(-2);
  const whole = wholeImage(height, width);
  const byTensor = new Map<Tensor, GridField>([[input.output, ownPixel(height, width)]]);
  const byNode = new Map<string, GridField>([[input.id, ownPixel(height, width)]]);
  for (const node of nodes.slice(1)) {
    const before = node.inputs.flatMap((id) => byNode.get(id) ?? []);
    if (before.length < node.inputs.length || before.length === 0) continue;
    for (const { name, inputs, output, geometry } of node.ops) {
      const known = inputs.flatMap((each) => byTensor.get(each) ?? []);
      // What was detached is another tensor of the same numbers.
      const field = afterOp(name, together(known.length > 0 ? known : before), inputs, output, geometry, whole);
      if (field) byTensor.set(output, field);
      else byTensor.delete(output);
    }
    const field = node.ops.length === 0 ? together(before) : byTensor.get(node.output);
    if (field) {
      byNode.set(node.id, field);
      byTensor.set(node.output, field);
    }
  }
  return byNode;
}

/** The nodes that lead to one, it among them, in the order in which they ran. */
export function pathTo({ nodes }: NetworkGraph, target: GraphNode): GraphNode[] {
  const wanted = new Set([target.id]);
  for (const { id, inputs } of [...nodes].reverse()) if (wanted.has(id)) for (const input of inputs) wanted.add(input);
  return nodes.filter(({ id }) => wanted.has(id));
}
