/** What the colour bars below a grid say: one of the tiles, one of the layer over them. */
import type { GridMark, Overlay } from "./payload";
import { haveOwnScales, legendTicks, ownTicks, paletteColouring, type Colouring, type Tick } from "./colouring";
import { valuesAt, type Probe } from "../kit/pixels";
import { valuesOver, type Shown, type ShownOverlay } from "./shown";

export interface Bar {
  /** Above the bar, where there are two: "saliency"; else empty. */
  name: string;
  /** Of the bar from left to right; of tiles with scales of their own, the whole palette. */
  colouring: Colouring;
  /** @param tile whose scale the numbers are, where each has its own; default words for any */
  ticks(tile?: number): Tick[];
  /** Where a value of a tile lies, 0 left to 1 right; undefined for colours and where all values are one. */
  place(value: number, tile: number): number | undefined;
}

/** The bars from left to right. Pictures in their own colours have none: it would explain nothing. */
export function barsOf(mark: GridMark, shown: Shown): Bar[] {
  const bars: Bar[] = [];
  const isOwn = haveOwnScales(mark, shown.tiles);
  // Pixels of the image itself: what lies over it is to be read, not its greys.
  const isBackground = shown.over !== undefined && mark.palette === "grey";
  if ((mark.scale !== "rgb" || isOwn) && !isBackground) {
    const colouring = isOwn ? paletteColouring(mark) : shown.colouring(0);
    const name = shown.over ? mark.tile : "";
    bars.push({
      ...{ name, colouring },
      ticks: (tile) => (isOwn ? ownTicks(shown.tiles, mark, tile) : legendTicks(colouring)),
      place: (value, tile) =>
        mark.scale === "rgb" ? undefined : isOwn ? shown.colouring(tile).position(value) : placeOn(colouring, value),
    });
  }
  if (shown.over) {
    bars.push(barOver(mark, shown.over));
  }
  return bars;
}

/** A pixel's value on each of the bars. */
export function valuesOnBars(mark: GridMark, shown: Shown, probe: Probe): (number | undefined)[] {
  const own = shown.tiles.channels === 1 ? valuesAt(shown.tiles, probe)[0] : undefined;
  if (!shown.over) return [own];
  const over = valuesOver(shown, probe.tile)[probe.row * shown.tiles.width + probe.column];
  return barsOf(mark, shown).length > 1 ? [own, over] : [over];
}

/** Of the layer over the tiles. */
function barOver({ tile: noun, over }: GridMark, { name, tiles, colouring }: ShownOverlay): Bar {
  if (!over?.ownScales) {
    const shared = colouring(0);
    return { name, colouring: shared, ticks: () => legendTicks(shared), place: (value) => placeOn(shared, value) };
  }
  const only = tiles.count === 1 ? 0 : undefined;
  return {
    ...{ name: `to the largest of each ${noun}: ${name}`, colouring: paletteColouring(over) },
    ticks: (tile = only) => (tile === undefined ? largestTicks(over) : ownTicks(tiles, over, tile)),
    place: (value, tile) => colouring(tile).position(value),
  };
}

/** From zero to the largest number over each tile, and as far below zero. */
function largestTicks({ scale }: Overlay): Tick[] {
  const isSigned = scale === "diverging";
  const ends = [
    { text: "0", at: isSigned ? 0.5 : 0 },
    { text: "largest", at: 1 },
  ];
  return isSigned ? [{ text: "−largest", at: 0 }, ...ends] : ends;
}

const placeOn = ({ min, max }: Colouring, value: number): number | undefined =>
  max > min ? (value - min) / (max - min) : undefined;
