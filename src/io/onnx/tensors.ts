/** Tensors as an ONNX file holds them: inside it, or in another file beside it. */
import type { TypedArray } from "../../devices/device";
import { DataError } from "../../errors";
import { fromArray } from "../../tensor/create";
import { checkShape, showShape, sizeOf } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import type { Source } from "../files";
import { decode, fromHalf, itemSize, type FileDType } from "../safetensors/dtypes";
import { readExternal } from "./external";
import { dataTypes, type TensorProto } from "./proto";

/** The name of each data type in safetensors, whose reading of raw bytes serves here too. */
const fileDTypes: Record<string, FileDType> = {
  FLOAT: "F32",
  UINT8: "U8",
  INT16: "I16",
  UINT16: "U16",
  INT32: "I32",
  INT64: "I64",
  BOOL: "BOOL",
  FLOAT16: "F16",
  DOUBLE: "F64",
  BFLOAT16: "BF16",
};

/**
 * The tensor that a file describes. Doubles, halves and floats become float32, integers int32: those beyond its range
 * are held at its ends, because "to the very end" is written as the largest 64-bit integer.
 * @throws DataError if it is damaged, of another type, or outside the model's folder
 */
export function readTensor(source: Source, proto: TensorProto): Tensor {
  const what = `onnx.load: tensor ${proto.name || "(without a name)"} of ${source.name}`;
  const shape = proto.dims ?? [];
  checkShape(what, shape);
  const type = dataTypes.get(proto.dataType);
  if (type === undefined)
    throw new DataError(
      `${what} has data type ${proto.dataType} (expected ${[...dataTypes.values()].join(", ")}). Convert it first.`,
    );
  const raw = proto.dataLocation === 1 ? readExternal(source, proto, what) : proto.rawData;
  const numbers = raw ? fromRaw(what, type, raw) : fromFields(what, type, proto);
  if (numbers.length !== sizeOf(shape))
    throw new DataError(
      `${what} holds ${numbers.length} numbers (expected ${sizeOf(shape)} for shape ${showShape(shape)}). Get the file again.`,
    );
  return fromArray(numbers instanceof Float64Array ? Float32Array.from(numbers) : numbers, shape);
}

function fromRaw(what: string, type: string, raw: Uint8Array): TypedArray {
  if (type === "INT64" && raw.length % 8 === 0)
    return saturate([...new BigInt64Array(new Uint8Array(raw).buffer)].map(Number));
  if (type === "INT8") return Int32Array.from(Int8Array.from(raw));
  const dtype = fileDTypes[type];
  if (raw.length % itemSize[dtype] !== 0)
    throw new DataError(
      `${what} holds ${raw.length} bytes (expected a multiple of ${itemSize[dtype]} for ${type}). Get the file again.`,
    );
  return decode(what, dtype, raw);
}

function fromFields(what: string, type: string, proto: TensorProto): TypedArray {
  switch (type) {
    case "FLOAT":
      return Float32Array.from(proto.floatData ?? []);
    case "DOUBLE":
      return Float64Array.from(proto.doubleData ?? []);
    case "FLOAT16":
      return Float32Array.from(proto.int32Data ?? [], fromHalf);
    case "BFLOAT16":
      return decode(what, "BF16", new Uint8Array(Uint16Array.from(proto.int32Data ?? []).buffer));
    case "INT64":
      return saturate(proto.int64Data ?? []);
    case "BOOL":
      return Uint8Array.from(proto.int32Data ?? [], (value) => Number(value !== 0));
    default:
      return Int32Array.from(proto.int32Data ?? []);
  }
}

const saturate = (wide: readonly number[]): Int32Array =>
  Int32Array.from(wide, (value) => Math.min(2 ** 31 - 1, Math.max(-(2 ** 31), value)));
