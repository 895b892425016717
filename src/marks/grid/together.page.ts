/** Grids of one view that change together: linked ones show the same pixel, those with frames of one name the same frame. */
import type { Probe } from "../kit/pixels";
import type { GridMark } from "./payload";

/** What a reader points at in a grid. */
export interface Pointed {
  probe: Probe | undefined;
  frame: number;
  /** The tile that is shown alone, if one is. */
  enlarged: number | undefined;
}

interface Told extends Pointed {
  link: string | undefined;
  frames: string | undefined;
}

const EVENT = "receptive-grid-pointed";

/** Tells the other grids beside an element what is pointed at in it. */
export function tellOthers(element: HTMLElement, { link, frames }: GridMark, pointed: Pointed): void {
  if (link === undefined && frames === undefined) return;
  const detail: Told = { ...pointed, link, frames: frames?.name };
  for (const other of Array.from(element.parentElement?.children ?? []))
    if (other !== element) other.dispatchEvent(new CustomEvent(EVENT, { detail }));
}

/** Calls `told` with what is pointed at in another grid, as far as that concerns this one. */
export function hearOthers(
  element: HTMLElement,
  mark: () => GridMark | undefined,
  told: (pointed: Partial<Pointed>) => void,
): void {
  element.addEventListener(EVENT, (event) => {
    const own = mark();
    const { link, frames, frame, probe, enlarged } = (event as CustomEvent<Told>).detail;
    if (!own) return;
    const sameFrames = frames !== undefined && own.frames?.name === frames && frame < own.frames.labels.length;
    const linked = link !== undefined && own.link === link;
    if (sameFrames || linked) told({ ...(sameFrames && { frame }), ...(linked && { probe, enlarged }) });
  });
}
