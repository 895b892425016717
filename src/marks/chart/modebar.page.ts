/** plotly's buttons under keys: one tab stop, the arrow keys lead from one to the next, as in a toolbar of ours. */

/** Modes of dragging, and of labels under the pointer, are nothing to a reader with keys. */
const OF_POINTERS = '[data-attr="dragmode"], [data-attr="hovermode"], [data-attr="_cartesianSpikesEnabled"]';
const BUTTON = ".modebar-btn";

/** Buttons that keys reach. */
const reachable = (plot: HTMLElement): HTMLElement[] =>
  Array.from(plot.querySelectorAll<HTMLElement>(BUTTON)).filter((button) => !button.matches(OF_POINTERS));

/** Leaves one tab stop among the buttons; after plotly has made them. */
export function oneTabStop(plot: HTMLElement, current?: HTMLElement): void {
  const buttons = reachable(plot);
  const kept = current ?? buttons.find(({ tabIndex }) => tabIndex === 0) ?? buttons[0];
  for (const button of Array.from(plot.querySelectorAll<HTMLElement>(BUTTON)))
    button.tabIndex = button === kept ? 0 : -1;
}

/** Arrow keys among the buttons of a plot; Enter and Space press one, and neither scrolls the page. */
export function walkModebar(plot: HTMLElement): void {
  plot.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (!target.matches(BUTTON) || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined && event.key !== "Enter" && event.key !== " ") return;
    // JupyterLab moves the selected cell on arrow keys, and opens it on Enter.
    event.stopPropagation();
    if (step === undefined) {
      // plotly's buttons are pressed by a click alone where they are no <button>.
      if (target.tagName === "BUTTON") return;
      event.preventDefault();
      return target.click();
    }
    event.preventDefault();
    const buttons = reachable(plot);
    const next = buttons[(buttons.indexOf(target) + step + buttons.length) % buttons.length];
    oneTabStop(plot, next);
    next.focus();
  });
}
