/** A page has a model's bytes alone, never the files beside it. */
import { DataError } from "../../errors";
import type { Source } from "../files";
import type { TensorProto } from "./proto";

export function readExternal(_source: Source, _proto: TensorProto, what: string): Uint8Array {
  throw new DataError(
    `${what} lies in another file, which a page in a browser cannot open. ` +
      `Save the model as one file: onnx.save(model, path, save_as_external_data=False) in Python.`,
  );
}
