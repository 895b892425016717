/** protobufjs out of the bundle. */
import * as bundled from "protobufjs/light";

export const protobuf = (_doing: string): typeof bundled => bundled;
