/** Layers that put numbers around lines, images and volumes. */
import { ShapeError } from "../../errors";
import { pad, type PadOptions } from "../../ops";
import { checkOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";

/** One number for all sides, or one each: left, right, top, bottom, front, back. */
export type PaddingSides = number | readonly number[];

type NoOptions = Record<string, never>;

/** What the padding layers share. */
abstract class Padding extends Module {
  /** One number a side. */
  readonly padding: readonly number[];

  /** @param directions how many dimensions are padded */
  constructor(
    padding: PaddingSides,
    directions: number,
    private readonly how: PadOptions,
    options: NoOptions,
  ) {
    super();
    checkOptions(new.target.name, options, {});
    const sides =
      typeof padding === "number" ? new Array<number>(2 * directions).fill(padding) : [...padding];
    if (sides.length !== 2 * directions || !sides.every(Number.isInteger))
      throw new ShapeError(
        `${new.target.name}: padding must be one whole number, or ${2 * directions} of them, got ${JSON.stringify(padding)}. ` +
          `Give ${["", "[left, right]", "[left, right, top, bottom]", "[left, right, top, bottom, front, back]"][directions]}.`,
      );
    this.padding = sides;
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
  constructor(padding: PaddingSides, options: NoOptions = {}) {
    super(padding, 1, {}, options);
  }
}

/**
 * Zeros around images. Shapes: [...,H,W] -> larger by the padding; negative numbers cut.
 * @param padding one number, or [left, right, top, bottom]
 * @see torch.nn.ZeroPad2d
 */
export class ZeroPad2d extends Padding {
  constructor(padding: PaddingSides, options: NoOptions = {}) {
    super(padding, 2, {}, options);
  }
}

/**
 * Zeros around volumes. Shapes: [...,D,H,W] -> larger by the padding; negative numbers cut.
 * @param padding one number, or [left, right, top, bottom, front, back]
 * @see torch.nn.ZeroPad3d
 */
export class ZeroPad3d extends Padding {
  constructor(padding: PaddingSides, options: NoOptions = {}) {
    super(padding, 3, {}, options);
  }
}

/** What the layers of constants share. */
abstract class ConstantPad extends Padding {
  constructor(
    padding: PaddingSides,
    readonly value: number,
    directions: number,
    options: NoOptions,
  ) {
    super(padding, directions, { value }, options);
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
  constructor(padding: PaddingSides, value: number, options: NoOptions = {}) {
    super(padding, value, 1, options);
  }
}

/**
 * A number around images. Shapes: [...,H,W] -> larger by the padding; negative numbers cut.
 * @param padding one number, or [left, right, top, bottom]
 * @param value   the number
 * @see torch.nn.ConstantPad2d
 */
export class ConstantPad2d extends ConstantPad {
  constructor(padding: PaddingSides, value: number, options: NoOptions = {}) {
    super(padding, value, 2, options);
  }
}

/**
 * A number around volumes. Shapes: [...,D,H,W] -> larger by the padding; negative numbers cut.
 * @param padding one number, or [left, right, top, bottom, front, back]
 * @param value   the number
 * @see torch.nn.ConstantPad3d
 */
export class ConstantPad3d extends ConstantPad {
  constructor(padding: PaddingSides, value: number, options: NoOptions = {}) {
    super(padding, value, 3, options);
  }
}

/**
 * Lines mirrored at their edges, which are not repeated. Shapes: [...,L] -> larger by the padding; negative numbers cut.
 * @param padding one number, or [left, right]
 * @see torch.nn.ReflectionPad1d
 */
export class ReflectionPad1d extends Padding {
  constructor(padding: PaddingSides, options: NoOptions = {}) {
    super(padding, 1, { mode: "reflect" }, options);
  }
}

/**
 * Images mirrored at their edges, which are not repeated. Shapes: [...,H,W] -> larger by the padding; negative numbers cut.
 * @param padding one number, or [left, right, top, bottom]
 * @see torch.nn.ReflectionPad2d
 */
export class ReflectionPad2d extends Padding {
  constructor(padding: PaddingSides, options: NoOptions = {}) {
    super(padding, 2, { mode: "reflect" }, options);
  }
}

/**
 * Volumes mirrored at their edges, which are not repeated. Shapes: [...,D,H,W] -> larger by the padding; negative numbers cut.
 * @param padding one number, or [left, right, top, bottom, front, back]
 * @see torch.nn.ReflectionPad3d
 */
export class ReflectionPad3d extends Padding {
  constructor(padding: PaddingSides, options: NoOptions = {}) {
    super(padding, 3, { mode: "reflect" }, options);
  }
}

/**
 * The edges of lines repeated around them. Shapes: [...,L] -> larger by the padding; negative numbers cut.
 * @param padding one number, or [left, right]
 * @see torch.nn.ReplicationPad1d
 */
export class ReplicationPad1d extends Padding {
  constructor(padding: PaddingSides, options: NoOptions = {}) {
    super(padding, 1, { mode: "replicate" }, options);
  }
}

/**
 * The edges of images repeated around them. Shapes: [...,H,W] -> larger by the padding; negative numbers cut.
 * @param padding one number, or [left, right, top, bottom]
 * @see torch.nn.ReplicationPad2d
 */
export class ReplicationPad2d extends Padding {
  constructor(padding: PaddingSides, options: NoOptions = {}) {
    super(padding, 2, { mode: "replicate" }, options);
  }
}

/**
 * The edges of volumes repeated around them. Shapes: [...,D,H,W] -> larger by the padding; negative numbers cut.
 * @param padding one number, or [left, right, top, bottom, front, back]
 * @see torch.nn.ReplicationPad3d
 */
export class ReplicationPad3d extends Padding {
  constructor(padding: PaddingSides, options: NoOptions = {}) {
    super(padding, 3, { mode: "replicate" }, options);
  }
}
