/** The whole network: maps on a canvas between edges and words, a unit at the pointer or under the keys. */
import type { Asked } from "../kit/asked";
import { part, setWords, type Page } from "../kit/drawing.page";
import { made, sceneElement } from "../kit/scene.page";
import type { Theme } from "../kit/theme";
import { Tip } from "../kit/tip.page";
import { choice } from "../kit/toolbar.page";
import { edgeElements, highlightElements, boxElements } from "./edges";
import { barOrder, layoutNetwork, unitAt, unitRect, type NetworkLayout } from "./layout";
import { carriedPlane, planePixels, unitColours } from "./maps";
import type { Network, NetNode } from "./network";
import { unitByUnit } from "./rows";
import { pickedElements } from "./picks";
import type { Box } from "./reach";
import { wordElements } from "./scene";
import type { Source } from "./source";
import {
  bestWords,
  classNames,
  exactWords,
  networkName,
  percent,
  rangeWords,
  readsWords,
  sharesOf,
  unitWords,
  useWords,
} from "./words";

/** Device pixels that a canvas is wide at most: browsers draw nothing on a larger one. */
const WIDEST_CANVAS = 16_000;
/** Of the figure around it, at both sides together. */
const PADDING = 6;

export interface UnitOf {
  node: number;
  unit: number;
}

export class Overview {
  readonly element = part("div", "rcp-Network-overview");
  private readonly scroll = part("div", "rcp-Network-scroll");
  private readonly drawing = part("div", "rcp-Network-drawing");
  /** A way to a layer, where the network is wider than the page. */
  private readonly goTo = part("div", "rcp-Network-goTo");
  private readonly canvas = part("canvas", "rcp-Network-canvas");
  private readonly readout = part("output", "rcp-Visually-hidden");
  private readonly tip = new Tip();
  private readonly firsts = new Map<number, number>();
  private network: Network | undefined;
  private source: Source | undefined;
  private layout: NetworkLayout | undefined;
  private page: Page | undefined;
  private over: SVGElement | undefined;
  /** Under the keys. */
  private cursor: UnitOf | undefined;
  private hovered: UnitOf | undefined;
  private opened: UnitOf | undefined;
  private boxes: readonly (Box | undefined)[] = [];
  private asked: Asked | undefined;

