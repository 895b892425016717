/** The names that every cell has without an import. */
import * as globals from "./globals";

export const GLOBAL_NAMES = Object.keys(globals);
