/** The arithmetic behind one number, in numbers that can be pressed. */
import { part } from "../kit/drawing.page";
import { drawnNumber } from "../kit/numbers";
import { sceneElement } from "../kit/scene.page";
import { SHIFT_WORDS } from "../kit/softmaxShift";
import type { Theme } from "../kit/theme";
import type { Explanation, Term } from "./explanation";
import { curveScene } from "./curve";
import { chooseStop, linkTo, walkList } from "./links.page";
import { coloursFor, unitColours, type Plane } from "./maps";
import { placeAt, type Network, type NetNode } from "./network";
import { equation, numberGrid, type Cell } from "./numberGrid.page";
import { classNames, exactWords, percent, placeWords } from "./words";

/** Terms that are listed one by one; the rest is added up. */
const MOST_LISTED = 8;
/** Columns of a patch whose numbers are written with all digits: a filter and the products stand beside it. */
const MOST_EXACT = 3;

export interface ArithmeticContext {
  network: Network;
  node: NetNode;
  at: number;
  /** What the engine computed. */
  value: number;
  explanation: Explanation;
  theme: Theme;
  /** Of a convolution: the input channel whose terms are shown; undefined for the one that made most. */
  channel: number | undefined;
  /** Numbers of this unit and of the one that it reads, for a function's curve. */
  curve: { x: Plane; y: Plane } | undefined;
  chooseChannel(channel: number): void;
  open(node: number, at: number): void;
  openWeight(weightAt: number): void;
}

export function arithmeticElements(context: ArithmeticContext): HTMLElement[] {
  const { node, explanation } = context;
  const { operation } = node;
  switch (operation.op) {
    case "conv2d":
      return [...convolution(context, operation.weight.shape[3]), result(context)];
    case "maxPool2d":
      return [window(context, operation.size[1]), result(context)];
    case "avgPool2d":
      return [window(context, columnsOf(context)), result(context)];
    case "linear":
    case "sum":
      return [listed(context), result(context)];
    case "softmax":
    case "logSoftmax":
      return [exponentials(context, operation.op === "logSoftmax"), result(context)];
    case "elementwise":
      return [...curve(context), result(context)];
    case "batchNorm":
      return [statistics(context), result(context)];
    case "input":
    case "other":
      return [
        line(
          operation.op === "input"
            ? "This number is the input's."
            : `How ${operation.name} computes is not told number by number.`,
        ),
        result(context),
      ];
    case "binary":
    case "cat":
    case "reshape":
      return [
        equation(
          ...explanation.terms.flatMap((term, i) => [...(i > 0 ? [signOf(node)] : []), oneNumber(context, term)]),
        ),
        result(context),
      ];
  }
}

const signOf = ({ operation }: NetNode): string =>
  operation.op === "binary" ? { add: "+", sub: "−", mul: "×", div: "÷" }[operation.name] : ",";

function line(words: string): HTMLElement {
  const element = part("div", "rcp-Arithmetic-line");
  element.textContent = words;
  return element;
}

const operandOf = ({ network, node }: ArithmeticContext, { operand }: Term): NetNode =>
  network.nodes[node.inputs[operand]];

function nameOf(context: ArithmeticContext, term: Term): string {
  if (term.at < 0) return "padding";
  const read = operandOf(context, term);
  return placeWords(context.network, read, placeAt(read, term.at), false);
}

function cellOf(context: ArithmeticContext, term: Term): Cell {
  const press = term.at < 0 ? {} : { press: () => context.open(context.node.inputs[term.operand], term.at) };
  return {
    value: term.value,
    name: nameOf(context, term),
    ...press,
    ...(term.at < 0 ? { words: Number.isFinite(term.value) ? "0" : "·" } : {}),
  };
}

function oneNumber(context: ArithmeticContext, term: Term): HTMLElement {
  const [name, cell] = [nameOf(context, term), cellOf(context, term)];
  const link = cell.press && { link: { words: name, open: cell.press } };
  return numberGrid(name, [cell], 1, coloursFor(operandOf(context, term).range), link);
}

/** A patch times its part of the filter, the sums of all channels, and the bias. */
function convolution(context: ArithmeticContext, columns: number): HTMLElement[] {
  const { explanation, node, network } = context;
  const { terms, channels = [], bias } = explanation;
  if (channels.length === 0) return [];
  const best = channels.reduce((a, b) => (Math.abs(b.sum) > Math.abs(a.sum) ? b : a));
  const shown = channels.find(({ channel }) => channel === context.channel) ?? best;
  const taken = terms.slice(shown.from, shown.to);
  const read = network.nodes[node.inputs[0]];
  const weights = taken.map(({ weight = NaN }) => weight);
  const made = taken.map(({ value, weight = NaN }) => Math.fround(value * weight));
  const isRounded = columns > MOST_EXACT;
  const words = `${read.id}, ${read.kind === "input" ? "channel" : "map"} ${shown.channel}`;
  // The middle of the patch, or what of it lies on the map.
  const inside = taken.filter(({ at }) => at >= 0);
  const middle: Term | undefined = inside[inside.length >> 1];
  const patch = numberGrid(
    `patch of ${words}`,
    taken.map((term) => cellOf(context, term)),
    columns,
    unitColours(read, shown.channel),
    { isRounded, ...(middle ? { link: { words, open: () => context.open(read.index, middle.at) } } : {}) },
  );
  const filter = numberGrid(
    `filter, channel ${shown.channel}`,
    taken.map(({ weight = NaN, weightAt = 0 }) => ({
      value: weight,
      name: "weight",
      press: () => context.openWeight(weightAt),
    })),
    columns,
    coloursFor(symmetric(weights)),
    { isRounded },
  );
  const product = numberGrid(
    "products",
    made.map((value) => ({ value, name: "product" })),
    columns,
    coloursFor(symmetric(made)),
    { isRounded },
  );
  return [equation(patch, "×", filter, "=", product), sums(context, shown.channel, bias)];
}

