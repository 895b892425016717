/** Does an answer hold what its row says? The kernel may be of another version. One row a question. No DOM here. */
import type { AnswerTo, QuestionName } from "../../../src/protocol";

type Check<Name extends QuestionName> = (
  content: Partial<AnswerTo<Name>["content"]>,
  floats: Float32Array[],
) => boolean;

const checks: { [Name in QuestionName]: Check<Name> } = {
  values: ({ channels, height, width }, [values, ...more]) =>
    (channels === 1 || channels === 3) &&
    isCount(height) &&
    isCount(width) &&
    more.length === 0 &&
    values?.length === channels * height * width,
};

/** The answer; undefined if it is none to this question. */
export function readAnswer<Name extends QuestionName>(
  name: Name,
  content: unknown,
  buffers: (ArrayBuffer | ArrayBufferView)[],
): AnswerTo<Name> | undefined {
  if (typeof content !== "object" || content === null) return undefined;
  const floats: Float32Array[] = [];
  for (const buffer of buffers) {
    const bytes = bytesOf(buffer);
    if (bytes.byteLength % 4 !== 0) return undefined;
    floats.push(new Float32Array(bytes));
  }
  const fits = checks[name](content, floats);
  return fits
    ? { content: content as AnswerTo<Name>["content"], floats: floats as AnswerTo<Name>["floats"] }
    : undefined;
}

/** A buffer of its own: a view into a message may begin at any byte, and numbers may not. */
function bytesOf(buffer: ArrayBuffer | ArrayBufferView): ArrayBuffer {
  if (!ArrayBuffer.isView(buffer)) return buffer;
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength).slice().buffer;
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}
