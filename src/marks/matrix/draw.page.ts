/** A confusion matrix in a page: pointer and keys read cells out, a click or Enter shows their images. */
import { part, setWords, type Drawing, type Page, type Surroundings } from "../kit/drawing.page";
import { made, sceneElement } from "../kit/scene.page";
import { element } from "../kit/scene";
import { Tip } from "../kit/tip.page";
import { GridDrawing } from "../grid/draw.page";
import { cellGrid } from "./images";
import type { MatrixMark } from "./payload";
import { cellAt, matrixScene, moveCell, type MatrixLayout } from "./scene";
import { accessibleName, describeCell, describeImages, rowSums, type Cell } from "./words";

/** CSS pixels: of the panel's border and padding, of what stands around a panel beside the matrix, and of what images need there. */
const [PANEL_PADDING, AROUND_PANEL, ROOM_FOR_IMAGES] = [24, 48, 260];

export class MatrixDrawing implements Drawing<MatrixMark> {
  readonly element = part("figure", "rcp-Matrix");
  private readonly title = part("div", "rcp-Mark-title");
  private readonly subtitle = part("div", "rcp-Mark-subtitle");
  private readonly body = part("div", "rcp-Matrix-body");
  private readonly side = part("div", "rcp-Matrix-side");
  private readonly cells = part("div", "rcp-Matrix-cells");
  private readonly readout = part("output", "rcp-Matrix-readout");
  private readonly panel = part("section", "rcp-Matrix-images");
  private readonly tip = new Tip();
  private mark: MatrixMark | undefined;
  private sums: number[] = [];
  private layout: MatrixLayout | undefined;
  private page: Page | undefined;
  /** Where the keys are. */
  private cell: Cell | undefined;
  /** CSS pixels to the right of the matrix that images may take. */
  private roomBeside = 0;
  /** The cell whose images are open. */
  private open: { cell: Cell; grid: GridDrawing } | undefined;

