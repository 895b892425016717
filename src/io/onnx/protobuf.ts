/** protobufjs, an optional package; `protobuf.browser.ts` stands for this in a page, whose bundle has it. */
import type * as Protobuf from "protobufjs/light";
import { neededPackage } from "../../optionalPackage";

/**
 * Loaded with the first file: it would take a sixth of the package's start.
 * @param doing  begins the message: "onnx.load: reading net.onnx"
 * @throws DataError if the package is not installed
 */
export const protobuf = (doing: string): typeof Protobuf => neededPackage("protobufjs/light", doing);
