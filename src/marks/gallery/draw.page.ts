/** A gallery in a page: a list of cards, one of which is enlarged; pages where there are many. */
import { askedOf, type Asking } from "../kit/asking.page";
import { part, setWords, type Drawing, type Page, type Surroundings } from "../kit/drawing.page";
import { sceneElement } from "../kit/scene.page";
import { tilesOf } from "../kit/tilePicture";
import { tileUrls } from "../kit/tilePicture.page";
import { button, Toolbar } from "../kit/toolbar.page";
import { cardScene, enlargedScene, legendScene, type Painting } from "./card";
import { cardWidth, columnsOf, GAP, pageBounds, rowsOf } from "./layout";
import type { GalleryMark } from "./payload";
import { imageOfCard } from "./picks";
import { barMeanings, describeCard, describeGallery } from "./words";

/** CSS pixels at both sides of the figure together. */
const PADDING = 6;

/** What is drawn, but for the theme. */
type Contents = Omit<Painting, "theme" | "asked">;

export class GalleryDrawing implements Drawing<GalleryMark> {
  readonly element = part("figure", "rcp-Gallery");
  private readonly title = part("div", "rcp-Mark-title");
  private readonly subtitle = part("div", "rcp-Mark-subtitle");
  private readonly legend = part("div", "rcp-Gallery-legend");
  private readonly pages = new Toolbar("Pages");
  private readonly before = this.pages.add(button("‹", "Page before", () => this.turn(-1))).control;
  private readonly after = this.pages.add(button("›", "Next page", () => this.turn(1))).control;
  private readonly where = part("output", "rcp-Gallery-where");
  private readonly list = part("div", "rcp-Gallery-cards");
  private readonly large = part("div", "rcp-Gallery-large");
  private readonly stage = part("div", "rcp-Gallery-stage");
  private readonly said = part("output", "rcp-Visually-hidden");
  private readonly back = button("‹ all", "Back to all cards (Escape)", () => this.shrink()).control;
  /** Of an enlarged card, where a question asks for an image. */
  private readonly pick = button("Pick", "Pick this image as the answer", () => this.choose(this.current)).control;
  private name = "";
  private contents: Contents | undefined;
  private page: Page | undefined;
  private bounds: number[] = [0];
  private shownPage = 0;
  /** The card that has the tab stop. */
  private current = 0;
  private isEnlarged = false;
  /** A question for an image, if the view asks one. */
  private asking: Asking | undefined;

  constructor() {
    const head = part("figcaption", "");
    head.append(this.title, this.subtitle);
    this.pages.element.append(this.where);
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-orientation", "horizontal");
    const bar = new Toolbar("Enlarged card");
    bar.add({ element: this.back, control: this.back });
    bar.add(button("‹", "Card before", () => this.walk(-1)));
    bar.add(button("›", "Next card", () => this.walk(1)));
    bar.add({ element: this.pick, control: this.pick });
    this.said.setAttribute("aria-live", "polite");
    this.large.append(bar.element, this.stage, this.said);
    this.element.append(head, this.legend, this.pages.element, this.list, this.large);
    this.list.addEventListener("click", ({ target, detail }) => {
      // The second click of a double click does not take back what the first has picked.
      if (detail < 2) this.press(this.cardAt(target));
    });
    this.list.addEventListener("dblclick", ({ target }) => this.enlarge(this.cardAt(target)));
    this.list.addEventListener("keydown", (event) => this.onListKey(event));
    this.large.addEventListener("keydown", (event) => this.onLargeKey(event));
  }

  update(mark: GalleryMark, { title }: Surroundings): void {
    this.contents = { mark, tiles: tilesOf(mark.pixels, mark.colours), address: tileUrls() };
    this.bounds = pageBounds(mark.cards);
    this.current = Math.min(this.current, mark.cards.length - 1);
    this.shownPage = this.pageOf(this.current);
    setWords(this.title, mark.title ?? "");
    setWords(this.subtitle, describeGallery(mark));
    this.name = `${mark.title ?? title}: ${mark.cards.length} cards.`;
    this.setAsked(this.asking);
  }

