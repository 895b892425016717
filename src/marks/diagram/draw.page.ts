/** A diagram in a page: pointer and keys tell of a box, and fold and unfold the blocks of the network. */
import { askedOf, type Asking } from "../kit/asking.page";
import { part, setWords, type Drawing, type Page, type Surroundings } from "../kit/drawing.page";
import { sceneElement } from "../kit/scene.page";
import { Tip } from "../kit/tip.page";
import { button, Toolbar, type Control } from "../kit/toolbar.page";
import { foldSteps, scopesAround, type Folds } from "./items";
import type { DiagramMark } from "./payload";
import { withPicked } from "./picks";
import { diagramScene, type Diagram } from "./scene";
import { usualStep } from "./usual";
import { diagramName, itemLines, itemWords, LEGEND } from "./words";

/** CSS pixels of the figure around it, at both sides together. */
const PADDING = 6;
/** Sizes of the drawing, as parts of its own. */
const ZOOMS = [0.4, 0.5, 0.65, 0.8, 1, 1.25, 1.6, 2];
const ACTUAL = ZOOMS.indexOf(1);

export class DiagramDrawing implements Drawing<DiagramMark> {
  readonly element = part("figure", "rcp-Diagram");
  private readonly title = part("div", "rcp-Mark-title");
  private readonly subtitle = part("div", "rcp-Mark-subtitle");
  private readonly box = part("div", "rcp-Diagram-box");
  private readonly readout = part("output", "rcp-Diagram-readout");
  private readonly legend = part("div", "rcp-Diagram-legend");
  private readonly tip = new Tip();
  private readonly toolbar = new Toolbar("Detail and size");
  private readonly fold = this.toolbar.add(button("Fold", "Fold blocks of layers", () => this.step(1)));
  private readonly unfold = this.toolbar.add(button("Unfold", "Unfold blocks of layers", () => this.step(-1)));
  private readonly smaller = this.toolbar.add(button("−", "Draw it smaller", () => this.resize(-1)));
  private readonly larger = this.toolbar.add(button("+", "Draw it larger", () => this.resize(1)));
  private mark: DiagramMark | undefined;
  private name = "";
  private steps: Folds[] = [];
  private folds: Folds = new Set();
  private zoom = ACTUAL;
  private page: Page | undefined;
  private diagram: Diagram | undefined;
  /** Key of the item that is pointed at, which stays while others are folded. */
  private active: string | undefined;
  /** A question for a layer, if the view asks one. */
  private asking: Asking | undefined;

  constructor() {
    const head = part("figcaption", "");
    head.append(this.title, this.subtitle);
    this.element.append(head, this.toolbar.element, this.box, this.readout, this.legend);
    // "application" lets the arrow keys through a screen reader.
    this.box.tabIndex = 0;
    this.box.setAttribute("role", "application");
    this.box.addEventListener("pointermove", (event) => this.onPointer(event));
    this.box.addEventListener("pointerleave", () => {
      this.tip.hide();
      if (document.activeElement !== this.box) this.point(undefined);
    });
    this.box.addEventListener("click", ({ target }) => this.onClick(target as Element));
    this.box.addEventListener("keydown", (event) => this.onKey(event));
    this.box.addEventListener("blur", () => this.point(undefined));
  }

  update(mark: DiagramMark, { title }: Surroundings): void {
    const before = this.mark;
    this.mark = mark;
    this.name = title;
    setWords(this.title, mark.title ?? "");
    setWords(this.subtitle, mark.subtitle ?? "");
    this.legend.textContent = LEGEND[mark.style];
    this.steps = foldSteps(mark);
    const names = (of: DiagramMark | undefined): string | undefined => of?.scopes.map((scope) => scope.name).join("\n");
    // A reader's own folds stay while the network is the same.
    if (names(before) !== names(mark)) this.folds = this.steps[usualStep(mark, this.steps)];
    this.toolbar.element.querySelectorAll<HTMLElement>(".rcp-Button").forEach((each, i) => {
      each.hidden = i < 2 && this.steps.length < 2;
    });
  }

