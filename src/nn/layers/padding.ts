/** Layers that put numbers around lines, images and volumes. */
import { isArray, show } from "../../arguments";
import { ShapeError } from "../../errors";
import { pad, type PadOptions } from "../../ops";
import { checkNoOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";

/** One number for all sides, or one each: left, right, top, bottom, front, back. */
export type PaddingSides = number | readonly number[];

/** What the padding layers share. */
abstract class Padding extends Module {
  /** One number a side. */
  readonly padding: readonly number[];

  /**
   * @param directions how many dimensions are padded
   * @param given      all arguments of the layer
   */
  constructor(
    padding: PaddingSides,
    directions: number,
    private readonly how: PadOptions,
    given: ArrayLike<unknown>,
  ) {
    super();
    checkNoOptions(new.target.name, given, how.value === undefined ? 1 : 2);
    const sides = typeof padding === "number" ? new Array<number>(2 * directions).fill(padding) : padding;
    if (!isArray(sides) || sides.length !== 2 * directions || !sides.every(Number.isInteger))
      throw new ShapeError(
        `${new.target.name}: padding must be one whole number, or ${2 * directions} of them, got ${show(padding)}. ` +
          `Give ${["", "[left, right]", "[left, right, top, bottom]", "[left, right, top, bottom, front, back]"][directions]}.`,
      );
    this.padding = [...sides];
  }
  forward(x: Tensor): Tensor {
    return pad(x, this.padding, this.how);
  }
  override extraRepr(): string {
    return JSON.stringify(this.padding);
  }
}

/**
 * Zeros around lines. Shapes: [...,L] -> larger by the padding; negative numbers cut.
 * @param padding one number, or [left, right]
 * @see torch.nn.ZeroPad1d
 */
export class ZeroPad1d extends Padding {
  constructor(padding: PaddingSides) {
    super(padding, 1, {}, arguments);
  }
}

/**
 * Zeros around images. Shapes: [...,H,W] -> larger by the padding; negative numbers cut.
 * @param padding one number, or [left, right, top, bottom]
 * @see torch.nn.ZeroPad2d
 */
export class ZeroPad2d extends Padding {
  constructor(padding: PaddingSides) {
    super(padding, 2, {}, arguments);
  }
}

/**
 * Zeros around volumes. Shapes: [...,D,H,W] -> larger by the padding; negative numbers cut.
 * @param padding one number, or [left, right, top, bottom, front, back]
 * @see torch.nn.ZeroPad3d
 */
export class ZeroPad3d extends Padding {
  constructor(padding: PaddingSides) {
    super(padding, 3, {}, arguments);
  }
}

/** What the layers of constants share. */
abstract class ConstantPad extends Padding {
  constructor(
    padding: PaddingSides,
    readonly value: number,
    directions: number,
    given: ArrayLike<unknown>,
  ) {
    super(padding, directions, { value }, given);
  }
  override extraRepr(): string {
    return `padding=${JSON.stringify(this.padding)}, value=${this.value}`;
  }
}

/**
 * A number around lines. Shapes: [...,L] -> larger by the padding; negative numbers cut.
 * @param padding one number, or [left, right]
 * @param value   the number
 * @see torch.nn.ConstantPad1d
 */
export class ConstantPad1d extends ConstantPad {
  constructor(padding: PaddingSides, value: number) {
    super(padding, value, 1, arguments);
  }
}

/**
 * A number around images. Shapes: [...,H,W] -> larger by the padding; negative numbers cut.
 * @param padding one number, or [left, right, top, bottom]
 * @param value   the number
 * @see torch.nn.ConstantPad2d
 */
export class ConstantPad2d extends ConstantPad {
  constructor(padding: PaddingSides, value: number) {
    super(padding, value, 2, arguments);
  }
}

/**
 * A number around volumes. Shapes: [...,D,H,W] -> larger by the padding; negative numbers cut.
 * @param padding one number, or [left, right, top, bottom, front, back]
 * @param value   the number
 * @see torch.nn.ConstantPad3d
 */
export class ConstantPad3d extends ConstantPad {
  constructor(padding: PaddingSides, value: number) {
    super(padding, value, 3, arguments);
  }
}

/**
 * Lines mirrored at their edges, which are not repeated. Shapes: [...,L] -> larger by the padding; negative numbers cut.
 * @param padding one number, or [left, right]
 * @see torch.nn.ReflectionPad1d
 */
export class ReflectionPad1d extends Padding {
  constructor(padding: PaddingSides) {
    super(padding, 1, { mode: "reflect" }, arguments);
  }
}

/**
 * Images mirrored at their edges, which are not repeated. Shapes: [...,H,W] -> larger by the padding; negative numbers cut.
 * @param padding one number, or [left, right, top, bottom]
 * @see torch.nn.ReflectionPad2d
 */
export class ReflectionPad2d extends Padding {
  constructor(padding: PaddingSides) {
    super(padding, 2, { mode: "reflect" }, arguments);
  }
}

/**
 * Volumes mirrored at their edges, which are not repeated. Shapes: [...,D,H,W] -> larger by the padding; negative numbers cut.
 * @param padding one number, or [left, right, top, bottom, front, back]
 * @see torch.nn.ReflectionPad3d
 */
export class ReflectionPad3d extends Padding {
  constructor(padding: PaddingSides) {
    super(padding, 3, { mode: "reflect" }, arguments);
  }
}

/**
 * The edges of lines repeated around them. Shapes: [...,L] -> larger by the padding; negative numbers cut.
 * @param padding one number, or [left, right]
 * @see torch.nn.ReplicationPad1d
 */
export class ReplicationPad1d extends Padding {
  constructor(padding: PaddingSides) {
    super(padding, 1, { mode: "replicate" }, arguments);
  }
}

/**
 * The edges of images repeated around them. Shapes: [...,H,W] -> larger by the padding; negative numbers cut.
 * @param padding one number, or [left, right, top, bottom]
 * @see torch.nn.ReplicationPad2d
 */
export class ReplicationPad2d extends Padding {
  constructor(padding: PaddingSides) {
    super(padding, 2, { mode: "replicate" }, arguments);
  }
}

/**
 * The edges of volumes repeated around them. Shapes: [...,D,H,W] -> larger by the padding; negative numbers cut.
 * @param padding one number, or [left, right, top, bottom, front, back]
 * @see torch.nn.ReplicationPad3d
 */
export class ReplicationPad3d extends Padding {
  constructor(padding: PaddingSides) {
    super(padding, 3, { mode: "replicate" }, arguments);
  }
}
