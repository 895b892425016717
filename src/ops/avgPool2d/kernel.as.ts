// Averages over windows of planes [h,w] -> [p,q].
import { at, rowsEach, storeFirst } from "../../devices/cpu/lanes.as";
import { fork, jobArguments } from "../../devices/cpu/fork.as";
import { rowSum } from "../reduce/kernel.as";

@unmanaged
class Average {
  x: usize; y: usize;
  /** First and last (not included) pixel of each window along an axis, and the axis' factor of the divisor. */
  rowStart: usize; rowEnd: usize; rowDivisor: usize;
  start: usize; end: usize; divisor: usize;
  planes: i32; each: i32; h: i32; w: i32; p: i32; q: i32;
}

@inline
function average(): Average {
  return changetype<Average>(jobArguments());
}

/** Leaves the sizes for the kernels. `spans` holds rowStart, rowEnd, start and end, `divisors` those of rows and columns. */
function sizes(x: usize, y: usize, spans: usize, divisors: usize, planes: i32, h: i32, w: i32, p: i32, q: i32): i32 {
  const g = average();
  g.x = x; g.y = y; g.planes = planes; g.h = h; g.w = w; g.p = p; g.q = q;
  g.rowStart = spans; g.rowEnd = at(spans, p); g.start = at(spans, 2 * p); g.end = at(spans, 2 * p + q);
  g.rowDivisor = divisors; g.divisor = at(divisors, p);
  g.each = rowsEach(planes, h * w);
  return (planes + g.each - 1) / g.each;
}

export function pool2d_avg_f32(x: usize, y: usize, spans: usize, divisors: usize, planes: i32, h: i32, w: i32, p: i32, q: i32): void {
  const chunks = sizes(x, y, spans, divisors, planes, h, w, p, q);
  fork(isWhole(average()) ? wholeChunk : isPairs(average()) ? pairsChunk : windowsChunk, chunks);
}

/** dx [planes,h,w] = dy [planes,p,q] divided among the pixels of each window. */
export function pool2d_avg_f32_backward(dy: usize, dx: usize, spans: usize, divisors: usize, planes: i32, h: i32, w: i32, p: i32, q: i32): void {
  const chunks = sizes(dx, dy, spans, divisors, planes, h, w, p, q);
  fork(isWhole(average()) ? wholeBackwardChunk : isPairs(average()) ? pairsBackwardChunk : windowsBackwardChunk, chunks);
}

/** One window that is the whole plane. */
function isWhole(g: Average): bool {
  const whole = g.p == 1 && g.q == 1 && load<i32>(g.rowStart) == 0 && load<i32>(g.start) == 0;
  return whole && load<i32>(g.rowEnd) == g.h && load<i32>(g.end) == g.w;
}

/** Windows of 2x2 pixels side by side. */
function isPairs(g: Average): bool {
  if (g.q < 4) return false;
  for (let i = 0; i < g.p; i++) if (load<i32>(at(g.rowStart, i)) != 2 * i || load<i32>(at(g.rowEnd, i)) != 2 * i + 2) return false;
  for (let i = 0; i < g.q; i++) if (load<i32>(at(g.start, i)) != 2 * i || load<i32>(at(g.end, i)) != 2 * i + 2) return false;
  return true;
}

@inline
function divisorAt(g: Average, p: i32, q: i32): f32 {
  return load<f32>(at(g.rowDivisor, p)) * load<f32>(at(g.divisor, q));
}

function wholeChunk(chunk: i32): void {
  const g = average();
  const end = min(g.planes, (chunk + 1) * g.each);
  const size = g.h * g.w;
  const divisor = <f64>divisorAt(g, 0, 0);
  for (let plane = chunk * g.each; plane < end; plane++)
    store<f32>(at(g.y, plane), <f32>(rowSum(at(g.x, plane * size), size) / divisor));
}

function wholeBackwardChunk(chunk: i32): void {
  const g = average();
  const end = min(g.planes, (chunk + 1) * g.each);
  const size = g.h * g.w;
  const divisor = divisorAt(g, 0, 0);
  for (let plane = chunk * g.each; plane < end; plane++) {
    const share = f32x4.splat(load<f32>(at(g.y, plane)) / divisor);
    let x = at(g.x, plane * size);
    for (let n = size; n > 0; n -= 4, x += 16) storeFirst(x, share, n);
  }
}

