import { isTensor, show } from "../../arguments";
import { DataError } from "../../errors";
import type { Target } from "../../interpret/target";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { numbersOf } from "../tensors";

/** What is explained of each image. */
interface Explained {
  target: Target;
  /** Whether the target is what the network takes the image for. */
  isGuess: boolean;
  /** The class that each image has. */
  labels: Tensor | readonly number[] | undefined;
  classes: readonly string[] | undefined;
  /** How many images there are. */
  N: number;
}

/** Below each image: "guess 3", "target cat"; "guess 3, truth 9" where the truth is known. */
export async function targetWords({ target, isGuess, labels, classes, N }: Explained): Promise<string[]> {
  const numbers = async (of: Target): Promise<number | ArrayLike<number>> => (isTensor(of) ? numbersOf(of) : of);
  const [explained, truth] = [await numbers(target), labels && (await numbers(labels))];
  const name = (of: number | ArrayLike<number>, i: number): string => {
    const label = typeof of === "number" ? of : of[i];
    return classes?.[label] ?? `${label}`;
  };
  return Array.from(
    { length: N },
    (_, i) =>
      `${isGuess ? "guess" : "target"} ${name(explained, i)}${truth === undefined ? "" : `, truth ${name(truth, i)}`}`,
  );
}

/** @throws DataError unless there is a class for each of N images; undefined is none */
export function checkLabels(caller: string, labels: Tensor | readonly number[] | undefined, N: number): void {
  if (labels === undefined) return;
  const fits = isTensor(labels)
    ? labels.dtype === "int32" && labels.shape.length === 1 && labels.shape[0] === N
    : Array.isArray(labels) && labels.length === N && labels.every((label) => Number.isInteger(label));
  if (fits) return;
  const got = isTensor(labels) ? `${showShape(labels.shape)} ${labels.dtype}` : show(labels);
  throw new DataError(
    `${caller}: labels must be the classes of ${N} images, [${N}] int32, got ${got}. Leave them out.`,
  );
}

/** @throws RangeError unless it is one of the two */
export function checkScaleBy(caller: string, scaleBy: string): void {
  if (scaleBy !== "image" && scaleBy !== "all")
    throw new RangeError(`${caller}: scaleBy must be "image" or "all", got ${show(scaleBy)}. The default is "image".`);
}

/** @throws RangeError unless it is a number from 0 to 1 */
export function checkOpacity(caller: string, opacity: number): void {
  if (typeof opacity !== "number" || !(opacity >= 0 && opacity <= 1))
    throw new RangeError(`${caller}: opacity must be a number from 0 to 1, got ${show(opacity)}. The default is 0.6.`);
}
