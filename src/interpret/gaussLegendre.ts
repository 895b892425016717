/** Where to evaluate a function on [0, 1], and how much each value counts in its integral. */
export interface Quadrature {
  nodes: number[];
  /** They add up to 1. */
  weights: number[];
}

/** More steps of Newton's method than double precision needs, from Tricomi's estimate of a root. */
const NEWTON_STEPS = 8;

/**
 * Gauss's rule with n nodes on [0, 1], exact for polynomials up to degree 2n - 1: the nodes are the roots of Legendre's
 * polynomial, in rising order.
 * @see Press et al., "Numerical Recipes", section 4.6; numpy.polynomial.legendre.leggauss
 */
export function gaussLegendre(n: number): Quadrature {
  const nodes = new Array<number>(n);
  const weights = new Array<number>(n);
  for (let i = 0; i < Math.ceil(n / 2); i++) {
    let root = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let step = 0; step < NEWTON_STEPS; step++) {
      const { value, before } = legendre(n, root);
      slope = (n * (root * value - before)) / (root * root - 1);
      root -= value / slope;
    }
    // In the middle of an odd number of nodes lies 0 itself.
    if (2 * i + 1 === n) root = 0;
    const weight = 1 / ((1 - root * root) * slope * slope);
    [nodes[i], nodes[n - 1 - i]] = [(1 - root) / 2, (1 + root) / 2];
    weights[i] = weights[n - 1 - i] = weight;
  }
  return { nodes, weights };
}

/** Legendre's polynomial of degree n at x, and that of degree n - 1. */
function legendre(n: number, x: number): { value: number; before: number } {
  let [value, before] = [1, 0];
  for (let k = 1; k <= n; k++) [value, before] = [((2 * k - 1) * x * value - (k - 1) * before) / k, value];
  return { value, before };
}
