import type { PackedPixels } from "../kit/pixels";
import type { Colours } from "../kit/tilePicture";

/** Cards: an image each, with words and the scores of classes below it. */
export interface GalleryMark {
  mark: "gallery";
  /** Of this gallery, where its view has several marks. */
  title?: string;
  subtitle?: string;
  /** What the bytes of the images are: each plane's range is what its black and white stand for. */
  colours: Colours;
  /** An image a card, in their order; a set for each size. */
  pixels: PackedPixels[];
  /** Names of the classes that cards speak of, by their number. */
  classes?: string[];
  cards: Card[];
}

export interface Card {
  /** What it is: "image 17", "original". */
  name: string;
  /** The number of the image in its data, where that is not the place of the card. */
  index?: number;
  /** Lines below the image. */
  words: string[];
  /** The heading of the row in which it stands; cards that follow each other with one heading stand together. */
  group?: string;
  /** The class that it has, and the one that was guessed. */
  truth?: number;
  guess?: number;
  /** Classes with their probabilities, 0 to 1, the largest first; null stands for NaN. */
  bars?: ClassBar[];
}

export interface ClassBar {
  class: number;
  value: number | null;
}