  setAsked(asking: Asking | undefined): void {
    this.asking = asking?.pick === "image" ? asking : undefined;
    this.list.setAttribute(
      "aria-label",
      `${this.name} ${this.asking ? "Enter picks one, plus" : "Enter"} enlarges one.`,
    );
    this.pick.hidden = !this.asking;
    this.list.toggleAttribute("data-asked", this.asking !== undefined);
    this.redraw();
  }

  draw(page: Page): void {
    this.page = page;
    this.redraw();
  }

  dispose(): void {
    this.list.replaceChildren();
    this.stage.replaceChildren();
    this.contents = undefined;
  }

  private redraw(): void {
    const { contents, page } = this;
    if (!contents || !page) return;
    const painting: Painting = { ...contents, theme: page.theme, asked: askedOf(this.asking) };
    const legend = legendScene(contents.mark, page.theme);
    this.legend.hidden = !legend;
    const meanings = Object.values(barMeanings(contents.mark));
    this.legend.replaceChildren(...(legend ? [sceneElement(legend, `Colours of bars: ${meanings.join(", ")}`)] : []));
    this.pages.element.hidden = this.isEnlarged || this.bounds.length <= 2;
    this.list.hidden = this.isEnlarged;
    this.large.hidden = !this.isEnlarged;
    if (this.isEnlarged) {
      const scene = enlargedScene(painting, this.current, page.width - PADDING);
      const words = describeCard(contents.mark, contents.mark.cards[this.current]);
      this.stage.replaceChildren(sceneElement(scene, words));
      return;
    }
    const [from, to] = [this.bounds[this.shownPage], this.bounds[this.shownPage + 1]];
    this.where.textContent = `${from + 1} to ${to} of ${contents.mark.cards.length}`;
    this.before.disabled = this.shownPage === 0;
    this.after.disabled = this.shownPage === this.bounds.length - 2;
    const hadFocus = this.list.contains(document.activeElement);
    this.list.replaceChildren(
      ...rowsOf(contents.mark, from, to).map(({ heading, cards }) => this.rowElement(painting, heading, cards)),
    );
    if (hadFocus) this.focusCard();
  }

  private rowElement(painting: Painting, heading: string | undefined, cards: number[]): HTMLElement {
    const row = part("div", "rcp-Gallery-row");
    const room = (this.page?.width ?? 0) - PADDING;
    const width = cardWidth(painting.mark, room);
    row.style.setProperty("--rcp-card", `${width}px`);
    const columns = columnsOf(cards.length, width, room);
    row.style.maxWidth = `${columns * (width + GAP) - GAP}px`;
    if (heading !== undefined) {
      const words = part("div", "rcp-Gallery-heading");
      words.textContent = heading;
      words.setAttribute("aria-hidden", "true");
      row.setAttribute("role", "group");
      row.setAttribute("aria-label", heading);
      row.append(words);
    }
    for (const index of cards) {
      const card = part("div", "rcp-Gallery-card");
      card.dataset.card = String(index);
      card.setAttribute("role", "option");
      card.setAttribute("aria-selected", String(index === this.current));
      card.tabIndex = index === this.current ? 0 : -1;
      const words = describeCard(painting.mark, painting.mark.cards[index]);
      card.setAttribute("aria-label", words);
      card.append(sceneElement(cardScene(painting, index, width), words));
      row.append(card);
    }
    return row;
  }

  /** The number of the card in which an element lies. */
  private cardAt(target: EventTarget | null): number | undefined {
    const card = target instanceof Element ? target.closest<HTMLElement>(".rcp-Gallery-card") : null;
    return card ? Number(card.dataset.card) : undefined;
  }

  private elements(): HTMLElement[] {
    return Array.from(this.list.querySelectorAll<HTMLElement>(".rcp-Gallery-card"));
  }

  private focusCard(): void {
    for (const card of this.elements()) {
      const isCurrent = Number(card.dataset.card) === this.current;
      card.tabIndex = isCurrent ? 0 : -1;
      card.setAttribute("aria-selected", String(isCurrent));
      if (isCurrent) card.focus();
    }
  }

