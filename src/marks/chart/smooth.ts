/** Moving averages of a chart's lines: what is drawn for a weight of the past that the reader may choose. */
import type { ChartLine, ChartMark } from "./payload";

/**
 * Exponential moving average that starts without a bias towards zero; what is no finite number stays, and counts for nothing.
 * @param weight of the past, 0 (no smoothing) to below 1
 * @see Kingma & Ba 2014, arXiv:1412.6980, section 3 (the correction); TensorBoard's smoothing
 */
export function movingAverage<Value extends number | null>(
  values: readonly Value[],
  weight: number,
): (Value | number)[] {
  let [sum, share] = [0, 0];
  return values.map((value) => {
    if (value === null || !Number.isFinite(value)) return value;
    sum = weight * sum + (1 - weight) * value;
    share = weight * share + (1 - weight);
    return sum / share;
  });
}

/** How strong the points of each step are behind their average: at least 3:1 against the page. */
export const EACH_OPACITY = 0.7;

/** What a legend calls the lines behind their moving averages: "each step". */
export const eachName = ({ x }: Pick<ChartMark, "x">): string => `each ${x || "point"}`;

/** Whether the moving average changes a line. */
export const isSmoothed = ({ kind = "line", pale, raw }: ChartLine): boolean => kind === "line" && !pale && !raw;

/** The lines as they are drawn, from back to front: with a weight above 0 each lies pale behind its moving average. */
export function drawnLines({ lines }: ChartMark, weight = 0): ChartLine[] {
  const inOrder = [...lines.filter(({ grey }) => grey), ...lines.filter(({ grey }) => !grey)];
  if (weight === 0) return inOrder;
  return inOrder.flatMap((line) =>
    isSmoothed(line)
      ? [
          // Of a former run the average is enough to compare with.
          ...(line.grey ? [] : [{ ...line, pale: true }]),
          { ...line, y: movingAverage(line.y, weight) },
        ]
      : [line],
  );
}
