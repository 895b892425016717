/** Wrong conditions on the sizes that a kernel takes. */
import { question } from "../../support/question";

const isMine = (condition: string): string =>
  `function isMine(sizes: Record<string, number>): boolean {\n  return ${condition};\n}`;

export const conditions = question(
  {
    test: "q5",
    shapes: [
      [
        [`"rows dilated", 2, 1, 1, 1, 0`, `"rows dilated", 3, 1, 1, 1, 1`],
        [`"groups", 1, 1, 2, 1, 0`, `"groups", 1, 1, 4, 1, 0`],
      ],
      [
        [`"columns dilated", 1, 2, 1, 1, 0`, `"columns dilated", 1, 4, 1, 1, 0`],
        [`"stride", 1, 1, 1, 2, 0`, `"stride", 1, 1, 1, 3, 0`],
      ],
    ],
  },
  [
    {
      mistake: "groups are forgotten",
      code: isMine("sizes.dilationH === 1 && sizes.dilationW === 1"),
      hint: /Groups are not refused/,
    },
    {
      mistake: "or instead of and",
      code: isMine("(sizes.dilationH === 1 && sizes.dilationW === 1) || sizes.Cg === sizes.C"),
      hint: /all must be right at once/,
    },
    {
      mistake: "0 for no dilation",
      code: isMine("sizes.dilationH === 0 && sizes.dilationW === 0 && sizes.Cg === sizes.C"),
      hint: /1 means no dilation/,
    },
    {
      mistake: "a name that is no size",
      code: isMine("sizes.dilationH === 1 && sizes.dilationW === 1 && sizes.groups === 1"),
      hint: /refuses all, and the plain sizes too/,
    },
    {
      mistake: "strides are refused",
      code: isMine("sizes.dilationH * sizes.dilationW * sizes.strideH === 1 && sizes.Cg === sizes.C"),
      hint: /A stride is refused/,
    },
  ],
);
