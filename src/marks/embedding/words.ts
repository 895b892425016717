/** The words of an embedding. */
import { drawnExactly, formatNumber } from "../kit/numbers";
import type { EmbeddingMark } from "./payload";
import { readEmbedding, type Embedding } from "./read";

/** Classes that the text tells of at most. */
const MOST_TOLD = 40;

export const className = ({ classes }: EmbeddingMark, index: number): string => classes[index] || `class ${index}`;

/** "point 17": its number in the data. */
export const pointName = ({ numbers }: EmbeddingMark, point: number): string => `point ${numbers?.[point] ?? point}`;

/** "point 17 · cat · x 3.21, y −1.05": all digits of the float32. */
export function describePoint({ mark, points }: Embedding, point: number): string {
  const [x, y] = [points[2 * point], points[2 * point + 1]].map(drawnExactly);
  return `${pointName(mark, point)} · ${className(mark, mark.labels[point])} · x ${x}, y ${y}`;
}

/** How many points each class has, by its number. */
export function countsOf({ labels, classes }: EmbeddingMark): number[] {
  const counts = classes.map(() => 0);
  for (const label of labels) counts[label]++;
  return counts;
}

const sizeWords = ({ labels, of }: EmbeddingMark): string => {
  const count = labels.length.toLocaleString("en-US");
  const points = labels.length === 1 && of === undefined ? "point" : "points";
  return of === undefined ? `${count} ${points}` : `${count} of ${of.toLocaleString("en-US")} ${points} are drawn`;
};

export const describeEmbedding = (mark: EmbeddingMark): string =>
  [mark.subtitle, sizeWords(mark)].filter(Boolean).join(" · ");

/** The embedding as lines of plain text: where the middle of each class lies. */
export function embeddingText(mark: EmbeddingMark): string[] {
  const { points } = readEmbedding(mark);
  const counts = countsOf(mark);
  const sums = mark.classes.map(() => [0, 0]);
  mark.labels.forEach((label, i) => {
    sums[label][0] += points[2 * i];
    sums[label][1] += points[2 * i + 1];
  });
  const told = mark.classes.flatMap((_, index) => {
    const count = counts[index];
    if (count === 0) return [];
    const [x, y] = sums[index].map((sum) => formatNumber(sum / count));
    return [`${className(mark, index)}: ${count} point${count === 1 ? "" : "s"} around (${x}, ${y})`];
  });
  const more = told.length > MOST_TOLD ? [`and ${told.length - MOST_TOLD} more classes`] : [];
  const axes = [mark.x && `x: ${mark.x}`, mark.y && `y: ${mark.y}`].filter(Boolean).join(", ");
  return [mark.title ?? "", mark.subtitle ?? "", sizeWords(mark), axes, ...told.slice(0, MOST_TOLD), ...more].filter(
    Boolean,
  );
}
