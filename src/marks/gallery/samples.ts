/** Galleries as they come: guesses right and wrong, draws of another size than the original, rows of patches, many cards. */
import { toBase64 } from "../kit/base64";
import type { PackedPixels } from "../kit/pixels";
import { planesOf, type Colours } from "../kit/tilePicture";
import type { Card, ClassBar, GalleryMark } from "./payload";

/** Bytes of one pixel of an image: grey, or red, green and blue. */
type Paint = (row: number, column: number) => number[];

function pixelsOf(colours: Colours, size: number, images: readonly Paint[]): PackedPixels {
  const channels = planesOf(colours);
  const bytes = images.flatMap((paint) =>
    Array.from({ length: channels * size * size }, (_, i) => {
      const at = i % (size * size);
      return paint(Math.floor(at / size), at % size)[Math.floor(i / (size * size))];
    }),
  );
  const planes = images.length * channels;
  return { planes, height: size, width: size, bytes: toBase64(Uint8Array.from(bytes)), ranges: [[0, 1]] };
}

/** A square of one colour on a ground that grows lighter downwards. */
const square =
  (side: number, colour: readonly number[]): Paint =>
  (row, column) => {
    const isInside = Math.max(Math.abs(row - 15.5), Math.abs(column - 15.5)) < side;
    return isInside ? [...colour] : [150 + 3 * row, 150 + 2 * row, 120 + 3 * row];
  };
const bar =
  (angle: number): Paint =>
  (row, column) => {
    const across = (row - 13.5) * Math.cos(angle) - (column - 13.5) * Math.sin(angle);
    return [Math.abs(across) < 2.5 && Math.hypot(row - 13.5, column - 13.5) < 11 ? 255 : 20];
  };

const CLASSES = ["plane", "car", "bird", "cat", "a deer whose name is long"];
const bars = (...shares: number[]): ClassBar[] =>
  shares.map((value, index) => ({ class: index, value })).sort((a, b) => b.value - a.value);

/** The first is red and wrong, the second blue and right, of the third the truth is far down. */
const guesses = (): GalleryMark => ({
  mark: "gallery",
  colours: "rgb",
  pixels: [pixelsOf("rgb", 32, [square(10, [230, 20, 20]), square(7, [20, 40, 230]), square(12, [30, 160, 60])])],
  classes: CLASSES,
  cards: [
    { name: "image 17", words: ["loss 3.22"], truth: 3, guess: 1, bars: bars(0.1, 0.8, 0.04, 0.04, 0.02) },
    { name: "image 4", words: ["loss 0.105"], truth: 0, guess: 0, bars: bars(0.9, 0.05, 0.03, 0.015, 0.005) },
    { name: "image 9", words: ["loss 4.61"], truth: 4, guess: 2, bars: bars(0.2, 0.19, 0.5, 0.1, 0.01) },
  ],
});

const draws = (): GalleryMark => ({
  mark: "gallery",
  title: "RandomCrop, then RandomRotation",
  colours: "grey",
  pixels: [pixelsOf("grey", 28, [bar(0.3)]), pixelsOf("grey", 20, [bar(0.1), bar(0.7)])],
  cards: [
    { name: "original", words: ["28×28"] },
    { name: "draw 1", words: ["crop: top 2, left 4", "rotation: −3.2°"] },
    { name: "draw 2", words: ["crop: top 0, left 7", "rotation: 11.9°"] },
  ],
});

/** Two units with their patches of five pixels. */
const patches = (): GalleryMark => ({
  mark: "gallery",
  colours: "grey",
  pixels: [
    pixelsOf(
      "grey",
      5,
      Array.from({ length: 12 }, (_, i) => (row, column) => [(row * i + 60 * column) % 256]),
    ),
  ],
  cards: Array.from({ length: 12 }, (_, i) => ({
    group: `unit ${Math.floor(i / 6)}`,
    name: `image ${(i * 7) % 40}`,
    words: [String(9 - i)],
  })),
});

/** More than a page; some without a guess or without a truth, one score that is no number. */
function many(): GalleryMark {
  const cards: Card[] = Array.from({ length: 30 }, (_, i) => ({ name: `image ${i}`, words: [] }));
  cards[0] = { ...cards[0], guess: 1, bars: [{ class: 1, value: null }] };
  cards[1] = { ...cards[1], truth: 0 };
  const paints = cards.map((_, i): Paint => () => [8 * i]);
  return { mark: "gallery", colours: "grey", pixels: [pixelsOf("grey", 4, paints)], classes: ["0", "1"], cards };
}

export const samples = { guesses, draws, patches, many } satisfies Record<string, () => GalleryMark>;
