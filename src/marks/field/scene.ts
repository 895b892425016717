/** Pictures with the boxes of a receptive field on them, the same in a page and as a picture. */
import { coloursOf, colouringOf } from "../grid/colouring";
import { channelsOf } from "../grid/check";
import { drawnNumber } from "../kit/numbers";
import { unpackTiles, type Tiles } from "../kit/pixels";
import { element, type Scene, type SceneElement } from "../kit/scene";
import { Canvas } from "../kit/raster";
import { textWidth } from "../kit/textWidth";
import type { Theme } from "../kit/theme";
import { fitText } from "../kit/words";
import { lineColours } from "../kit/colours";
import type { FieldMark, FieldPanel, FieldStep } from "./payload";

const [NAME, GAP, FONT, SMALL, LARGEST] = [24, 24, 14, 12, 440];
/** Of the input's sides: a box that reaches further is cut. */
const BEYOND = 0.6;

export interface PanelPlace {
  x: number;
  y: number;
  /** Pixels a pixel of the input. */
  scale: number;
  /** Of the input's first pixel. */
  originX: number;
  originY: number;
  width: number;
  height: number;
}

export interface FieldScene extends Scene {
  panels: PanelPlace[];
  tiles: Tiles[];
}

interface Look {
  theme: Theme;
  /** CSS pixels. */
  width: number;
  /** The step whose box stands out. */
  step: number;
  /** The address of a picture of a panel. */
  address(canvas: Canvas): string;
}

export function fieldScene(mark: FieldMark, { theme, width, step, address }: Look): FieldScene {
  const view = visible(mark);
  const count = mark.panels.length;
  const beside = Math.max(1, Math.min(count, Math.floor((width + GAP) / (220 + GAP))));
  const room = Math.min(LARGEST, (width - GAP * (beside - 1)) / beside);
  const exact = Math.min(room / view.width, LARGEST / view.height);
  const scale = exact > 1 ? Math.floor(exact * 4) / 4 : exact;
  const [panelWidth, panelHeight] = [view.width * scale, view.height * scale];
  const panels = mark.panels.map((_, i): PanelPlace => {
    const x = (i % beside) * (Math.max(panelWidth, 180) + GAP);
    const y = Math.floor(i / beside) * (panelHeight + NAME + GAP) + NAME;
    const [originX, originY] = [x - view.left * scale, y - view.top * scale];
    return { x, y, scale, originX, originY, width: panelWidth, height: panelHeight };
  });
  const tiles = mark.panels.map(({ grid }) => unpackTiles(grid.pixels, channelsOf(grid)));
  const elements = mark.panels.flatMap((panel, i) => {
    const words = fitText(panelWords(panel, tiles[i]), Math.max(panelWidth, 180) + GAP - 6, (each) =>
      textWidth(each, FONT),
    );
    return [
      element("text", { x: round(panels[i].x), y: round(panels[i].y - 8), "font-size": FONT, fill: theme.text }, words),
      ...pictureElements(mark, panel, tiles[i], panels[i], theme, address),
      ...boxElements(mark, panels[i], step, theme),
      ...nameElements(mark, panels[i]),
    ];
  });
  const last = panels[panels.length - 1];
  return {
    width: Math.ceil(Math.max(...panels.map((panel) => panel.x + Math.max(panel.width, 180)))),
    height: Math.ceil(last.y + last.height + 2),
    elements,
    panels,
    tiles,
  };
}

/** The panel's name with the numbers of its darkest and brightest colour. */
export function panelWords({ name, grid }: FieldPanel, tiles: Tiles): string {
  if (grid.scale === "rgb" || grid.palette === "grey") return name;
  const { min, max } = colouringOf(grid, tiles);
  return `${name}, ${drawnNumber(min)} to ${drawnNumber(max)}`;
}

/** What of the input and around it is to be seen, in its pixels. */
function visible({ size: [height, width], steps }: FieldMark): {
  top: number;
  left: number;
  height: number;
  width: number;
} {
  const side = (
    length: number,
    from: (step: FieldStep) => number,
    to: (step: FieldStep) => number,
  ): [number, number] => [
    Math.max(-BEYOND * length, Math.min(0, ...steps.map(from)) - 0.5),
    Math.min((1 + BEYOND) * length, Math.max(length, ...steps.map(to)) + 0.5),
  ];
  const [top, bottom] = side(
    height,
    (step) => step.top,
    (step) => step.top + step.height,
  );
  const [left, right] = side(
    width,
    (step) => step.left,
    (step) => step.left + step.width,
  );
  return { top, left, height: bottom - top, width: right - left };
}

