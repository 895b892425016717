/** What tensors, networks, optimizers and data sets say of themselves to the list of variables. */
import { Dataset } from "../../data/dataset";
import { Module } from "../../nn/module";
import { Optimizer } from "../../optim/optimizer";
import { INSPECTION, type Inspection } from "../../protocol";
import { Tensor } from "../../tensor/tensor";
import { inspected } from "./registry";

export function attachInspections(): void {
  define(Tensor, "tensor");
  define(Module, "module");
  define(Optimizer, "optimizer");
  define(Dataset, "dataset");
}

function define(type: abstract new (...args: never[]) => object, kind: string): void {
  Object.defineProperty(type.prototype, INSPECTION, {
    configurable: true,
    value(this: object): Inspection | undefined {
      // The prototype itself is a value too, if a cell keeps it.
      const id = this === type.prototype ? undefined : inspected.idOf(this);
      return id === undefined ? undefined : { kind, id };
    },
  });
}