  constructor() {
    const { cells } = this;
    const head = part("figcaption", "");
    head.append(this.title, this.subtitle);
    this.panel.hidden = true;
    this.side.append(cells, this.readout);
    this.body.append(this.side, this.panel);
    this.element.append(head, this.body);
    // "application" lets the arrow keys through a screen reader.
    cells.tabIndex = 0;
    cells.setAttribute("role", "application");
    cells.addEventListener("pointermove", (event) => this.onPointer(event));
    cells.addEventListener("pointerleave", () => this.tip.hide());
    cells.addEventListener("click", (event) => this.onClick(event));
    cells.addEventListener("keydown", (event) => this.onKey(event));
    cells.addEventListener("blur", () => this.frame(undefined));
    this.panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.stopPropagation();
      this.close();
    });
  }

  update(mark: MatrixMark, { title }: Surroundings): void {
    this.mark = mark;
    this.sums = rowSums(mark);
    setWords(this.title, mark.title ?? "");
    setWords(this.subtitle, mark.subtitle ?? "");
    this.cells.setAttribute("aria-label", accessibleName(mark.title ?? title, mark));
    this.cells.toggleAttribute("data-open", mark.images !== undefined);
    this.close();
  }

  draw(page: Page): void {
    if (!this.mark) return;
    this.page = page;
    const { scene, layout } = matrixScene(this.mark, page.theme, page.width);
    this.layout = layout;
    const svg = sceneElement(scene, "");
    // The box around it has the name, and reads its cells out.
    svg.removeAttribute("role");
    svg.setAttribute("aria-hidden", "true");
    this.cells.replaceChildren(svg);
    if (this.cell) this.frame(this.cell);
    this.roomBeside = page.width - Math.min(scene.width, page.width) - AROUND_PANEL;
    this.body.toggleAttribute("data-beside", this.isBeside);
    this.side.style.width = this.isBeside ? `${scene.width + 2}px` : "";
    this.open?.grid.draw(this.panelPage(page));
  }

  dispose(): void {
    this.tip.dispose();
    this.open?.grid.dispose();
  }

  private get isBeside(): boolean {
    return this.roomBeside >= ROOM_FOR_IMAGES;
  }

  private panelPage(page: Page): Page {
    return { ...page, width: this.isBeside ? this.roomBeside : page.width - PANEL_PADDING };
  }

  private at(event: MouseEvent): Cell | undefined {
    const svg = this.cells.firstElementChild;
    if (!svg || !this.layout) return undefined;
    const { left, top } = svg.getBoundingClientRect();
    return cellAt(this.layout, event.clientX - left, event.clientY - top);
  }

  private onPointer(event: PointerEvent): void {
    const cell = this.at(event);
    if (!cell || !this.mark) return this.tip.hide();
    const hint = this.images(cell) > 0 ? ["Click to see images"] : [];
    this.tip.show([describeCell(this.mark, cell, this.sums), ...hint], event.clientX, event.clientY);
  }

  private onClick(event: MouseEvent): void {
    const cell = this.at(event);
    if (!cell) return;
    // Only keys speak.
    this.readout.setAttribute("aria-live", "off");
    this.show(cell);
  }

  private onKey(event: KeyboardEvent): void {
    if (!this.mark || event.ctrlKey || event.metaKey || event.altKey) return;
    const { cell } = this;
    if (event.key === "Escape" && (cell || this.open)) this.close();
    else if (event.key === "Enter" || event.key === " ") {
      this.readout.setAttribute("aria-live", "polite");
      this.show(cell ?? { row: 0, column: 0 });
    } else {
      const next = moveCell(cell ?? { row: 0, column: 0 }, this.mark.classes.length, event.key);
      if (!next) return;
      this.readout.setAttribute("aria-live", "polite");
      const to = cell ? next : { row: 0, column: 0 };
      this.frame(to);
      this.say(to);
    }
    // Otherwise the notebook would select the cell below, and the page would scroll.
    event.stopPropagation();
    event.preventDefault();
  }

  /** @param images what is to be said of the cell's images */
  private say(cell: Cell, images = ""): void {
    if (this.mark)
      this.readout.textContent = [describeCell(this.mark, cell, this.sums), images].filter(Boolean).join(" · ");
  }

  /** Frames a cell: black around white, one of which shows on any colour. */
  private frame(cell: Cell | undefined): void {
    this.cell = cell;
    const svg = this.cells.firstElementChild;
    svg?.querySelector(".rcp-Matrix-frame")?.remove();
    if (!cell || !this.layout || !svg) return;
    const { left, top, cell: side } = this.layout;
    const [x, y] = [left + cell.column * side, top + cell.row * side];
    const box = (out: number, stroke: string) =>
      element("rect", {
        ...{ x: x - out, y: y - out, width: side + 2 * out, height: side + 2 * out },
        ...{ fill: "none", stroke, "stroke-width": 2 },
      });
    const frame = made(element("g", {}, box(2, "#000"), box(0, "#fff")));
    frame.setAttribute("class", "rcp-Matrix-frame");
    svg.append(frame);
  }

  /** How many images of a cell are carried. */
  private images({ row, column }: Cell): number {
    const { images, classes } = this.mark ?? {};
    const cell = row * (classes?.length ?? 0) + column;
    return images?.cells.filter((each) => each === cell).length ?? 0;
  }

  private show(cell: Cell): void {
    const { mark, page } = this;
    if (!mark || !page) return;
    this.close();
    this.frame(cell);
    const where = this.isBeside ? "beside it" : "below";
    this.say(cell, mark.images && describeImages(mark, cell, this.images(cell), where));
    const grid = cellGrid(mark, cell);
    if (!grid) return;
    const drawing = new GridDrawing();
    this.open = { cell, grid: drawing };
    drawing.update(grid, { title: this.title.textContent ?? "", place: 0 });
    this.panel.replaceChildren(drawing.element);
    this.panel.setAttribute("aria-label", describeCell(mark, cell, this.sums));
    this.panel.hidden = false;
    drawing.draw(this.panelPage(page));
    if (!this.isBeside) this.panel.scrollIntoView({ block: "nearest" });
  }

  /** Closes the images; the keys are at the cells again, if they were at an image. */
  private close(): void {
    const { open } = this;
    const hadFocus = this.panel.contains(document.activeElement);
    open?.grid.dispose();
    this.open = undefined;
    this.panel.hidden = true;
    this.panel.replaceChildren();
    if (hadFocus && open) {
      this.cells.focus();
      this.frame(open.cell);
    } else this.frame(undefined);
  }
}
