/** A network run dry: which layers ran in which order, what they gave, and what each of their numbers sees. */
import { checkModule } from "../arguments";
import { noGrad } from "../autograd/noGrad";
import { allocate, defaultDevice } from "../devices/device";
import { Storage } from "../devices/storage";
import { ShapeError } from "../errors";
import { inEvaluation, watchModules, type Module } from "../nn/module";
import { answerOf } from "../graph/answerOf";
import { dryRun } from "../ops/define/dryRun";
import { checkShape, showShape, sizeOf, type Shape } from "../tensor/shape";
import { Tensor } from "../tensor/tensor";
import { afterOp } from "./afterOp";
import { ownPixel, together, wholeImage, type GridField } from "./field";

/** One run of a layer. */
export interface LayerRun {
  path: string;
  module: Module;
  output: Tensor;
  /** Undefined if the input was no image, or an op's windows are not known. */
  field: GridField | undefined;
}

/**
 * The layers of `net` in the order in which they run on an input of that shape, in evaluation mode. No kernel runs and
 * no activation is stored, so it is quick for large networks.
 * @param isLayer which modules count; default those without modules inside them, or with parameters of their own
 * @throws ShapeError if the network does not take the shape
 */
export function trace(
  caller: string,
  net: Module,
  inputShape: Shape,
  isLayer = (module: Module): boolean => module.children().length === 0 || ownParameters(module).length > 0,
): LayerRun[] {
  checkModule(caller, "net", net);
  checkShape(caller, inputShape);
  if (sizeOf(inputShape) === 0)
    throw new ShapeError(`${caller}: the input has no elements (shape ${showShape(inputShape)}). Give [N,C,H,W].`);
  const paths = new Map(net.namedModules().map(([path, module]) => [module, path]));

  const input = dryInput(net, inputShape);
  const fields = new Map<Tensor, GridField>();
  if (inputShape.length === 4) fields.set(input, ownPixel(inputShape[2], inputShape[3]));
  const runs: LayerRun[] = [];
  const seen = (tensors: readonly Tensor[]): GridField[] => tensors.flatMap((tensor) => fields.get(tensor) ?? []);
  const whole = wholeImage(inputShape.at(-2) ?? 1, inputShape.at(-1) ?? 1);

  inEvaluation(() =>
    noGrad(() =>
      watchModules(
        (module, _, output) => {
          const path = paths.get(module) ?? module.constructor.name;
          if (isLayer(module)) runs.push({ path, module, output, field: fields.get(output) });
        },
        () =>
          dryRun(
            (name, inputs, output, geometry) => {
              const before = seen(inputs);
              const field = before.length > 0 && afterOp(name, together(before), inputs, output, geometry, whole);
              if (field) fields.set(output, field);
            },
            () => answerOf(caller, net, input),
          ),
      ),
    ),
  );
  return runs;
}

/** An input of that shape without numbers, for a run that computes nothing. */
export function dryInput(net: Module, shape: Shape): Tensor {
  const first = net.parameters().at(0);
  const dtype = first?.dtype ?? "float32";
  return new Tensor(new Storage(allocate(dtype, 0), dtype, first?.device ?? defaultDevice), shape);
}

/** Parameters that are fields of the module itself, by name. */
export const ownParameters = (module: Module): [string, Tensor][] =>
  module.namedParameters().filter(([name]) => !name.includes("."));
