import { plain } from "../../../devices/cpu/plain";
import { conv2dReference } from "../reference";
import type { Way } from "./way";

const { forward, backwardInput, backwardWeight } = plain(conv2dReference);

/** The reference's loops, for filters whose patches exceed the scratch memory of a thread; networks have none. */
export const loops: Way = {
  name: "loops",
  fits: (g) => g.R * g.S > 1024 || g.K > 8192,
  forward,
  backwardInput,
  backwardWeight,
};
