/** A network's forward pass as lines of Python, written down while it runs once. */
import { noGrad } from "../../autograd/noGrad";
import { dtypeOf, type TypedArray } from "../../devices/device";
import { watchModules, type Module } from "../../nn/module";
import { traceOps, type TracedOp } from "../../ops/define/trace";
import { numbersAtHand, type Tensor } from "../../tensor/tensor";
import { expressions } from "./expressions";
import { attribute, isLayer } from "./python";

/** A layer that ran, or an op outside of all layers. */
type Step = TracedOp | { layer: Module; inputs: readonly Tensor[]; output: Tensor };

/** The steps of one forward pass in order: a layer stands for the ops in it. */
function follow(net: Module, input: Tensor): { steps: Step[]; output: Tensor } {
  const steps: Step[] = [];
  const leave = (layer: Module, inputs: readonly Tensor[], output: Tensor): void => {
    if (!isLayer(layer) || inputs.includes(output)) return; // a layer that hands its input on does nothing
    // The layer's ops are the last steps, back to its inputs.
    const inside = new Set<Tensor>([output]);
    for (let last = steps.at(-1); last && inside.has(last.output); last = steps.at(-1)) {
      steps.pop();
      for (const each of last.inputs) if (!inputs.includes(each)) inside.add(each);
    }
    steps.push({ layer, inputs, output });
  };
  const output = watchModules(leave, () =>
    traceOps(
      (op) => steps.push(op),
      () => noGrad(() => net(input)),
    ),
  );
  return { steps, output };
}

export interface ForwardProgram {
  lines: string[];
  /** What has no words in Python, each once. */
  lacking: string[];
}

/** The body of `forward(self, x)`. The network is in evaluation mode. */
export function forwardProgram(net: Module, input: Tensor): ForwardProgram {
  const owned = new Map([...net.namedParameters(), ...net.namedBuffers()].map(([path, t]) => [t.storage, path]));
  const paths = new Map(net.namedModules().map(([path, module]) => [module, path]));
  const names = new Map<Tensor, string>([[input, "x"]]);
  const lacking = new Set<string>();
  const { steps, output } = follow(net, input);

  const nameOf = (tensor: Tensor): string => {
    const known = names.get(tensor) ?? twin(names, tensor);
    if (known) return known;
    const path = owned.get(tensor.storage);
    if (path !== undefined) return attribute(path);
    const numbers = tensor.numel() === 1 ? numbersAtHand(tensor) : null;
    if (numbers) return constant(numbers);
    lacking.add(`a constant of shape [${tensor.shape.join(",")}]`);
    return "None";
  };
  const lines = steps.map((step, i) => {
    const inputs = step.inputs.map(nameOf);
    const name = `x${i + 1}`;
    names.set(step.output, name);
    if ("layer" in step) return `${name} = ${attribute(paths.get(step.layer) ?? "")}(${inputs.join(", ")})`;
    const write = Object.hasOwn(expressions, step.name) ? expressions[step.name] : null;
    if (!write) lacking.add(step.name);
    return `${name} = ${write ? write(inputs, step) : "None"}`;
  });
  return { lines: [...lines, `return ${nameOf(output)}`], lacking: [...lacking] };
}

/** The name of a tensor that shows the same numbers in the same shape: what detach() gives. */
function twin(names: Map<Tensor, string>, tensor: Tensor): string | undefined {
  for (const [other, name] of names)
    if (other.storage === tensor.storage && String(other.shape) === String(tensor.shape)) return name;
  return undefined;
}

/** Torch's functions want tensors where two operands meet; a scalar tensor broadcasts like a number. */
const constant = (memory: TypedArray): string =>
  `torch.tensor(${memory[0]}${dtypeOf(memory) === "int32" ? "" : ", dtype=torch.float32"})`;