  setAsked(asking: Asking | undefined): void {
    this.asking = asking?.pick === "layer" ? asking : undefined;
    this.box.toggleAttribute("data-asked", this.asking !== undefined);
    this.redraw();
  }

  draw(page: Page): void {
    const { mark } = this;
    if (!mark) return;
    this.page = page;
    this.diagram = diagramScene(mark, { folds: this.folds, width: page.width - PADDING, theme: page.theme });
    const name = diagramName(mark, this.name, this.diagram.items.length);
    const elements = withPicked(this.diagram.elements, this.diagram.items, askedOf(this.asking));
    const svg = sceneElement({ ...this.diagram, elements }, name);
    const scale = ZOOMS[this.zoom];
    svg.setAttribute("width", String(Math.round(this.diagram.width * scale)));
    svg.setAttribute("height", String(Math.round(this.diagram.height * scale)));
    svg.setAttribute("font-size", "13");
    this.box.replaceChildren(svg);
    this.box.setAttribute(
      "aria-label",
      `${name} Arrow keys lead along the edges, Enter ${this.asking ? "picks a layer and " : ""}unfolds, Escape folds.`,
    );
    this.diagram.items.forEach(({ folded }, at) => {
      if (folded >= 0) this.elementOf(at)?.setAttribute("data-folds", "");
    });
    const step = this.stepOf();
    setDisabled(this.fold, step >= this.steps.length - 1);
    setDisabled(this.unfold, step <= 0 && this.folds.size === 0);
    setDisabled(this.smaller, this.zoom === 0);
    setDisabled(this.larger, this.zoom === ZOOMS.length - 1);
    if (this.active !== undefined) this.point(this.placeOf(this.active));
  }

  dispose(): void {
    this.tip.dispose();
  }

  private elementOf(item: number): Element | null {
    return this.box.querySelector(`[data-item="${item}"]`);
  }
  private placeOf(key: string): number | undefined {
    const place = this.diagram?.items.findIndex((item) => item.key === key) ?? -1;
    return place < 0 ? undefined : place;
  }

  private onPointer({ target, clientX, clientY }: PointerEvent): void {
    const item = itemAt(target as Element);
    this.readout.setAttribute("aria-live", "off");
    this.point(item);
    if (item === undefined || !this.diagram) return this.tip.hide();
    const { items } = this.diagram;
    const more = items[item].folded >= 0 ? ["click: unfold"] : this.asking ? ["click: pick this layer"] : [];
    this.tip.show([...itemLines(items[item], items), ...more], clientX, clientY);
  }

  private onClick(target: Element): void {
    const item = itemAt(target);
    const frame = target.closest<SVGElement>("[data-scope]")?.dataset.scope;
    if (item !== undefined) this.open(item);
    else if (frame !== undefined) this.close(Number(frame));
  }

  private onKey(event: KeyboardEvent): void {
    if (!this.diagram || event.ctrlKey || event.metaKey || event.altKey) return;
    const { active } = this;
    const at = active === undefined ? undefined : this.placeOf(active);
    if (event.key === "Escape" && at === undefined) return;
    if (event.key === "Enter" && at !== undefined) this.open(at);
    else if (event.key === "Escape" && at !== undefined) {
      const { scope } = this.diagram.items[at];
      if (scope >= 0) this.close(scope);
      else this.point(undefined);
    } else {
      const next =
        at === undefined && isArrow(event.key) ? 0 : neighbour(this.diagram, at ?? 0, this.turned(event.key));
      if (next === undefined) return;
      this.speak(next);
    }
    // Otherwise the notebook would select the cell below, run it or leave it.
    event.stopPropagation();
    event.preventDefault();
  }

  /** Volumes flow to the right, boxes down. */
  private turned(key: string): string {
    const turns: Partial<Record<string, string>> = {
      ...{ ArrowRight: "ArrowDown", ArrowLeft: "ArrowUp", ArrowDown: "ArrowRight", ArrowUp: "ArrowLeft" },
    };
    return this.mark?.style === "volumes" ? (turns[key] ?? key) : key;
  }

