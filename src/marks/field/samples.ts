/** Receptive fields as they come: in the middle, at a corner with padding, wider than the input. */
import type { GridMark } from "../grid/payload";
import { packPlanes } from "../kit/pack";
import type { FieldMark, FieldStep } from "./payload";

function gridOf(side: number, value: (row: number, column: number) => number, more: Partial<GridMark>): GridMark {
  const values = Float32Array.from({ length: side * side }, (_, i) => value(Math.floor(i / side), i % side));
  const max = Math.max(...values);
  const pixels = packPlanes({ values, planes: 1, height: side, width: side }, { exact: true, range: () => [0, max] });
  const statistics = { min: Math.min(...values), max, mean: 0 };
  return { mark: "grid", scale: "sequential", tile: "image", columns: 1, labels: [], pixels, statistics, ...more };
}

const step = (
  layer: string,
  top: number,
  left: number,
  side: number,
  unit: [number, number] | null = [0, 0],
): FieldStep => ({
  ...{ layer, top, left, height: side, width: side, unit },
});

function field(side: number, steps: FieldStep[]): FieldMark {
  const { top, left, height } = steps[steps.length - 1];
  const [row, column] = [top + height / 2, left + height / 2];
  const near = (y: number, x: number): number => Math.fround(Math.exp(-((y - row) ** 2 + (x - column) ** 2) / height));
  return {
    mark: "field",
    size: [side, side],
    panels: [
      { name: "input", grid: gridOf(side, (y, x) => ((x + y) % 8) / 8, { palette: "grey" }) },
      { name: "absolute gradient", grid: gridOf(side, near, {}) },
    ],
    steps,
  };
}

const middle = (): FieldMark =>
  field(32, [step("conv1", 14, 14, 5, [14, 14]), step("pool", 14, 14, 6, [7, 7]), step("conv2", 10, 10, 14, [5, 5])]);
const corner = (): FieldMark => ({
  ...field(16, [step("conv1", -1, -1, 3), step("conv2", -2, -2, 5)]),
  ...{ title: "At a corner", subtitle: "a < b & c" },
});
const wide = (): FieldMark => field(24, [step("conv1", 10, 10, 3, [10, 10]), step("layer4", -200, -190, 435, null)]);
const alone = (): FieldMark => ({
  ...middle(),
  panels: middle().panels.slice(0, 1),
  steps: [step("fc", 0, 0, 32, null)],
});

export const samples = { middle, corner, wide, alone } satisfies Record<string, () => FieldMark>;
