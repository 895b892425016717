import { allocate, type DType } from "../devices/device";
import type { Module } from "../nn/module";
import { columns } from "../text/columns";
import { htmlTable } from "../text/html";
import { DISPLAY, type Displayable, type MimeBundle } from "../protocol";
import { showShape, sizeOf, type Shape } from "../tensor/shape";
import { multiplyAdds, parametersOf } from "./cost";
import type { Field } from "./field";
import { showJump, showSides } from "./receptiveField";
import { trace } from "./trace";

/** One layer that ran. */
export interface LayerSummary {
  /** Path: "features.0". */
  layer: string;
  /** "Conv2d". */
  kind: string;
  outputShape: Shape;
  /** How many numbers it learns; 0 if an earlier run of the same layer was counted. */
  parameters: number;
  /** "5*5*3*10+10 = 760"; "" without parameters. */
  formula: string;
  multiplyAdds: number;
  /** Memory of its output, in bytes. */
  activationBytes: number;
  /** What one number of the output sees of the input; undefined if the input is no image. */
  field: Field | undefined;
}

/** A network's layers and what they cost. Prints as aligned text, and as a table in a notebook. */
export class Summary implements Displayable {
  /** @internal Use summary(net, shape). */
  constructor(
    readonly inputShape: Shape,
    readonly layers: readonly LayerSummary[],
    readonly parameters: number,
    readonly trainedParameters: number,
    /** Memory of all parameters, in bytes. */
    readonly parameterBytes: number,
  ) {}

  get multiplyAdds(): number {
    return this.layers.reduce((sum, layer) => sum + layer.multiplyAdds, 0);
  }
  /** Memory of all layers' outputs, in bytes: what training keeps for the backward pass. */
  get activationBytes(): number {
    return this.layers.reduce((sum, layer) => sum + layer.activationBytes, 0);
  }

  toString(): string {
    return [...columns([HEAD, ...this.rows()], NUMBERS), "", ...this.totals()].join("\n");
  }
  /** @internal */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
  /** A table that needs no script and no style from outside, and text. */
  [DISPLAY](): MimeBundle {
    return { "text/html": this.html(), "text/plain": this.toString() };
  }

  private rows(): string[][] {
    return [
      ["input", "", showShape(this.inputShape), "", "", "", "", ""],
      ...this.layers.map((row) => [
        row.layer || "(itself)",
        row.kind,
        showShape(row.outputShape),
        row.formula && row.parameters === 0 ? "(shared)" : row.formula,
        row.multiplyAdds ? grouped(row.multiplyAdds) : "",
        memory(row.activationBytes),
        row.field ? showSides(row.field.size) : "",
        row.field ? showJump(row.field.jump) : "",
      ]),
    ];
  }
  /** @internal What stands below the rows. */
  totals(): string[] {
    const frozen = this.parameters - this.trainedParameters;
    const idle = this.parameters - this.layers.reduce((sum, { parameters }) => sum + parameters, 0);
    return [
      `parameters: ${grouped(this.parameters)} (${memory(this.parameterBytes)})` +
        (frozen > 0 ? `, of which ${grouped(frozen)} are not trained` : "") +
        (idle > 0 ? `, of which ${grouped(idle)} are in layers that do not run in evaluation` : ""),
      `multiply-adds: ${grouped(this.multiplyAdds)}`,
      `activations: ${memory(this.activationBytes)} for a batch of ${this.inputShape[0]}`,
    ];
  }
  /** @internal For programs that draw no views. */
  html(): string {
    return htmlTable({ head: HEAD, rows: this.rows(), right: NUMBERS, foot: this.totals() });
  }
}

const HEAD = ["layer", "kind", "output shape", "parameters", "multiply-adds", "memory", "field", "jump"];
/** Columns that stand at the right. */
const NUMBERS: ReadonlySet<number> = new Set([3, 4, 5, 6, 7]);

/**
 * The layers of a network in the order in which they run on an input of that shape: output shapes, parameters with the
 * formula filled in, multiply-adds (torchinfo's count), memory of the outputs, receptive field and jump; and totals.
 * The network runs without computing, in evaluation mode, and is in its mode from before afterwards.
 * @param inputShape [N,C,H,W], or whatever the network takes
 * @throws ShapeError if the network does not take the shape; the message shows the layers up to the one that failed
 * @see torchinfo.summary
 * @example
 * console.log(String(summary(net, [4, 3, 32, 32])));
 * summary(net, [4, 3, 32, 32]).parameters; // 62006
 */
export function summary(net: Module, inputShape: Shape): Summary {
  const runs = trace("summary", net, inputShape);
  const counted = new Set<Module>();
  const layers = runs.map(({ path, module, output, field }): LayerSummary => {
    const { count, formula } = parametersOf(module);
    const again = counted.has(module);
    counted.add(module);
    return {
      layer: path,
      kind: module.constructor.name,
      outputShape: output.shape,
      parameters: again ? 0 : count,
      formula,
      multiplyAdds: multiplyAdds(module, output.shape),
      activationBytes: sizeOf(output.shape) * bytesPerElement(output.dtype),
      field,
    };
  });
  const all = [...new Set(net.parameters())];
  const sum = (tensors: typeof all): number => tensors.reduce((n, t) => n + t.numel(), 0);
  const bytes = all.reduce((n, t) => n + t.numel() * bytesPerElement(t.dtype), 0);
  return new Summary(inputShape, layers, sum(all), sum(all.filter((p) => p.requiresGrad)), bytes);
}

const bytesPerElement = (dtype: DType): number => allocate(dtype, 1).byteLength;
const grouped = (count: number): string => count.toLocaleString("en-US");

/** "18.4 kB": thousands, not 1,024s, as torchinfo prints. */
function memory(bytes: number): string {
  const units = ["kB", "MB", "GB"];
  if (bytes < 1000) return `${bytes} B`;
  let [size, unit] = [bytes / 1000, 0];
  for (; size >= 1000 && unit < units.length - 1; unit++) size /= 1000;
  return `${size.toFixed(1)} ${units[unit]}`;
}
