/** An embedding as a scene: the same in a picture and in a page. */
import { lineColours } from "../kit/colours";
import { element, type Scene, type SceneElement } from "../kit/scene";
import { cutText, textWidth } from "../kit/textWidth";
import type { Theme } from "../kit/theme";
import { tickLabel, ticks } from "../kit/ticks";
import type { AddressOf, Tile } from "../kit/tilePicture";
import { FONT, pixelOf, placeOf, planeAt, seen, type Frame, type Sight } from "./layout";
import type { Embedding } from "./read";
import { shapePath } from "./shapes";
import { className, pointName } from "./words";

/** CSS pixels a side that the image of a chosen point takes at most. */
const THUMBNAIL = 128;

export const classColour = (index: number, { dark }: Theme): string => {
  const colours = lineColours[dark ? "dark" : "light"];
  return colours[index % colours.length];
};

/** How a class is painted: where colours repeat, shapes are hollow, so that no two classes look alike. */
function paintOf(index: number, theme: Theme): Record<string, string | number> {
  const colour = classColour(index, theme);
  return Math.floor(index / lineColours.light.length) % 2 === 0
    ? { fill: colour }
    : { fill: theme.surface, stroke: colour, "stroke-width": 1.8 };
}

/** Smaller where points are many. */
export const radiusFor = (count: number): number => (count > 800 ? 3.2 : count > 200 ? 4 : 5);

export function embeddingScene(
  embedding: Embedding,
  frame: Frame,
  sight: Sight,
  theme: Theme,
  address: AddressOf,
): Scene {
  const elements = [
    ...axes(embedding, frame, theme),
    ...points(embedding, frame, sight, theme),
    ...legend(frame, sight, theme),
    ...(sight.chosen === undefined ? [] : callout(embedding, frame, sight.chosen, theme, address)),
  ];
  return { width: frame.width, height: frame.height, elements };
}

const label = (words: string, x: number, y: number, fill: string, anchor = "start", more = {}): SceneElement =>
  element("text", { x, y, fill, "font-size": FONT, "text-anchor": anchor, ...more }, words);

const line = (x1: number, y1: number, x2: number, y2: number, stroke: string): SceneElement =>
  element("line", { x1, y1, x2, y2, stroke });

const tenth = (value: number): number => Math.round(value * 10) / 10;

function axes({ mark }: Embedding, frame: Frame, theme: Theme): SceneElement[] {
  const { plot } = frame;
  const [right, bottom] = [plot.left + plot.width, plot.top + plot.height];
  const [minX, maxY] = planeAt(frame, plot.left, plot.top);
  const [maxX, minY] = planeAt(frame, right, bottom);
  const across = ticks(minX, maxX, Math.max(2, plot.width / 110)).flatMap((tick) => {
    const x = tenth(placeOf(frame, tick, 0)[0]);
    return [line(x, plot.top, x, bottom, theme.faint), label(tickLabel(tick), x, bottom + 17, theme.muted, "middle")];
  });
  const up = ticks(minY, maxY, Math.max(2, plot.height / 60)).flatMap((tick) => {
    const y = tenth(placeOf(frame, 0, tick)[1]);
    return [
      line(plot.left, y, right, y, theme.faint),
      label(tickLabel(tick), plot.left - 6, y + 4.5, theme.muted, "end"),
    ];
  });
  const box = { x: plot.left, y: plot.top, width: plot.width, height: plot.height };
  const [x, y] = [mark.x, mark.y].map((words, i) => cutText(words, i === 0 ? plot.width : plot.height, FONT));
  const turned = { transform: `translate(14 ${plot.top + plot.height / 2}) rotate(-90)` };
  return [
    ...across,
    ...up,
    element("rect", { ...box, fill: "none", stroke: theme.border }),
    ...(x ? [label(x, plot.left + plot.width / 2, bottom + 36, theme.text, "middle")] : []),
    ...(y ? [label(y, 0, 0, theme.text, "middle", turned)] : []),
  ];
}

/** A path a class: a page with thousands of points has few elements. */
function points(embedding: Embedding, frame: Frame, { only }: Sight, theme: Theme): SceneElement[] {
  const { mark, count } = embedding;
  const radius = radiusFor(count);
  const paths = new Map<number, string[]>();
  for (const point of seen(embedding, frame)) {
    const index = mark.labels[point];
    const path = paths.get(index) ?? [];
    path.push(shapePath(index, ...pixelOf(embedding, frame, point), radius));
    paths.set(index, path);
  }
  const inOrder = [...paths].sort(([a], [b]) => Number(a === only) - Number(b === only) || a - b);
  return inOrder.map(([index, path]) =>
    element("path", {
      d: path.join(""),
      ...{ stroke: theme.surface, "stroke-width": 0.6 },
      ...paintOf(index, theme),
      opacity: only === undefined || only === index ? undefined : 0.15,
    }),
  );
}

function legend({ legend: entries, width }: Frame, { only }: Sight, theme: Theme): SceneElement[] {
  return entries.flatMap(({ index, words, x, y }) => {
    const shown = cutText(words, Math.min(150, width - x - 20), FONT);
    if (index === undefined) return [label(shown, x + 20, y + 4.5, theme.muted)];
    return [
      element("path", { d: shapePath(index, x + 7, y, 6), ...paintOf(index, theme) }),
      label(shown, x + 20, y + 4.5, theme.text, "start", { "font-weight": only === index ? 700 : undefined }),
    ];
  });
}

/** A ring around a point, and beside it its image, class and number. */
function callout(embedding: Embedding, frame: Frame, point: number, theme: Theme, address: AddressOf): SceneElement[] {
  const { mark, images } = embedding;
  const [x, y] = pixelOf(embedding, frame, point).map(tenth);
  const image: Tile | undefined = images[point];
  const longer = image ? Math.max(image.tiles.width, image.tiles.height) : 1;
  const scale = longer > THUMBNAIL ? THUMBNAIL / longer : Math.floor(THUMBNAIL / longer);
  const [imageWidth, imageHeight] = image ? [image.tiles.width * scale, image.tiles.height * scale] : [0, 0];
  const lines = [cutText(className(mark, mark.labels[point]), 180, FONT, true), pointName(mark, point)];
  const wordsWide = Math.max(...lines.map((words) => textWidth(words, FONT, true)));
  const width = Math.ceil(Math.max(imageWidth, wordsWide) + 12);
  const height = imageHeight + 12 + 17 * lines.length;
  const { plot } = frame;
  const left = x + 14 + width <= plot.left + plot.width ? x + 14 : Math.max(0, x - 14 - width);
  const top = Math.min(
    Math.max(plot.top + 2, y - height / 2),
    Math.max(plot.top + 2, plot.top + plot.height - height - 2),
  );
  const radius = radiusFor(embedding.count) + 4;
  const ring = { cx: x, cy: y, r: radius, fill: "none" };
  return [
    element("circle", { ...ring, stroke: theme.surface, "stroke-width": 5 }),
    element("circle", { ...ring, stroke: theme.text, "stroke-width": 2 }),
    element("rect", { x: left, y: top, width, height, rx: 3, fill: theme.surface, stroke: theme.border }),
    ...(image
      ? [
          element("image", {
            ...{ x: left + 6, y: top + 6, width: imageWidth, height: imageHeight, href: address(image) },
            preserveAspectRatio: "none",
            "image-rendering": "pixelated",
          }),
        ]
      : []),
    ...lines.map((words, i) =>
      label(words, left + 6, top + imageHeight + 6 + 14 + 17 * i, theme.text, "start", {
        "font-weight": i === 0 ? 700 : undefined,
      }),
    ),
  ];
}