function pictureElements(
  { size: [height, width] }: FieldMark,
  { grid }: FieldPanel,
  tiles: Tiles,
  place: PanelPlace,
  theme: Theme,
  address: (canvas: Canvas) => string,
): SceneElement[] {
  const canvas = new Canvas(tiles.width, tiles.height);
  coloursOf(tiles, 0, colouringOf(grid, tiles)).forEach((colour, i) =>
    canvas.put(i % tiles.width, Math.floor(i / tiles.width), colour),
  );
  const at = {
    ...{ x: round(place.originX), y: round(place.originY) },
    ...{ width: round(width * place.scale), height: round(height * place.scale) },
  };
  const padding = { x: round(place.x), y: round(place.y), width: round(place.width), height: round(place.height) };
  return [
    // Where the window looks beyond the input, at zeros.
    element("rect", { ...padding, fill: theme.faint, "fill-opacity": 0.6 }),
    element("image", { ...at, href: address(canvas), preserveAspectRatio: "none", style: "image-rendering:pixelated" }),
    element("rect", { ...at, fill: "none", stroke: theme.muted }),
  ];
}

/**
 * The layers' names, each in the upper left corner of its box or else in the lower right one, from the widest box on; one that would lie on another, or outside
 * of the picture, is left to the slider.
 */
function nameElements({ steps }: FieldMark, place: PanelPlace): SceneElement[] {
  const taken: { left: number; right: number; y: number }[] = [];
  return different(steps)
    .reverse()
    .flatMap(({ layer, top, left, height, width }) => {
      const words = fitText(layer, Math.max(width * place.scale, 60), (each) => textWidth(each, SMALL));
      const long = textWidth(words, SMALL);
      const corners = [
        [place.originX + left * place.scale + 5, place.originY + top * place.scale + SMALL + 2],
        [place.originX + (left + width) * place.scale - long - 5, place.originY + (top + height) * place.scale - 5],
      ];
      const found = corners.find(([x, y]) => {
        const isIn = x >= place.x && x + long <= place.x + place.width;
        const isFree = taken.every((o) => Math.abs(o.y - y) >= SMALL + 1 || x > o.right || x + long < o.left);
        return isIn && isFree && y - SMALL >= place.y && y <= place.y + place.height;
      });
      if (!found) return [];
      const [x, y] = found;
      taken.push({ left: x, right: x + long, y });
      const halo = { stroke: "#000", "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke" };
      return [element("text", { x: round(x), y: round(y), "font-size": SMALL, fill: "#fff", ...halo }, words)];
    });
}

/** The steps whose boxes differ from the one before. */
function different(steps: readonly FieldStep[]): FieldStep[] {
  const key = ({ top, left, height, width }: FieldStep): string => [top, left, height, width].join();
  return steps.filter((each, i) => i === 0 || key(each) !== key(steps[i - 1]));
}

/** Every box that differs from the one before, thin; that of the step thick, above the others. */
function boxElements({ steps }: FieldMark, place: PanelPlace, step: number, theme: Theme): SceneElement[] {
  return [
    ...different(steps).flatMap((each) => boxElement(each, place, false, theme)),
    ...boxElement(steps[step], place, true, theme),
  ];
}

/** A line with another around it: one of the two shows on any picture. */
function boxElement(step: FieldStep, place: PanelPlace, isChosen: boolean, theme: Theme): SceneElement[] {
  const { scale, originX, originY } = place;
  const [left, top] = [originX + step.left * scale, originY + step.top * scale];
  const [right, bottom] = [left + step.width * scale, top + step.height * scale];
  const cut = { left: Math.max(left, place.x), top: Math.max(top, place.y) };
  const end = { right: Math.min(right, place.x + place.width), bottom: Math.min(bottom, place.y + place.height) };
  // Sides that lie beyond what is shown are left open.
  const line = (x1: number, y1: number, x2: number, y2: number): string =>
    `M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}`;
  const sides = [
    top >= place.y ? line(cut.left, top, end.right, top) : "",
    bottom <= place.y + place.height ? line(cut.left, bottom, end.right, bottom) : "",
    left >= place.x ? line(left, cut.top, left, end.bottom) : "",
    right <= place.x + place.width ? line(right, cut.top, right, end.bottom) : "",
  ].join("");
  const path = (stroke: string, width: number): SceneElement =>
    element("path", { d: sides, fill: "none", stroke, "stroke-width": width, "stroke-linecap": "square" });
  const chosen = lineColours[theme.dark ? "dark" : "light"][1];
  return isChosen ? [path("#fff", 6), path(chosen, 3.5)] : [path("#000", 2.6), path("#fff", 1.2)];
}

const round = (value: number): number => Math.round(value * 10) / 10;
