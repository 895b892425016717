/** What tensors, networks, optimizers, data sets and curves say of themselves to the list of variables. */
import { Dataset } from "../../data/dataset";
import { Module } from "../../nn/module";
import { Optimizer } from "../../optim/optimizer";
import { INSPECTION, type Inspection } from "../../protocol";
import { Tensor } from "../../tensor/tensor";
import { History } from "../../train/history";
import { Curve } from "../show/curve";
import { TrainingRun } from "../training/run";
import { answerTo } from "./answers";
import { inspected } from "./registry";

export function attachInspections(): void {
  inspected.answerWith(answerTo);
  define(Tensor, "tensor");
  define(Module, kindOf);
  define(Optimizer, "optimizer");
  define(Dataset, "dataset");
  define(Curve, "chart");
  define(History, "chart");
  define(TrainingRun, "chart");
}

/** A loss or an activation is a function, and no network that one would look into. */
const kindOf = (module: Module): string =>
  module.namedChildren().length === 0 && module.parameters().length === 0 ? "function" : "module";

/** @param kind of an object, or what says it */
function define<T extends object>(
  type: abstract new (...args: never[]) => T,
  kind: string | ((object: T) => string),
): void {
  Object.defineProperty(type.prototype, INSPECTION, {
    configurable: true,
    value(this: T): Inspection | undefined {
      // The prototype itself is a value too, if a cell keeps it.
      const id = this === type.prototype ? undefined : inspected.idOf(this);
      return id === undefined ? undefined : { kind: typeof kind === "string" ? kind : kind(this), id };
    },
  });
}
