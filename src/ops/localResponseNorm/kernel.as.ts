// Local response normalisation of x [n,c,inner] with the exponent 0.75, which two square roots make.
import { at, rowsEach, storeFirst } from "../../devices/cpu/lanes.as";
import { fork, jobArguments } from "../../devices/cpu/fork.as";
import { madd } from "../../devices/cpu/tiles.as";

@unmanaged
class Response {
  x: usize; dy: usize; base: usize; out: usize;
  n: i32; c: i32; inner: i32; before: i32; after: i32; each: i32;
  scale: f32; k: f32;
}

@inline
function response(): Response {
  return changetype<Response>(jobArguments());
}

function sizes(g: Response, n: i32, c: i32, inner: i32, before: i32, after: i32, scale: f32): i32 {
  g.n = n; g.c = c; g.inner = inner; g.before = before; g.after = after; g.scale = scale;
  g.each = rowsEach(n * c, inner * (before + after + 4));
  return (n * c + g.each - 1) / g.each;
}

/** base = k + scale * (squares of channels c - before ... c + after), y = x / base^0.75. */
export function response_norm_f32(
  x: usize, y: usize, base: usize, n: i32, c: i32, inner: i32, before: i32, after: i32, scale: f32, k: f32,
): void {
  const g = response();
  g.x = x; g.out = y; g.base = base; g.k = k;
  const chunks = sizes(g, n, c, inner, before, after, scale);
  fork(forwardChunk, chunks);
}

/** dx = dy / base^0.75 - 1.5 * scale * x * (the sum over the window mirrored of dy * x / base^1.75). */
export function response_norm_f32_backward(
  dy: usize, x: usize, base: usize, dx: usize, n: i32, c: i32, inner: i32, before: i32, after: i32, scale: f32,
): void {
  const g = response();
  g.dy = dy; g.x = x; g.base = base; g.out = dx;
  const chunks = sizes(g, n, c, inner, before, after, scale);
  fork(backwardChunk, chunks);
}

/** base to the power of -0.75. */
@inline
function power(base: v128): v128 {
  const root = f32x4.sqrt(base);
  return f32x4.div(f32x4.splat(1), f32x4.mul(root, f32x4.sqrt(root)));
}

function forwardChunk(chunk: i32): void {
  const g = response();
  const end = min(g.n * g.c, (chunk + 1) * g.each);
  const step = <usize>g.inner << 2;
  const scale = f32x4.splat(g.scale), k = f32x4.splat(g.k);
  for (let plane = chunk * g.each; plane < end; plane++) {
    const c = plane % g.c;
    const low = max(0, c - g.before), high = min(g.c - 1, c + g.after);
    for (let i = 0; i < g.inner; i += 4) {
      let squares = f32x4.splat(0);
      let from = at(g.x, (plane - c + low) * g.inner + i);
      for (let other = low; other <= high; other++, from += step) {
        const value = v128.load(from);
        squares = madd(value, value, squares);
      }
      const base = madd(scale, squares, k);
      const to = plane * g.inner + i;
      storeFirst(at(g.base, to), base, g.inner - i);
      storeFirst(at(g.out, to), f32x4.mul(v128.load(at(g.x, to)), power(base)), g.inner - i);
    }
  }
}

function backwardChunk(chunk: i32): void {
  const g = response();
  const end = min(g.n * g.c, (chunk + 1) * g.each);
  const factor = f32x4.splat(-1.5 * g.scale);
  for (let plane = chunk * g.each; plane < end; plane++) {
    const c = plane % g.c;
    // The channels that have this one around them.
    const low = max(0, c - g.after), high = min(g.c - 1, c + g.before);
    for (let i = 0; i < g.inner; i += 4) {
      let sum = f32x4.splat(0);
      for (let other = low; other <= high; other++) {
        const from = (plane - c + other) * g.inner + i;
        const base = v128.load(at(g.base, from));
        const slope = f32x4.div(power(base), base);
        sum = madd(f32x4.mul(v128.load(at(g.dy, from)), v128.load(at(g.x, from))), slope, sum);
      }
      const to = plane * g.inner + i;
      const own = f32x4.mul(v128.load(at(g.dy, to)), power(v128.load(at(g.base, to))));
      const shared = f32x4.mul(f32x4.mul(factor, v128.load(at(g.x, to))), sum);
      storeFirst(at(g.out, to), f32x4.add(own, shared), g.inner - i);
    }
  }
}
