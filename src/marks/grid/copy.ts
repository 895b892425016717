/** The numbers of tiles as text with tabs, which a spreadsheet, a cell and an e-mail take. */
import { exactNumber } from "../kit/numbers";
import { planeValues } from "../kit/pixels";
import type { GridMark } from "./payload";
import { readings, tileName } from "./words";
import type { Shown } from "./shown";

/**
 * A row of pixels a line, tile by tile below their names; of one tile without a name and a layer, its rows alone. Where only bytes
 * are known, no more digits than they know.
 * @param exactOf the exact numbers of a tile that is shown, [channels,height,width]; undefined if they are not known
 */
export function numbersAsText(
  mark: GridMark,
  shown: Shown,
  exactOf: (tile: number) => ArrayLike<number> | undefined,
): string {
  const { tiles, over, first } = shown;
  const { height, width, channels } = tiles;
  const blocks: { name: string; rows: string[] }[] = [];
  const rowsOf = (word: (row: number, column: number) => string, rows = height, columns = width): string[] =>
    Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, column) => word(row, column)).join("\t"),
    );
  for (let tile = 0; tile < tiles.count; tile++) {
    const exact = exactOf(tile) ?? tiles.values?.subarray(tile * channels * height * width);
    const name = tileName(mark, first + tile);
    for (let channel = 0; channel < channels; channel++) {
      const rows = rowsOf((row, column) =>
        exact
          ? exactNumber(exact[(channel * height + row) * width + column])
          : plain(readings(tiles, { tile, row, column })[channel]),
      );
      blocks.push({ name: channels === 3 ? `${name}, ${["red", "green", "blue"][channel]}` : name, rows });
    }
    if (!over) continue;
    const values = planeValues(over.tiles, tile);
    const word = (row: number, column: number): string =>
      exactNumber(Math.fround(values[row * over.tiles.width + column]));
    blocks.push({ name: `${name}, ${over.name}`, rows: rowsOf(word, over.tiles.height, over.tiles.width) });
  }
  if (blocks.length === 1) return blocks[0].rows.join("\n");
  return blocks.map(({ name, rows }) => [name, ...rows].join("\n")).join("\n\n");
}

/** A drawn number as programs read it. */
const plain = (drawn: string): string => drawn.replace(/−/g, "-").replace(/,/g, "").replace("∞", "Infinity");
