/** Windows on an input: along one direction, each on a line of its own, and in the plane. */
import { lineColours } from "../kit/colours";
import { hatch } from "../kit/hatch";
import { element, type Attributes, type Scene, type SceneElement } from "../kit/scene";
import { round } from "../kit/svg";
import type { Theme } from "../kit/theme";
import { fitOf, type Fit } from "./fit";
import type { Settings } from "./payload";

/** CSS pixels. */
const [CELL, LANE, GAP, LABEL] = [40, 16, 30, 13];
/** Lines of windows, and windows, that are drawn at most. */
const [MOST_LANES, MOST_WINDOWS] = [12, 256];
/** Of the picture in the plane, and the width from which it lies at the side. */
const [PLANE, WIDE] = [250, 900];
/** Cells a side from which they are not told apart. */
const MOST_CELLS = 48;

export interface SandboxScene extends Scene {
  /** The cells of the output along the line, for the pointer. */
  outputs: { x: number; width: number; y: number; height: number }[];
}

/** @param at the window that is marked */
export function sandboxScene(settings: Settings, at: number, theme: Theme, width: number): SandboxScene {
  const fit = fitOf(settings);
  const isWide = width >= WIDE;
  const line = lineScene(settings, fit, at, theme, (isWide ? width - 2 * PLANE - 90 : width) - 8);
  const plane = planeScene(settings, fit, at, theme);
  const [left, top] = isWide ? [line.width + 60, 0] : [4, line.height + 16];
  return {
    width,
    height: isWide ? Math.max(line.height, plane.height) + 8 : line.height + plane.height + 24,
    outputs: line.outputs,
    elements: [...line.elements, element("g", { transform: `translate(${left} ${top})` }, ...plane.elements)],
  };
}

/** Of what no window reaches, or does not fit. */
const leftColour = (theme: Theme): string => lineColours[theme.dark ? "dark" : "light"][1];

/** What a scene writes and fills, in one theme. */
function pens(theme: Theme) {
  return {
    text: (words: string, x: number, y: number, more: Attributes = {}) =>
      element("text", { x: round(x), y: round(y), "font-size": LABEL, fill: theme.muted, ...more }, words),
    rect: (x: number, y: number, width: number, height: number, more: Attributes = {}) =>
      element("rect", {
        ...{ x: round(x), y: round(y), width: round(width), height: round(height) },
        ...{ fill: theme.surface, stroke: theme.border, ...more },
      }),
  };
}

function lineScene(settings: Settings, fit: Fit, at: number, theme: Theme, width: number): SandboxScene {
  const { inputSize, kernelSize, stride, padding, dilation } = settings;
  const { text, rect } = pens(theme);
  const missed = leftColour(theme);
  const total = inputSize + 2 * padding;
  // A window that is too large is drawn all the same.
  const size = Math.min(CELL, width / Math.max(total, fit.count < 1 ? fit.span : 0));
  const height = Math.max(14, Math.min(size, 34));
  // On two lines at least: windows side by side on one would look like a single one.
  const apart = Math.max(2, Math.ceil(fit.span / stride));
  const lanes = Math.min(MOST_LANES, apart, Math.max(1, fit.count));
  const [outputTop, laneTop] = [22, 22 + height + GAP];
  const inputTop = laneTop + lanes * LANE + 10;
  const left = 4;
  const start = (window: number): number => left + window * stride * size;
  const middle = (window: number): number => start(window) + (fit.span * size) / 2;
  const elements: SceneElement[] = [text("Output", left, 14)];
  const outputWidth = Math.min(size, stride * size * 0.9);
  const outputs = Array.from({ length: Math.min(fit.count, MOST_WINDOWS) }, (_, i) => ({
    ...{ x: middle(i) - outputWidth / 2, width: outputWidth, y: outputTop, height },
  }));
  const isMarked = (window: number): boolean => window === at;
  outputs.forEach(({ x, width, y }, i) => {
    const mark = isMarked(i) ? { stroke: theme.accent, "stroke-width": 3 } : {};
    elements.push(rect(x, y, width, height, { ...mark, "data-part": "output" }));
    if (width >= 18) elements.push(centred(`${i}`, x + width / 2, y + height / 2, theme.text));
  });
  if (at < outputs.length)
    elements.push(
      element("path", {
        d: `M${round(middle(at))} ${outputTop + height}L${round(start(at))} ${inputTop}H${round(start(at) + fit.span * size)}Z`,
        ...{ fill: theme.accent, "fill-opacity": 0.15, stroke: theme.accent },
      }),
    );
  const drawn = fit.count < 1 ? [0] : outputs.map((_, i) => i);
  for (const window of drawn) {
    const lane = window % apart;
    if (lane >= lanes) continue;
    const y = laneTop + lane * LANE + 2;
    const colour = fit.count < 1 ? missed : isMarked(window) ? theme.accent : theme.muted;
    if (dilation > 1)
      elements.push(
        element("line", {
          ...{ x1: round(start(window)), x2: round(start(window) + fit.span * size), y1: y + 5, y2: y + 5 },
          ...{ stroke: colour, "stroke-width": 1.5, "data-part": "window" },
        }),
      );
    // Pixels of a window lie closer to each other than those of two windows on one line. Of small pixels a bar is left.
    const end = Math.min(3, size / 4);
    const bar = (x: number, right: number): string =>
      `M${round(x)} ${y}h${round(Math.max(1, right - x))}v10H${round(x)}z`;
    const taps =
      size < 5
        ? [bar(start(window) + 1, start(window) + fit.span * size - 1)]
        : Array.from({ length: kernelSize }, (_, tap) => {
            const x = start(window) + tap * dilation * size;
            return bar(x + (tap === 0 ? end : 0.5), x + size - (tap === kernelSize - 1 ? end : 0.5));
          });
    elements.push(element("path", { d: taps.join(""), fill: colour }));
  }
  elements.push(
    text(
      padding > 0 ? `Input with ${padding} ${padding === 1 ? "zero" : "zeros"} on each side` : "Input",
      left,
      inputTop + height + 18,
    ),
  );
  for (let i = 0; i < total; i++) {
    const [x, pixel] = [left + i * size, i - padding];
    const isPadding = pixel < 0 || pixel >= inputSize;
    const isLeft = fit.count > 0 && i >= total - fit.leftOver;
    const stroke = size < 5 ? "none" : theme.border;
    const part = isLeft ? "left" : isPadding ? "padding" : "input";
    elements.push(
      rect(x, inputTop, size, height, { fill: isLeft ? missed : theme.surface, stroke, "data-part": part }),
    );
    if (isPadding) elements.push(hatch(x, inputTop, size, height, isLeft ? theme.surface : theme.border));
    // Numbers name pixels; what pads them has none.
    if (size >= 18 && !isPadding)
      elements.push(centred(`${pixel}`, x + size / 2, inputTop + height / 2, isLeft ? "#000" : theme.text));
  }
  if (size < 5) elements.push(rect(left, inputTop, total * size, height, { fill: "none" }));
  if (fit.leftOver > 0)
    elements.push(
      text("left over", left + total * size, inputTop + height + 18, {
        ...{ "text-anchor": "end", "font-weight": 600, fill: theme.text },
      }),
    );
  return { width: left + Math.max(total, fit.span) * size, height: inputTop + height + 28, elements, outputs };
}