/** The sums of the channels, each a button that shows its terms. */
function sums(
  { explanation: { channels = [] }, chooseChannel }: ArithmeticContext,
  shown: number,
  bias?: number | null,
): HTMLElement {
  const values = channels.map(({ sum }) => Math.fround(sum));
  const most = 24;
  const order = channels.map((_, i) => i);
  const listed =
    channels.length <= most
      ? order
      : [...order].sort((a, b) => Math.abs(values[b]) - Math.abs(values[a])).slice(0, most);
  const cells = listed.map((i) => ({
    value: values[i],
    name: `sum over channel ${channels[i].channel}`,
    isChosen: channels[i].channel === shown,
    press: () => chooseChannel(channels[i].channel),
  }));
  const grid = numberGrid(
    channels.length <= most ? "sums of the channels" : `sums of the ${most} largest of ${channels.length} channels`,
    cells,
    Math.min(6, cells.length),
    coloursFor(symmetric(values)),
  );
  const rest = channels.reduce((sum, each, i) => (listed.includes(i) ? sum : sum + each.sum), 0);
  const more = channels.length <= most ? [] : ["+", plain("the others", rest)];
  return equation(grid, ...more, ...(typeof bias === "number" ? ["+", plain("bias", bias)] : []));
}

/** A number with its name above it. */
function plain(caption: string, value: number): HTMLElement {
  const element = part("div", "rcp-Numbers");
  const head = part("div", "rcp-Numbers-caption");
  const body = part("div", "rcp-Numbers-plain");
  head.textContent = caption;
  body.textContent = exactWords(Math.fround(value));
  element.append(head, body);
  return element;
}

const symmetric = (values: readonly number[]): readonly [number, number] => {
  const most = values.reduce((all, value) => (Number.isFinite(value) ? Math.max(all, Math.abs(value)) : all), 0);
  return [-most || -1, most || 1];
};

/** The numbers of a pooling window; of a large one those that count most. */
function window(context: ArithmeticContext, columns: number): HTMLElement {
  const { terms, winner, divisor } = context.explanation;
  if (terms.length > 256) return listed(context);
  const cells = terms.map((term, i) => ({ ...cellOf(context, term), isChosen: i === winner }));
  const grid = numberGrid(
    winner === undefined ? "window" : "window, the largest wins",
    cells,
    columns,
    coloursFor(context.network.nodes[context.node.inputs[0]].range),
  );
  if (divisor === undefined) return equation("max", grid);
  const sum = terms.reduce((all, { value }) => all + value, 0);
  return equation(grid, "→", plain("sum", sum), "÷", plain("numbers", divisor));
}

/** How many numbers an average's window has in a row. */
function columnsOf({ explanation: { terms } }: ArithmeticContext): number {
  const gap = terms.findIndex(({ at }, i) => i > 0 && at !== terms[i - 1].at + 1);
  return gap > 0 ? gap : Math.min(terms.length, 8);
}

/** The terms that made most, and what the others add up to. */
function listed(context: ArithmeticContext): HTMLElement {
  const { explanation, node, openWeight, open } = context;
  const { terms, bias, divisor } = explanation;
  const made = terms.map(({ value, weight }) => (weight === undefined ? value : value * weight));
  const order = terms.map((_, i) => i).sort((a, b) => Math.abs(made[b]) - Math.abs(made[a]));
  const shown = order.slice(0, MOST_LISTED);
  const hasWeights = terms[0]?.weight !== undefined;
  const table = part("div", "rcp-Terms");
  for (const i of shown) {
    const { at, operand, value, weight, weightAt } = terms[i];
    const row = part("div", "rcp-Terms-row");
    const words = nameOf(context, terms[i]);
    const name = at < 0 ? cell(words) : linkTo(words, () => open(node.inputs[operand], at));
    row.append(name, cell(exactWords(value)));
    if (weight !== undefined) {
      const pressed = part("button", "rcp-Terms-weight");
      pressed.type = "button";
      pressed.textContent = `× ${exactWords(weight)}`;
      pressed.title = "How this weight's gradient comes about";
      pressed.addEventListener("click", () => openWeight(weightAt ?? 0));
      row.append(pressed, cell(`= ${exactWords(Math.fround(made[i]))}`));
    }
    table.append(row);
  }
  walkList(table);
  chooseStop(table);
  const rest = order.slice(MOST_LISTED).reduce((sum, i) => sum + made[i], 0);
  const others = order.length - shown.length;
  const head = `${terms.length} ${hasWeights ? "products" : "numbers"}${others > 0 ? `, the ${shown.length} largest first` : ""}`;
  const element = part("div", "rcp-Arithmetic-block");
  element.append(line(head), table);
  const more: (HTMLElement | string)[] = [];
  if (others > 0) more.push("+", plain(`the other ${others}`, rest));
  if (typeof bias === "number") more.push("+", plain("bias", bias));
  if (divisor !== undefined) more.push("÷", plain("numbers", divisor));
  if (more.length > 0) element.append(equation(...more));
  return element;
}

