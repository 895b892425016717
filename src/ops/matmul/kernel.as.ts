// Matrix products in 4-byte floats.
import { chunksOf, fork, jobArguments, scratch } from "../../devices/cpu/fork.as";
import { dotTile, madd, packPanel, packedRows, panelRows, tile } from "../../devices/cpu/tiles.as";

/** Steps of the sum that are done at a time: a panel of 6 rows and one of 8 columns fit the first-level cache. */
const STEPS = 384;
/** Multiply-adds that are worth the hand-over to another thread. */
const CHUNK_WORK: f64 = 60000;

@inline
function at(base: usize, index: i32): usize {
  return base + (<usize>index << 2);
}

@unmanaged
class Gemm {
  a: usize; b: usize; c: usize; bias: usize;
  aRow: i32; aCol: i32; bRow: i32; bCol: i32;
  m: i32; n: i32; l: i32;
  /** Rows or columns of c a chunk. */
  rows: i32; cols: i32; colChunks: i32;
}

@inline
function gemm(): Gemm {
  return changetype<Gemm>(jobArguments());
}

/** Rows and columns a chunk: the longer side is cut, in whole tiles. */
function cut(g: Gemm, rowStep: i32, colStep: i32): i32 {
  const chunks = chunksOf(1 << 12, (<f64>g.m * <f64>g.n * <f64>g.l) / 4096, CHUNK_WORK);
  const byRows = g.m >= g.n;
  const step = byRows ? rowStep : colStep;
  const side = byRows ? g.m : g.n;
  const each = ((side + chunks - 1) / chunks + step - 1) / step * step;
  const pieces = (side + each - 1) / each;
  g.rows = byRows ? each : g.m;
  g.cols = byRows ? g.n : each;
  g.colChunks = byRows ? 1 : pieces;
  return pieces;
}

/** c [m,n] = a [m,l] times b [l,n]; c is row-major, a and b are read with any strides, so a transposition costs nothing. */
export function gemm_f32(a: usize, aRow: i32, aCol: i32, b: usize, bRow: i32, bCol: i32, c: usize, m: i32, n: i32, l: i32): void {
  const g = gemm();
  g.a = a; g.aRow = aRow; g.aCol = aCol;
  g.b = b; g.bRow = bRow; g.bCol = bCol;
  g.c = c; g.m = m; g.n = n; g.l = l;
  if (m == 1 && bCol == 1 && n >= 32) fork(rowChunk, cut(g, 1, 32));
  else if (l == 1 && bCol == 1) fork(outerChunk, cut(g, 1, 16));
  else fork(gemmChunk, cut(g, 24, 64));
}

/** One row of c, as of a single image's gradient: rows of b are read once and in place. */
function rowChunk(chunk: i32): void {
  const g = gemm();
  const end = min(g.n, (chunk + 1) * g.cols);
  // The last tile lies over the one before, so that it is full.
  for (let j = chunk * g.cols; j < end; j += 32) {
    const col = min(j, g.n - 32);
    row1x32(g.a, <usize>g.aCol << 2, at(g.b, col), <usize>g.bRow << 2, g.l, at(g.c, col));
  }
}

/** c [1,32] = a [1,l] times b [l,32]. Exported so that it stays a function of its own. */
export function row1x32(a: usize, aBytes: usize, b: usize, bBytes: usize, l: i32, c: usize): void {
  let c0 = f32x4.splat(0), c1 = f32x4.splat(0), c2 = f32x4.splat(0), c3 = f32x4.splat(0);
  let c4 = f32x4.splat(0), c5 = f32x4.splat(0), c6 = f32x4.splat(0), c7 = f32x4.splat(0);
  for (; l > 0; l--, a += aBytes, b += bBytes) {
    const x = v128.load32_splat(a);
    c0 = madd(x, v128.load(b), c0);
    c1 = madd(x, v128.load(b, 16), c1);
    c2 = madd(x, v128.load(b, 32), c2);
    c3 = madd(x, v128.load(b, 48), c3);
    c4 = madd(x, v128.load(b, 64), c4);
    c5 = madd(x, v128.load(b, 80), c5);
    c6 = madd(x, v128.load(b, 96), c6);
    c7 = madd(x, v128.load(b, 112), c7);
  }
  v128.store(c, c0);
  v128.store(c, c1, 16);
  v128.store(c, c2, 32);
  v128.store(c, c3, 48);
  v128.store(c, c4, 64);
  v128.store(c, c5, 80);
  v128.store(c, c6, 96);
  v128.store(c, c7, 112);
}

/** Sums of one product, as of the gradient of weights by a single image: nothing but writing. */
function outerChunk(chunk: i32): void {
  const g = gemm();
  const row = (chunk / g.colChunks) * g.rows;
  const col = (chunk % g.colChunks) * g.cols;
  const cols = min(g.cols, g.n - col);
  const b = at(g.b, col);
  for (let i = row; i < min(g.m, row + g.rows); i++) {
    const x = v128.load32_splat(at(g.a, i * g.aRow));
    const c = at(g.c, i * g.n + col);
    let j = 0;
    for (; j + 4 <= cols; j += 4) v128.store(at(c, j), f32x4.mul(x, v128.load(at(b, j))));
    for (; j < cols; j++) store<f32>(at(c, j), load<f32>(at(b, j)) * f32x4.extract_lane(x, 0));
  }
}