const centred = (words: string, x: number, y: number, fill: string): SceneElement =>
  element("text", { x: round(x), y: round(y + 4.5), "font-size": LABEL, "text-anchor": "middle", fill }, words);

/** The same windows in both directions: the padded input, the marked window, and the output. */
function planeScene(settings: Settings, fit: Fit, at: number, theme: Theme): Scene {
  const { inputSize, kernelSize, stride, padding, dilation } = settings;
  const { text, rect } = pens(theme);
  const missed = leftColour(theme);
  const total = inputSize + 2 * padding;
  const size = Math.min(24, PLANE / total);
  const [top, side] = [22, total * size];
  const elements: SceneElement[] = [
    text(`Input ${inputSize}×${inputSize}`, 0, 14),
    rect(0, top, side, side),
    ...(padding > 0 ? [hatch(0, top, side, side, theme.border)] : []),
    rect(padding * size, top + padding * size, inputSize * size, inputSize * size, { stroke: theme.muted }),
  ];
  if (fit.leftOver > 0) {
    const width = fit.leftOver * size;
    const more = { fill: missed, "fill-opacity": 0.75, stroke: "none" };
    elements.push(rect(side - width, top, width, side, more), rect(0, top + side - width, side - width, width, more));
  }
  elements.push(...mesh(0, top, total, size, theme));
  const window = Math.min(at, Math.max(0, fit.count - 1)) * stride * size;
  if (fit.count > 0) {
    for (let tap = 0; tap < kernelSize * kernelSize && kernelSize * kernelSize <= 1024; tap++) {
      const [x, y] = [(tap % kernelSize) * dilation * size, Math.floor(tap / kernelSize) * dilation * size];
      elements.push(
        rect(window + x, top + y, size, size, { fill: theme.accent, "fill-opacity": 0.35, stroke: "none" }),
      );
    }
    const reach = fit.span * size;
    elements.push(rect(window, top, reach, reach, { fill: "none", stroke: theme.accent, "stroke-width": 2.5 }));
  }
  const left = side + 50;
  const output = Math.max(0, fit.count);
  elements.push(
    text("→", side + 16, top + 30, { "font-size": 22, fill: theme.text }),
    text(output === 0 ? "No output" : `Output ${output}×${output}`, left, 14),
  );
  if (output > 0) {
    elements.push(rect(left, top, output * size, output * size), ...mesh(left, top, output, size, theme));
    const mark = { fill: "none", stroke: theme.accent, "stroke-width": 2.5 };
    elements.push(rect(left + Math.min(at, output - 1) * size, top, size, size, mark));
  }
  return { width: 2 * PLANE + 60, height: top + Math.max(side, output * size) + 6, elements };
}

/** The lines between cells, where they are told apart. */
function mesh(x: number, y: number, count: number, size: number, { border }: Theme): SceneElement[] {
  if (count > MOST_CELLS) return [];
  const d = Array.from({ length: Math.max(0, count - 1) }, (_, i) => {
    const at = round((i + 1) * size);
    return `M${round(x + at)} ${round(y)}v${round(count * size)}M${round(x)} ${round(y + at)}h${round(count * size)}`;
  });
  return [element("path", { d: d.join(""), stroke: border, fill: "none" })];
}
