import { fromArray, io, nn, zeros } from "../../src";
import { hashed, SEED } from "../child/numbers";
import type { Spec } from "../child/protocol";
import { Cannot } from "../child/serve";
import { IMAGE } from "./forward";
import { filled, forwardNets } from "./nets";

/** Writes a case's network as ONNX, with the weights that all engines have. */
export async function exportNetwork(spec: Spec, path: string): Promise<void> {
  if (spec.kind === "forward") {
    await io.onnx.export(filled(forwardNets[spec.net]).eval(), zeros(IMAGE), path);
    return;
  }
  if (spec.kind !== "conv") throw new Cannot("only forward passes are exported");
  const { N, C, H, W, K, R, S, stride, padding, groups } = spec.shape;
  const layer = new nn.Conv2d(C, K, [R, S], { stride, padding, groups, bias: false });
  const fanIn = (C / groups) * R * S;
  const weight = fromArray(hashed(K * fanIn, SEED.filters, 1 / Math.sqrt(fanIn)), layer.weight.shape);
  layer.loadStateDict({ weight });
  await io.onnx.export(layer, zeros([N, C, H, W]), path);
}
