/** The way back from a number to the input, by the term that made most of each. */
import { part } from "../kit/drawing.page";
import type { Spot } from "./face";
import { strongest } from "./rows";
import { drawnNumber } from "../kit/numbers";
import type { Explanation, Term } from "./explanation";
import { chooseStop, linkTo, walkList } from "./links.page";
import { placeAt, type Network, type NetNode } from "./network";
import type { Source } from "./source";
import { placeWords } from "./words";

/** A pointer that moves on asks for no way. */
const REST = 120;
const MOST_STEPS = 200;

export class PathPanel {
  readonly element = part("div", "rcp-Path");
  private readonly list = part("ol", "rcp-Path-steps");
  private timer: ReturnType<typeof setTimeout> | undefined;
  private spot: Spot | undefined;

  constructor(private readonly open: (node: number, at: number) => void) {
    const head = part("div", "rcp-Stage-heading");
    head.textContent = "Path back, along the largest terms";
    walkList(this.list);
    this.element.append(head, this.list);
  }

  show(source: Source, spot: Spot): void {
    this.spot = spot;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.walk(source, spot), REST);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.spot = undefined;
  }

  private async walk(source: Source, start: Spot): Promise<void> {
    const { nodes } = source.network;
    const steps: HTMLElement[] = [];
    let { node, at } = start;
    try {
      while (steps.length < MOST_STEPS) {
        const explanation = await source.explanation(nodes[node], at);
        const term = strongest(explanation);
        if (this.spot !== start) return;
        if (!term || term.at < 0) break;
        if (nodes[node].operation.op === "elementwise" && explanation.result === 0 && term.value !== 0) {
          steps.push(this.end(source, nodes[node], term));
          break;
        }
        const adds = addsWords(nodes[node], explanation, term);
        node = nodes[node].inputs[term.operand];
        at = term.at;
        steps.push(this.step(source, node, at, `${drawnNumber(term.value)}${adds}`));
      }
    } catch {
      // What cannot be asked ends the way; the stage says why.
    }
    if (this.spot === start) {
      this.list.replaceChildren(...steps);
      chooseStop(this.list);
      this.element.hidden = steps.length === 0;
    }
  }

  private step({ network }: Source, node: number, at: number, words: string): HTMLElement {
    const item = part("li", "");
    const link = linkTo(placeWordsOf(network, node, at), () => this.open(node, at));
    const number = part("span", "rcp-Terms-number");
    number.textContent = words;
    item.append(link, " ", number);
    return item;
  }

  /** Where a function made 0 of a number, which leads there all the same. */
  private end({ network }: Source, { kind, inputs }: NetNode, { operand, at, value }: Term): HTMLElement {
    const item = part("li", "rcp-Path-end");
    const node = inputs[operand];
    const link = linkTo(drawnNumber(value), () => this.open(node, at), placeWordsOf(network, node, at));
    item.append(`${kind} made 0 of `, link, ": the path ends");
    return item;
  }
}

const placeWordsOf = (network: Network, node: number, at: number): string =>
  placeWords(network, network.nodes[node], placeAt(network.nodes[node], at), false);

/** What a term makes of the number behind it: ", adds −3.19", ", the largest". */
function addsWords({ operation }: NetNode, { divisor = 1 }: Explanation, { value, weight = 1, operand }: Term): string {
  const { op } = operation;
  const adds = (part: number): string => `, adds ${drawnNumber(part)}`;
  if (op === "conv2d" || op === "linear" || op === "sum" || op === "avgPool2d") return adds((value * weight) / divisor);
  if (op === "binary" && operation.name === "add") return adds(value);
  if (op === "binary" && operation.name === "sub") return adds(operand === 0 ? value : -value);
  return op === "maxPool2d" ? ", the largest" : "";
}
