/** A network run dry: which layers ran in which order, what they gave, and what each of their numbers sees. */
import { checkModule } from "../arguments";
import { noGrad } from "../autograd/noGrad";
import { allocate, defaultDevice } from "../devices/device";
import { Storage } from "../devices/storage";
import { ShapeError } from "../errors";
import { evaluated } from "../nn/evaluated";
import { watchModules, type Module } from "../nn/module";
import { dryRun } from "../ops/define/dryRun";
import { checkShape, showShape, sizeOf, type Shape } from "../tensor/shape";
import { Tensor } from "../tensor/tensor";
import { afterOp } from "./afterOp";
import { ownPixel, together, wholeImage, type GridField } from "./field";

/** One run of a layer: a module without modules inside it, or with parameters of its own. */
export interface LayerRun {
  path: string;
  module: Module;
  output: Tensor;
  /** Undefined if the input was no image, or an op's windows are not known. */
  field: GridField | undefined;
}

/**
 * The layers of `net` in the order in which they run on an input of that shape, in evaluation mode. No kernel runs and
 * no activation is stored, so it is quick for large networks. Afterwards each module is in its mode from before.
 * @throws ShapeError if the network does not take the shape
 */
export function trace(caller: string, net: Module, inputShape: Shape): LayerRun[] {
  checkModule(caller, "net", net);
  checkShape(caller, inputShape);
  if (sizeOf(inputShape) === 0)
    throw new ShapeError(`${caller}: the input has no elements (shape ${showShape(inputShape)}). Give [N,C,H,W].`);
  const paths = new Map<Module, string>();
  for (const [path, module] of net.namedModules()) if (!paths.has(module)) paths.set(module, path);

  const first = net.parameters().at(0);
  const dtype = first?.dtype ?? "float32";
  const input = new Tensor(new Storage(allocate(dtype, 0), dtype, first?.device ?? defaultDevice), inputShape);
  const fields = new Map<Tensor, GridField>();
  if (inputShape.length === 4) fields.set(input, ownPixel(inputShape[2], inputShape[3]));
  const runs: LayerRun[] = [];
  const seen = (tensors: readonly Tensor[]): GridField[] => tensors.flatMap((tensor) => fields.get(tensor) ?? []);
  const whole = wholeImage(inputShape.at(-2) ?? 1, inputShape.at(-1) ?? 1);

  evaluated(net, () =>
    noGrad(() =>
      watchModules(
        (module, _, output) => {
          const path = paths.get(module) ?? module.constructor.name;
          const isLayer = module.children().length === 0 || ownParameters(module).length > 0;
          if (isLayer) runs.push({ path, module, output, field: fields.get(output) });
        },
        () =>
          dryRun(
            (name, inputs, output, geometry) => {
              const before = seen(inputs);
              const field = before.length > 0 && afterOp(name, together(before), inputs, output, geometry, whole);
              if (field) fields.set(output, field);
            },
            () => net(input),
          ),
      ),
    ),
  );
  return runs;
}

/** Parameters that are fields of the module itself, by name. */
export const ownParameters = (module: Module): [string, Tensor][] =>
  module.namedParameters().filter(([name]) => !name.includes("."));
