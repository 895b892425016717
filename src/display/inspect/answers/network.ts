/** What a reader asks about a network that a view explains. */
import { explain, packExplanation, packGradient, unitsOf, weightGradient } from "../../../marks";
import { ExploredBatch } from "../../network/batch";
import { Explored, isNumbers, type ExploredNode } from "../../network/explored";
import type { Answer } from "./index";

/** Numbers in one answer, 4 MB. */
const MOST = 2 ** 20;

interface Asked {
  node?: number;
  image?: number;
}

/** The run that is asked about, and its node. */
async function nodeOf(
  caller: string,
  object: object,
  { node, image }: Asked,
): Promise<{ explored: Explored; found: ExploredNode }> {
  const explored = object instanceof ExploredBatch ? await object.at(caller, image) : object;
  if (!(explored instanceof Explored))
    throw new Error(`${caller}: only views of networks answer this. Ask about one of show.network().`);
  const { nodes } = explored;
  const found = Number.isInteger(node) ? nodes[node as number] : undefined;
  if (!found) throw new Error(`${caller}: there is no node ${node}. Count from 0 to ${nodes.length - 1}.`);
  return { explored, found };
}

/** @throws Error unless there are such numbers, and not too many of them for an answer */
function checkPart(
  caller: string,
  from: number | undefined,
  count: number | undefined,
  of: number,
  size = 1,
): [number, number] {
  const isPart = Number.isInteger(from) && Number.isInteger(count) && from! >= 0 && count! > 0 && from! + count! <= of;
  if (!isPart) throw new Error(`${caller}: there are no ${count} from ${from} on. Count from 0 to ${of - 1}.`);
  if (count! * size > MOST)
    throw new Error(`${caller}: ${count! * size} numbers are too many for an answer. Ask for fewer.`);
  return [from!, count!];
}

export const activations: Answer<"activations"> = async (object, { from, count, ...asked }) => {
  const { output } = (await nodeOf("activations", object, asked)).found;
  const { units, height, width } = unitsOf(output.shape);
  const size = height * width;
  const [first, wanted] = checkPart("activations", from, count, units, size);
  const part = Float32Array.from({ length: wanted * size }, (_, i) => output.data[first * size + i]);
  return { content: { units: wanted, height, width }, floats: [part] };
};

export const parameters: Answer<"parameters"> = async (object, { name, from, count, ...asked }) => {
  const { operation } = (await nodeOf("parameters", object, asked)).found;
  const parameter: unknown = Object.entries(operation).find(([key]) => key === name)?.[1];
  if (!isNumbers(parameter))
    throw new Error(`parameters: ${operation.op} has no numbers "${name}". Ask for its weight.`);
  const [first, wanted] = checkPart("parameters", from, count, parameter.data.length);
  return { content: {}, floats: [Float32Array.from({ length: wanted }, (_, i) => parameter.data[first + i])] };
};

export const explanation: Answer<"explanation"> = async (object, { at, ...asked }) => {
  const { explored, found } = await nodeOf("explanation", object, asked);
  const { operation, inputs, output } = found;
  const operands = inputs.map((input) => explored.nodes[input].output);
  const explained = explain(operation, operands, output, at ?? NaN);
  if (explained.terms.length > MOST)
    throw new Error(
      `explanation: ${explained.terms.length} terms are too many for an answer. Look at a smaller layer.`,
    );
  const value = output.data[at as number];
  if (!explored.isCopy && Math.abs(explained.result - value) > 1e-3 * Math.max(1, Math.abs(value)))
    throw new Error("explanation: the network was trained further since it was shown. Run the cell again.");
  return packExplanation(explained);
};

export const gradientOfWeight: Answer<"weightGradient"> = async (object, { at, ...asked }) => {
  const { explored, found } = await nodeOf("weightGradient", object, asked);
  const { operation, inputs, gradient } = found;
  if (!gradient)
    throw new Error("weightGradient: the view has no gradients. Give a target: show.network(net, x, { target: 3 }).");
  return packGradient(weightGradient(operation, explored.nodes[inputs[0]].output, gradient, at ?? NaN));
};
