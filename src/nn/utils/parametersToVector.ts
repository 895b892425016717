import { checkTensor } from "../../arguments";
import { noGrad } from "../../autograd/noGrad";
import { ShapeError } from "../../errors";
import { cat } from "../../ops";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { listOf, type Parameters } from "./gradients";

/**
 * All parameters one after another, as one vector, which gradients flow through. Shape: [number of all elements].
 * @see torch.nn.utils.parameters_to_vector
 * @example nn.utils.parametersToVector(net.parameters()).pow(2).sum(); // a penalty on all weights
 */
export const parametersToVector = (parameters: Parameters): Tensor =>
  cat(listOf("parametersToVector", parameters).map((parameter) => parameter.reshape(-1)));

/**
 * Gives the parameters the numbers of one vector, in place, in the order of `parametersToVector`.
 * @throws ShapeError if the vector has more or fewer numbers
 * @see torch.nn.utils.vector_to_parameters
 * @example
 * const before = nn.utils.parametersToVector(net.parameters()).detach();
 * nn.utils.vectorToParameters(before, net.parameters());
 */
export function vectorToParameters(vector: Tensor, parameters: Parameters): void {
  checkTensor("vectorToParameters", "vector", vector);
  const list = listOf("vectorToParameters", parameters);
  const count = list.reduce((sum, parameter) => sum + parameter.numel(), 0);
  if (vector.shape.length !== 1 || vector.shape[0] !== count)
    throw new ShapeError(
      `vectorToParameters: the parameters have ${count} numbers, the vector has shape ${showShape(vector.shape)}. ` +
        `Make it with parametersToVector.`,
    );
  noGrad(() => {
    let at = 0;
    for (const parameter of list) {
      const part = vector
        .detach()
        .slice(0, at, (at += parameter.numel()))
        .to(parameter.device);
      parameter.storage.replace(part.storage.memory);
    }
  });
}
