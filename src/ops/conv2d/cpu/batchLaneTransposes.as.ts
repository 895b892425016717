// Transposes of eight images: pixel by pixel one number of each, so that a vector holds four images. Vectors are then full
// whatever the sizes of rows and filters, and the padding can be left out instead of multiplied.
import { interleave } from "../../../devices/cpu/lanes.as";
import { at } from "./sizes.as";

/** Images of a transpose. */
export const TOGETHER = 8;
/** Bytes of a pixel of all of them. */
export const PIXEL: usize = 32;

/**
 * Transposes planes into lanes: `length` numbers of each, `plane` numbers apart, of images that have `image` numbers. `from` is the
 * first number of the first one. Images from `real` on are zeros.
 */
export function bringIn(from: usize, image: i32, planes: i32, plane: i32, length: i32, real: i32, out: usize): void {
  const imageBytes = <usize>image << 2;
  for (let half = 0; half < TOGETHER; half += 4) {
    const last = max(0, real - 1 - half);
    const first = real > half ? from + <usize>half * imageBytes : from;
    const some = i32x4.gt_s(i32x4.splat(real - half), i32x4(0, 1, 2, 3));
    let to = out + (<usize>half << 2);
    for (let c = 0; c < planes; c++, to += <usize>length * PIXEL) {
      const p0 = at(first, c * plane);
      const p1 = p0 + <usize>min(last, 1) * imageBytes;
      const p2 = p0 + <usize>min(last, 2) * imageBytes;
      const p3 = p0 + <usize>min(last, 3) * imageBytes;
      interleave(p0, p1, p2, p3, length, some, to, PIXEL);
    }
  }
}

/** Transposes lanes back into planes: `length` numbers of each to the `real` images at `to`. Lanes behind these go to `dump`. */
export function bringOut(from: usize, fromPlane: usize, image: i32, planes: i32, plane: i32, length: i32, real: i32, to: usize, dump: usize): void {
  const imageBytes = <usize>image << 2;
  for (let half = 0; half < real; half += 4) {
    for (let k = 0; k < planes; k++) {
      const p0 = at(to + <usize>half * imageBytes, k * plane);
      const p1 = half + 1 < real ? p0 + imageBytes : dump;
      const p2 = half + 2 < real ? p0 + 2 * imageBytes : dump;
      const p3 = half + 3 < real ? p0 + 3 * imageBytes : dump;
      fourOut(from + <usize>k * fromPlane + (<usize>half << 2), length, p0, p1, p2, p3);
    }
  }
}

function fourOut(from: usize, length: i32, p0: usize, p1: usize, p2: usize, p3: usize): void {
  for (let i = length >> 2; i > 0; i--) {
    const a = v128.load(from);
    const b = v128.load(from, 32);
    const c = v128.load(from, 64);
    const d = v128.load(from, 96);
    const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    const ef = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    const gh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    v128.store(p0, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
    v128.store(p1, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
    v128.store(p2, v128.shuffle<f32>(ef, gh, 0, 1, 4, 5));
    v128.store(p3, v128.shuffle<f32>(ef, gh, 2, 3, 6, 7));
    p0 += 16;
    p1 += 16;
    p2 += 16;
    p3 += 16;
    from += 128;
  }
  for (let i = length & 3; i > 0; i--) {
    const four = v128.load(from);
    v128.store_lane<f32>(p0, four, 0);
    v128.store_lane<f32>(p1, four, 1);
    v128.store_lane<f32>(p2, four, 2);
    v128.store_lane<f32>(p3, four, 3);
    p0 += 4;
    p1 += 4;
    p2 += 4;
    p3 += 4;
    from += PIXEL;
  }
}
