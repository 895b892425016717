import type { Row } from "./rows";
import { digits, ratioText } from "./table";

/** A suite's rows as one table: a line for each case, a column for each peer, its figure with our ratio to it. */
export function markdown(title: string, rows: readonly Row[]): string {
  const peers = [...new Set(rows.map(({ peerName }) => peerName))].filter((name) => name !== "-");
  const cases = [...new Set(rows.map((row) => row.case))];
  const shares = rows.some(({ share }) => share !== undefined);
  const head = ["case", "ours", ...(shares ? ["of the tile peak"] : []), ...peers];
  const lines = cases.map((name) => {
    const own = rows.filter((row) => row.case === name);
    const [{ ours, unit, share }] = own;
    const cells = peers.map((peer) => cell(own.find(({ peerName }) => peerName === peer)));
    const mine = ours === null ? "-" : `${digits(ours)} ${unit}`;
    return [name, mine, ...(shares ? [share === undefined ? "" : `${Math.round(share * 100)} %`] : []), ...cells];
  });
  const reasons = [
    ...new Set(
      rows.filter(({ peer, note }) => peer === null && note).map(({ peerName, note = "" }) => `${peerName}: ${note}`),
    ),
  ];
  const table = [head, head.map((_, i) => (i === 0 ? "---" : "---:")), ...lines]
    .map((columns) => `| ${columns.join(" | ")} |`)
    .join("\n");
  return [`**${title}**`, table, ...reasons.map((reason) => `- ${reason}`)].join("\n\n");
}

function cell(row: Row | undefined): string {
  if (!row) return "";
  if (row.peer === null || row.ratio === null) return row.note?.startsWith("cannot") ? "cannot" : "-";
  return `${digits(row.peer)} (${ratioText(row.ratio)})`;
}