function gemmChunk(chunk: i32): void {
  const g = gemm();
  const row = (chunk / g.colChunks) * g.rows;
  const col = (chunk % g.colChunks) * g.cols;
  const n = g.n;
  const m = min(g.rows, g.m - row);
  const cols = min(g.cols, n - col);
  // Scratch: a panel of b, a tile at the edge, panels of up to 96 rows of a.
  const panelB = scratch();
  const edge = panelB + STEPS * 32;
  const packedA = edge + 256;
  for (let p = 0; p < g.l; p += STEPS) {
    const steps = min(STEPS, g.l - p);
    for (let i0 = 0; i0 < m; i0 += 96) {
      const block = min(96, m - i0);
      let out = packedA;
      for (let i = 0; i < block; i += panelRows(block - i)) {
        packPanel(at(g.a, (row + i0 + i) * g.aRow + p * g.aCol), g.aRow, g.aCol, block - i, steps, out);
        out += <usize>(panelRows(block - i) * steps) << 2;
      }
      for (let j = 0; j < cols; j += 8) {
        const width = min(8, cols - j);
        let b = at(g.b, p * g.bRow + (col + j) * g.bCol);
        let bBytes = <usize>g.bRow << 2;
        // Read in place where rows are contiguous and used only a few times.
        if (width < 8 || g.bCol != 1 || block > 12) {
          packColumns(b, g.bRow, g.bCol, width, steps, panelB);
          b = panelB;
          bBytes = 32;
        }
        let from = packedA;
        for (let i = 0; i < block; ) {
          const rows = panelRows(block - i);
          const c = at(g.c, (row + i0 + i) * n + col + j);
          if (width == 8 && i + rows <= block) tile(rows, from, b, bBytes, steps, c, <usize>n << 2, 0, p > 0);
          else {
            tile(rows, from, b, bBytes, steps, edge, 32, 0, false);
            for (let r = 0; r < min(rows, block - i); r++)
              for (let q = 0; q < width; q++) {
                const to = at(c, r * n + q);
                const value = load<f32>(at(edge, r * 8 + q));
                store<f32>(to, p > 0 ? load<f32>(to) + value : value);
              }
          }
          from += <usize>(rows * steps) << 2;
          i += rows;
        }
      }
    }
  }
}

/** `width` columns of b as a panel of 8, filled with zeros. */
function packColumns(b: usize, bRow: i32, bCol: i32, width: i32, l: i32, out: usize): void {
  const rowBytes = <usize>bRow << 2;
  if (width == 8 && bCol == 1) {
    for (; l > 0; l--, b += rowBytes, out += 32) {
      v128.store(out, v128.load(b));
      v128.store(out, v128.load(b, 16), 16);
    }
    return;
  }
  for (; l > 0; l--, b += rowBytes, out += 32)
    for (let q = 0; q < 8; q++) store<f32>(at(out, q), q < width ? load<f32>(at(b, q * bCol)) : 0);
}

/** Steps of a dot product that are done at a time, so that 4 + 3 rows stay in the first-level cache. */
const DOT_STEPS = 1024;

/** c [m,n] = a [m,l] times the transpose of b [n,l], plus a bias for each column unless it is 0: what a linear layer does. */
export function gemm_f32_dot(a: usize, b: usize, bias: usize, c: usize, m: i32, n: i32, l: i32): void {
  const g = gemm();
  g.a = a; g.b = b; g.bias = bias; g.c = c; g.m = m; g.n = n; g.l = l;
  fork(dotChunk, cut(g, 12, 12));
}

function dotChunk(chunk: i32): void {
  const g = gemm();
  const row = (chunk / g.colChunks) * g.rows;
  const col = (chunk % g.colChunks) * g.cols;
  const m = min(g.rows, g.m - row);
  const n = min(g.cols, g.n - col);
  const bytes = <usize>g.l << 2;
  for (let p = 0; p < g.l; p += DOT_STEPS) {
    const steps = min(DOT_STEPS, g.l - p);
    const bias = p == 0 && g.bias != 0 ? at(g.bias, col) : 0;
    const add = p > 0 || bias != 0;
    // Starting from the bias means adding to it.
    if (bias) for (let i = 0; i < m; i++) memory.copy(at(g.c, (row + i) * g.n + col), bias, <usize>n << 2);
    dots(at(g.a, row * g.l + p), bytes, at(g.b, col * g.l + p), bytes, at(g.c, row * g.n + col), g.n, m, n, steps, add);
  }
}

/** c [m,n] (rows ldc apart) = or += a [m,l] times the transpose of b [n,l]; rows of a and b lie any number of bytes apart. */
function dots(a: usize, aBytes: usize, b: usize, bBytes: usize, c: usize, ldc: i32, m: i32, n: i32, l: i32, accumulate: bool): void {
  // Three rows by four columns where that leaves no remainder; below a tile one row at a time.
  const wide = (m % 4 != 0 && m % 3 == 0) || n < 3;
  const rows = m < 3 || n < 3 ? 1 : wide ? 3 : m < 4 ? 1 : 4;
  const cols = rows == 4 ? 3 : n < 4 ? n : 4;
  const out = scratch();
  for (let j = 0; j < n; j += cols) {
    // The last tile lies over the one before, so that it is full; only what is new in it is stored.
    const j0 = min(j, n - cols);
    for (let i = 0; i < m; i += rows) {
      const i0 = min(i, m - rows);
      dotTile(a + <usize>i0 * aBytes, aBytes, rows, b + <usize>j0 * bBytes, bBytes, cols, l, out);
      for (let r = i - i0; r < rows; r++)
        for (let q = j - j0; q < cols; q++) {
          const to = at(c, (i0 + r) * ldc + j0 + q);
          const value = load<f32>(at(out, r * 4 + q));
          store<f32>(to, accumulate ? load<f32>(to) + value : value);
        }
    }
  }
}