  private pageOf(card: number): number {
    return Math.max(0, this.bounds.findIndex((bound) => bound > card) - 1);
  }

  private turn(step: number): void {
    this.shownPage = Math.min(Math.max(this.shownPage + step, 0), this.bounds.length - 2);
    this.current = this.bounds[this.shownPage];
    this.redraw();
  }

  /** A click on a card, or Enter: it is enlarged, or picked where one is asked for. */
  private press(card: number | undefined): void {
    if (!this.asking) return this.enlarge(card);
    if (card !== undefined) this.choose(card);
  }

  private choose(card: number): void {
    if (!this.contents) return;
    this.current = card;
    this.asking?.choose({ index: imageOfCard(this.contents.mark, card) });
  }

  private enlarge(card: number | undefined): void {
    if (card === undefined) return;
    this.current = card;
    this.isEnlarged = true;
    this.redraw();
    this.say();
    this.back.focus();
  }

  private shrink(): void {
    this.isEnlarged = false;
    this.shownPage = this.pageOf(this.current);
    this.redraw();
    this.focusCard();
  }

  /** Another card in the enlarged view. */
  private walk(step: number): void {
    const last = this.bounds[this.bounds.length - 1] - 1;
    this.current = Math.min(Math.max(this.current + step, 0), last);
    this.redraw();
    this.say();
  }

  private say(): void {
    const { mark } = this.contents ?? {};
    if (mark) this.said.textContent = describeCard(mark, mark.cards[this.current]);
  }

  private onLargeKey(event: KeyboardEvent): void {
    if (event.key !== "Escape") return;
    this.shrink();
    taken(event);
  }

  private onListKey(event: KeyboardEvent): void {
    const from = this.cardAt(event.target);
    if (from === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" || event.key === " ") {
      this.press(from);
      return taken(event);
    }
    if (event.key === "+") {
      this.enlarge(from);
      return taken(event);
    }
    const to = this.cardFrom(from, event.key);
    if (to === undefined) return;
    this.current = to;
    if (this.pageOf(to) !== this.shownPage) {
      this.shownPage = this.pageOf(to);
      this.redraw();
    }
    this.focusCard();
    taken(event);
  }

  /** The card that a key leads to; undefined for keys that do not move. */
  private cardFrom(from: number, key: string): number | undefined {
    const last = this.bounds[this.bounds.length - 1] - 1;
    const [first, end] = [this.bounds[this.shownPage], this.bounds[this.shownPage + 1]];
    const near: Record<string, number> = {
      ArrowLeft: Math.max(0, from - 1),
      ArrowRight: Math.min(last, from + 1),
      Home: first,
      End: end - 1,
      PageUp: this.bounds[Math.max(0, this.shownPage - 1)],
      PageDown: this.shownPage < this.bounds.length - 2 ? end : end - 1,
    };
    if (Object.prototype.hasOwnProperty.call(near, key)) return near[key];
    return key === "ArrowUp" || key === "ArrowDown" ? this.acrossRows(from, key === "ArrowUp" ? -1 : 1) : undefined;
  }

  /** The nearest card of the row above or below on this page, as they wrap now. */
  private acrossRows(from: number, direction: number): number {
    const boxes = this.elements().map((card) => ({
      card: Number(card.dataset.card),
      top: Math.round(card.getBoundingClientRect().top),
      left: card.getBoundingClientRect().left,
    }));
    const own = boxes.find(({ card }) => card === from);
    if (!own) return from;
    const beyond = boxes.filter(({ top }) => direction * (top - own.top) > 1);
    const next = Math.min(...beyond.map(({ top }) => direction * top));
    const row = beyond.filter(({ top }) => direction * top === next);
    const distance = (box: { left: number }): number => Math.abs(box.left - own.left);
    return row.sort((a, b) => distance(a) - distance(b))[0]?.card ?? from;
  }
}

/** JupyterLab moves the selected cell on arrow keys, and runs it on Enter. */
function taken(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopPropagation();
}
