import { checkModule, wrongKind } from "../../arguments";
import { Module, modulesIn } from "../module";

/**
 * A list of modules whose parameters belong to the network, named "0", "1", ...; what is done with them is up to
 * `forward` of the module that holds the list.
 * @see torch.nn.ModuleList
 * @example
 * class Tower extends nn.Module {
 *   layers = new nn.ModuleList([new nn.Linear(2, 8), new nn.Linear(8, 8)]);
 *   forward(x: Tensor) {
 *     for (const layer of this.layers) x = F.relu(layer(x));
 *     return x;
 *   }
 * }
 * new Tower()(zeros([4, 2])); // [4,8]
 */
export class ModuleList<M extends Module = Module> extends Module {
  [index: number]: M;

  constructor(modules: Iterable<M> = []) {
    super();
    this.extend(modules);
  }

  /** How many modules there are. */
  override get length(): number {
    return modulesIn(this).length;
  }
  /** Adds a module at the end; returns the list. */
  append(module: M): this {
    checkModule("ModuleList", "a module of the list", module);
    this[this.length] = module;
    return this;
  }
  /** Adds modules at the end; returns the list. */
  extend(modules: Iterable<M>): this {
    if (
      typeof (modules as Partial<Iterable<M>> | null | undefined)?.[Symbol.iterator] !== "function" ||
      typeof modules === "string"
    )
      throw wrongKind(
        "ModuleList",
        "modules",
        "an array of modules",
        modules,
        "Write new nn.ModuleList([layer1, layer2]).",
      );
    for (const module of modules) this.append(module);
    return this;
  }
  *[Symbol.iterator](): Generator<M, void, undefined> {
    for (const [, module] of modulesIn(this)) yield module as M;
  }

  /** @throws TypeError always: a list does not say in which order its modules compute */
  forward(): never {
    throw new TypeError(
      `ModuleList: a list cannot be called (${this.length} modules). Call its modules in forward, or use Sequential.`,
    );
  }
}
