/** What a view has for a question: the layers with their units, the images. An answer is checked against it, never against numbers. */
import type { BoxAnswer, Picked, PickKind, PixelAnswer, UnitAnswer } from "../kit/asked";
import { areImages, fullSize } from "../grid/picks";
import { channelsOf } from "../grid/check";
import { imageOfCard } from "../gallery/picks";
import { unitsOf, type Units } from "../network/network";
import type { Mark } from "../view";

export interface Offers {
  /** By path; of a layer whose units are not to be seen undefined. */
  layers: ReadonlyMap<string, Units | undefined>;
  /** Their numbers in the data. */
  images: readonly number[];
  /** Sizes of what a box can lie in. */
  sizes: readonly { height: number; width: number }[];
}

export function offersOf(marks: readonly Mark[]): Offers {
  const layers = new Map<string, Units | undefined>();
  const images = new Set<number>();
  const sizes = new Map<string, { height: number; width: number }>();
  const addSize = (size: { height: number; width: number }): void =>
    void sizes.set(`${size.height}×${size.width}`, size);
  for (const mark of marks) {
    if (mark.mark === "grid" && mark.layer) {
      layers.set(mark.layer.name, { units: mark.layer.units, ...fullSize(mark) });
      addSize(fullSize(mark));
    } else if (mark.mark === "grid" && areImages(mark)) {
      const { planes } = mark.pixels.reducedFrom ?? mark.pixels;
      const count = planes / channelsOf(mark) / (mark.frames?.labels.length ?? 1);
      for (let index = 0; index < count; index++) images.add(index);
      addSize(fullSize(mark));
    } else if (mark.mark === "network") {
      for (const { id, shape } of mark.nodes) layers.set(id, unitsOf(shape));
    } else if (mark.mark === "diagram") {
      for (const { name } of mark.nodes) if (!layers.has(name)) layers.set(name, undefined);
    } else if (mark.mark === "gallery") mark.cards.forEach((_, card) => images.add(imageOfCard(mark, card)));
  }
  return { layers, images: [...images], sizes: [...sizes.values()] };
}

/** Whether a reader can pick something of that kind. */
export function canPick(pick: PickKind, { layers, images, sizes }: Offers): boolean {
  if (pick === "image") return images.length > 0;
  // A box says neither in which image it lies nor of which layer its rows are counted.
  if (pick === "box") return sizes.length === 1;
  if (pick === "layer") return layers.size > 0;
  return [...layers.values()].some((units) => units !== undefined);
}

/** Why a view has no such pick, in words: what it has instead. */
export function whyNot(pick: PickKind, offers: Offers): string {
  if (pick === "box" && offers.sizes.length > 1) {
    const sizes = offers.sizes.map(({ height, width }) => `${height}×${width}`).join(", ");
    return `the view has images of several sizes (${sizes}), a box needs one`;
  }
  const others = (["unit", "pixel", "layer", "image", "box"] as const).filter((other) => canPick(other, offers));
  const noun =
    pick === "unit" ? "units" : pick === "layer" ? "layers" : pick === "pixel" ? "pixels of layers" : "images";
  return `the view has no ${noun} to pick${others.length > 0 ? `, but ${others.map((each) => `"${each}"`).join(", ")}` : ""}`;
}

/**
 * What is wrong with an answer of the right form: what it names does not exist.
 * @returns what is wrong and the next step, a sentence each; undefined if it fits
 */
export function misfit(picked: Picked, offers: Offers): [wrong: string, next: string] | undefined {
  if ("index" in picked) return imageMisfit(picked.index, offers.images);
  if ("layer" in picked) return layerMisfit(picked, offers.layers);
  return boxMisfit(picked, offers.sizes[0]);
}

function imageMisfit(index: number, images: readonly number[]): [string, string] | undefined {
  if (images.includes(index)) return undefined;
  const isCounted = images.every((each, place) => each === place);
  const next = isCounted ? `Count from 0 to ${images.length - 1}.` : `It has ${listed(images.map(String))}.`;
  return [`the view has no image ${index}`, next];
}

function layerMisfit(
  picked: { layer: string } | UnitAnswer | PixelAnswer,
  layers: Offers["layers"],
): [string, string] | undefined {
  const { layer } = picked;
  if (!layers.has(layer))
    return [
      `the view has no layer ${JSON.stringify(layer)}`,
      `It has ${listed([...layers.keys()].map((each) => JSON.stringify(each)))}.`,
    ];
  if (!("unit" in picked)) return undefined;
  const own = layers.get(layer);
  if (!own) return [`the units of ${JSON.stringify(layer)} are not to be seen in the view`, "Ask for a layer."];
  if (picked.unit >= own.units)
    return [`layer ${JSON.stringify(layer)} has no unit ${picked.unit}`, `Count from 0 to ${own.units - 1}.`];
  if (!("row" in picked) || (picked.row < own.height && picked.column < own.width)) return undefined;
  const size = `${own.height}×${own.width}`;
  return [
    `row ${picked.row}, column ${picked.column} lies outside the maps of ${JSON.stringify(layer)}, ${size}`,
    "Count from 0.",
  ];
}

function boxMisfit(box: BoxAnswer, size: { height: number; width: number } | undefined): [string, string] | undefined {
  if (size && box.row + box.height <= size.height && box.column + box.width <= size.width) return undefined;
  const { row, column, height, width } = box;
  const own = size ? `${size.height}×${size.width}` : "no size";
  return [
    `a box of ${height}×${width} at row ${row}, column ${column} lies outside the image of ${own}`,
    "Count from 0.",
  ];
}

/** The first ones, with commas between them. */
const listed = (words: readonly string[]): string =>
  words.length <= 12 ? words.join(", ") : `${words.slice(0, 11).join(", ")} and ${words.length - 11} more`;
