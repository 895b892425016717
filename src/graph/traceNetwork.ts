/** Makes the graph of a network from one run of it. */
import { noGrad } from "../autograd/noGrad";
import type { Storage } from "../devices/storage";
import { isTensor } from "../arguments";
import { ShapeError } from "../errors";
import * as nn from "../nn";
import { inEvaluation, watchModules, type Module } from "../nn/module";
import { dryRun } from "../ops/define/dryRun";
import { traceOps, type TracedOp } from "../ops/define/trace";
import { sameShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { answerOf } from "./answerOf";
import { calledAs, kindOf, type GraphNode, type NetworkGraph } from "./networkGraph";

export interface TraceOptions {
  /** Whether kernels run. Without them outputs have shapes and no numbers; default true. */
  compute?: boolean;
  /** Whether the run is recorded for backward(); default false. */
  gradients?: boolean;
}

/**
 * The graph of `net` when it runs on `x` in evaluation mode. Any forward whose result depends on its input by ops alone
 * can be traced, with branches, shortcuts and layers that run twice. A layer of `nn` is one node whatever it consists
 * of; a module of the user's own is what runs in it.
 * @throws ShapeError if the output does not depend on the input; whatever the network throws
 */
export function traceNetwork(caller: string, net: Module, x: Tensor, options: TraceOptions = {}): NetworkGraph {
  const { compute = true, gradients = false } = options;
  const tracing = new Tracing(net, x);
  const run = (): Tensor =>
    watchModules(
      (...call) => tracing.module(...call),
      () => answerOf(caller, net, x),
    );
  const traced = (): Tensor => traceOps((op) => tracing.op(op), run);
  const dry = (): Tensor => (compute ? traced() : dryRun(() => {}, traced));
  const output = inEvaluation(() => (gradients ? dry() : noGrad(dry)));
  return tracing.graph(caller, output);
}

/** Containers hold layers and compute nothing themselves. */
const containers = new Set<unknown>([nn.Module, nn.Sequential, nn.ModuleList]);
const layerClasses = new Set<unknown>(Object.values(nn).filter((each) => !containers.has(each)));

/** Whether a module is a layer of `nn`, or of a class made from one. */
function isLayer(module: Module): boolean {
  let kind: unknown = module.constructor;
  while (typeof kind === "function" && !containers.has(kind)) {
    if (layerClasses.has(kind)) return true;
    kind = Object.getPrototypeOf(kind);
  }
  return false;
}

/** A node that is being made. */
interface Draft extends Omit<GraphNode, "id" | "inputs" | "scope"> {
  path: string | null;
  scope: string | null;
  /** The tensors it reads, which other nodes may have made. */
  operands: readonly Tensor[];
  /** Counts what has ended. */
  serial: number;
  /** The layer that it is a part of. */
  within: Draft | null;
}

class Tracing {
  private readonly paths = new Map<Module, string>();
  private readonly drafts: Draft[] = [];
  /** The ops and layers that gave a tensor, in order: a layer may hand on what it got. */
  private readonly makers = new Map<Tensor, Draft[]>();
  /** Tensors of the same numbers: detach() makes a second one. */
  private readonly byStorage = new Map<Storage, Tensor[]>();

  constructor(net: Module, input: Tensor) {
    for (const [path, module] of net.namedModules()) if (!this.paths.has(module)) this.paths.set(module, path);
    this.add({ kind: "input", module: null, path: "input", scope: "", ops: [], operands: [], output: input });
  }

  op(op: TracedOp): void {
    const { inputs, output } = op;
    this.add({ kind: calledAs(op), module: null, path: null, scope: null, ops: [op], operands: inputs, output });
  }

  /** A module has ended: what ran between its inputs and its output is the layer, or lies in its scope. */
  module(module: Module, inputs: readonly Tensor[], output: Tensor): void {
    // A block may give several tensors to the one around it; what ran in it is seen all the same.
    if (!isTensor(output)) return;
    const inside = this.between(inputs, output);
    const path = this.paths.get(module) ?? module.constructor.name;
    if (!isLayer(module)) {
      for (const draft of inside) draft.scope ??= path;
      return;
    }
    const ops = inside.flatMap((draft) => draft.ops);
    const layer = this.add({ kind: kindOf(ops), module, path, scope: null, ops, operands: inputs, output });
    for (const draft of inside) draft.within = layer;
  }

  graph(caller: string, output: Tensor): NetworkGraph {
    const nodes = this.drafts.filter(({ within }) => within === null);
    const last = this.makerOf(output, Infinity);
    if (!last || (last.kind === "input" && nodes.length > 1))
      throw new ShapeError(
        `${caller}: the network's output does not come from its input by ops. ` +
          `Return what forward() computes from the tensor that it gets.`,
      );
    const ids = new Map<Draft, string>();
    const times = new Map<string, number>();
    for (const draft of nodes) {
      const name = draft.path || draft.kind;
      const count = (times.get(name) ?? 0) + 1;
      times.set(name, count);
      ids.set(draft, count === 1 ? name : `${name}#${count}`);
    }
    const idOf = (draft: Draft): string => ids.get(draft) as string;
    return {
      nodes: nodes.map((draft) => {
        const { kind, module, scope, ops, operands, output, serial } = draft;
        const inputs = operands.flatMap((tensor) => this.makerOf(tensor, serial) ?? []).map(idOf);
        return { id: idOf(draft), kind, module, scope: scope ?? "", ops, inputs, output };
      }),
      output: idOf(last),
    };
  }

  private add(made: Omit<Draft, "serial" | "within">): Draft {
    const draft: Draft = { ...made, serial: this.drafts.length, within: null };
    const { output } = draft;
    this.drafts.push(draft);
    append(this.makers, output, draft);
    append(this.byStorage, output.storage, output);
    return draft;
  }

  /** The node that gave a tensor before `serial`; undefined for parameters and constants. */
  private makerOf(tensor: Tensor, serial: number): Draft | undefined {
    const twin = (): Tensor | undefined =>
      this.byStorage.get(tensor.storage)?.find(({ shape }) => sameShape(shape, tensor.shape));
    const made = this.makers.get(tensor) ?? this.makers.get(twin() ?? tensor) ?? [];
    let maker = made.filter((draft) => draft.serial < serial).at(-1);
    // What a layer computes on its way is the layer's, whoever reads it; its own parts are not read by it.
    while (maker?.within && maker.within.serial < serial) maker = maker.within;
    return maker;
  }

  /** What ran between these inputs and the output, in order. */
  private between(inputs: readonly Tensor[], output: Tensor): Draft[] {
    const found = new Set<Draft>();
    const visit = (tensor: Tensor, serial: number): void => {
      if (inputs.includes(tensor)) return;
      const maker = this.makerOf(tensor, serial);
      if (!maker || maker.kind === "input" || found.has(maker)) return;
      found.add(maker);
      for (const operand of maker.operands) visit(operand, maker.serial);
    };
    visit(output, Infinity);
    return [...found].sort((a, b) => a.serial - b.serial);
  }
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
