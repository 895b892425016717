/** Histograms in words. */
import { drawnNumber, formatNumber, typeset } from "../kit/numbers";
import type { HistogramCell, HistogramsMark } from "./payload";

/** Where a reader is: a bin of a cell. */
export interface Bin {
  row: number;
  column: number;
  bin: number;
}

export const cellAt = (mark: HistogramsMark, step: number, { row, column }: Omit<Bin, "bin">): HistogramCell | null =>
  mark.steps[step].cells[row * mark.columns.length + column];

/** How many finite numbers a cell counts. */
export const sumOf = ({ counts }: HistogramCell): number => counts.reduce((sum, count) => sum + count, 0);

/** "conv1, weights: 12 of 450 from −0.1 to −0.05". */
export function describeBin(mark: HistogramsMark, step: number, at: Bin): string {
  const where = `${mark.rows[at.row]}, ${mark.columns[at.column]}`;
  const cell = cellAt(mark, step, at);
  if (!cell) return `${where}: none`;
  const [min, max] = cell.range;
  const edge = (place: number): number => min + ((max - min) * place) / cell.counts.length;
  const [count, all] = [cell.counts[at.bin], sumOf(cell)].map((number) => typeset(String(number)));
  return `${where}: ${count} of ${all} from ${drawnNumber(edge(at.bin))} to ${drawnNumber(edge(at.bin + 1))}`;
}

/** "mean 0.012, std 0.21". */
export function statisticsWords({ mean, std }: HistogramCell): string {
  return mean === null ? "no finite number" : `mean ${drawnNumber(mean)}, std ${drawnNumber(std)}`;
}

/** "3 NaN or infinite"; empty if there are none. */
export const unusualWords = ({ unusual }: HistogramCell): string =>
  unusual > 0 ? `${typeset(String(unusual))} NaN or infinite` : "";

/** What a screen reader says on reaching the histograms. */
export const accessibleName = (title: string, { rows, columns, steps }: HistogramsMark): string =>
  `${title}: ${columns.join(", ")} of ${rows.length} layer${rows.length === 1 ? "" : "s"}` +
  `${steps.length > 1 ? `, ${steps.length} steps` : ""}. Arrow keys move from bin to bin and from layer to layer` +
  `${columns.length > 1 ? ", Page Up and Page Down from column to column" : ""}.`;

/** The newest histograms as lines of plain text. */
export function histogramsText(mark: HistogramsMark): string[] {
  const last = mark.steps.length - 1;
  const lines = mark.rows.flatMap((name, row) =>
    mark.columns.map((what, column) => {
      const cell = cellAt(mark, last, { row, column });
      if (!cell) return "";
      const { mean, std, range, zeros } = cell;
      const finite =
        mean === null
          ? "no finite number"
          : `mean ${formatNumber(mean)}, std ${formatNumber(std)}, from ${formatNumber(range[0])} to ${formatNumber(range[1])}`;
      const notes = [zeros > 0 ? `${zeros} zero` : "", cell.unusual > 0 ? `${cell.unusual} NaN or infinite` : ""];
      return [`${name} ${what}: ${sumOf(cell) + cell.unusual} numbers, ${finite}`, ...notes].filter(Boolean).join(", ");
    }),
  );
  const said = mark.steps.length > 1 ? `${mark.steps.length} steps, the last one ${mark.steps[last].name}` : "";
  return [mark.title ?? "", mark.subtitle ?? "", said, ...lines].filter(Boolean);
}
