/** A network and its summary as tables. */
import type { TableMark, View } from "../marks";
import type { Module } from "../nn/module";
import type { Parameter } from "../nn/parameter";
import type { Summary } from "../summary";
import { showJump, showSides } from "../summary/receptiveField";
import { showShape } from "../tensor/shape";
import { columnsOf } from "./cells";

/** Layers that the value of a cell lists. */
const MOST_LAYERS = 300;

const counted = (count: number): string => count.toLocaleString("en-US");

/**
 * The layers of a network without running it: path, kind, settings, shapes of the weights, parameters, and how many are trained.
 * A layer that stands in the network twice counts once.
 */
export function layersView(net: Module, notes: readonly string[]): View {
  const own = (module: Module): [string, Parameter][] =>
    module.namedParameters().filter(([name]) => !name.includes("."));
  const layers = net.namedModules().filter(([, module]) => module.children().length === 0 || own(module).length > 0);
  const rows = layers.slice(0, MOST_LAYERS).map(([path, module]) => {
    const weights = own(module);
    const count = (of: typeof weights): number => of.reduce((sum, [, each]) => sum + each.numel(), 0);
    return [
      path || "(itself)",
      module.constructor.name,
      module.extraRepr(),
      weights.map(([name, { shape }]) => `${name} ${showShape(shape)}`).join(", "),
      weights.length > 0 ? count(weights) : "",
      weights.length > 0 ? count(weights.filter(([, { requiresGrad }]) => requiresGrad)) : "",
    ];
  });
  const all = net.parameters();
  const sum = (of: typeof all): number => of.reduce((total, each) => total + each.numel(), 0);
  const frozen = sum(all.filter(({ requiresGrad }) => !requiresGrad));
  const names = ["layer", "kind", "settings", "weights", "parameters", "trained"];
  const mark: TableMark = {
    mark: "table",
    columns: columnsOf(names, rows).map((column, i) => ({ ...column, numeric: i > 3 })),
    rows,
    digits: 3,
    left: layers.length - rows.length,
    ...(notes.length > 0 ? { notes: [...notes] } : {}),
  };
  const subtitle = `${counted(sum(all))} parameters, ${frozen ? `${counted(frozen)} of them not trained` : "all of them trained"}`;
  return {
    version: 2,
    title: net.constructor.name,
    subtitle: all.length > 0 ? subtitle : "no parameters",
    marks: [mark],
  };
}

/** The same numbers as the summary's text. */
export function summaryView(summary: Summary): View {
  const rows = summary.layers.map((row) => [
    row.layer || "(itself)",
    row.kind,
    showShape(row.outputShape),
    row.formula ? (row.parameters === 0 ? "shared" : row.parameters) : "",
    row.formula.includes("=") ? row.formula.split(" = ")[0] : "",
    row.multiplyAdds || "",
    row.activationBytes,
    row.field ? showSides(row.field.size) : "",
    row.field ? showJump(row.field.jump) : "",
  ]);
  const names = ["layer", "kind", "output shape", "parameters", "as", "multiply-adds", "bytes", "field", "jump"];
  const mark: TableMark = {
    mark: "table",
    columns: names.map((name, i) => ({ name, numeric: i > 2 && i !== 4 })),
    rows,
    digits: 3,
    left: 0,
    notes: summary.totals(),
  };
  return { version: 2, title: "Summary", subtitle: `input ${showShape(summary.inputShape)}`, marks: [mark] };
}
