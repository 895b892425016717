/** Words that lead to what they name, and lists of them. */
import { part } from "../kit/drawing.page";

/** @param words that name a number, a unit or a layer; @param name what a screen reader says, where the words are a number alone */
export function linkTo(words: string, open: () => void, name?: string): HTMLButtonElement {
  const link = part("button", "rcp-Terms-name");
  link.type = "button";
  link.textContent = words;
  if (name !== undefined) {
    link.title = name;
    link.setAttribute("aria-label", `${words}: ${name}`);
  }
  link.addEventListener("click", open);
  return link;
}

const buttonsOf = (box: Element): HTMLButtonElement[] => Array.from(box.querySelectorAll("button"));

/** Leaves one of a list's buttons to the Tab key; the arrow keys lead to the others. */
export function chooseStop(list: Element, chosen = buttonsOf(list)[0]): void {
  for (const each of buttonsOf(list)) each.tabIndex = each === chosen ? 0 : -1;
}

/** Lets the arrow keys lead through a list: up and down from row to row, left and right from button to button. */
export function walkList(list: HTMLElement): void {
  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const all = buttonsOf(list);
    const own = event.target as HTMLButtonElement;
    const at = all.indexOf(own);
    if (at < 0) return;
    const ways: Partial<Record<string, () => HTMLButtonElement | undefined>> = {
      ArrowLeft: () => all[at - 1],
      ArrowRight: () => all[at + 1],
      ArrowUp: () => inRow(list, own, -1),
      ArrowDown: () => inRow(list, own, 1),
      Home: () => all[0],
      End: () => all[all.length - 1],
    };
    const way = ways[event.key];
    if (!way) return;
    // JupyterLab would select another cell, and the page would scroll.
    event.preventDefault();
    event.stopPropagation();
    const next = way();
    if (!next) return;
    chooseStop(list, next);
    next.focus();
  });
}

/** The button of the same place in the row above or below. */
function inRow(list: HTMLElement, own: HTMLElement, step: number): HTMLButtonElement | undefined {
  const rows = Array.from(list.children).filter((row) => row.querySelector("button"));
  const at = rows.findIndex((row) => row.contains(own));
  const next = rows[at + step];
  if (!next) return undefined;
  const [before, buttons] = [buttonsOf(rows[at]), buttonsOf(next)];
  return buttons[Math.min(before.indexOf(own as HTMLButtonElement), buttons.length - 1)];
}