  private speak(item: number | undefined): void {
    this.readout.setAttribute("aria-live", "polite");
    this.point(item);
    if (item !== undefined) this.elementOf(item)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  private open(item: number): void {
    const { folded = -1, name = "" } = this.diagram?.items[item] ?? {};
    if (folded < 0) return this.asking?.choose({ layer: name });
    this.change(new Set([...this.folds].filter((scope) => scope !== folded)));
    const first = this.mark?.nodes.findIndex(
      ({ scope }) => this.mark && scopesAround(this.mark, scope).includes(folded),
    );
    const shown = this.diagram?.items.findIndex(
      ({ scope }) => this.mark && scopesAround(this.mark, scope).includes(folded),
    );
    if (first !== undefined && shown !== undefined && shown >= 0) this.speak(shown);
  }

  /** Folds a scope, and points at the box that now stands for it. */
  private close(scope: number): void {
    this.change(new Set([...this.folds, scope]));
    this.speak(this.diagram?.items.findIndex(({ folded }) => folded === scope));
  }

  private step(by: 1 | -1): void {
    const step = Math.min(this.steps.length - 1, Math.max(0, this.stepOf() + by));
    this.change(this.steps[step]);
  }
  /** The step of folding that is nearest to what the reader has folded: the first that folds as much. */
  private stepOf(): number {
    const at = this.steps.findIndex(({ size }) => size >= this.folds.size);
    return at < 0 ? this.steps.length - 1 : at;
  }

  private resize(by: 1 | -1): void {
    this.zoom = Math.min(ZOOMS.length - 1, Math.max(0, this.zoom + by));
    this.redraw();
  }

  private change(folds: Folds): void {
    this.folds = folds;
    this.tip.hide();
    this.redraw();
  }
  private redraw(): void {
    if (this.page) this.draw(this.page);
  }

  /** Marks a box and the edges that lead to it and away from it, and says what it is. */
  private point(item: number | undefined): void {
    const { diagram } = this;
    if (!diagram) return;
    this.box.querySelectorAll("[data-active]").forEach((marked) => marked.removeAttribute("data-active"));
    this.active = item === undefined ? undefined : diagram.items[item]?.key;
    this.readout.textContent = "";
    if (item === undefined || !this.active) return;
    this.elementOf(item)?.setAttribute("data-active", "");
    this.box
      .querySelectorAll(`[data-from="${item}"], [data-to="${item}"]`)
      .forEach((edge) => edge.setAttribute("data-active", ""));
    this.readout.textContent = itemWords(diagram.items[item], diagram.items);
  }
}

function itemAt(target: Element): number | undefined {
  const item = target.closest<SVGElement>("[data-item]")?.dataset.item;
  return item === undefined ? undefined : Number(item);
}

function setDisabled({ control }: Control<HTMLButtonElement>, isDisabled: boolean): void {
  // A button that has the focus must not lose it to nothing.
  control.disabled = isDisabled && document.activeElement !== control;
}

const isArrow = (key: string): boolean => key.startsWith("Arrow");

/** The item that a key leads to: along the edges, or to a branch beside it. */
function neighbour({ items, ranks }: Diagram, at: number, key: string): number | undefined {
  const beside = (step: 1 | -1): number | undefined => {
    const same = items
      .map((_, i) => i)
      .filter((i) => i === at || (ranks[i] === ranks[at] && ranks[at] !== undefined && !follows(items, i)));
    return same[same.indexOf(at) + step];
  };
  const readers = items.flatMap(({ inputs }, i) => (inputs.includes(at) ? [i] : []));
  switch (key) {
    case "ArrowDown":
      return readers[0] ?? at;
    case "ArrowUp":
      return items[at].inputs.length > 0 ? Math.max(...items[at].inputs) : at;
    case "ArrowRight":
      return beside(1) ?? at;
    case "ArrowLeft":
      return beside(-1) ?? at;
    case "Home":
      return 0;
    case "End":
      return items.length - 1;
  }
  return undefined;
}

/** Whether an item is drawn below another as a part of it. */
const follows = (items: Diagram["items"], at: number): boolean => items[at].minor;
