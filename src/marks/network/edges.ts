/** The edges of a laid out network: lines from unit to unit between neighbouring columns, arcs over the columns between. */
import { element, type SceneElement } from "../kit/scene";
import { round } from "../kit/svg";
import type { Theme } from "../kit/theme";
import { unitRect, type NetworkLayout, type NodeLayout } from "./layout";
import { readsOf, type Network, type NetNode } from "./network";
import { inside, type Box } from "./reach";

/** More lines between two columns are not told apart. */
const MOST_LINES = 160;
/** Nor are frames around more units than this. */
const MOST_FRAMED = 40;

const bottomOf = ({ top, units, step }: NodeLayout): number => top + units.length * step;

/** Whether nothing lies between them. */
const areNeighbours = ({ mark }: Network, from: NetNode, to: NetNode): boolean =>
  to.depth - from.depth === 1 || to.index === mark.scores;

export function edgeElements(network: Network, layout: NetworkLayout, theme: Theme): SceneElement[] {
  const { nodes } = network;
  const colour = theme.border;
  const drawn: SceneElement[] = [];
  for (const to of nodes)
    for (const input of new Set(to.inputs)) {
      const from = nodes[input];
      const [a, b] = [layout.nodes[input], layout.nodes[to.index]];
      if (!areNeighbours(network, from, to)) continue;
      const lines = unitLines(network, to, input, a, b);
      const path = lines.length > 0 && lines.length <= MOST_LINES ? lines.map(lineBetween).join("") : undefined;
      const edge = { "data-edge": `${from.id} ${to.id}` };
      drawn.push(
        path
          ? element("path", { ...edge, d: path, fill: "none", stroke: colour, "stroke-width": 0.7 })
          : element("path", {
              ...edge,
              d: band(a, b),
              fill: colour,
              "fill-opacity": 0.2,
              stroke: colour,
              "stroke-width": 0.7,
            }),
      );
    }
  for (const lane of layout.lanes) {
    const d = lanePath(layout.nodes[lane.from], layout.nodes[lane.to], lane.y);
    const edge = { "data-edge": `${nodes[lane.from].id} ${nodes[lane.to].id}` };
    drawn.push(element("path", { ...edge, d, fill: "none", stroke: theme.muted, "stroke-width": 1.4 }));
  }
  return drawn;
}

type Line = readonly [x1: number, y1: number, x2: number, y2: number];
const lineBetween = ([x1, y1, x2, y2]: Line): string => `M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}`;

/** The lines of drawn maps to drawn maps; none where one side is a strip of numbers. */
function unitLines(network: Network, to: NetNode, input: number, a: NodeLayout, b: NodeLayout): Line[] {
  if (to.isVector || network.nodes[input].isVector) return [];
  return b.units.flatMap((unit) => linesInto(network, to, unit, a, b, input));
}

/** The lines that lead into one unit; those of units that are not drawn come from the words about them. */
function linesInto(
  network: Network,
  to: NetNode,
  unit: number,
  a: NodeLayout,
  b: NodeLayout,
  input: number,
  withFolded = false,
): Line[] {
  const end = unitRect(b, unit);
  if (!end) return [];
  const [x2, y2] = [end.left, end.top + end.height / 2];
  const lines: Line[] = [];
  let isFolded = false;
  for (const { operand, from, to: behind } of readsOf(network, to, unit)) {
    if (to.inputs[operand] !== input) continue;
    let found = 0;
    for (const read of a.units) {
      if (read < from || read >= behind) continue;
      const start = unitRect(a, read);
      if (!start) continue;
      found++;
      lines.push([start.left + start.width, start.top + start.height / 2, x2, y2]);
    }
    isFolded ||= found < behind - from;
  }
  if (isFolded && withFolded && a.fold !== undefined) lines.push([a.left + a.tileWidth, a.fold - 4, x2, y2]);
  return lines;
}

/** All of a column to all of the next. */
function band(a: NodeLayout, b: NodeLayout): string {
  const [x1, x2] = [a.left + a.tileWidth + 2, b.left - 2];
  const middle = (x1 + x2) / 2;
  const [top1, bottom1, top2, bottom2] = [a.top, bottomOf(a), b.top, bottomOf(b)].map(round);
  return (
    `M${round(x1)} ${top1}C${round(middle)} ${top1} ${round(middle)} ${top2} ${round(x2)} ${top2}` +
    `L${round(x2)} ${bottom2}C${round(middle)} ${bottom2} ${round(middle)} ${bottom1} ${round(x1)} ${bottom1}Z`
  );
}

