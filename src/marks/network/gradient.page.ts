/** How the gradient of one weight comes about: what it was multiplied with, what came back, and their products. */
import { part } from "../kit/drawing.page";
import type { WeightGradient } from "./arithmetic/weightGradient";
import { MapView } from "./mapView.page";
import { single } from "./reach";
import { coloursFor, type Plane } from "./maps";
import { chooseStop, linkTo, walkList } from "./links.page";
import { atOf, placeAt, type Network, type NetNode } from "./network";
import { squareOf, type Spot } from "./face";
import { equation } from "./numberGrid.page";
import { exactWords, placeWords } from "./words";

const SIZE = 150;
const MOST_LISTED = 6;

export interface GradientPanel {
  element: HTMLElement;
  dispose(): void;
}

export function gradientPanel(
  network: Network,
  node: NetNode,
  weightAt: number,
  { pairs, sum, others = [] }: WeightGradient,
  pixelRatio: number,
  open: (spot: Spot) => void,
): GradientPanel {
  const element = part("div", "rcp-Gradient");
  const head = part("div", "rcp-Stage-heading");
  head.textContent = `Gradient of weight ${weightWords(node, weightAt)} of ${node.id}`;
  const about = part("div", "rcp-Arithmetic-line");
  about.textContent =
    `Cross-entropy with class ${network.mark.classes?.[network.mark.target ?? 0] ?? network.mark.target}: ` +
    `each number that the weight was multiplied with, times the gradient that came back there.`;
  const { height, width } = pairs.length === node.height * node.width ? node : squareOf(pairs.length);
  const made = pairs.map(({ value, upstream }) => Math.fround(value * upstream));
  const plane = (values: readonly number[]): Plane => ({ height, width, values });
  const views: MapView[] = [];
  const map = (name: string, values: readonly number[]): HTMLElement => {
    const view = new MapView({
      name,
      size: SIZE,
      at: (row, column) => {
        for (const each of views) each.setFrames([{ ...single(row, column), kind: "probe" }]);
        const pair = pairs[row * width + column];
        readout.textContent = `${exactWords(pair.value)} × ${exactWords(pair.upstream)} = ${exactWords(made[row * width + column])}`;
      },
      press: (row, column) => {
        const { at } = pairs[row * width + column];
        if (at >= 0) open({ node: node.inputs[0], at });
      },
    });
    views.push(view);
    const most = values.reduce((all, value) => (Number.isFinite(value) ? Math.max(all, Math.abs(value)) : all), 0) || 1;
    view.show(plane(values), coloursFor([-most, most]), pixelRatio);
    return view.element;
  };
  const readout = part("output", "rcp-Gradient-readout");
  const order = pairs.map((_, i) => i).sort((a, b) => Math.abs(made[b]) - Math.abs(made[a]));
  const list = part("div", "rcp-Terms");
  const read = network.nodes[node.inputs[0]];
  for (const i of order.slice(0, MOST_LISTED)) {
    const { at, value, upstream } = pairs[i];
    const row = part("div", "rcp-Terms-row");
    const name =
      at < 0
        ? part("span", "rcp-Terms-number")
        : linkTo(placeWords(network, read, placeAt(read, at), false), () => open({ node: node.inputs[0], at }));
    if (at < 0) name.textContent = "padding";
    const words = part("span", "rcp-Terms-number");
    words.textContent = `${exactWords(value)} × ${exactWords(upstream)} = ${exactWords(made[i])}`;
    row.append(name, words);
    list.append(row);
  }
  walkList(list);
  chooseStop(list);
  const total = part("div", "rcp-Result");
  total.textContent = `sum of ${pairs.length} = ${exactWords(Math.fround(sum))}`;
  const all = part("div", "rcp-Result");
  const useUnit = unitOf(node, weightAt);
  const whole = others.reduce((total, other) => total + other.sum, sum);
  all.append("That is of this use. ");
  others.forEach((other, i) => {
    // The same weight where it is used again.
    const at = network.nodes.findIndex(({ id }) => id === other.id);
    const { units, height, width } = network.nodes[at];
    const middle = atOf(network.nodes[at], {
      ...{ unit: Math.min(useUnit, units - 1), row: (height - 1) >> 1, column: (width - 1) >> 1 },
    });
    const link = linkTo(other.id, () => open({ node: at, at: middle, weight: weightAt }));
    all.append(i > 0 ? ", " : "", link, ` adds ${exactWords(Math.fround(other.sum))}`);
  });
  all.append(`; the weight's gradient = ${exactWords(Math.fround(whole))}`);
  walkList(all);
  chooseStop(all);
  element.append(
    head,
    about,
    equation(
      map(
        "what it was multiplied with",
        pairs.map(({ value }) => value),
      ),
      "×",
      map(
        "gradient that came back",
        pairs.map(({ upstream }) => upstream),
      ),
      "=",
      map("products", made),
    ),
    readout,
    list,
    total,
    ...(others.length > 0 ? [all] : []),
  );
  return { element, dispose: () => views.forEach((view) => view.dispose()) };
}

/** The unit that a weight belongs to, the first of its places. */
function unitOf({ operation }: NetNode, weightAt: number): number {
  if (!("weight" in operation)) return 0;
  return Math.floor(weightAt / operation.weight.shape.slice(1).reduce((all, length) => all * length, 1));
}

/** [3, 0, 1, 2]. */
function weightWords({ operation }: NetNode, weightAt: number): string {
  if (!("weight" in operation)) return `${weightAt}`;
  const { shape } = operation.weight;
  let rest = weightAt;
  const places = [...shape].reverse().map((length) => {
    const place = rest % length;
    rest = Math.floor(rest / length);
    return place;
  });
  return `[${places.reverse().join(", ")}]`;
}
