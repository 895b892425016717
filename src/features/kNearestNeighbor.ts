import { show } from "../arguments";
import { DataError } from "../errors";
import { checkOptions } from "../options";
import { fromArray } from "../tensor/create";
import type { Tensor } from "../tensor/tensor";
import { squaredDistance, type Rows } from "./kMeans";
import { checkWidth, labelsOf, rowsOf } from "./rows";

const NAME = "KNearestNeighbor";

/**
 * A classifier that remembers everything: a sample gets the class that most of its k nearest training samples have.
 * Of classes with equally many votes the smaller wins.
 * @see Stanford CS231n, lecture 2, "nearest neighbor classifier"
 * @example
 * const classifier = new features.KNearestNeighbor().fit(images, labels);
 * console.log(await classifier.predict(images, { k: 1 }).tolist(), await labels.tolist());
 */
export class KNearestNeighbor {
  private rows: Rows | null = null;
  private labels: Int32Array = new Int32Array(0);

  /** Remembers features [N,...] and labels [N]. @throws ShapeError or DataError if they do not fit each other */
  fit(features: Tensor, labels: Tensor): this {
    const rows = rowsOf(NAME, features);
    this.labels = labelsOf(NAME, labels, rows);
    this.rows = rows;
    return this;
  }

  /** Euclidean distances of features [M,...] from all that are remembered: [M,N] float32. @throws DataError before fit() */
  distances(features: Tensor): Tensor {
    const [rows, known] = this.both(features);
    const out = new Float32Array(rows.count * known.count);
    for (let i = 0, to = 0; i < rows.count; i++)
      for (let j = 0; j < known.count; j++) out[to++] = Math.sqrt(squaredDistance(rows, i, known, j));
    return fromArray(out, [rows.count, known.count]);
  }

  /**
   * The classes of features [M,...]: [M] int32.
   * @param options.k  how many neighbours vote; default 1
   * @throws DataError before fit(), or unless k is a whole number from 1 to the number of samples
   */
  predict(features: Tensor, options: { k?: number } = {}): Tensor {
    const { k = 1 } = checkOptions(NAME, options, { k: true }, arguments, 1);
    const [rows, known] = this.both(features);
    if (!Number.isInteger(k) || k < 1 || k > known.count)
      throw new DataError(
        `${NAME}: k must be a whole number from 1 to ${known.count}, the samples of fit(), got ${show(k)}.`,
      );
    const out = Int32Array.from({ length: rows.count }, (_, i) => this.vote(rows, i, known, k));
    return fromArray(out, [rows.count]);
  }

  private both(features: Tensor): [Rows, Rows] {
    if (!this.rows) throw new DataError(`${NAME}: there is nothing to compare with. Call fit(features, labels) first.`);
    const rows = rowsOf(NAME, features);
    checkWidth(NAME, rows, this.rows.width);
    return [rows, this.rows];
  }

  private vote(rows: Rows, i: number, known: Rows, k: number): number {
    const distances = Float64Array.from({ length: known.count }, (_, j) => squaredDistance(rows, i, known, j));
    const order = Array.from(distances.keys()).sort((a, b) => distances[a] - distances[b] || a - b);
    const votes = new Map<number, number>();
    for (const j of order.slice(0, k)) votes.set(this.labels[j], (votes.get(this.labels[j]) ?? 0) + 1);
    return [...votes].sort(([a, m], [b, n]) => n - m || a - b)[0][0];
  }
}
