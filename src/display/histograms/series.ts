/** Histograms of a network over a run: each call of a running cell adds a step. */
import type { HistogramCell, HistogramsMark, HistogramsStep, View } from "../../marks";
import type { Module } from "../../nn/module";
import { notebook } from "../../notebook";
import { DISPLAY, type Displayable, type MimeBundle } from "../../protocol";
import { LiveOutput } from "../live";
import { viewBundle } from "../picture";

/** Bins of all steps together that a view carries; of more steps every second one is forgotten. */
const MOST_BINS = 100_000;
const MOST_STEPS = 60;

/** What must be the same for a call to add a step. */
export interface Kind {
  fields: Pick<View, "version" | "title" | "size">;
  columns: string[];
  rows: string[];
  bins: number;
  /** What a reader must know besides. */
  note: string;
}

type Step = Omit<HistogramsStep, "cells"> & { cells: readonly (HistogramCell | null | Promise<HistogramCell>)[] };

export class HistogramSeries implements Displayable {
  private steps: HistogramsStep[] = [];
  /** How many calls there were, and of how many one is kept. */
  private calls = 0;
  private stride = 1;
  private shown = 0;
  private readonly output = new LiveOutput("histograms", () => viewBundle(this.view()));
  /** The steps whose numbers are still on their way from a device. */
  private reading: Promise<void> = Promise.resolve();

  constructor(private readonly kind: Kind) {}

  fits(kind: Kind): boolean {
    return JSON.stringify(this.kind) === JSON.stringify(kind);
  }

  /** Adds a step; from the second one on, the output changes below the running cell. */
  add({ name, cells }: Step): void {
    const named = name || `call ${this.calls + 1}`;
    if (this.calls++ % this.stride !== 0) return;
    if (cells.some((cell) => cell instanceof Promise)) {
      this.reading = Promise.all([Promise.all(cells), this.reading]).then(([all]) =>
        this.keep({ name: named, cells: all }),
      );
      // Whoever displays the series is told.
      this.reading.catch(() => undefined);
    } else this.keep({ name: named, cells: cells as HistogramsStep["cells"] });
  }

  async [DISPLAY](): Promise<MimeBundle> {
    await this.reading;
    return viewBundle(this.view());
  }

  private keep(step: HistogramsStep): void {
    const { rows, columns, bins } = this.kind;
    const most = Math.max(4, Math.min(MOST_STEPS, Math.floor(MOST_BINS / (rows.length * columns.length * bins))));
    if (this.steps.length === most) {
      this.steps = this.steps.filter((_, i) => i % 2 === 0);
      this.stride *= 2;
    }
    this.steps.push(step);
    if (++this.shown > 1) this.output.changed();
  }

  private view(): View {
    const { fields, columns, rows, note } = this.kind;
    const mark: HistogramsMark = {
      ...{ mark: "histograms", columns, rows },
      steps: this.steps.length === 1 ? [{ ...this.steps[0], name: "" }] : this.steps,
    };
    const kept = this.stride > 1 ? `every ${this.stride} calls` : "";
    const subtitle = [note, kept].filter(Boolean).join(" · ");
    return { ...fields, ...(subtitle ? { subtitle } : {}), marks: [mark] };
  }
}

/** The series of each network in the cell that runs. */
const running = new WeakMap<Module, { cell: object; series: HistogramSeries }>();

/** The series to which a call belongs: that of the running cell, if it has one of the same kind, else a new one. */
export function seriesOf(net: Module, kind: Kind): HistogramSeries {
  const cell = notebook()?.cell;
  const before = running.get(net);
  if (cell && before?.cell === cell && before.series.fits(kind)) return before.series;
  const series = new HistogramSeries(kind);
  if (cell) running.set(net, { cell, series });
  return series;
}
