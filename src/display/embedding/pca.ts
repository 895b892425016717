/** Principal component analysis in float64: the directions in which points differ most. */
import { Random } from "../../tensor/random";
import { spread } from "./spread";
import { symmetricEigen } from "./symmetricEigen";

export interface Principal {
  /** Coordinates along the first `components` directions, point after point. */
  points: Float64Array;
  /** Share of the whole variance that lies along each of them, falling; 0 if the points do not differ. */
  shares: number[];
}

/** Directions beyond those asked for that are iterated with them: the more, the sooner the first ones are found. */
const EXTRA = 8;
const [MOST_ROUNDS, EXACT] = [300, 1e-12];
/** Where points and dimensions are more than this, the directions are those of so many evenly spaced points. */
const MOST_ROWS = 1024;

/**
 * The centred points along their principal directions, by subspace iteration on the matrix of products (of dimensions, or of points
 * if these are fewer). A direction has the sign that makes the largest of its coordinates, by size, positive.
 * @param x [N,D], row after row; finite
 * @see Pearson 1901; Halko, Martinsson & Tropp 2011, arXiv:0909.4061, algorithm 4.4
 */
export function principal(x: ArrayLike<number>, N: number, D: number, components: number): Principal {
  const centred = centre(x, N, D);
  const total = centred.reduce((sum, value) => sum + value * value, 0);
  const points = new Float64Array(N * components);
  if (!(total > 0)) return { points, shares: new Array<number>(components).fill(0) };
  const rows = Math.min(N, D) > MOST_ROWS ? spread(N, MOST_ROWS) : undefined;
  const some = rows ? joined(centred, D, rows) : centred;
  const directions = directionsOf(some, some.length / D, D, components);
  const shares = directions.map((direction, k) => {
    const along = Float64Array.from({ length: N }, (_, n) => dot(centred.subarray(n * D, (n + 1) * D), direction));
    const far = along.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
    for (let n = 0; n < N; n++) points[n * components + k] = far < 0 ? -along[n] : along[n];
    return along.reduce((sum, value) => sum + value * value, 0) / total;
  });
  return { points, shares };
}

/** The directions in which the rows differ most; zeros beyond the number of dimensions. */
function directionsOf(x: Float64Array, N: number, D: number, components: number): Float64Array[] {
  const byPoints = N < D;
  const side = byPoints ? N : D;
  const { values, vectors } = largest(productsOf(x, N, D, byPoints), side, Math.min(side, components + EXTRA));
  return Array.from({ length: components }, (_, k) => {
    if (k >= vectors.length || !byPoints) return vectors[k] ?? new Float64Array(D);
    const direction = new Float64Array(D);
    if (!(values[k] > EXACT * values[0])) return direction;
    for (let n = 0; n < N; n++) for (let d = 0; d < D; d++) direction[d] += vectors[k][n] * x[n * D + d];
    const length = Math.sqrt(dot(direction, direction));
    return direction.map((value) => value / length);
  });
}

function joined(x: Float64Array, D: number, rows: readonly number[]): Float64Array {
  const out = new Float64Array(rows.length * D);
  rows.forEach((row, i) => out.set(x.subarray(row * D, (row + 1) * D), i * D));
  return out;
}

function centre(x: ArrayLike<number>, N: number, D: number): Float64Array {
  const centred = Float64Array.from(x);
  for (let d = 0; d < D; d++) {
    let sum = 0;
    for (let n = 0; n < N; n++) sum += centred[n * D + d];
    for (let n = 0; n < N; n++) centred[n * D + d] -= sum / N;
  }
  return centred;
}

/** Of all pairs of dimensions, X'X; or of all pairs of points, XX'. */
function productsOf(x: Float64Array, N: number, D: number, byPoints: boolean): Float64Array {
  const side = byPoints ? N : D;
  const out = new Float64Array(side * side);
  if (byPoints) {
    for (let i = 0; i < N; i++)
      for (let j = i; j < N; j++) {
        let sum = 0;
        for (let d = 0; d < D; d++) sum += x[i * D + d] * x[j * D + d];
        out[i * N + j] = out[j * N + i] = sum;
      }
    return out;
  }
  for (let n = 0; n < N; n++)
    for (let i = 0; i < D; i++) {
      const own = x[n * D + i];
      if (own !== 0) for (let j = i; j < D; j++) out[i * D + j] += own * x[n * D + j];
    }
  for (let i = 0; i < D; i++) for (let j = 0; j < i; j++) out[i * D + j] = out[j * D + i];
  return out;
}

interface Eigen {
  /** Falling. */
  values: number[];
  /** One for each value. */
  vectors: Float64Array[];
}

/** The largest `count` eigenvalues of a symmetric matrix with no negative ones. */
function largest(matrix: Float64Array, side: number, count: number): Eigen {
  const random = new Random(0);
  let vectors = orthonormal(
    Array.from({ length: count }, () => Float64Array.from({ length: side }, () => random.normal())),
  );
  let values: number[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const images = vectors.map((vector) => times(matrix, vector));
    const small = Float64Array.from({ length: count * count }, (_, i) =>
      dot(vectors[Math.floor(i / count)], images[i % count]),
    );
    const { values: found, vectors: turns } = symmetricEigen(small, count);
    const turned = turns.map((turn) => combined(images, turn));
    const before = values;
    values = found;
    const residual = Math.max(
      ...turned.slice(0, 2).map((image, k) => {
        const own = combined(vectors, turns[k]);
        return Math.sqrt(image.reduce((sum, value, i) => sum + (value - found[k] * own[i]) ** 2, 0));
      }),
    );
    vectors = orthonormal(turned);
    if (before.length > 0 && residual <= EXACT * found[0]) break;
  }
  return { values, vectors };
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i], 0);

function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const side = vector.length;
  const out = new Float64Array(side);
  for (let i = 0; i < side; i++) {
    let sum = 0;
    for (let j = 0; j < side; j++) sum += matrix[i * side + j] * vector[j];
    out[i] = sum;
  }
  return out;
}

function combined(vectors: readonly Float64Array[], shares: Float64Array): Float64Array {
  const out = new Float64Array(vectors[0].length);
  vectors.forEach((vector, k) => {
    for (let i = 0; i < out.length; i++) out[i] += shares[k] * vector[i];
  });
  return out;
}

/** Gram and Schmidt's method, twice, which is as exact as can be; a vector that lies in the others' plane becomes zero. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const done: Float64Array[] = [];
  for (const given of vectors) {
    const vector = given.slice();
    const before = Math.sqrt(dot(vector, vector));
    for (let pass = 0; pass < 2; pass++)
      for (const other of done) {
        const share = dot(vector, other);
        for (let i = 0; i < vector.length; i++) vector[i] -= share * other[i];
      }
    const length = Math.sqrt(dot(vector, vector));
    const isLost = !(length > 1e-13 * before);
    for (let i = 0; i < vector.length; i++) vector[i] = isLost ? 0 : vector[i] / length;
    done.push(vector);
  }
  return done;
}
