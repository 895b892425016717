import { overPanels } from "./panels";
import { paysUpTo, type Way } from "./way";

/** Matrix products over patches, which every shape fits. */
export const patches: Way = {
  name: "patches",
  fits: () => true,
  ...overPanels("conv_f32_patches", false),
  pays: paysUpTo(1.35),
};
