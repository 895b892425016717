/** chai, loaded at first use. `chai.browser.ts` has that of the bundle. */
import type * as Chai from "chai";

// eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded at first use
export const chai = (): typeof Chai => require("chai") as typeof Chai;
