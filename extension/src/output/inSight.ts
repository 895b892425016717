/** CSS pixels around the window in which outputs are drawn: what the reader arrives at is there by then. */
const NEAR = "1000px";
/** Outside of these they give their memory back; farther than NEAR, so that scrolling to and fro draws nothing anew. */
const FAR = "4000px";

export interface SightWatcher {
  /** The element is in sight or near it. */
  near(): void;
  /** It is far from it. */
  far(): void;
}

/** Tells whenever an element comes near to sight or goes far from it. The returned function ends the watch. */
export function watchSight(element: Element, watcher: SightWatcher): () => void {
  const near = (): void => watcher.near();
  const observers = [
    observe(element, NEAR, (isInside) => isInside && watcher.near()),
    observe(element, FAR, (isInside) => !isInside && watcher.far()),
  ];
  // Paper shows everything.
  addEventListener("beforeprint", near);
  return () => {
    for (const observer of observers) observer.disconnect();
    removeEventListener("beforeprint", near);
  };
}

function observe(element: Element, margin: string, changed: (isInside: boolean) => void): IntersectionObserver {
  // The notebook scrolls inside the page, and only scrollMargin reaches into that; TypeScript does not know it yet.
  const margins = { rootMargin: margin, scrollMargin: margin };
  const observer = new IntersectionObserver((entries) => changed(entries[entries.length - 1].isIntersecting), margins);
  observer.observe(element);
  return observer;
}
