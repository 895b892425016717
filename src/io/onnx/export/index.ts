import { noGrad } from "../../../autograd/noGrad";
import type { Storage } from "../../../devices/storage";
import type { DType } from "../../../devices/device";
import { DataError } from "../../../errors";
import { inEvaluation, type Module } from "../../../nn/module";
import { traceOps } from "../../../ops/define/trace";
import type { Tensor } from "../../../tensor/tensor";
import { writeAtomic } from "../../files";
import { checkOrder } from "../../order";
import { encodeModel, type NodeProto, type TensorProto, type ValueInfoProto } from "../proto";
import { Emitter } from "./emitter";
import { writers } from "./ops";

const OPSET = 17;
/** The version of the file format that came with the operator set. */
const IR_VERSION = 8;
const dataType: Record<DType, number> = { float32: 1, int32: 6, bool: 9, float64: 11 };
const INT64 = 7;

/**
 * The bytes of an ONNX file (operator set 17) that computes what the network computes in evaluation mode. The network
 * runs once on `sampleInput`, and each op that runs becomes a node: branches of your own code that the sample does not
 * take are not in the file. Parameters and buffers keep their names. The number of images is left open if no node
 * depends on it.
 * @param sampleInput a tensor of the shape that the network takes; its numbers do not matter
 * @param path        where to write the file as well
 * @throws DataError if an op has no counterpart in ONNX: all are named; TypeError if the arguments stand in another order
 * @see torch.onnx.export
 * @example
 * const bytes = await io.onnx.export(net, images);
 * const again = io.onnx.load(bytes); // again(images) is what net(images) is
 */
export async function exportOnnx(net: Module, sampleInput: Tensor, path?: string): Promise<Uint8Array> {
  const pattern = "io.onnx.export(net, images, path)";
  checkOrder("onnx.export", pattern, [net, sampleInput, path ?? ""], ["network", "tensor", "path"]);
  const known = new Map<Storage, string>(
    [...net.namedParameters(), ...net.namedBuffers()].map(([name, { storage }]) => [storage, name]),
  );
  const emitter = new Emitter(known);
  emitter.bind(sampleInput, "input");
  const output = inEvaluation(() =>
    traceOps(
      (op) => {
        if (Object.hasOwn(writers, op.name)) writers[op.name](emitter, op);
        else emitter.lack(op.name);
      },
      () => noGrad(() => net(sampleInput)),
    ),
  );
  if (emitter.lacking.size > 0)
    throw new DataError(
      `onnx.export: the network uses ${[...emitter.lacking].map(([what, times]) => `${what} (${times}x)`).join(", ")}, ` +
        `which cannot be written as ONNX. Put other layers there.`,
    );
  const last = emitter.nameOf(output);
  const nodes = joinBias(emitter.nodes, emitter.floats, last);
  const initializer = [
    ...(await Promise.all([...emitter.floats].map(([name, tensor]) => writeTensor(name, tensor)))),
    ...[...emitter.wholes].map(([name, values]) => ({
      name,
      dims: [values.length],
      dataType: INT64,
      int64Data: [...values],
    })),
  ];
  const used = new Set(nodes.flatMap(({ input = [] }) => input));
  const bytes = encodeModel({
    irVersion: IR_VERSION,
    producerName: "receptive",
    opsetImport: [{ domain: "", version: OPSET }],
    graph: {
      name: net.constructor.name || "net",
      node: nodes,
      initializer: initializer.filter(({ name }) => used.has(name)),
      input: [info("input", sampleInput, !emitter.fixedBatch)],
      output: [info(last, output, !emitter.fixedBatch && output.shape[0] === sampleInput.shape[0], true)],
    },
  });
  if (path !== undefined) writeAtomic("onnx.export", path, [bytes]);
  return bytes;
}

async function writeTensor(name: string, tensor: Tensor): Promise<TensorProto & { name: string }> {
  const data = await tensor.data();
  const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return { name, dims: [...tensor.shape], dataType: dataType[tensor.dtype], rawData };
}

/** Whole numbers that a node makes are 64-bit in ONNX. */
function info(name: string, { shape, dtype }: Tensor, openBatch: boolean, made = false): ValueInfoProto {
  const dim = shape.map((length, d) => (d === 0 && openBatch ? { dimParam: "batch" } : { dimValue: length }));
  return {
    name,
    type: { tensorType: { elemType: made && dtype === "int32" ? INT64 : dataType[dtype], shape: { dim } } },
  };
}

/** A Gemm whose result goes into one Add of a bias alone takes the bias itself. */
function joinBias(nodes: readonly NodeProto[], floats: ReadonlyMap<string, Tensor>, last: string): NodeProto[] {
  const uses = new Map<string, number>();
  for (const { input = [] } of nodes) for (const name of input) uses.set(name, (uses.get(name) ?? 0) + 1);
  const maker = new Map(nodes.map((node) => [node.output?.[0] ?? "", node]));
  const joined = new Set<NodeProto>();
  const result = nodes.map((node): NodeProto => {
    const [product, bias] = node.input ?? [];
    const gemm = maker.get(product);
    const fits =
      node.opType === "Add" && gemm?.opType === "Gemm" && floats.get(bias)?.shape.length === 1 && product !== last;
    if (!fits || uses.get(product) !== 1) return node;
    joined.add(gemm);
    return { ...gemm, input: [...(gemm.input ?? []), bias], output: node.output };
  });
  return result.filter((node) => !joined.has(node));
}
