import type { Conv2dGeometry } from "../geometry";
import { overPanels } from "./panels";
import { paysUpTo, type Way } from "./way";

/** Whether rows of pixels can be read in place, and are long enough for vectors. */
const inRows = (g: Conv2dGeometry): boolean =>
  g.strideH === 1 && g.strideW === 1 && g.dilationH === 1 && g.dilationW === 1 && g.Q >= 8;

/** Bytes of the padded input under one row of the result. */
const paddedBytes = (g: Conv2dGeometry): number => (g.C / g.groups) * paddedWidth(g) * g.R * 4;

/** Pixels of a row with its padding; a filter of even width has more of it behind the row than before. */
const paddedWidth = (g: Conv2dGeometry): number => Math.max(g.W + 2 * g.padW, g.Q + g.S - 1);

/** Whether filters or taps are so few that patches would take as long to copy as to multiply. */
const isDirect = (g: Conv2dGeometry): boolean =>
  inRows(g) &&
  (g.K / g.groups <= 32 || (g.C / g.groups) * g.R * g.S <= 80) &&
  (g.C / g.groups) * g.R * g.S >= 8 &&
  paddedBytes(g) <= 2 ** 19;

export const direct: Way = {
  name: "direct",
  fits: isDirect,
  ...overPanels("conv_f32_direct", true),
  pays: paysUpTo(2.2),
};
