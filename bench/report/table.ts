import type { Row, Unit } from "./rows";

/** A number with three digits that count. */
export function digits(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString("en");
  return value.toPrecision(3);
}

export const ratioText = (ratio: number): string =>
  `${ratio >= 10 ? Math.round(ratio) : ratio >= 1.2 ? ratio.toFixed(1) : ratio >= 0.8 ? ratio.toFixed(2) : ratio.toPrecision(2)}x`;

const amount = (value: number | null, unit: Unit): string => (value === null ? "-" : `${digits(value)} ${unit}`);

/** What a row says beside its numbers. */
export const remark = ({ share, note }: Row, first: boolean): string =>
  [first && share !== undefined ? `${Math.round(share * 100)} % of the tile peak` : "", note ?? ""]
    .filter((words) => words !== "")
    .join("; ");

const widths = { case: 50, ours: 14, peerName: 27, peer: 14, ratio: 9 };

/** The heads of the columns. */
export const tableHead = (): string => line("case", "ours", "peer", "its figure", "ratio", "");

/** The rows of one case: its name and our figure stand in the first line alone. */
export function tableRows(rows: readonly Row[]): string {
  return rows
    .map((row, i) => {
      const first = i === 0 || rows[i - 1].case !== row.case;
      return line(
        first ? row.case : "",
        first ? amount(row.ours, row.unit) : "",
        row.peerName,
        amount(row.peer, row.unit),
        row.ratio === null ? "" : ratioText(row.ratio),
        remark(row, first),
      );
    })
    .join("\n");
}

function line(name: string, ours: string, peerName: string, peer: string, ratio: string, note: string): string {
  const columns = [
    name.padEnd(widths.case),
    ours.padStart(widths.ours),
    `  ${peerName}`.padEnd(widths.peerName + 2),
    peer.padStart(widths.peer),
    ratio.padStart(widths.ratio),
    note ? `  ${note}` : "",
  ];
  return columns.join("").trimEnd();
}
