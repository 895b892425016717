import { DataError } from "../../errors";
import { otherThan } from "../../fileKind";
import { readSource, type Source } from "../files";
import { readGraph } from "./graph";
import type { OnnxNetwork } from "./network";
import { decodeMessage, type ModelProto } from "./proto";

/** Versions of the operator set whose meanings are known here; since 22 operators of ours only took more types. */
const OLDEST = 6;
const NEWEST = 28;

/**
 * A network that computes what an ONNX file describes. Its float weights are parameters under the names of the file
 * (`net.namedParameters()`), so it can be trained further; its nodes are its children. It is in evaluation mode, but for
 * the nodes that the file wants in training: a file exported for training (`TrainingMode.TRAINING`) begins in training mode,
 * with `net.training` true, and computes what PyTorch computed there; `net.eval()` ends that.
 * @param pathOrBytes the model's path, beside which lies its external data if it has any, or its bytes
 * @throws DataError if the file is damaged, newer than operator set 28, or has operators that cannot be run: all are named
 * @see https://onnx.ai/onnx/operators
 */
export function load(pathOrBytes: string | Uint8Array): OnnxNetwork {
  const source = readSource("onnx.load", pathOrBytes);
  const model = decode(source);
  const opset =
    (model.opsetImport ?? []).find(({ domain = "" }) => domain === "" || domain === "ai.onnx")?.version ?? 1;
  if (opset < OLDEST || opset > NEWEST)
    throw new DataError(
      `onnx.load: ${source.name} uses operator set ${opset} (expected ${OLDEST} to ${NEWEST}). ` +
        `Export it with opset_version=17.`,
    );
  return readGraph(source, model.graph ?? {}, opset);
}

function decode(source: Source): ModelProto {
  try {
    const model = decodeMessage<ModelProto>("ModelProto", source.bytes, `onnx.load: reading ${source.name}`);
    if (model.graph) return model;
  } catch (error) {
    if (error instanceof DataError) throw error;
    // Falls through to the same words: other bytes can also look like a message without a graph.
  }
  const other = otherThan("ONNX", source.bytes, source.name);
  if (other) throw new DataError(`onnx.load: ${source.name} ${other}`);
  throw new DataError(
    `onnx.load: ${source.name} is no ONNX model (expected a ModelProto with a graph, found ${source.bytes.length} other bytes). ` +
      `Get the file again.`,
  );
}
