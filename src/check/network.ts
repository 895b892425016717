import { checkModule, checkNumber, checkNumbers, show } from "../arguments";
import { noGrad } from "../autograd/noGrad";
import type { Inputs } from "../data/inputs";
import { answersOf } from "../display/evaluation/answers";
import { inEvaluation, type Module } from "../nn/module";
import { checkOptions, type OptionNames } from "../options";
import { rand } from "../tensor/create";
import { checkShape, sameShape, showShape, type Shape } from "../tensor/shape";
import { currentAssertions, waited } from "./asserting";
import { chai } from "./expect/chai";

/** What a network must be. */
export interface NetworkOptions {
  /** The shape of an input, with the batch: [1, 1, 28, 28]. */
  input: Shape;
  /** The shape of what it gives for it; default any. */
  output?: Shape;
  /** The most parameters that it may have. */
  maxParameters?: number;
  /** The smallest part of `data`, from 0 to 1, whose class it must guess. */
  minAccuracy?: number;
  /** Labelled data for `minAccuracy`: a data set, a DataLoader or batches [inputs, labels]. */
  data?: Inputs;
}
const optionNames: OptionNames<NetworkOptions> = {
  input: true,
  output: true,
  maxParameters: true,
  minAccuracy: true,
  data: true,
};

const CALLER = "check.network";

/** One requirement, and whether it is met. */
interface Line {
  met: boolean;
  text: string;
}

/**
 * Whether a network takes inputs of a shape, gives outputs of a shape, has few enough parameters, and guesses well enough; in
 * evaluation mode. Write await before it. In a check its lines stand in the report, elsewhere they are printed.
 * @param options.input         shape with the batch: [1, 1, 28, 28]
 * @param options.output        shape of the output for it
 * @param options.maxParameters the most parameters it may have
 * @param options.minAccuracy   from 0 to 1, of `data`: a data set, a DataLoader or batches [inputs, labels]
 * @throws AssertionError with a line for each requirement if one is not met
 * @example
 * const lenet = new models.LeNet5();
 * await check.network(lenet, { input: [1, 1, 32, 32], output: [1, 10], maxParameters: 62000 });
 */
export function network(net: Module, options: NetworkOptions): Promise<void> {
  checkModule(CALLER, "net", net);
  const { input, output, maxParameters, minAccuracy, data } = checkOptions(CALLER, options, optionNames, arguments, 1);
  checkNumbers(CALLER, "input", input, "Write input: [1, 1, 28, 28].");
  checkShape(CALLER, input);
  if (output !== undefined) checkNumbers(CALLER, "output", output, "Write output: [1, 10].");
  if (maxParameters !== undefined) checkNumber(CALLER, "maxParameters", maxParameters);
  if (minAccuracy !== undefined && !(minAccuracy >= 0 && minAccuracy <= 1))
    throw new RangeError(`${CALLER}: minAccuracy is a part of 1, got ${show(minAccuracy)}. Write 0.9 for 90 %.`);
  if ((minAccuracy === undefined) !== (data === undefined))
    throw new TypeError(`${CALLER}: minAccuracy and data belong together. Write { minAccuracy: 0.9, data: test }.`);
  const assertions = currentAssertions();
  return waited(CALLER, async () => {
    const shape = shapeLine(net, input, output);
    const lines = [
      shape,
      ...(maxParameters === undefined ? [] : [parametersLine(net, maxParameters)]),
      ...(minAccuracy === undefined || !data || !shape.met ? [] : [await accuracyLine(net, minAccuracy, data)]),
    ];
    const text = lines.map(({ met, text }) => `${met ? "✓" : "✗"} ${text}`);
    if (!lines.every(({ met }) => met))
      throw new (chai().AssertionError)([`${CALLER}: ${net.constructor.name}`, ...text].join("\n  "));
    if (assertions) assertions.notes.push(...text);
    else console.log(text.join("\n"));
  });
}

function shapeLine(net: Module, input: Shape, output: Shape | undefined): Line {
  const device = net.parameters()[0]?.device;
  try {
    const given = inEvaluation(() => noGrad(() => net(rand(input, device ? { device } : {}))));
    const isRight = output === undefined || sameShape(given.shape, output);
    return {
      met: isRight,
      text: `output ${showShape(given.shape)} for an input ${showShape(input)}${isRight ? "" : `, expected ${showShape(output)}`}`,
    };
  } catch (error) {
    return { met: false, text: `an input ${showShape(input)} does not go through: ${(error as Error).message}` };
  }
}

function parametersLine(net: Module, most: number): Line {
  const count = net.parameters().reduce((sum, parameter) => sum + parameter.numel(), 0);
  const words = (value: number): string => value.toLocaleString("en-US");
  return { met: count <= most, text: `${words(count)} parameters, at most ${words(most)}` };
}

async function accuracyLine(net: Module, least: number, data: Inputs): Promise<Line> {
  let [right, all] = [0, 0];
  for await (const { truth, guess } of answersOf(CALLER, net, data)) {
    all += truth.length;
    for (let i = 0; i < truth.length; i++) if (truth[i] === guess[i]) right++;
  }
  const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;
  return {
    met: right / all >= least,
    text: `accuracy ${percent(right / all)} (${right} of ${all}), at least ${percent(least)}`,
  };
}
