/** Networks as Python. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DataError } from "../errors";
import * as nn from "../nn";
import { writeAtomic } from "./files";
import { saveSafetensors } from "./safetensors/save";

const layers = nn as unknown as Record<string, unknown>;
/** Arguments that a layer's own listing leaves out. */
const argumentsOf = (module: nn.Module): string =>
  module instanceof nn.Flatten ? `${module.startDim}, ${module.endDim}` : module.extraRepr();

/**
 * Writes `net.py`, a class Net with the same layers for PyTorch, and `net.safetensors`, its weights, into a folder,
 * which is made if it is not there. In Python: `from net import load; net = load()`.
 * @param net a Sequential of layers of this package, nested to any depth
 * @throws DataError if it has modules of your own, whose code cannot be written as Python: all are named
 * @see torch.nn.Module.load_state_dict
 */
export async function toPyTorch(net: nn.Sequential, folder: string): Promise<void> {
  const own = net
    .namedModules()
    .filter(([, module]) => layers[module.constructor.name] !== module.constructor)
    .map(([path, module]) => `${path || "net"} (${module.constructor.name})`);
  if (own.length || !(net instanceof nn.Sequential))
    throw new DataError(
      `toPyTorch: ${own.join(", ") || `net (${(net as nn.Module).constructor.name})`} cannot be written as Python ` +
        `(expected a Sequential of the package's layers). Use onnx.export for networks with a forward of their own.`,
    );
  const program = [
    `"""A network written by Receptive."""`,
    "",
    "import pathlib",
    "",
    "from safetensors.torch import load_file",
    "from torch import nn",
    "",
    "",
    "class Net(nn.Sequential):",
    "    def __init__(self):",
    "        super().__init__(",
    ...net.children().map((child) => `${write(child, 12)},`),
    "        )",
    "",
    "",
    `def load(path=pathlib.Path(__file__).with_name("net.safetensors")):`,
    `    """The network with its weights, in evaluation mode."""`,
    "    net = Net()",
    "    net.load_state_dict(load_file(path))",
    "    return net.eval()",
    "",
  ];
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new DataError(
      `toPyTorch: ${folder} cannot be made, ${(error as Error).message}. Choose another folder.`,
    );
  }
  writeAtomic("toPyTorch", join(folder, "net.py"), [new TextEncoder().encode(program.join("\n"))]);
  await saveSafetensors(join(folder, "net.safetensors"), net);
}

function write(module: nn.Module, indent: number): string {
  const space = " ".repeat(indent);
  const kind = module.constructor.name;
  if (module instanceof nn.Sequential) {
    const inner = module.children().map((child) => `${write(child, indent + 4)},\n`);
    return `${space}nn.Sequential(\n${inner.join("")}${space})`;
  }
  return `${space}nn.${kind}(${toPython(argumentsOf(module))})`;
}

/** kernelSize=[3,3], bias=false -> kernel_size=(3,3), bias=False: layers list their arguments in PyTorch's order and words. */
const toPython = (listing: string): string =>
  listing
    .replace(/([a-z])([A-Z])(?=\w*=)/g, (_, a: string, b: string) => `${a}_${b.toLowerCase()}`)
    .replace(/\[/g, "(")
    .replace(/\]/g, ")")
    .replace(/\btrue\b/g, "True")
    .replace(/\bfalse\b/g, "False")
    .replace(/\bnull\b/g, "None");
