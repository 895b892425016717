/** Embeddings as they come: with images and without, of many points, of one. */
import { floatsToBase64, toBase64 } from "../kit/base64";
import type { EmbeddingMark } from "./payload";

/** Points of a class lie around a place of their own; the same each time. */
function clouds(count: number, classes: number): Pick<EmbeddingMark, "points" | "labels"> {
  let state = 7;
  const next = (): number => (state = (state * 16807) % 2147483647) / 2147483647;
  const bell = (): number => next() + next() + next() - 1.5;
  const labels = Array.from({ length: count }, (_, i) => i % classes);
  const points = labels.flatMap((label) => {
    const angle = (2 * Math.PI * label) / classes;
    return [4 * Math.cos(angle) + 1.4 * bell(), 3 * Math.sin(angle) + 1.2 * bell()];
  });
  return { points: floatsToBase64(points), labels };
}

/** The image of point 0 is red, that of point 1 green, that of point 2 blue, and so on. */
function colours(count: number): EmbeddingMark["images"] {
  const size = 8;
  const bytes = Array.from({ length: count * 3 * size * size }, (_, i) => {
    const plane = Math.floor(i / (size * size));
    return Math.floor(plane / 3) % 3 === plane % 3 ? 230 : 20;
  });
  const packed = { planes: 3 * count, height: size, width: size, bytes: toBase64(Uint8Array.from(bytes)) };
  return { colours: "rgb", pixels: [{ ...packed, ranges: [[0, 1]] }] };
}

const names = (count: number): string[] =>
  ["plane", "car", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"].slice(0, count);

const withImages = (): EmbeddingMark => ({
  mark: "embedding",
  x: "component 1 (42.1 % of the variance)",
  y: "component 2 (23.9 %)",
  ...clouds(60, 3),
  classes: names(3),
  images: colours(60),
});

const tenClasses = (): EmbeddingMark => ({
  mark: "embedding",
  title: "Features of fc2",
  x: "x",
  y: "",
  ...clouds(1000, 10),
  classes: names(10),
  numbers: Array.from({ length: 1000 }, (_, i) => 5 * i),
  of: 5000,
});

const manyClasses = (): EmbeddingMark => ({
  mark: "embedding",
  x: "",
  y: "",
  ...clouds(120, 30),
  classes: Array.from({ length: 31 }, (_, i) =>
    i === 2 ? "a < b & a name that is too long for a legend" : `class ${i}`,
  ),
});

const onePoint = (): EmbeddingMark => ({ mark: "embedding", x: "x", y: "y", ...clouds(1, 1), classes: [""] });

export const samples = { withImages, tenClasses, manyClasses, onePoint } satisfies Record<string, () => EmbeddingMark>;
