/** Tables as they come: layers, a student's measurements, more rows than a picture has, words only, none at all. */
import type { Cell, TableColumn, TableMark } from "./payload";

const column = (name: string, numeric = true): TableColumn => ({ name, numeric });
const table = (columns: TableColumn[], rows: Cell[][], more: Partial<TableMark> = {}): TableMark => ({
  ...{ mark: "table", columns, rows, digits: 3, left: 0 },
  ...more,
});

const layers = (): TableMark =>
  table(
    [column("layer", false), column("kind", false), column("weight", false), column("parameters")],
    [
      ["conv1", "Conv2d(3, 6, kernelSize=5)", "[6,3,5,5]", 456],
      ["pool", "MaxPool2d(2)", "", ""],
      ["conv2", "Conv2d(6, 16, kernelSize=5)", "[16,6,5,5]", 2416],
      ["fc1", "Linear(400, 120)", "[120,400]", 48120],
      ["fc2", "Linear(120, 84)", "[84,120]", 10164],
      ["fc3", "Linear(84, 10)", "[10,84]", 850],
    ],
    { title: "Layers", notes: ["62,006 parameters, all of them trained."] },
  );

const measurements = (): TableMark =>
  table(
    [column("learning rate"), column("loss"), column("accuracy"), column("diverged", false)],
    [
      [0.1, null, 0.1, true],
      [0.01, 0.71234, 0.7512, false],
      [0.001, 1.20567, 0.58, false],
      [0.0001, 12345.678, 0.2, false],
      [0.00001, "", "", false],
    ],
  );

const long = (): TableMark =>
  table(
    [column("step"), column("loss")],
    Array.from({ length: 120 }, (_, i) => [i, Number((2.3 * Math.exp(-i / 40)).toPrecision(6))]),
    { left: 1880 },
  );

const wide = (): TableMark =>
  table(
    Array.from({ length: 14 }, (_, i) => column(`column ${i}`, i > 0)),
    [0, 1, 2].map((row) =>
      Array.from({ length: 14 }, (_, i) => (i === 0 ? "a < b & c ".repeat(8) : row * 1000 - i / 7)),
    ),
  );

const empty = (): TableMark => table([column("layer", false)], []);

export const samples = { layers, measurements, long, wide, empty } satisfies Record<string, () => TableMark>;
