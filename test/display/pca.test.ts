import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { principal } from "../../src/display/embedding/pca";
import { symmetricEigen } from "../../src/display/embedding/symmetricEigen";
import { ROOT } from "../support/jupyterServer";

interface Case {
  name: string;
  shape: [number, number];
  x: number[];
  points: number[];
  shares: number[];
}
const cases = JSON.parse(readFileSync(join(ROOT, "test/golden/pca.json"), "utf8")) as Case[];

describe("principal components", () => {
  it("of points on a line and a little beside it are the line and what is at right angles", () => {
    // Along (3,4)/5 at -2, -1, 0, 3, and across by 0.1 up and down, around the mean (7, 1).
    const along = [-2, -1, 0, 3];
    const across = [0.1, -0.1, -0.1, 0.1];
    const x = along.flatMap((a, i) => [7 + 0.6 * a - 0.8 * across[i], 1 + 0.8 * a + 0.6 * across[i]]);
    const { points, shares } = principal(x, 4, 2, 2);
    // Both are a little correlated: the components are those of the 2x2 matrix of their products.
    const covariance = along.reduce((sum, a, i) => sum + a * across[i], 0);
    const [aa, bb] = [along, across].map((values) => values.reduce((sum, value) => sum + value * value, 0));
    const [middle, half] = [(aa + bb) / 2, Math.hypot((aa - bb) / 2, covariance)];
    expect(shares[0]).to.be.closeTo((middle + half) / (aa + bb), 1e-12);
    expect(shares[0] + shares[1]).to.be.closeTo(1, 1e-12);
    const angle = 0.5 * Math.atan2(2 * covariance, aa - bb);
    along.forEach((a, i) =>
      expect(points[2 * i]).to.be.closeTo(a * Math.cos(angle) + across[i] * Math.sin(angle), 1e-12),
    );
  });

  for (const { name, shape, x, points, shares } of cases)
    it(`are numpy's: ${name}, [${shape.join()}]`, () => {
      const found = principal(x, ...shape, 2);
      const largest = Math.max(...points.map(Math.abs));
      points.forEach((value, i) => expect(found.points[i], `number ${i}`).to.be.closeTo(value, 1e-8 * largest));
      shares.forEach((share, k) => expect(found.shares[k]).to.be.closeTo(share, 1e-10));
    });

  it("of a large cloud are found from some rows, and are the long directions", () => {
    const [N, D] = [1100, 1050];
    const x = Float64Array.from({ length: N * D }, (_, i) => 0.01 * Math.sin(i * 12.9898));
    for (let n = 0; n < N; n++) {
      x[n * D + 5] += 3 * Math.cos(n);
      x[n * D + 700] += 2 * Math.sin(n);
    }
    const { points, shares } = principal(x, N, D, 2);
    expect(shares[0]).to.be.closeTo(4.5 / 6.5, 0.02);
    const sign = Math.sign(points[0] * Math.cos(0)) || 1;
    for (const n of [0, 9, 1001]) expect(points[2 * n] * sign).to.be.closeTo(3 * Math.cos(n), 0.1);
  }).timeout(30_000);

  it("are zero where points do not differ, and where there is one dimension or one point", () => {
    expect(principal([2, 3, 2, 3], 2, 2, 2)).to.deep.equal({ points: new Float64Array(4), shares: [0, 0] });
    expect(principal([7, 7, 7], 1, 3, 2).shares).to.deep.equal([0, 0]);
    const line = principal([1, 2, 6], 3, 1, 2);
    expect(line.shares).to.deep.equal([1, 0]);
    [-2, 0, -1, 0, 3, 0].forEach((value, i) => expect(line.points[i]).to.be.closeTo(value, 1e-12));
  });
});

describe("symmetricEigen", () => {
  it("gives vectors that the matrix only makes longer, falling", () => {
    const matrix = Float64Array.of(2, -1, 0, -1, 2, -1, 0, -1, 2);
    const { values, vectors } = symmetricEigen(matrix, 3);
    [2 + Math.SQRT2, 2, 2 - Math.SQRT2].forEach((value, i) => expect(values[i]).to.be.closeTo(value, 1e-14));
    vectors.forEach((vector, k) => {
      for (let row = 0; row < 3; row++) {
        const image = [0, 1, 2].reduce((sum, column) => sum + matrix[3 * row + column] * vector[column], 0);
        expect(image).to.be.closeTo(values[k] * vector[row], 1e-14);
      }
      expect(vector.reduce((sum, value) => sum + value * value, 0)).to.be.closeTo(1, 1e-14);
    });
  });
});
