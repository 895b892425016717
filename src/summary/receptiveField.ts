import type { Module } from "../nn/module";
import { columns } from "../text/columns";
import { ShapeError } from "../errors";
import { checkShape, showShape, type Shape } from "../tensor/shape";
import type { Field, Sides } from "./field";
import { trace } from "./trace";

/** What each number of a layer's output sees of the input. */
export interface LayerField extends Field {
  /** Path of the layer: "features.0". */
  layer: string;
  outputShape: Shape;
}

/** "5", or "5x3" if the sides differ. */
export const showSides = (sides: Sides): string => {
  const [vertical, horizontal] = sides.map((side) => String(Number(side.toFixed(2))));
  return vertical === horizontal ? vertical : `${vertical}x${horizontal}`;
};

/** The same for a jump; "-" where there is none. */
export const showJump = (jump: Sides): string => (jump[0] || jump[1] ? showSides(jump) : "-");

/** The receptive fields of a network's layers, in the order in which they run. Prints as a table. */
export class ReceptiveFields extends Array<LayerField> {
  // What map and filter make is an ordinary array.
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
  override toString(): string {
    const rows = this.map(({ layer, outputShape, size, jump, start }) => [
      layer,
      showShape(outputShape),
      showSides(size),
      showJump(jump),
      showSides(start),
    ]);
    const head = ["layer", "output shape", "field", "jump", "start"];
    return columns([head, ...rows], new Set([2, 3, 4])).join("\n");
  }
  /** @internal */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/**
 * For each layer, which pixels of the input one number of its output depends on: `size` pixels from `start` on, and
 * `jump` pixels further for the next number, all [vertical, horizontal]. The size counts pixels of the padding too.
 * Where paths meet, it is the box around all that they see. After a fully connected layer it is the whole image, with
 * jump 0. Enlarging layers have jumps in fractions of a pixel; layers behind an op whose windows are not known are
 * left out. Shapes: the input is [N,C,H,W].
 * @throws ShapeError if the shape has not four dimensions, or the network does not take it
 * @see Araujo et al. 2019, "Computing receptive fields of convolutional neural networks", distill.pub
 * @example
 * const fields = receptiveField(new nn.Sequential(new nn.Conv2d(3, 8, 3), new nn.Conv2d(8, 8, 3)), [1, 3, 32, 32]);
 * fields[1].size; // [5, 5]: each 3x3 convolution adds 2
 */
export function receptiveField(net: Module, inputShape: Shape): ReceptiveFields {
  checkShape("receptiveField", inputShape);
  if (inputShape.length !== 4)
    throw new ShapeError(
      `receptiveField: the input has ${inputShape.length} dimensions, needs 4 (shape ${showShape(inputShape)}). ` +
        `Give [N,C,H,W].`,
    );
  const rows = trace("receptiveField", net, inputShape).flatMap(({ path, output, field }): LayerField[] => {
    if (!field) return [];
    const { size, jump, start } = field;
    return [{ layer: path, outputShape: output.shape, size, jump, start }];
  });
  const fields = new ReceptiveFields();
  fields.push(...rows);
  return fields;
}
