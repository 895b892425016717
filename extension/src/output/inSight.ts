/** CSS pixels before an output comes into sight: what is drawn by then is there when the reader arrives. */
const AHEAD = "1000px";

/** Calls `seen` once, when an element is in sight or near it. The returned function ends the watch. */
export function whenInSight(element: Element, seen: () => void): () => void {
  const end = (): void => {
    observer.disconnect();
    removeEventListener("beforeprint", see);
  };
  const see = (): void => {
    end();
    seen();
  };
  // The notebook scrolls inside the page, and only scrollMargin reaches into that; TypeScript does not know it yet.
  const margins = { rootMargin: AHEAD, scrollMargin: AHEAD };
  const observer = new IntersectionObserver(
    (entries) => entries.some((entry) => entry.isIntersecting) && see(),
    margins,
  );
  observer.observe(element);
  // Paper shows everything.
  addEventListener("beforeprint", see);
  return end;
}
