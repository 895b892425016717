import { cosineSimilarity, cosineSimilarityOptions, type CosineSimilarityOptions } from "../../ops";
import { checkOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";
import { listOptions } from "./shared";

/**
 * The cosine of the angle between vectors of two inputs. Shapes: both [N,D] -> [N].
 * @param options dim: default 1; eps: default 1e-8
 * @see torch.nn.CosineSimilarity
 */
export class CosineSimilarity extends Module {
  constructor(readonly options: CosineSimilarityOptions = {}) {
    super();
    checkOptions("CosineSimilarity", options, cosineSimilarityOptions, arguments, 0);
  }
  forward(x1: Tensor, x2: Tensor): Tensor {
    return cosineSimilarity(x1, x2, this.options);
  }
  override extraRepr(): string {
    return listOptions(this.options);
  }
}
