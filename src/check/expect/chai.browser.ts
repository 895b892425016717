import * as bundled from "chai";

export const chai = (): typeof bundled => bundled;
