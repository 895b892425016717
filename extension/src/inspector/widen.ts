/** The width that the panel asks for when it is first opened: JupyterLab gives 250 pixels, in which no network can be read. */
import { SplitPanel, type Widget } from "@lumino/widgets";

/** CSS pixels, and the largest share of the page. */
const WIDTH = 480;
const SHARE = 0.45;
/** What JupyterLab gives a sidebar that is shown for the first time. */
const SIDEBAR = 250;
/** Frames after which the shell has laid out what it was about to lay out. */
const FRAMES = 30;

/**
 * Takes the missing width from the widest neighbour; the reader may drag it back. Does nothing where the panel lies
 * otherwise, or has a width that is not the shell's own.
 */
export function widen(panel: Widget, frames = FRAMES): void {
  // The shell lays the sidebar out after the panel is shown, and once more when a workspace is restored late.
  requestAnimationFrame(() => {
    if (!panel.isVisible) return;
    takeWidth(panel);
    if (frames > 0) widen(panel, frames - 1);
  });
}

function takeWidth(panel: Widget): void {
  let child: Widget = panel;
  while (child.parent && !(child.parent instanceof SplitPanel)) child = child.parent;
  const split = child.parent;
  if (!(split instanceof SplitPanel) || split.orientation !== "horizontal") return;
  const total = split.node.clientWidth;
  const want = Math.min(WIDTH, SHARE * total);
  const { widgets } = split;
  const own = widgets.indexOf(child);
  if (total === 0 || child.node.offsetWidth > SIDEBAR + 2 || child.node.offsetWidth >= want) return;
  const sizes = widgets.map((each) => (each.isHidden ? SIDEBAR : each.node.offsetWidth));
  const widest = widgets.reduce(
    (best, each, i) => (!each.isHidden && i !== own && sizes[i] > sizes[best] ? i : best),
    own === 0 ? 1 : 0,
  );
  sizes[own] = want;
  // Shares of the page: what hidden sidebars have of it, the neighbour gets until they are shown.
  sizes[widest] = Math.max(SIDEBAR, total - sizes.reduce((sum, size, i) => (i === widest ? sum : sum + size), 0));
  split.setRelativeSizes(sizes);
}
