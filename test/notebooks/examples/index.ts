/** The worked examples of each lecture, by its number. */
import { examples as one } from "./01";
import { examples as two } from "./02";
import { examples as three } from "./03";
import { examples as four } from "./04";
import { examples as five } from "./05";
import type { Example } from "./example";

export const examplesOf: Readonly<Record<string, readonly Example[]>> = {
  "01": one,
  "02": two,
  "03": three,
  "04": four,
  "05": five,
};
