import { statSync } from "node:fs";
import { readJson } from "./files.mjs";
import { shown } from "./paths.mjs";

const lastLinesShown = 12;

/** Prints what an executed notebook holds; returns the words for the failed cell, if there is one. */
export function summarise(path, { time, data }) {
  const cells = readJson(path).cells.filter((cell) => cell.cell_type === "code");
  const errors = cells.flatMap((cell, index) =>
    cell.outputs.filter((output) => output.output_type === "error").map((output) => ({ cell: index + 1, output })),
  );
  const lines = cells.flatMap((cell) => cell.outputs.flatMap(linesOf));
  const saidData = lines.filter((line) => /^data(sets?)?:/i.test(line));

  console.log(`cells      ${cells.filter((cell) => cell.execution_count !== null).length} of ${cells.length} run`);
  console.log(`errors     ${errors.length}`);
  console.log(`wall time  ${time}`);
  console.log(`size       ${sizes(path, cells)}`);
  console.log(`data       ${[data ?? "none given", ...saidData].join("; ")}`);
  if (lines.length > 0) console.log("last lines printed:");
  for (const line of lines.slice(-lastLinesShown)) console.log(`  ${line}`);

  const [first] = errors;
  return first && `Cell [${first.cell}] of ${shown(path)} failed: ${first.output.ename}: ${first.output.evalue}`;
}

/** The file's, and the largest output's with its cell. */
function sizes(path, cells) {
  const kB = (bytes) => `${Math.ceil(bytes / 1000)} kB`;
  const outputs = cells.flatMap((cell, index) =>
    cell.outputs.map((output) => ({ cell: index + 1, bytes: JSON.stringify(output).length })),
  );
  const largest = outputs.sort((a, b) => b.bytes - a.bytes)[0];
  return `${kB(statSync(path).size)}${largest ? `; largest output ${kB(largest.bytes)}, of cell [${largest.cell}]` : ""}`;
}

/** What a reader sees of an output as text: prints, and values without a picture. */
function linesOf({ output_type: type, name, text, data }) {
  const shownText = type === "stream" && name === "stdout" ? text : type === "execute_result" && data?.["text/plain"];
  return (shownText ? [shownText].flat().join("") : "").split("\n").filter((line) => line.trim());
}