/** From behind a column up, over those between, and down before another one. */
function lanePath(a: NodeLayout, b: NodeLayout, y: number): string {
  const [x1, x2] = [a.left + a.tileWidth + 7, b.left - 7];
  const [from, to] = [a.top + a.tileHeight / 2, b.top + b.tileHeight / 2];
  const r = 5;
  return (
    `M${round(a.left + a.tileWidth)} ${round(from)}H${round(x1 - r)}Q${round(x1)} ${round(from)} ${round(x1)} ${round(from - r)}` +
    `V${round(y + r)}Q${round(x1)} ${round(y)} ${round(x1 + r)} ${round(y)}H${round(x2 - r)}` +
    `Q${round(x2)} ${round(y)} ${round(x2)} ${round(y + r)}V${round(to - r)}Q${round(x2)} ${round(to)} ${round(x2 + r)} ${round(to)}H${round(b.left)}`
  );
}

/** What a unit reads, to be drawn over the others: the lines into it, and those out of it where `after` is asked for. */
export function highlightElements(
  network: Network,
  layout: NetworkLayout,
  node: NetNode,
  unit: number,
  theme: Theme,
): SceneElement[] {
  const { nodes } = network;
  const b = layout.nodes[node.index];
  const drawn: SceneElement[] = [];
  const style = { fill: "none", stroke: theme.accent, "stroke-width": 1.6 };
  for (const input of new Set(node.inputs)) {
    const a = layout.nodes[input];
    if (areNeighbours(network, nodes[input], node)) {
      const lines = linesInto(network, node, unit, a, b, input, true);
      const name = { "data-highlight": nodes[input].id };
      const end = unitRect(b, unit);
      if (lines.length > MOST_FRAMED && end) {
        const d = band(a, { ...b, top: end.top, units: [unit], step: end.height });
        drawn.push(element("path", { ...name, d, fill: theme.accent, opacity: 0.35 }));
      } else if (lines.length > 0)
        drawn.push(element("path", { ...style, ...name, d: lines.map(lineBetween).join("") }));
    } else {
      const lane = layout.lanes.find(({ from, to }) => from === input && to === node.index);
      if (lane) {
        const d = lanePath(a, b, lane.y);
        drawn.push(element("path", { ...style, "stroke-width": 2.4, d, "data-highlight": nodes[input].id }));
      }
    }
    for (const { operand, from, to } of readsOf(network, node, unit)) {
      if (node.inputs[operand] !== input || a.units.length > MOST_FRAMED) continue;
      for (const read of a.units) {
        const rect = read >= from && read < to ? unitRect(a, read) : undefined;
        if (rect) drawn.push(frame(rect, theme.accent, 1.6));
      }
    }
  }
  const own = unitRect(b, unit);
  if (own) drawn.push(frame(own, theme.accent, 3));
  return drawn;
}

function frame(
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
  colour: string,
  line: number,
): SceneElement {
  const out = line / 2 + 0.5;
  const size = { x: left - out, y: top - out, width: width + 2 * out, height: height + 2 * out };
  return element("rect", { ...size, fill: "none", stroke: colour, "stroke-width": line });
}

/** Of each node that a number depends on, the box that it sees, on the maps that are drawn. */
export function boxElements(
  { nodes, mark }: Network,
  layout: NetworkLayout,
  boxes: readonly (Box | undefined)[],
  theme: Theme,
): SceneElement[] {
  return nodes.flatMap((node) => {
    const seen = boxes[node.index];
    const box = seen && !node.isVector && node.index !== mark.scores ? inside(seen, node) : undefined;
    const { height, width } = node;
    // A box around everything says nothing.
    if (!box || (box.bottom - box.top + 1 === height && box.right - box.left + 1 === width)) return [];
    return layout.nodes[node.index].units.flatMap((unit) => {
      const rect = unitRect(layout.nodes[node.index], unit);
      if (!rect) return [];
      const [down, across] = [rect.height / height, rect.width / width];
      const size = { width: (box.right - box.left + 1) * across, height: (box.bottom - box.top + 1) * down };
      const place = { x: round(rect.left + box.left * across), y: round(rect.top + box.top * down) };
      const at = { ...place, width: round(size.width), height: round(size.height), "data-reach": node.id };
      return [
        element("rect", { ...at, fill: "none", stroke: "#000", "stroke-width": 2.2 }),
        element("rect", { ...at, fill: "none", stroke: theme.dark ? "#ffd54a" : "#ffe082", "stroke-width": 1.2 }),
      ];
    });
  });
}
