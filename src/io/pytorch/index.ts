/** Networks as Python. */
import { checkTensor } from "../../arguments";
import { DataError } from "../../errors";
import * as nn from "../../nn";
import { everyPath, inEvaluation, modulesIn } from "../../nn/module";
import type { Tensor } from "../../tensor/tensor";
import { makeFolder, pathIn, writeAtomic } from "../files";
import { checkOrder } from "../order";
import { saveSafetensors } from "../safetensors/save";
import { forwardProgram } from "./forward";
import { attribute, construct, isLayer } from "./python";

/**
 * Writes `net.py`, a class Net with the same layers for PyTorch, and `net.safetensors`, its weights under the same keys,
 * into a folder, which is made if it is not there. In Python: `from net import load; net = load()`.
 * A Sequential of the package's layers is written as it stands. Any other network runs once on `sampleInput` in
 * evaluation mode, and what runs becomes `forward`: branches that the sample does not take are not in it.
 * @param sampleInput a tensor of the shape that the network takes; needed unless it is a Sequential of layers
 * @throws DataError if there is no sample where one is needed, or if something has no words in PyTorch: all is named
 * @see torch.nn.Module.load_state_dict
 */
export async function toPyTorch(net: nn.Module, folder: string, sampleInput?: Tensor): Promise<void> {
  checkOrder("toPyTorch", "io.toPyTorch(net, folder)", [net, folder], ["network", "path"]);
  if (sampleInput !== undefined) checkTensor("toPyTorch", "sampleInput", sampleInput);
  const program = [
    `"""A network written by Receptive."""`,
    "",
    "import pathlib",
    "",
    "import torch",
    "import torch.nn.functional as F",
    "from safetensors.torch import load_file",
    "from torch import nn",
    "",
    "",
    ...(isPlain(net) ? asSequential(net) : asModule(net, sampleInput)),
    "",
    "",
    `def load(path=pathlib.Path(__file__).with_name("net.safetensors")):`,
    `    """The network with its weights, in evaluation mode."""`,
    "    net = Net()",
    "    net.load_state_dict(load_file(path))",
    "    return net.eval()",
    "",
  ];
  makeFolder("toPyTorch", folder);
  writeAtomic("toPyTorch", pathIn(folder, "net.py"), [new TextEncoder().encode(program.join("\n"))]);
  await saveSafetensors(pathIn(folder, "net.safetensors"), net);
}

/** A Sequential of the package's layers, nested to any depth. */
function isPlain(net: nn.Module): net is nn.Sequential {
  // A subclass of Sequential may have a forward of its own.
  if (!(net instanceof nn.Sequential) || net.constructor !== nn.Sequential) return false;
  return modulesIn(net).every(([, child]) => isPlain(child) || isLayer(child));
}

function asSequential(net: nn.Sequential): string[] {
  // A layer that stands there twice is one object in Python, too.
  const shared = new Map(repeated(net).map((module, i) => [module, `shared_${i + 1}`]));
  const write = (module: nn.Module, space: string, end: string, names = shared): string[] => {
    const name = names.get(module);
    if (name !== undefined) return [`${space}${name}${end}`];
    if (!isPlain(module)) return [`${space}${construct(module)}${end}`];
    const inner = modulesIn(module).flatMap(([, child]) => write(child, `${space}    `, ",", names));
    return [`${space}nn.Sequential(`, ...inner, `${space})${end}`];
  };
  const indent = " ".repeat(8);
  const before = new Map<nn.Module, string>();
  const assignments = [...shared].flatMap(([module, name]) => {
    const [first, ...others] = write(module, indent, "", before);
    before.set(module, name);
    return [`${indent}${name} = ${first.trimStart()}`, ...others];
  });
  return [
    "class Net(nn.Sequential):",
    "    def __init__(self):",
    ...assignments,
    `${indent}super().__init__(`,
    ...modulesIn(net).flatMap(([, child]) => write(child, `${indent}    `, ",")),
    `${indent})`,
  ];
}

/** Modules that a network uses more than once, inner ones before those around them. */
function repeated(net: nn.Module): nn.Module[] {
  const modules = everyPath(net, "").map(([, module]) => module);
  const twice = new Set(modules.filter((module, i) => modules.indexOf(module) !== i));
  const sizeOf = (module: nn.Module): number => module.namedModules().length;
  return [...twice].sort((a, b) => sizeOf(a) - sizeOf(b));
}

function asModule(net: nn.Module, sampleInput: Tensor | undefined): string[] {
  if (!sampleInput)
    throw new DataError(
      `toPyTorch: ${net.constructor.name} has a forward of its own, which is written down while it runs. ` +
        `Give a sample: toPyTorch(net, folder, zeros([1, 3, 32, 32])).`,
    );
  const { lines, lacking } = inEvaluation(() => forwardProgram(net, sampleInput));
  if (lacking.length > 0)
    throw new DataError(
      `toPyTorch: ${lacking.join(", ")} cannot be written as Python. Use layers of the package there, or io.onnx.export.`,
    );
  const indent = (line: string): string => `        ${line}`;
  return [
    "class Net(nn.Module):",
    "    def __init__(self):",
    "        super().__init__()",
    ...registrations(net).map(indent),
    "",
    "    def forward(self, x):",
    ...lines.map(indent),
  ];
}

/** The tree of modules, and the tensors that modules of one's own hold themselves. */
function registrations(net: nn.Module): string[] {
  const lines: string[] = [];
  const inLayers = new Set<string>();
  const first = new Map<nn.Module, string>();
  for (const [path, module] of everyPath(net, "")) {
    const [parent, name] = split(path);
    if ([...inLayers].some((layer) => path.startsWith(`${layer}.`))) continue;
    const known = first.get(module);
    if (known !== undefined) {
      inLayers.add(path);
      lines.push(`${owner(parent)}.add_module("${name}", ${attribute(known)})`);
      continue;
    }
    first.set(module, path);
    if (isLayer(module)) inLayers.add(path);
    if (path)
      lines.push(`${owner(parent)}.add_module("${name}", ${isLayer(module) ? construct(module) : "nn.Module()"})`);
  }
  const free = (path: string): boolean => !inLayers.has(split(path)[0]);
  const blank = ({ shape }: Tensor): string => `torch.zeros(${shape.length ? shape.join(", ") : "()"})`;
  for (const [path, tensor] of net.namedParameters().filter(([path]) => free(path)))
    lines.push(`${owner(split(path)[0])}.register_parameter("${split(path)[1]}", nn.Parameter(${blank(tensor)}))`);
  for (const [path, tensor] of net.namedBuffers().filter(([path]) => free(path)))
    lines.push(`${owner(split(path)[0])}.register_buffer("${split(path)[1]}", ${blank(tensor)})`);
  return lines;
}

const owner = (path: string): string => (path ? attribute(path) : "self");

function split(path: string): [parent: string, name: string] {
  const dot = path.lastIndexOf(".");
  return [path.slice(0, Math.max(0, dot)), path.slice(dot + 1)];
}
