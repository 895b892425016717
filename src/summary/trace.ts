/** A network run dry: which layers ran in which order, what they gave, and what each of their numbers sees. */
import { noGrad } from "../autograd/noGrad";
import { allocate } from "../devices/device";
import { Storage } from "../devices/storage";
import { ShapeError } from "../errors";
import { watchModules, type Module } from "../nn/module";
import type { AvgPool2dGeometry } from "../ops/avgPool2d/kernels";
import type { Geometry } from "../ops/defineOp";
import { dryRun } from "../ops/dryRun";
import type { WindowGeometry } from "../ops/window";
import { checkShape, showShape, sizeOf, type Shape } from "../tensor/shape";
import { Tensor } from "../tensor/tensor";
import { ownPixel, throughSpans, throughWindow, together, wholeImage, type GridField } from "./field";

/** One run of a layer: a module without modules inside it, or with parameters of its own. */
export interface LayerRun {
  path: string;
  module: Module;
  output: Tensor;
  /** Undefined if the input was no image, or the output does not depend on it. */
  field: GridField | undefined;
}

/**
 * The layers of `net` in the order in which they run on an input of that shape, in evaluation mode. No kernel runs and
 * no activation is stored, so it is quick for large networks. Afterwards each module is in its mode from before.
 * @throws ShapeError if the network does not take the shape
 */
export function trace(caller: string, net: Module, inputShape: Shape): LayerRun[] {
  checkShape(caller, inputShape);
  if (sizeOf(inputShape) === 0)
    throw new ShapeError(
      `${caller}: the input has no elements (shape ${showShape(inputShape)}). Give [N,C,H,W].`,
    );
  const modules = net.namedModules();
  const paths = new Map<Module, string>();
  for (const [path, module] of modules) if (!paths.has(module)) paths.set(module, path);
  const modes = modules.map(([, module]) => module.training);

  const first = net.parameters().at(0);
  const dtype = first?.dtype ?? "float32";
  const input = new Tensor(new Storage(allocate(dtype, 0), dtype, first?.device ?? "cpu"), inputShape);
  const fields = new Map<Tensor, GridField>();
  if (inputShape.length === 4) fields.set(input, ownPixel(inputShape[2], inputShape[3]));
  const runs: LayerRun[] = [];
  const seen = (tensors: readonly Tensor[]): GridField[] =>
    tensors.flatMap((tensor) => fields.get(tensor) ?? []);
  const whole = wholeImage(inputShape.at(-2) ?? 1, inputShape.at(-1) ?? 1);

  try {
    net.eval();
    noGrad(() =>
      watchModules(
        (module, inputs, output) => {
          const path = paths.get(module) ?? module.constructor.name;
          const isLayer = module.children().length === 0 || ownParameters(module).length > 0;
          // What did not go through an op of ours looks like what it was made from.
          const field = fields.get(output) ?? seen(inputs).at(0);
          if (field) fields.set(output, field);
          if (isLayer) runs.push({ path, module, output, field });
        },
        () =>
          dryRun(
            (name, inputs, output, geometry) => {
              const before = seen(inputs);
              if (before.length > 0)
                fields.set(output, after(name, together(before), inputs, geometry, whole));
            },
            () => net(input),
          ),
      ),
    );
  } finally {
    modules.forEach(([, module], i) => (module.training = modes[i]));
  }
  return runs;
}

/** Parameters that are fields of the module itself, by name. */
export const ownParameters = (module: Module): [string, Tensor][] =>
  module.namedParameters().filter(([name]) => !name.includes("."));

const REDUCTIONS = new Set(["sum", "max", "min", "argmax"]);

/** What an op's output sees. Windows count only where the op's image is still the picture, not one reshaped. */
function after(
  name: string,
  before: GridField,
  inputs: readonly Tensor[],
  geometry: Geometry,
  whole: GridField,
): GridField {
  const [height, width] = before.grid;
  const { H, W } = geometry as Partial<WindowGeometry>;
  if (H === height && W === width) {
    if ("strideH" in geometry) return throughWindow(before, geometry as Geometry & WindowGeometry);
    if ("rows" in geometry) {
      const { rows, columns } = geometry as AvgPool2dGeometry;
      return throughSpans(before, rows, columns);
    }
  }
  const reducesImage =
    REDUCTIONS.has(name) && (geometry as Geometry & { inner: number }).inner < height * width;
  return name === "matmul" || (reducesImage && inputs[0].shape.length > 2) ? whole : before;
}
