import type { TypedArray } from "../devices/device";
import type { Field } from "../summary/field";
import type { Shape } from "../tensor/shape";

/** Cuts what one place of a map sees out of an image. */
export interface Cropper {
  /** Of what it cuts: [C,h,w]; as the image, where the whole image is seen. */
  shape: Shape;
  /** Writes the piece that place (i, j) sees to `out` from `offset` on; returns the piece's first row and column. */
  cut(image: TypedArray, place: readonly [number, number], out: Float32Array, offset: number): [number, number];
}

/**
 * @param shape of an image, [C,H,W], or of any input whose field is not known
 * @param field what a place sees; undefined for all of it. A side that is not shorter than the image's is the image's.
 */
export function cropper(shape: Shape, field: Field | undefined): Cropper {
  if (!field || shape.length !== 3)
    return {
      shape,
      cut(image, _, out, offset) {
        out.set(image, offset);
        return [0, 0];
      },
    };
  const [C, H, W] = shape;
  const [h, w] = [H, W].map((length, side) => Math.min(length, Math.ceil(field.size[side])));
  const corner = (place: readonly [number, number], side: 0 | 1, whole: boolean): number =>
    whole ? 0 : Math.floor(field.start[side] + place[side] * field.jump[side]);
  return {
    shape: [C, h, w],
    cut(image, place, out, offset) {
      const [top, left] = [corner(place, 0, h === H), corner(place, 1, w === W)];
      for (let c = 0; c < C; c++)
        for (let y = Math.max(0, -top); y < Math.min(h, H - top); y++)
          for (let x = Math.max(0, -left); x < Math.min(w, W - left); x++)
            out[offset + (c * h + y) * w + x] = image[(c * H + top + y) * W + left + x];
      return [top, left];
    },
  };
}