function pairsChunk(chunk: i32): void {
  const g = average();
  const end = min(g.planes, (chunk + 1) * g.each);
  for (let plane = chunk * g.each; plane < end; plane++)
    for (let p = 0; p < g.p; p++) {
      const row = at(g.x, (plane * g.h + 2 * p) * g.w);
      const out = at(g.y, (plane * g.p + p) * g.q);
      const rowDivisor = v128.load32_splat(at(g.rowDivisor, p));
      for (let j = 0; j < g.q; j += 4) {
        // The last four may overlap those before.
        const q = min(j, g.q - 4);
        const x = row + (<usize>q << 3);
        const below = at(x, g.w);
        const a = f32x4.add(v128.load(x), v128.load(below));
        const b = f32x4.add(v128.load(x, 16), v128.load(below, 16));
        const sum = f32x4.add(v128.shuffle<f32>(a, b, 0, 2, 4, 6), v128.shuffle<f32>(a, b, 1, 3, 5, 7));
        v128.store(at(out, q), f32x4.div(sum, f32x4.mul(rowDivisor, v128.load(at(g.divisor, q)))));
      }
    }
}

function pairsBackwardChunk(chunk: i32): void {
  const g = average();
  const end = min(g.planes, (chunk + 1) * g.each);
  const size = g.h * g.w;
  for (let plane = chunk * g.each; plane < end; plane++) {
    const dx = at(g.x, plane * size);
    for (let p = 0; p < g.p; p++) {
      const row = at(dx, 2 * p * g.w);
      const dy = at(g.y, (plane * g.p + p) * g.q);
      const rowDivisor = v128.load32_splat(at(g.rowDivisor, p));
      for (let j = 0; j < g.q; j += 4) {
        const q = min(j, g.q - 4);
        const share = f32x4.div(v128.load(at(dy, q)), f32x4.mul(rowDivisor, v128.load(at(g.divisor, q))));
        const left = v128.shuffle<f32>(share, share, 0, 0, 1, 1);
        const right = v128.shuffle<f32>(share, share, 2, 2, 3, 3);
        const to = row + (<usize>q << 3);
        const below = at(to, g.w);
        v128.store(to, left);
        v128.store(to, right, 16);
        v128.store(below, left);
        v128.store(below, right, 16);
      }
      // A last column that no window covers.
      for (let column = 2 * g.q; column < g.w; column++) {
        store<f32>(at(row, column), 0);
        store<f32>(at(row, g.w + column), 0);
      }
    }
    for (let rest = 2 * g.p * g.w; rest < size; rest++) store<f32>(at(dx, rest), 0);
  }
}

function windowsChunk(chunk: i32): void {
  const g = average();
  const end = min(g.planes, (chunk + 1) * g.each);
  for (let plane = chunk * g.each; plane < end; plane++)
    for (let p = 0; p < g.p; p++) {
      const top = load<i32>(at(g.rowStart, p)), bottom = load<i32>(at(g.rowEnd, p));
      for (let q = 0; q < g.q; q++) {
        const left = load<i32>(at(g.start, q)), right = load<i32>(at(g.end, q));
        let sum: f64 = 0;
        for (let h = top; h < bottom; h++) {
          const row = at(g.x, (plane * g.h + h) * g.w);
          for (let w = left; w < right; w++) sum += <f64>load<f32>(at(row, w));
        }
        store<f32>(at(g.y, (plane * g.p + p) * g.q + q), <f32>(sum / <f64>divisorAt(g, p, q)));
      }
    }
}

function windowsBackwardChunk(chunk: i32): void {
  const g = average();
  const end = min(g.planes, (chunk + 1) * g.each);
  const size = g.h * g.w;
  for (let plane = chunk * g.each; plane < end; plane++) {
    memory.fill(at(g.x, plane * size), 0, <usize>size << 2);
    for (let p = 0; p < g.p; p++) {
      const top = load<i32>(at(g.rowStart, p)), bottom = load<i32>(at(g.rowEnd, p));
      for (let q = 0; q < g.q; q++) {
        const left = load<i32>(at(g.start, q)), right = load<i32>(at(g.end, q));
        const share = load<f32>(at(g.y, (plane * g.p + p) * g.q + q)) / divisorAt(g, p, q);
        for (let h = top; h < bottom; h++) {
          const row = at(g.x, (plane * g.h + h) * g.w);
          for (let w = left; w < right; w++) store<f32>(at(row, w), load<f32>(at(row, w)) + share);
        }
      }
    }
  }
}