function cell(words: string): HTMLElement {
  const element = part("span", "rcp-Terms-number");
  element.textContent = words;
  return element;
}

/** exp of each score beside its share of the sum. */
function exponentials(context: ArithmeticContext, isLog: boolean): HTMLElement {
  const { explanation, network, node, open } = context;
  const { terms, winner, named = {} } = explanation;
  const { shift, sum } = named;
  const names = terms.length === classNames(network).length ? classNames(network) : terms.map((_, i) => `${i}`);
  const order = terms.map((_, i) => i);
  const shown =
    terms.length <= 20
      ? order
      : [...new Set([winner ?? 0, ...[...order].sort((a, b) => terms[b].value - terms[a].value)])].slice(
          0,
          MOST_LISTED,
        );
  const table = part("div", "rcp-Terms");
  const head = part("div", "rcp-Terms-row rcp-mod-head");
  head.append(...["class", "score", shift === 0 ? "exp(score)" : "exp(score − largest)", "p"].map(cell));
  table.append(head);
  for (const i of shown) {
    const power = Math.exp(terms[i].value - shift);
    const row = part("div", i === winner ? "rcp-Terms-row rcp-mod-chosen" : "rcp-Terms-row");
    const name = linkTo(names[i], () => open(node.inputs[terms[i].operand], terms[i].at));
    const bar = part("span", "rcp-Terms-bar");
    bar.style.width = `${Math.round((100 * power) / sum)}px`;
    const track = part("span", "rcp-Terms-track");
    track.append(bar);
    row.append(
      name,
      cell(exactWords(terms[i].value)),
      cell(exactWords(Math.fround(power))),
      cell(percent(power / sum)),
      track,
    );
    table.append(row);
  }
  walkList(table);
  chooseStop(table);
  const element = part("div", "rcp-Arithmetic-block");
  const own = terms[winner ?? 0];
  const power = Math.fround(Math.exp(own.value - shift));
  const parts = isLog
    ? [plain("score", own.value), ...(shift === 0 ? [] : ["−", plain("largest", shift)]), "− log", plain("sum", sum)]
    : [
        plain(
          shift === 0 ? `exp(${drawnNumber(own.value)})` : `exp(${drawnNumber(own.value)} − ${drawnNumber(shift)})`,
          power,
        ),
        "÷",
        plain(`sum of ${terms.length}`, sum),
      ];
  element.append(table, ...(shift === 0 ? [] : [line(SHIFT_WORDS)]), equation(...parts));
  return element;
}

function curve(context: ArithmeticContext): HTMLElement[] {
  const { explanation, value, node, curve, theme } = context;
  const [term] = explanation.terms;
  const { value: x } = term;
  const name = node.operation.op === "elementwise" ? node.operation.name : node.kind;
  const formula = equation(`${name}(`, oneNumber(context, term), ")");
  if (!curve) return [formula];
  const drawn = part("div", "rcp-Curve");
  drawn.append(
    sceneElement(
      curveScene(curve.x.values, curve.y.values, [x, value], theme),
      `${name}, with the point at ${exactWords(x)}`,
    ),
  );
  return [drawn, formula];
}

function statistics(context: ArithmeticContext): HTMLElement {
  const { terms, named = {} } = context.explanation;
  const { mean, variance, weight, bias, eps } = named;
  return equation(
    "(",
    oneNumber(context, terms[0]),
    "−",
    plain("mean", mean),
    ") ÷ √(",
    plain("variance", variance),
    "+",
    plain("eps", eps),
    ") ×",
    plain("weight", weight),
    "+",
    plain("bias", bias),
  );
}

/** What it all comes to: the number that the engine computed. */
function result({ network, node, at, value }: ArithmeticContext): HTMLElement {
  const element = part("div", "rcp-Result-line");
  const number = part("span", "rcp-Result");
  const place = part("span", "rcp-Result-place");
  number.textContent = `= ${exactWords(value)}`;
  place.textContent = placeWords(network, node, placeAt(node, at));
  element.append(number, place);
  return element;
}
