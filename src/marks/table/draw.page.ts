/** A table in a page: its head stays in sight, and a column's name sorts the rows by it. */
import { part, setWords, type Drawing, type Page, type Surroundings } from "../kit/drawing.page";
import { drawnCell, sortedRows, type Direction } from "./cells";
import type { Cell, TableMark } from "./payload";
import { footOf, tableName } from "./words";

interface Order {
  column: number;
  direction: Direction;
}

const SIGNS = { ascending: "▲", descending: "▼" } as const;

export class TableDrawing implements Drawing<TableMark> {
  readonly element = part("figure", "rcp-Table");
  private readonly title = part("div", "rcp-Mark-title");
  private readonly subtitle = part("div", "rcp-Mark-subtitle");
  private readonly box = part("div", "rcp-Table-box");
  private readonly table = part("table", "");
  private readonly foot = part("div", "rcp-Table-foot");
  private readonly said = part("output", "rcp-Visually-hidden");
  private mark: TableMark | undefined;
  private heads: HTMLButtonElement[] = [];
  private readonly body = part("tbody", "");
  /** The columns that have their heads. */
  private columns = "";
  private order: Order | undefined;

  constructor() {
    const head = part("figcaption", "");
    head.append(this.title, this.subtitle);
    this.box.append(this.table);
    this.element.append(head, this.box, this.foot, this.said);
    this.table.addEventListener("keydown", (event) => this.onKey(event));
    // The arrow keys scroll it, and move JupyterLab's selected cell otherwise.
    this.box.addEventListener("keydown", (event) => {
      if (/^(Arrow|Page|Home|End)/.test(event.key)) event.stopPropagation();
    });
  }

  update(mark: TableMark, { title }: Surroundings): void {
    this.mark = mark;
    setWords(this.title, mark.title ?? "");
    setWords(this.subtitle, mark.subtitle ?? "");
    this.table.setAttribute("aria-label", tableName(mark, mark.title ?? title));
    this.foot.replaceChildren(
      ...footOf(mark, mark.rows.length).map((words) => {
        const line = part("div", "");
        line.textContent = words;
        return line;
      }),
    );
    this.fill();
  }

  draw({ width, fill }: Page): void {
    this.box.style.width = fill ? `${width}px` : "";
    // Only what scrolls is a tab stop.
    const { scrollHeight, clientHeight, scrollWidth, clientWidth } = this.box;
    this.box.tabIndex = scrollHeight > clientHeight || scrollWidth > clientWidth ? 0 : -1;
    this.box.setAttribute("role", "group");
    this.box.setAttribute("aria-label", "Rows, which scroll");
  }

  dispose(): void {
    this.table.replaceChildren();
  }

  private fill(): void {
    const { mark } = this;
    if (!mark) return;
    const columns = JSON.stringify(mark.columns);
    // Heads that are made anew lose the focus, four times a second while a training is watched.
    if (columns !== this.columns) this.makeHeads(mark);
    this.columns = columns;
    this.showOrder();
    this.fillRows();
  }

  private makeHeads(mark: TableMark): void {
    this.order = undefined;
    this.heads = mark.columns.map(({ name }, column) => this.head(name, column));
    const top = part("tr", "");
    top.append(...this.heads.map((button, column) => this.headCell(button, column, mark)));
    const head = part("thead", "");
    head.append(top);
    this.table.replaceChildren(head, this.body);
  }

  private showOrder(): void {
    this.heads.forEach((head, column) => {
      const direction = this.order?.column === column ? this.order.direction : undefined;
      head.parentElement?.setAttribute("aria-sort", direction ?? "none");
      const sign = head.querySelector(".rcp-Table-sign");
      if (sign) sign.textContent = direction ? SIGNS[direction] : "";
    });
  }

  private head(name: string, column: number): HTMLButtonElement {
    const button = part("button", "rcp-Table-head");
    const sign = part("span", "rcp-Table-sign");
    sign.setAttribute("aria-hidden", "true");
    button.type = "button";
    button.dataset.name = name;
    button.title = `Sort by ${name}`;
    button.tabIndex = column === 0 ? 0 : -1;
    button.append(name, sign);
    button.addEventListener("click", () => this.sort(column));
    return button;
  }

  private headCell(button: HTMLButtonElement, column: number, mark: TableMark): HTMLTableCellElement {
    const cell = part("th", mark.columns[column].numeric ? "rcp-Table-number" : "");
    cell.scope = "col";
    cell.append(button);
    return cell;
  }

  private fillRows(): void {
    const { body, mark, order } = this;
    if (!mark) return;
    const rows = order ? sortedRows(mark, order.column, order.direction) : mark.rows;
    body.replaceChildren(...rows.map((row) => this.row(row, mark)));
  }

  private row(row: readonly Cell[], { columns, digits }: TableMark): HTMLTableRowElement {
    const line = part("tr", "");
    line.append(
      ...row.map((value, column) => {
        const cell = part("td", columns[column].numeric ? "rcp-Table-number" : "");
        cell.textContent = drawnCell(value, digits);
        if (typeof value === "number") cell.title = String(value);
        return cell;
      }),
    );
    return line;
  }

  /** Up, down, and as it was: the first press shows what is most interesting, large numbers and early words. */
  private sort(column: number): void {
    const { mark, order } = this;
    if (!mark) return;
    const [first, second]: Direction[] = mark.columns[column].numeric
      ? ["descending", "ascending"]
      : ["ascending", "descending"];
    const direction = order?.column !== column ? first : order.direction === first ? second : undefined;
    this.order = direction && { column, direction };
    this.fill();
    this.reach(column);
    const { name } = mark.columns[column];
    this.said.textContent = direction ? `Sorted by ${name}, ${direction}.` : "In the order in which the rows came.";
  }

  /** Left and right lead from name to name: the head is one tab stop. Enter and Space press a button anyway. */
  private onKey(event: KeyboardEvent): void {
    const at = this.heads.indexOf(event.target as HTMLButtonElement);
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" || event.key === " ") return event.stopPropagation();
    const last = this.heads.length - 1;
    const places: Partial<Record<string, number>> = {
      ArrowLeft: Math.max(0, at - 1),
      ArrowRight: Math.min(last, at + 1),
      Home: 0,
      End: last,
    };
    const next = places[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.reach(next);
  }

  /** Of all heads the one that Tab leads to. */
  private reach(column: number): void {
    for (const head of this.heads) head.tabIndex = -1;
    this.heads[column].tabIndex = 0;
    this.heads[column].focus();
  }
}
