/** Numbers in cells that can be pressed, in their colours: one tab stop, arrow keys lead from one to the next. */
import { inkOn } from "../kit/colours";
import { part } from "../kit/drawing.page";
import { drawnNumber } from "../kit/numbers";
import { chooseStop, linkTo } from "./links.page";
import { colourOf, type Colours } from "./maps";
import { exactWords } from "./words";

export interface Cell {
  value: number;
  /** Shown instead of the number, where there is none. */
  words?: string;
  /** What a screen reader says besides. */
  name: string;
  press?: () => void;
  /** Stands out: the winner of a maximum. */
  isChosen?: boolean;
}

export interface GridOptions {
  /** To three digits of the largest, where many stand beside each other; the tip has them all. */
  isRounded?: boolean;
  /** Leads to what the caption names: `words`, which it ends with. */
  link?: { words: string; open: () => void };
}

export function numberGrid(
  caption: string,
  cells: readonly Cell[],
  columns: number,
  colours: Colours,
  { isRounded = false, link }: GridOptions = {},
): HTMLElement {
  const element = part("div", "rcp-Numbers");
  const head = part("div", "rcp-Numbers-caption");
  const named = link && linkTo(link.words, link.open);
  // The arrow keys lead to it from the cells.
  if (named) named.tabIndex = -1;
  head.append(named ? caption.slice(0, -named.textContent.length) : caption, ...(named ? [named] : []));
  if (isRounded) head.append(" (rounded)");
  const wordsOf = isRounded ? roundedAlike(cells.map(({ value }) => value)) : exactWords;
  const body = part("div", "rcp-Numbers-cells");
  body.setAttribute("role", "group");
  body.setAttribute("aria-label", caption);
  body.style.gridTemplateColumns = `repeat(${columns}, 1fr)`;
  cells.forEach((cell, i) => {
    const box = part("button", "rcp-Numbers-cell");
    box.type = "button";
    box.tabIndex = i === 0 ? 0 : -1;
    const exact = cell.words ?? exactWords(cell.value);
    box.textContent = cell.words ?? wordsOf(cell.value);
    box.setAttribute("aria-label", `${cell.name}: ${exact}`);
    box.title = isRounded ? `${cell.name}: ${exact}` : cell.name;
    const colour = colourOf(colours, cell.value);
    if (cell.words === undefined) {
      box.style.background = `rgb(${colour.join(",")})`;
      box.style.color = inkOn(colour);
    }
    if (cell.isChosen) box.classList.add("rcp-mod-chosen");
    if (cell.press) box.addEventListener("click", cell.press);
    else box.setAttribute("aria-disabled", "true");
    body.append(box);
  });
  named?.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    event.stopPropagation();
    body.querySelector<HTMLElement>("[tabindex='0']")?.focus();
  });
  body.addEventListener("keydown", (event) => {
    const all = Array.from(body.children) as HTMLElement[];
    const at = all.indexOf(event.target as HTMLElement);
    const column = at % columns;
    const steps: Partial<Record<string, number>> = {
      Home: -column,
      End: columns - 1 - column,
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -columns,
      ArrowDown: columns,
    };
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = all[at + step];
    event.preventDefault();
    event.stopPropagation();
    if (at >= 0 && !next && event.key === "ArrowUp") return named?.focus();
    if (at < 0 || !next) return;
    all[at].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
  element.append(head, body);
  return element;
}

/** All with as many decimals as the largest has with three digits: they stand below each other. */
function roundedAlike(values: readonly number[]): (value: number) => string {
  const largest = Math.max(...values.map(Math.abs).filter(Number.isFinite), 0);
  const decimals = 2 - Math.floor(Math.log10(largest));
  if (!(decimals >= 0 && decimals <= 6)) return drawnNumber;
  return (value) =>
    value === 0 || !Number.isFinite(value) ? exactWords(value) : value.toFixed(decimals).replace("-", "−");
}

/** A row of such grids with signs between them; a sign goes with what stands behind it to the next line. */
export function equation(...parts: (HTMLElement | string)[]): HTMLElement {
  const element = part("div", "rcp-Equation");
  let term: HTMLElement | undefined;
  for (const each of parts) {
    if (!term) element.append((term = part("div", "rcp-Equation-term")));
    if (typeof each !== "string") {
      term.append(each);
      term = undefined;
    } else {
      const sign = part("div", "rcp-Equation-sign");
      sign.textContent = each;
      term.append(sign);
    }
  }
  return element;
}

const GROUPS = ".rcp-Numbers-cells, .rcp-Terms";

/** Writes a box anew and leaves the keys at the same place of the same group of buttons. */
export function keepFocus(box: HTMLElement, write: () => void): void {
  const active = document.activeElement;
  const groups = (): HTMLElement[] => Array.from(box.querySelectorAll<HTMLElement>(GROUPS));
  const buttons = (group: HTMLElement): HTMLElement[] => Array.from(group.querySelectorAll("button"));
  const group = active && box.contains(active) ? groups().findIndex((each) => each.contains(active)) : -1;
  const at = group < 0 ? -1 : buttons(groups()[group]).indexOf(active as HTMLElement);
  write();
  const found = groups()[group];
  if (at < 0 || !found) return;
  const all = buttons(found);
  const next = all[Math.min(at, all.length - 1)];
  if (!next) return;
  chooseStop(found, next as HTMLButtonElement);
  next.focus({ preventScroll: true });
}
