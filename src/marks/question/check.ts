import { answerFields, type PickKind } from "../kit/asked";
import { hasOwn, isCount, isList, isOptionalText, isRecord, isText, type Json } from "../kit/check";
import { isAnswer } from "./answers";
import type { QuestionMark } from "./payload";

/** Choices, and picks that are asked for, at most: more are no question. */
export const [MOST_CHOICES, MOST_PICKS] = [20, 20];

/** What in this payload cannot be read; undefined if nothing. */
export function checkQuestion(mark: Json): string | undefined {
  if (!isOptionalText(mark.title) || !isOptionalText(mark.subtitle)) return "title";
  if (!isText(mark.id) || mark.id === "") return "id";
  if (!isOptionalText(mark.missing)) return "reason";
  if (mark.opens !== undefined && typeof mark.opens !== "boolean") return "opens";
  const { asks } = mark;
  if (!isRecord(asks)) return "kind of question";
  const wrong = wrongAsks(asks);
  if (wrong !== undefined) return wrong;
  return isAnswer(asks as unknown as QuestionMark["asks"], mark.answer) ? undefined : "answer";
}

function wrongAsks(asks: Json): string | undefined {
  switch (asks.kind) {
    case "pick":
      if (!isText(asks.pick) || !isPickKind(asks.pick)) return "pick";
      return isCount(asks.count) && asks.count <= MOST_PICKS ? undefined : "count";
    case "choice": {
      const { choices, correct } = asks;
      if (!isList(choices, isText)) return "choices";
      const words = choices as string[];
      if (words.length < 2 || words.length > MOST_CHOICES || new Set(words).size < words.length) return "choices";
      if (correct !== undefined && !words.includes(correct as string)) return "correct answer";
      return isOptionalText(asks.why) ? undefined : "reason";
    }
    case "number": {
      const { correct, tolerance } = asks;
      if (!isOptionalText(asks.unit)) return "unit";
      if (correct !== undefined && !Number.isFinite(correct)) return "correct answer";
      if (tolerance !== undefined && !(Number.isFinite(tolerance) && (tolerance as number) >= 0)) return "tolerance";
      return isOptionalText(asks.why) ? undefined : "reason";
    }
    default:
      return "kind of question";
  }
}

const isPickKind = (name: string): name is PickKind => hasOwn(answerFields, name);
