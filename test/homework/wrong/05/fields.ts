/** Wrong receptive fields: by hand, by a formula, and back to a pixel. */
import { instead, question } from "../../support/question";

const tableOf = (column: number, numbers: number[]): string => {
  const rows = [
    [7, 2, -3],
    [11, 4, -5],
    [19, 4, -9],
    [27, 4, -13],
  ].map((row, i) => row.map((each, j) => (j === column ? numbers[i] : each)));
  return `function resnetFields(): [number, number, number][] {
  const rows: [number, number, number][] = ${JSON.stringify(rows)};
  return rows;
}`;
};

/** In further settings the first layer reaches as far with fewer taps that lie wider apart: the table stays. */
export const tables = question({ test: "q2a", shapes: instead(["[7, 2, 3], ", "[4, 2, 3, 2], ", "[3, 2, 3, 3], "]) }, [
  {
    mistake: "a layer's own stride is counted",
    hint: /size is not right.*own stride is counted/,
    code: tableOf(0, [13, 21, 29, 37]),
  },
  {
    mistake: "strides are not multiplied",
    hint: /size is not right.*not multiplied/,
    code: tableOf(0, [7, 11, 15, 17]),
  },
  {
    mistake: "the start moves to the right",
    hint: /start is not right.*to the right/,
    code: tableOf(2, [3, 5, 9, 13]),
  },
  { mistake: "a slip in the steps", hint: /^.*step is not right\.$/m, code: tableOf(1, [2, 4, 4, 8]) },
]);

/** The formula, whose parts are right unless said otherwise. */
const fieldsOf = ({
  size = "layer.dilation * (layer.kernel - 1) * step",
  start = "-= layer.padding * step",
  step = "*= layer.stride",
}): string => `function fieldsOf(layers: Windows[]): Field[] {
  let [size, step, start] = [1, 1, 0];
  const fields: Field[] = [];
  for (const layer of layers) {
    size += ${size};
    start ${start};
    step ${step};
    fields.push({ size, step, start });
  }
  return fields;
}`;
export const formulas = question(
  {
    test: "q2b",
    shapes: instead([
      "stack([5, 1, 2], [2, 2, 0], [3, 1, 1], [3, 2, 2, 2], [3, 1, 1])",
      "stack([3, 2, 1], [5, 1, 4, 2], [2, 2, 0], [3, 3, 1])",
      "stack([11, 4, 2], [3, 2, 0], [5, 1, 4, 2], [3, 2, 1], [3, 1, 1])",
    ]),
  },
  [
    {
      mistake: "the strides of earlier layers are forgotten",
      hint: /strides below are forgotten/,
      code: fieldsOf({ size: "layer.dilation * (layer.kernel - 1)" }),
    },
    {
      mistake: "a layer's own stride is multiplied in before its window",
      hint: /own stride is counted for its own window/,
      code: fieldsOf({ size: "layer.dilation * (layer.kernel - 1) * step * layer.stride" }),
    },
    {
      mistake: "the padding is counted in",
      hint: /padding is counted in/,
      code: fieldsOf({ size: "(layer.dilation * (layer.kernel - 1) + 2 * layer.padding) * step" }),
    },
    {
      mistake: "the dilation is left out",
      hint: /dilation is missing/,
      code: fieldsOf({ size: "(layer.kernel - 1) * step" }),
    },
    { mistake: "strides are added", hint: /strides are added up/, code: fieldsOf({ step: "+= layer.stride" }) },
    {
      mistake: "each layer has its own stride for a step",
      hint: /step is the layer's own stride/,
      code: fieldsOf({ step: "= layer.stride" }),
    },
    {
      mistake: "the start moves to the right",
      hint: /sign of the start is wrong/,
      code: fieldsOf({ start: "+= layer.padding * step" }),
    },
    {
      mistake: "paddings are added without their steps",
      hint: /paddings are added up as they are/,
      code: fieldsOf({ start: "-= layer.padding" }),
    },
    {
      mistake: "d k - 1 stands for d (k - 1)",
      hint: /d k - 1 stands where d \(k - 1\) belongs/,
      code: fieldsOf({ size: "(layer.dilation * layer.kernel - 1) * step" }),
    },
    {
      mistake: "the taps are as far apart as the stride of the layer below",
      hint: /strides are not multiplied/,
      code: fieldsOf({ step: "= layer.stride" }),
    },
  ],
);

const pixelAt = (
  row: number,
  column: number,
): string => `const pointed = (layer: string) => ({ layer, unit: 0, row: ${row}, column: ${column} });
const q2c = pointed("relu2");`;

/** In further settings the corner lies a pixel beside, still nearest to the same window's middle. */
export const pixels = question({ test: "q2c", needs: ["train"], shapes: instead(["[21, 7]", "[21, 6]", "[20, 7]"]) }, [
  {
    mistake: "row and column of the pixel are swapped",
    hint: /row and the column are not right.*swapped/,
    code: pixelAt(0, 7),
  },
  { mistake: "another column of the pixel", hint: /column 3: the column is not right/, code: pixelAt(7, 3) },
]);