  /** @param open a unit was pressed; @param failed the kernel did not answer */
  constructor(
    private readonly open: (unit: UnitOf) => void,
    private readonly failed: (line: string) => void,
  ) {
    const { canvas } = this;
    this.scroll.append(this.drawing);
    this.element.append(this.goTo, this.scroll, this.readout);
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "application");
    canvas.addEventListener("pointermove", (event) => this.onPointer(event));
    canvas.addEventListener("pointerleave", () => {
      this.tip.hide();
      this.canvas.style.cursor = "";
      this.point(undefined);
    });
    canvas.addEventListener("click", (event) => this.onClick(event));
    canvas.addEventListener("keydown", (event) => this.onKey(event));
    canvas.addEventListener("blur", () => this.paintOver());
    canvas.addEventListener("focus", () => this.paintOver());
  }

  update(network: Network, source: Source): void {
    this.network = network;
    this.source = source;
    this.canvas.setAttribute(
      "aria-label",
      `${networkName(network)}. Arrow keys move, Enter opens, Page Down shows further units.`,
    );
    const layers = network.nodes.map(({ id, index }) => [String(index), id] as const);
    const chosen = choice("Go to layer", layers, "0", (index) => {
      this.cursor = { node: Number(index), unit: this.layout?.nodes[Number(index)].units[0] ?? 0 };
      this.reveal(this.cursor.node);
      this.point(this.cursor);
      this.say();
    });
    const best = bestWords(network);
    const answer = part("span", "rcp-Network-answer");
    setWords(answer, best === "" ? "" : `Most likely: ${best}`);
    this.goTo.replaceChildren(chosen.element, answer);
    for (const index of this.firsts.keys()) if (index >= network.nodes.length) this.firsts.delete(index);
  }

  draw(page: Page): void {
    const { network } = this;
    if (!network) return;
    this.page = page;
    const { theme, pixelRatio } = page;
    const width = page.width - PADDING;
    const layout = layoutNetwork(network, width, this.firsts, barOrder(sharesOf(network)));
    this.layout = layout;
    const size = { width: layout.width, height: layout.height };
    const back = sceneElement({ ...size, elements: edgeElements(network, layout, theme) }, "");
    const words = sceneElement({ ...size, elements: wordElements(network, layout, theme) }, "");
    for (const svg of [back, words]) svg.setAttribute("aria-hidden", "true");
    this.over = sceneElement({ ...size, elements: [] }, "");
    this.over.setAttribute("aria-hidden", "true");
    for (const [svg, name] of [
      [back, "back"],
      [words, "words"],
      [this.over, "over"],
    ] as const)
      svg.setAttribute("class", `rcp-Network-${name}`);
    this.goTo.hidden = layout.width <= width + 1;
    this.drawing.style.width = `${layout.width}px`;
    this.drawing.style.height = `${layout.height}px`;
    this.drawing.style.fontFamily = theme.font;
    this.hovered = undefined;
    const hadFocus = document.activeElement === this.canvas;
    this.drawing.replaceChildren(back, this.canvas, words, this.over);
    if (hadFocus) this.canvas.focus({ preventScroll: true });
    this.paintMaps(Math.min(pixelRatio, WIDEST_CANVAS / layout.width), theme);
    this.paintOver();
  }

  /** What the stage shows, with what its number depends on in each node. */
  setOpened(opened: UnitOf | undefined, boxes: readonly (Box | undefined)[]): void {
    this.opened = opened;
    this.boxes = boxes;
    this.paintOver();
  }

  /** What was picked, to be framed. */
  setAsked(asked: Asked | undefined): void {
    this.asked = asked;
    this.paintOver();
  }

  /** Leads the keys back to where they were, or to the unit of the stage. */
  focus(): void {
    this.cursor = this.opened ?? this.cursor;
    this.canvas.focus({ preventScroll: true });
    this.element.scrollIntoView({ block: "nearest" });
    this.paintOver();
  }

  /** Brings a node into sight, where the network is wider than the page. */
  reveal(node: number): void {
    const laid = this.layout?.nodes[node];
    if (!laid) return;
    const { scrollLeft, clientWidth } = this.scroll;
    if (laid.x < scrollLeft + 40 || laid.x > scrollLeft + clientWidth - 40)
      this.scroll.scrollLeft = laid.x - clientWidth / 2;
  }

  dispose(): void {
    this.tip.dispose();
    this.canvas.width = this.canvas.height = 0;
  }

  private paintMaps(ratio: number, theme: Theme): void {
    const { network, layout, canvas, source } = this;
    if (!network || !layout) return;
    canvas.width = Math.round(layout.width * ratio);
    canvas.height = Math.round(layout.height * ratio);
    canvas.style.width = `${layout.width}px`;
    canvas.style.height = `${layout.height}px`;
    const context = canvas.getContext("2d");
    if (!context) return;
    for (const laid of layout.nodes) {
      if (laid.index === network.mark.scores) continue;
      const node = network.nodes[laid.index];
      for (const unit of laid.units) {
        const colours = unitColours(node, unit);
        const rect = unitRect(laid, unit);
        const plane = source?.known(node, unit) ?? carriedPlane(node, unit);
        if (!rect) continue;
        const [left, top] = [Math.round(rect.left * ratio), Math.round(rect.top * ratio)];
        const [width, height] = [
          Math.max(1, Math.round((rect.left + rect.width) * ratio) - left),
          Math.max(1, Math.round((rect.top + rect.height) * ratio) - top),
        ];
        if (!node.isVector) {
          context.fillStyle = theme.border;
          context.fillRect(left - 1, top - 1, width + 2, height + 2);
        }
        if (!plane) continue;
        const image = new ImageData(width, height);
        image.data.set(planePixels(plane, colours, width, height));
        context.putImageData(image, left, top);
      }
    }
  }

  private paintOver(): void {
    const { network, layout, over, page } = this;
    if (!network || !layout || !over || !page) return;
    const keyed = document.activeElement === this.canvas ? this.cursor : undefined;
    const shown = this.hovered ?? keyed ?? this.opened;
    const elements = [
      ...boxElements(network, layout, this.boxes, page.theme),
      ...pickedElements(network, layout, this.asked),
      ...(shown ? highlightElements(network, layout, network.nodes[shown.node], shown.unit, page.theme) : []),
    ];
    over.replaceChildren(...elements.map(made));
  }

  private point(unit: UnitOf | undefined): void {
    if (unit?.node === this.hovered?.node && unit?.unit === this.hovered?.unit) return;
    this.hovered = unit;
    this.paintOver();
  }

  private onPointer(event: PointerEvent): void {
    const { network, layout, canvas } = this;
    if (!network || !layout) return;
    const found = unitAt(layout, event.offsetX, event.offsetY);
    canvas.style.cursor = found ? "pointer" : "";
    this.readout.setAttribute("aria-live", "off");
    if (!found) {
      this.tip.hide();
      return this.point(undefined);
    }
    const node = network.nodes[found.node.index];
    if (found.unit === undefined) {
      const lines = found.isFold
        ? [`${node.id}: ${found.node.units.length} of ${node.units} shown`, "Click for the next ones"]
        : [`${node.id} (${node.kind}), ${node.shape.join("×")}`, useWords(node), rangeWords(node)];
      this.tip.show(lines.filter(Boolean), event.clientX, event.clientY);
      return this.point(undefined);
    }
    this.tip.show(this.wordsOf(node, found.unit), event.clientX, event.clientY);
    this.point({ node: node.index, unit: found.unit });
  }

  /** What is said of a unit. */
  private wordsOf(node: NetNode, unit: number): string[] {
    const network = this.network as Network;
    const value = node.isVector && node.values ? [`value ${exactWords(node.values[unit])}`] : [];
    const share =
      node.index === network.mark.scores ? [`${classNames(network)[unit]}: ${percent(sharesOf(network)[unit])}`] : [];
    const words = [unitWords(network, node, unit), useWords(node), readsWords(network, node, unit)];
    return [...words, ...share, ...value].filter(Boolean);
  }

  private onClick(event: MouseEvent): void {
    const { layout } = this;
    const found = layout && unitAt(layout, event.offsetX, event.offsetY);
    if (!found) return;
    if (found.isFold) return void this.turn(found.node.index, 1);
    this.tip.hide();
    const unit = { node: found.node.index, unit: found.unit ?? found.node.units[0] };
    this.cursor = unit;
    this.open(unit);
  }

  /** Shows the units behind those that are drawn, or before them; at the end the first ones again. */
  private async turn(index: number, step: 1 | -1): Promise<void> {
    const { network, layout, source, page } = this;
    const node = network?.nodes[index];
    const laid = layout?.nodes[index];
    if (!node || !laid || !source || !page || laid.fold === undefined) return;
    const { units } = laid;
    const size = Math.max(
      1,
      Math.min(node.maps?.units ?? Infinity, Math.round((laid.fold - laid.top) / laid.step - 0.2)),
    );
    let first = units[0] + step * size;
    if (first >= node.units) first = 0;
    if (first < 0) first = Math.floor((node.units - 1) / size) * size;
    const together = unitByUnit(network, node).filter((each) => layout.nodes[each].fold !== undefined);
    try {
      const count = Math.min(size, node.units - first);
      for (const each of together) {
        const { values, maps } = network.nodes[each];
        if (!values && !(maps && first + count <= maps.units)) await source.units(network.nodes[each], first, count);
      }
    } catch (error) {
      return this.failed((error as Error).message);
    }
    for (const each of together) this.firsts.set(each, first);
    if (this.cursor?.node === index) this.cursor = { node: index, unit: first };
    this.draw(page);
  }

  private onKey(event: KeyboardEvent): void {
    const { network, layout } = this;
    if (!network || !layout || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.cursor ?? { node: 0, unit: layout.nodes[0].units[0] };
    if (event.key === "Enter" || event.key === " ") this.open(at);
    else if (event.key === "PageDown" || event.key === "PageUp") {
      void this.turn(at.node, event.key === "PageDown" ? 1 : -1).then(() => this.say());
    } else {
      const next = this.moved(at, event.key);
      if (!next) return;
      // The first key shows where the keys are.
      this.cursor = this.cursor ? next : at;
      this.reveal(this.cursor.node);
      this.paintOver();
      this.say();
    }
    // JupyterLab would select another cell.
    event.preventDefault();
    event.stopPropagation();
  }

  /** Up and down within a node and on to the next of its column, left and right to the neighbouring columns. */
  private moved({ node, unit }: UnitOf, key: string): UnitOf | undefined {
    const layout = this.layout as NetworkLayout;
    const laid = layout.nodes[node];
    const slot = Math.max(0, laid.units.indexOf(unit));
    const inOrder = [...layout.nodes].sort((a, b) => a.x - b.x || a.y - b.y);
    const y = laid.top + slot * laid.step;
    const across = (candidates: typeof inOrder): UnitOf => {
      const [first] = candidates;
      if (!first) return { node, unit };
      const column = candidates.filter(({ x }) => x === first.x);
      const near = column.reduce((best, each) => (each.top <= y ? each : best), column[0]);
      const place = Math.min(Math.max(Math.round((y - near.top) / near.step), 0), near.units.length - 1);
      return { node: near.index, unit: near.units[place] };
    };
    switch (key) {
      case "ArrowRight":
        return across(inOrder.filter(({ x }) => x > laid.x));
      case "ArrowLeft":
        return across(inOrder.filter(({ x }) => x < laid.x).reverse());
      case "Home":
        return { node: inOrder[0].index, unit: inOrder[0].units[0] };
      case "End":
        return across(inOrder.slice(-1));
      case "ArrowUp":
      case "ArrowDown": {
        const next = laid.units[slot + (key === "ArrowDown" ? 1 : -1)];
        if (next !== undefined) return { node, unit: next };
        const column = inOrder.filter(({ x }) => x === laid.x);
        const other = column[column.indexOf(laid) + (key === "ArrowDown" ? 1 : -1)];
        if (!other) return { node, unit };
        return { node: other.index, unit: key === "ArrowDown" ? other.units[0] : other.units[other.units.length - 1] };
      }
      default:
        return undefined;
    }
  }

  /** The unit under the keys, for a screen reader. */
  private say(): void {
    const { network, cursor } = this;
    if (!network || !cursor) return;
    this.readout.setAttribute("aria-live", "polite");
    this.readout.textContent = this.wordsOf(network.nodes[cursor.node], cursor.unit).join(", ");
  }
}
