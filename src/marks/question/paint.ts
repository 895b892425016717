/** A question as SVG: its choices, its answer or that there is none, and whether it is right. */
import { element, type SceneElement } from "../kit/scene";
import { scenePicture, SCENE_WIDTH } from "../kit/scenePicture";
import type { Svg } from "../kit/svg";
import { textWidth } from "../kit/textWidth";
import { paper } from "../kit/theme";
import { wrapped } from "../kit/words";
import type { QuestionMark } from "./payload";
import { stateWords, verdictWords } from "./words";

const [SIZE, LINE] = [14, 20];
/** Of a choice's circle. */
const RADIUS = 6;

export function paintQuestion(mark: QuestionMark): Svg {
  const { asks, answer } = mark;
  const elements: SceneElement[] = [];
  let [y, widest] = [0, 0];
  const say = (words: string, x: number, more: Record<string, string | number> = {}): void => {
    const room = SCENE_WIDTH - x;
    for (const line of wrapped(words, room, (part) => textWidth(part, SIZE))) {
      y += LINE;
      widest = Math.max(widest, x + textWidth(line, SIZE));
      elements.push(element("text", { x, y: y - 5, "font-size": SIZE, fill: paper.text, ...more }, line));
    }
  };
  for (const choice of asks.kind === "choice" ? asks.choices : []) {
    const ring = { cx: RADIUS + 2, cy: y + LINE - 10, fill: "none", stroke: paper.muted };
    elements.push(element("circle", { ...ring, r: RADIUS, "stroke-width": 1.5 }));
    if (choice === answer) elements.push(element("circle", { ...ring, r: 3, fill: paper.accent, stroke: "none" }));
    say(choice, 2 * RADIUS + 12);
  }
  if (elements.length > 0) y += 4;
  say(stateWords(mark), 2, answer === null ? { "font-style": "italic" } : { "font-weight": 600 });
  const verdict = verdictWords(mark, answer);
  if (verdict) say(verdict, 2);
  const size = { width: Math.min(SCENE_WIDTH, Math.ceil(widest + 8)), height: y + 4 };
  const name = [mark.title ?? "", stateWords(mark), verdict].filter(Boolean).join(". ");
  return scenePicture(mark, { ...size, elements }, name);
}
