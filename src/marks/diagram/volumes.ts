/** Layers as volumes of channels x height x width, as LeNet and AlexNet were drawn. */
import { element, type SceneElement } from "../kit/scene";
import { textWidth } from "../kit/textWidth";
import { fitText } from "../kit/words";
import type { Size } from "./arrange";
import { round } from "./edges";
import type { Item } from "./items";
import { FONT, isJoin, JOIN, joinWidth, joinWords, shapeWords } from "./measures";
import type { DiagramMark } from "./payload";
import type { Drawing } from "./scene";
import type { Stack } from "./stacks";

/** Pixels of the largest side of any picture, of the most channels, of the longest vector; and of the smallest of all. */
const [LARGEST, THICKEST, LONGEST, LEAST] = [120, 70, 170, 5];
/** Of a side that leads away from the reader. */
const [AWAY_X, AWAY_Y] = [0.35, 0.3];
const LABEL = 2 * FONT.line;
/** Room for a word below the thinnest volume. */
const NARROWEST = 78;

interface Volume {
  height: number;
  thickness: number;
  /** Of the side that leads away: to the right and up. */
  awayX: number;
  awayY: number;
}

/** Sides grow with the square root of their numbers: 224 and 7 are both to be seen. */
function volumeOf({ nodes }: DiagramMark, shape: readonly number[]): Volume {
  const most = { picture: 1, channels: 1, vector: 1 };
  for (const node of nodes) {
    const sides = sidesOf(node.shape);
    if (sides.length === 1) most.vector = Math.max(most.vector, sides[0]);
    else {
      most.channels = Math.max(most.channels, sides[0]);
      most.picture = Math.max(most.picture, sides[1], sides[2]);
    }
  }
  const scaled = (count: number, of: number, pixels: number): number => Math.max(LEAST, pixels * Math.sqrt(count / of));
  const sides = sidesOf(shape);
  if (sides.length === 1)
    return { height: scaled(sides[0], most.vector, LONGEST), thickness: LEAST + 3, awayX: 4, awayY: 4 };
  const [channels, height, width] = sides;
  const away = scaled(width, most.picture, LARGEST);
  return {
    height: scaled(height, most.picture, LARGEST),
    thickness: scaled(channels, most.channels, THICKEST),
    awayX: away * AWAY_X,
    awayY: away * AWAY_Y,
  };
}

/** [C,H,W] of whatever it is, or [F]; lines are pictures of one row, and of volumes the first side is drawn as channels. */
function sidesOf(shape: readonly number[]): [number] | [number, number, number] {
  const [first = 1, second, ...rest] = shape;
  if (second === undefined) return [first];
  if (rest.length === 0) return [first, 1, second];
  return [first, second, rest.reduce((product, side) => product * side, 1)];
}

export function volumeSize(mark: DiagramMark, items: readonly Item[], { items: [head] }: Stack): Size {
  const item = items[head];
  if (isJoin(item)) return { along: joinWidth(item), across: JOIN };
  const { height, thickness, awayX, awayY } = volumeOf(mark, item.shape);
  const along = Math.max(NARROWEST, thickness + awayX);
  const enter = (along - thickness - awayX) / 2;
  return { along, across: height + awayY + 2 * LABEL, enter, leave: enter + awayX / 2 };
}

export function volumeElements(drawing: Drawing): SceneElement[] {
  const { mark, items, stacks, sizes, arranged, theme, colours } = drawing;
  return stacks.map(({ items: [head] }, at) => {
    const item = items[head];
    const [left, middle] = arranged.at[at];
    const { along } = sizes[at];
    const data = { "data-item": head, class: "rcp-Diagram-item" };
    if (isJoin(item))
      return element(
        "g",
        data,
        element("rect", {
          ...{ x: round(left), y: round(middle - JOIN / 2), width: round(along), height: JOIN, rx: JOIN / 2 },
          ...{ fill: theme.surface, stroke: theme.text },
        }),
        label(joinWords(item), left + along / 2, middle + 5, FONT.name, theme.text, 600),
      );
    const volume = volumeOf(mark, item.shape);
    const { height, awayY } = volume;
    const total = height + awayY;
    const name = item.folded >= 0 ? `▸ ${item.name}` : item.name;
    const fit = (words: string, size: number): string =>
      fitText(words, along + 26, (each) => textWidth(each, size, size === FONT.name));
    const x = left + along / 2;
    return element(
      "g",
      data,
      ...oblique(volume, left, middle - total / 2, along, colours[item.family], theme.surface, theme.text),
      label(fit(lastOf(name, item), FONT.name), x, middle - total / 2 - 8, FONT.name, theme.text, 600),
      label(fit(shapeWords(item.shape), FONT.words), x, middle + total / 2 + 15, FONT.words, theme.text),
      label(fit(item.kind, FONT.words), x, middle + total / 2 + 15 + FONT.line - 2, FONT.words, theme.muted),
    );
  });
}

/** The end of a path says more than its beginning. */
const lastOf = (name: string, { folded }: Item): string =>
  textWidth(name, FONT.name, true) > 104 && folded < 0 ? `…${name.slice(name.lastIndexOf("."))}` : name;

const label = (words: string, x: number, y: number, size: number, fill: string, weight?: number): SceneElement =>
  element(
    "text",
    { x: round(x), y: round(y), "text-anchor": "middle", "font-size": size, "font-weight": weight, fill },
    words,
  );

/** Front, top and side of a box; in the middle of its room. */
function oblique(
  { height, thickness, awayX, awayY }: Volume,
  left: number,
  top: number,
  along: number,
  colour: string,
  surface: string,
  line: string,
): SceneElement[] {
  const x = left + (along - thickness - awayX) / 2;
  const y = top + awayY;
  const face = (points: [number, number][], opacity: number): SceneElement[] => {
    const corners = points.map(([px, py]) => `${round(px)},${round(py)}`).join(" ");
    return [
      element("polygon", { points: corners, fill: surface, stroke: line }),
      element("polygon", { points: corners, fill: colour, "fill-opacity": opacity, stroke: line, "stroke-width": 0.8 }),
    ];
  };
  const right = x + thickness;
  return [
    ...face(
      [
        [x, y],
        [right, y],
        [right, y + height],
        [x, y + height],
      ],
      0.35,
    ),
    ...face(
      [
        [x, y],
        [right, y],
        [right + awayX, y - awayY],
        [x + awayX, y - awayY],
      ],
      0.15,
    ),
    ...face(
      [
        [right, y],
        [right + awayX, y - awayY],
        [right + awayX, y - awayY + height],
        [right, y + height],
      ],
      0.6,
    ),
  ];
}
