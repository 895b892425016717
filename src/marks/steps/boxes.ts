/** Drawings that are set beside and below each other, as a typesetter sets boxes. */
import { textWidth } from "../kit/textWidth";
import { element, type SceneElement } from "../kit/scene";
import { round } from "../kit/svg";
import { wrapped } from "../kit/words";

/** What lies at a place that a pointer can reach: cells of one size, row by row. */
export interface Area {
  part: Part;
  /** Of the input. */
  channel: number;
  x: number;
  y: number;
  rows: number;
  columns: number;
  cell: readonly [width: number, height: number];
}
export type Part = "input" | "patch" | "filter" | "product" | "output" | "stage" | "curve";

export interface Placed {
  elements: readonly SceneElement[];
  areas: readonly Area[];
}

export interface Box {
  width: number;
  height: number;
  /** With its upper left corner at x, y. */
  at(x: number, y: number): Placed;
}

/** Where boxes of different sizes lie beside or below each other. */
type Align = "start" | "middle";

const total = (sizes: readonly number[], gap: number): number =>
  sizes.reduce((sum, size) => sum + size, 0) + gap * Math.max(0, sizes.length - 1);
const widest = (sizes: readonly number[]): number => Math.max(0, ...sizes);

export function beside(boxes: readonly Box[], gap: number, align: Align = "middle"): Box {
  const height = widest(boxes.map((box) => box.height));
  return {
    width: total(
      boxes.map((box) => box.width),
      gap,
    ),
    height,
    at(x, y) {
      let left = x;
      return joined(
        boxes.map((box) => {
          const placed = box.at(left, align === "start" ? y : y + (height - box.height) / 2);
          left += box.width + gap;
          return placed;
        }),
      );
    },
  };
}

export function below(boxes: readonly Box[], gap: number, align: Align = "start"): Box {
  const width = widest(boxes.map((box) => box.width));
  return {
    width,
    height: total(
      boxes.map((box) => box.height),
      gap,
    ),
    at(x, y) {
      let top = y;
      return joined(
        boxes.map((box) => {
          const placed = box.at(align === "start" ? x : x + (width - box.width) / 2, top);
          top += box.height + gap;
          return placed;
        }),
      );
    },
  };
}

export const joined = (parts: readonly Placed[]): Placed => ({
  elements: parts.flatMap(({ elements }) => elements),
  areas: parts.flatMap(({ areas }) => areas),
});

/** Boxes beside each other in as many lines as they need. */
export function flow(boxes: readonly Box[], gap: number, width: number): Box {
  const lines: Box[][] = [];
  let left = 0;
  for (const box of boxes) {
    if (lines.length === 0 || left + gap + box.width > width) {
      lines.push([box]);
      left = box.width;
    } else {
      lines[lines.length - 1].push(box);
      left += gap + box.width;
    }
  }
  return below(
    lines.map((line) => beside(line, gap)),
    gap,
  );
}

export interface Wording {
  size: number;
  colour: string;
  bold?: boolean;
  /** CSS pixels; default as wide as the words may be. */
  width?: number;
  anchor?: "start" | "middle" | "end";
  part?: string;
}

/** A line of words. */
export function words(text: string, { size, colour, bold, width, anchor = "start", part }: Wording): Box {
  const own = width ?? Math.ceil(textWidth(text, size, bold));
  const share = { start: 0, middle: 0.5, end: 1 }[anchor];
  return {
    width: own,
    height: Math.ceil(size * 1.35),
    at: (x, y) => ({
      areas: [],
      elements: [
        element(
          "text",
          {
            x: round(x + share * own),
            y: round(y + size),
            "font-size": size,
            fill: colour,
            "text-anchor": anchor,
            "font-weight": bold ? 600 : undefined,
            "data-part": part,
          },
          text,
        ),
      ],
    }),
  };
}

/** Words in as many lines as they need. */
export function paragraph(text: string, width: number, wording: Wording): Box {
  const lines = wrapped(text, width, (line) => textWidth(line, wording.size, wording.bold));
  return below(
    lines.map((line) => words(line, wording)),
    0,
  );
}
