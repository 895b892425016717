/** The words and bars of a laid out network: one function for the page and for the static picture. */
import { hex } from "../kit/colours";
import { element, type SceneElement } from "../kit/scene";
import type { Theme } from "../kit/theme";
import { cutText, textWidth } from "../kit/textWidth";
import { BARS, HEAD_GAP, LETTERS, LINE, unitRect, type NetworkLayout } from "./layout";
import { colourOf, coloursFor } from "./maps";
import type { Network, NetNode } from "./network";
import { classNames, percent, shapeWords, sharesOf } from "./words";

const fits = (words: string, width: number, bold = false): string => cutText(words, width, LETTERS, bold);

const text = (
  words: string,
  x: number,
  y: number,
  fill: string,
  more: Record<string, string | number> = {},
): SceneElement => element("text", { x, y, "text-anchor": "middle", "font-size": LETTERS, fill, ...more }, words);

export function wordElements(network: Network, layout: NetworkLayout, theme: Theme): SceneElement[] {
  const { nodes, mark } = network;
  const drawn: SceneElement[] = [];
  for (const { scope, left, right } of layout.groups) {
    const y = layout.groupLine as number;
    const words = fits(scope, right - left);
    if (words !== "") drawn.push(text(words, (left + right) / 2, y, theme.muted, { "font-style": "italic" }));
    drawn.push(element("line", { x1: left, x2: right, y1: y + 4.5, y2: y + 4.5, stroke: theme.border }));
  }
  for (const laid of layout.nodes) {
    const node = nodes[laid.index];
    const width = laid.index === mark.scores ? laid.tileWidth : laid.room - HEAD_GAP;
    drawn.push(text(headOf(node, width), laid.x, laid.y, theme.text, { "font-weight": 600 }));
    drawn.push(text(fits(shapeWords(node.shape), width), laid.x, laid.y + LINE - 1, theme.muted));
    if (laid.fold !== undefined) {
      const left = node.units - laid.units.length;
      const first = laid.units[0];
      const words = first === 0 ? `+ ${left}` : `${first}–${first + laid.units.length - 1}`;
      drawn.push(text(fits(words, laid.room), laid.x, laid.fold, theme.muted, { "data-fold": node.id }));
    }
  }
  drawn.push(...legendElements(layout, theme));
  return mark.scores === undefined ? drawn : [...drawn, ...barElements(network, layout, mark.scores, theme)];
}

const RAMP = { width: 60, height: 10, steps: 30 };

/** What the colours of the maps stand for. */
function legendElements({ legends }: NetworkLayout, theme: Theme): SceneElement[] {
  return legends.flatMap(({ isSigned, words, x, y }) => {
    const step = RAMP.width / RAMP.steps;
    const colours = coloursFor(isSigned ? [-1, 1] : [0, 1], RAMP.steps);
    const ramp = Array.from({ length: RAMP.steps }, (_, i) => {
      const place = i / (RAMP.steps - 1);
      const fill = hex(colourOf(colours, isSigned ? 2 * place - 1 : place));
      return element("rect", { x: x + i * step, y: y - RAMP.height + 1, width: step, height: RAMP.height, fill });
    });
    const more = { x: x + RAMP.width + 6, y, "font-size": LETTERS, fill: theme.muted };
    return [...ramp, element("text", more, words)];
  });
}

function barElements(network: Network, layout: NetworkLayout, scores: number, theme: Theme): SceneElement[] {
  const laid = layout.nodes[scores];
  const shares = sharesOf(network);
  const names = classNames(network);
  const largest = Math.max(...laid.units.map((unit) => shares[unit]).filter(Number.isFinite), 0);
  const longest = Math.max(
    ...laid.units.map((unit) => textWidth(`${names[unit]}${unit === network.mark.target ? " ◂" : ""}`, LETTERS, true)),
  );
  const [nameWidth, shareWidth] = [Math.min(BARS.names, Math.ceil(longest)), 50];
  return laid.units.flatMap((unit) => {
    const rect = unitRect(laid, unit);
    if (!rect) return [];
    const share = shares[unit];
    const y = rect.top + rect.height / 2 + 4;
    const isBest = share === largest;
    const left = rect.left + nameWidth + 4;
    const room = rect.width - nameWidth - shareWidth - 8;
    const width = Number.isFinite(share) ? Math.max(share * room, 0.5) : 0;
    const more = { "font-weight": isBest ? 600 : 400, fill: theme.text, "font-size": LETTERS, y };
    const isTarget = unit === network.mark.target;
    const name = fits(`${names[unit]}${isTarget ? " ◂" : ""}`, nameWidth, isBest);
    const bar = { x: left, y: rect.top + 3, height: rect.height - 6 };
    return [
      element("text", { ...more, x: rect.left + nameWidth, "text-anchor": "end" }, name),
      element("rect", { ...bar, width: room, fill: theme.faint }),
      element("rect", { ...bar, width, fill: isBest ? theme.accent : theme.muted, "data-class": unit }),
      element("text", { ...more, x: rect.left + rect.width, "text-anchor": "end" }, percent(share)),
    ];
  });
}

/**
 * What stands above a column. In a Sequential a name is a number, which says little: with what is around it ("downsample.0")
 * it says more, or with its kind ("0 conv2d").
 */
function headOf({ id, name, kind }: NetNode, width: number): string {
  const path = id.split(".").slice(-2).join(".");
  if (!/^\d+$/.test(name)) return fits(name, width, true);
  if (path === name) return fits(`${name} ${kind}`, width, true);
  // Cut at its beginning, because it is the number that tells neighbours apart.
  let cut = path;
  while (textWidth(cut, LETTERS, true) > width && cut.length > name.length + 2)
    cut = `…${cut.replace(/^…/, "").slice(1)}`;
  return cut;
}
