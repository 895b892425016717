/** A run as a scene, for pictures: what it says without its buttons and fields, which are nothing without a page. */
import { lineColours } from "../kit/colours";
import { element, type Scene, type SceneElement } from "../kit/scene";
import { cutText, textWidth } from "../kit/textWidth";
import type { Theme } from "../kit/theme";
import { wrapped } from "../kit/words";
import { drawnNumber } from "../kit/numbers";
import type { TrainingMark } from "./payload";
import { controlWords, noticeWords, paceWords, percentWords, placeWords, progressOf, stateWords } from "./words";

/** CSS pixels: of small, usual and large letters, of a line of words, of a bar. */
const [SMALL, USUAL, LARGE, LINE, BAR] = [12, 13, 24, 19, 10];
/** Events that a picture lists. */
const MOST_EVENTS = 8;

/** @param width CSS pixels that it may take */
export function trainingScene(mark: TrainingMark, theme: Theme, width: number): Scene {
  const elements: SceneElement[] = [];
  let y = 4;
  const text = (words: string, x: number, size: number, fill: string, bold = false): void => {
    const look = { "font-size": size, fill, "font-weight": bold ? 600 : undefined };
    elements.push(element("text", { x, y, ...look }, words));
  };
  const line = (words: string, fill: string): void => {
    for (const part of wrapped(words, width, (some) => textWidth(some, USUAL))) {
      y += LINE;
      text(cutText(part, width, USUAL), 0, USUAL, fill);
    }
  };

  y += 14;
  const state = stateWords[mark.state];
  text(state, 0, 15, theme.text, true);
  const from = textWidth(state, 15, true) + 10;
  text(cutText(placeWords(mark), width - from, USUAL), from, USUAL, theme.text);
  y += 8;
  for (const [name, share] of Object.entries(progressOf(mark))) {
    if (share === undefined) continue;
    const [left, right] = [56, width - 56];
    elements.push(
      element("rect", { x: left, y, width: right - left, height: BAR, rx: 3, fill: theme.faint, stroke: theme.border }),
      element("rect", {
        x: left,
        y,
        width: Math.round(share * (right - left)),
        height: BAR,
        rx: 3,
        fill: theme.accent,
      }),
    );
    y += BAR;
    text(name, 0, SMALL, theme.muted);
    text(percentWords(share), right + 8, SMALL, theme.text);
    y += 7;
  }
  y -= 4;
  line(paceWords(mark), theme.muted);
  if (mark.figures.length > 0) {
    y += 12;
    let x = 0;
    for (const { name, value } of mark.figures) {
      const words = drawnNumber(value);
      const wide = Math.min(width, Math.max(textWidth(words, LARGE, true), textWidth(name, SMALL)) + 22);
      if (x > 0 && x + wide > width) {
        x = 0;
        y += LARGE + SMALL + 14;
      }
      y += LARGE;
      text(words, x, LARGE, value === null ? warning(theme) : theme.text, true);
      y += SMALL + 5;
      text(cutText(name, wide - 12, SMALL), x, SMALL, theme.muted);
      y -= LARGE + SMALL + 5;
      x += wide;
    }
    y += LARGE + SMALL + 6;
  }
  if (mark.controls.length > 0) line(mark.controls.map(controlWords).join(" · "), theme.muted);
  for (const notice of mark.warnings) {
    y += 10;
    const lines = wrapped(noticeWords(notice), width - 24, (some) => textWidth(some, USUAL));
    const height = lines.length * LINE + 10;
    elements.push(
      element("rect", { x: 0, y, width, height, fill: theme.faint }),
      element("rect", { x: 0, y, width: 4, height, fill: warning(theme) }),
    );
    y += 4;
    for (const words of lines) {
      y += LINE;
      text(cutText(words, width - 24, USUAL), 14, USUAL, theme.text);
    }
    y += height - 4 - lines.length * LINE;
  }
  const told = mark.events.slice(-MOST_EVENTS);
  if (told.length > 0) y += 6;
  if (told.length < mark.events.length) line(`${mark.events.length - told.length} changes before these`, theme.muted);
  for (const notice of told) line(noticeWords(notice), theme.text);
  return { width, height: y + 8, elements };
}

const warning = ({ dark }: Theme): string => (dark ? lineColours.dark : lineColours.light)[1];
