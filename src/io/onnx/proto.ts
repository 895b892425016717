/** The part of ONNX's protobuf schema that networks need; fields that are not listed are skipped in reading. */
import type { Root } from "protobufjs/light";
import { once } from "../../once";
import { protobuf } from "./protobuf";

type Field = [rule: "" | "repeated ", type: string, id: number];
const one = (type: string, id: number): Field => ["", type, id];
const many = (type: string, id: number): Field => ["repeated ", type, id];

/** Numbers of the fields: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto */
const messages: Record<string, Record<string, Field>> = {
  ModelProto: {
    irVersion: one("int64", 1),
    producerName: one("string", 2),
    graph: one("GraphProto", 7),
    opsetImport: many("OperatorSetIdProto", 8),
  },
  OperatorSetIdProto: { domain: one("string", 1), version: one("int64", 2) },
  GraphProto: {
    node: many("NodeProto", 1),
    name: one("string", 2),
    initializer: many("TensorProto", 5),
    input: many("ValueInfoProto", 11),
    output: many("ValueInfoProto", 12),
    sparseInitializer: many("SparseTensorProto", 15),
  },
  SparseTensorProto: { values: one("TensorProto", 1) },
  NodeProto: {
    input: many("string", 1),
    output: many("string", 2),
    name: one("string", 3),
    opType: one("string", 4),
    attribute: many("AttributeProto", 5),
    domain: one("string", 7),
  },
  AttributeProto: {
    name: one("string", 1),
    f: one("float", 2),
    i: one("int64", 3),
    s: one("bytes", 4),
    t: one("TensorProto", 5),
    g: one("GraphProto", 6),
    floats: many("float", 7),
    ints: many("int64", 8),
    strings: many("bytes", 9),
    type: one("int32", 20),
  },
  TensorProto: {
    dims: many("int64", 1),
    dataType: one("int32", 2),
    floatData: many("float", 4),
    int32Data: many("int32", 5),
    int64Data: many("int64", 7),
    name: one("string", 8),
    rawData: one("bytes", 9),
    doubleData: many("double", 10),
    externalData: many("StringStringEntryProto", 13),
    dataLocation: one("int32", 14),
  },
  StringStringEntryProto: { key: one("string", 1), value: one("string", 2) },
  ValueInfoProto: { name: one("string", 1), type: one("TypeProto", 2) },
  TypeProto: { tensorType: one("TensorTypeProto", 1) },
  TensorTypeProto: { elemType: one("int32", 1), shape: one("TensorShapeProto", 2) },
  TensorShapeProto: { dim: many("DimensionProto", 1) },
  DimensionProto: { dimValue: one("int64", 1), dimParam: one("string", 2) },
};

const schema = once((doing: string): Root => protobuf(doing).Root.fromJSON({ nested: nested() }));

const nested = (): Record<string, { fields: Record<string, { rule?: "repeated"; type: string; id: number }> }> =>
  Object.fromEntries(
    Object.entries(messages).map(([message, fields]) => [
      message,
      {
        fields: Object.fromEntries(
          Object.entries(fields).map(([name, [rule, type, id]]) => [
            name,
            { ...(rule ? { rule: "repeated" as const } : {}), type, id },
          ]),
        ),
      },
    ]),
  );

export interface AttributeProto {
  name: string;
  type?: number;
  f?: number;
  i?: number;
  s?: Uint8Array;
  t?: TensorProto;
  g?: GraphProto;
  floats?: number[];
  ints?: number[];
  strings?: Uint8Array[];
}
export interface TensorProto {
  name?: string;
  dims?: number[];
  dataType: number;
  rawData?: Uint8Array;
  floatData?: number[];
  int32Data?: number[];
  int64Data?: number[];
  doubleData?: number[];
  externalData?: { key: string; value: string }[];
  dataLocation?: number;
}
export interface NodeProto {
  name?: string;
  opType: string;
  domain?: string;
  input?: string[];
  output?: string[];
  attribute?: AttributeProto[];
}
export interface ValueInfoProto {
  name: string;
  type?: { tensorType?: { elemType?: number; shape?: { dim?: { dimValue?: number; dimParam?: string }[] } } };
}
export interface GraphProto {
  name?: string;
  node?: NodeProto[];
  initializer?: TensorProto[];
  sparseInitializer?: unknown[];
  input?: ValueInfoProto[];
  output?: ValueInfoProto[];
}
export interface ModelProto {
  irVersion?: number;
  producerName?: string;
  graph?: GraphProto;
  opsetImport?: { domain?: string; version?: number }[];
}

/**
 * A message out of its bytes.
 * @param doing  begins the message if protobufjs is missing: "onnx.load: reading net.onnx"
 * @throws Error if they are no such message
 * @throws DataError if protobufjs is not installed
 */
export function decodeMessage<T>(
  name: "ModelProto" | "TensorProto",
  bytes: Uint8Array,
  doing = "onnx.load: reading a file",
): T {
  const type = schema(doing).lookupType(name);
  // Repeated fields that are absent stay absent; 64-bit integers become doubles, which is exact to 2^53.
  return type.toObject(type.decode(bytes), { longs: Number }) as T;
}

/** The bytes of a model. @throws DataError if protobufjs is not installed */
export function encodeModel(model: ModelProto, doing = "onnx.export: writing a file"): Uint8Array {
  const type = schema(doing).lookupType("ModelProto");
  return type.encode(type.fromObject(model)).finish();
}

/** Names of TensorProto's data types that are read, by number. */
export const dataTypes = new Map([
  [1, "FLOAT"],
  [2, "UINT8"],
  [3, "INT8"],
  [4, "UINT16"],
  [5, "INT16"],
  [6, "INT32"],
  [7, "INT64"],
  [9, "BOOL"],
  [10, "FLOAT16"],
  [11, "DOUBLE"],
  [16, "BFLOAT16"],
]);
