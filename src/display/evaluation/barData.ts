/** A small data set and a network that knows most of it, for samples of views. */
import { Flatten } from "../../nn/layers/flatten";
import { Linear } from "../../nn/layers/linear";
import { Sequential } from "../../nn/layers/sequential";
import type { Module } from "../../nn/module";
import { fromArray } from "../../tensor/create";
import type { Tensor } from "../../tensor/tensor";

/** Images of 8 by 8 pixels whose only bright row or column says their class, and a network that looks at some of them. */
export function barData(count: number): { net: Module; data: Tensor[][] } {
  const classes = 6;
  const labels = Int32Array.from({ length: count }, (_, n) => (n * 7) % classes);
  const values = Float32Array.from({ length: count * 64 }, (_, i) => {
    const [n, row, column] = [Math.floor(i / 64), Math.floor(i / 8) % 8, i % 8];
    const blur = ((n * 31) % 10) / 10;
    return row === labels[n] + 1 ? 1 - 0.6 * blur : row === labels[n] + 2 ? blur : (column % 3) * 0.1;
  });
  const linear = new Linear(64, classes);
  const weight = Float32Array.from({ length: classes * 64 }, (_, i) =>
    Math.floor((i % 64) / 8) === Math.floor(i / 64) + 1 ? 1 : 0,
  );
  linear.loadStateDict({
    weight: fromArray(weight, [classes, 64]),
    bias: fromArray(new Float32Array(classes), [classes]),
  });
  return {
    net: new Sequential(new Flatten(), linear),
    data: [[fromArray(values, [count, 1, 8, 8]), fromArray(labels, [count])]],
  };
}
