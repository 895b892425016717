// Slices of volumes [n,c,d,plane] as channels of images [n,o,c,t,plane], and back. Threads take slices of the result.
import { at, rowsEach, storeFirst } from "../../devices/cpu/lanes.as";
import { fork, jobArguments } from "../../devices/cpu/fork.as";

@unmanaged
class Depth {
  x: usize; out: usize;
  c: i32; d: i32; t: i32; o: i32;
  stride: i32; dilation: i32; pad: i32; plane: i32;
  slices: i32; each: i32;
}

@inline
function depth(): Depth {
  return changetype<Depth>(jobArguments());
}

function cut(g: Depth, slices: i32, c: i32, d: i32, t: i32, o: i32, stride: i32, dilation: i32, pad: i32, plane: i32): i32 {
  g.c = c; g.d = d; g.t = t; g.o = o;
  g.stride = stride; g.dilation = dilation; g.pad = pad; g.plane = plane;
  g.slices = slices;
  g.each = rowsEach(slices, plane);
  return (slices + g.each - 1) / g.each;
}

/** out [n,o,c,t,plane] = slice o * stride + t * dilation - pad of x [n,c,d,plane], or zeros where there is none. */
export function depth_f32_unfold(
  x: usize, out: usize, n: i32, c: i32, d: i32, t: i32, o: i32, stride: i32, dilation: i32, pad: i32, plane: i32,
): void {
  const g = depth();
  g.x = x; g.out = out;
  fork(unfoldChunk, cut(g, n * o * c * t, c, d, t, o, stride, dilation, pad, plane));
}

function unfoldChunk(chunk: i32): void {
  const g = depth();
  const end = min(g.slices, (chunk + 1) * g.each);
  const bytes = <usize>g.plane << 2;
  for (let slice = chunk * g.each; slice < end; slice++) {
    const t = slice % g.t;
    let rest = slice / g.t;
    const c = rest % g.c;
    rest /= g.c;
    const o = rest % g.o;
    const n = rest / g.o;
    const d = o * g.stride + t * g.dilation - g.pad;
    const to = at(g.out, slice * g.plane);
    if (d < 0 || d >= g.d) memory.fill(to, 0, bytes);
    else memory.copy(to, at(g.x, ((n * g.c + c) * g.d + d) * g.plane), bytes);
  }
}

/** The reverse: out [n,c,d,plane] = the sum of all slices of x [n,o,c,t,plane] that came from there. */
export function depth_f32_fold(
  x: usize, out: usize, n: i32, c: i32, d: i32, t: i32, o: i32, stride: i32, dilation: i32, pad: i32, plane: i32,
): void {
  const g = depth();
  g.x = x; g.out = out;
  fork(foldChunk, cut(g, n * c * d, c, d, t, o, stride, dilation, pad, plane));
}

function foldChunk(chunk: i32): void {
  const g = depth();
  const end = min(g.slices, (chunk + 1) * g.each);
  const bytes = <usize>g.plane << 2;
  for (let slice = chunk * g.each; slice < end; slice++) {
    const d = slice % g.d;
    const c = (slice / g.d) % g.c;
    const n = slice / g.d / g.c;
    const to = at(g.out, slice * g.plane);
    let first = true;
    for (let t = 0; t < g.t; t++) {
      const place = d + g.pad - t * g.dilation;
      if (place < 0 || place % g.stride != 0 || place / g.stride >= g.o) continue;
      const from = at(g.x, (((n * g.o + place / g.stride) * g.c + c) * g.t + t) * g.plane);
      if (first) memory.copy(to, from, bytes);
      else add(to, from, g.plane);
      first = false;
    }
    if (first) memory.fill(to, 0, bytes);
  }
}

function add(to: usize, from: usize, n: i32): void {
  for (; n >= 4; n -= 4, to += 16, from += 16) v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
  if (n > 0) storeFirst(to, f32x4.add(v128.load(to), v128.load(from)), n);
}
