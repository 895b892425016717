import type { Conv2dGeometry } from "../geometry";
import { overPanels } from "./panels";
import { paysUpTo, type Way } from "./way";

/** Rows of pixels can be read as they lie, and are long enough for vectors. */
const inRows = (g: Conv2dGeometry): boolean =>
  g.strideH === 1 && g.strideW === 1 && g.dilationH === 1 && g.dilationW === 1 && g.Q >= 8;

/** The padded input that one row of the result sees, in bytes. */
const paddedBytes = (g: Conv2dGeometry): number => (g.C / g.groups) * paddedWidth(g) * g.R * 4;

/** Pixels of a row with its padding; a filter of even width has more of it behind the row than before. */
const paddedWidth = (g: Conv2dGeometry): number => Math.max(g.W + 2 * g.padW, g.Q + g.S - 1);

/** Few filters: patches would take as long to bring together as to multiply. */
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
