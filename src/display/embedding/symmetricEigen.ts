/**
 * All eigenvalues of a small symmetric matrix, falling, each with its vector of length 1, by turning pairs of axes until nothing is
 * left beside the diagonal.
 * @param given [side,side], row after row
 * @see Jacobi 1846; Golub & Van Loan, Matrix Computations, section 8.5
 */
export function symmetricEigen(given: Float64Array, side: number): { values: number[]; vectors: Float64Array[] } {
  const a = given.slice();
  const v = Float64Array.from({ length: side * side }, (_, i) => (i % (side + 1) === 0 ? 1 : 0));
  const size = Math.sqrt(a.reduce((sum, value) => sum + value * value, 0));
  for (let sweep = 0; sweep < 60; sweep++) {
    let beside = 0;
    for (let p = 0; p < side; p++) for (let q = p + 1; q < side; q++) beside += a[p * side + q] ** 2;
    if (!(Math.sqrt(beside) > 1e-16 * size)) break;
    for (let p = 0; p < side; p++) for (let q = p + 1; q < side; q++) turn(a, v, side, p, q);
  }
  const order = Array.from({ length: side }, (_, i) => i).sort((i, j) => a[j * side + j] - a[i * side + i]);
  return {
    values: order.map((i) => a[i * side + i]),
    vectors: order.map((i) => Float64Array.from({ length: side }, (_, row) => v[row * side + i])),
  };
}

/** Turns axes p and q so that nothing is left between them. */
function turn(a: Float64Array, v: Float64Array, side: number, p: number, q: number): void {
  const between = a[p * side + q];
  if (between === 0) return;
  const theta = (a[q * side + q] - a[p * side + p]) / (2 * between);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  const rotate = (m: Float64Array, i: number, j: number): void => {
    [m[i], m[j]] = [c * m[i] - s * m[j], s * m[i] + c * m[j]];
  };
  for (let k = 0; k < side; k++) rotate(a, k * side + p, k * side + q);
  for (let k = 0; k < side; k++) rotate(a, p * side + k, q * side + k);
  for (let k = 0; k < side; k++) rotate(v, k * side + p, k * side + q);
}
