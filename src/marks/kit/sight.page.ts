/** Bringing a part of an output into the reader's sight. */

/** CSS pixels that are seen at once of what scrolls around an element. */
export function heightInSight(element: Element): number {
  for (let at = element.parentElement; at; at = at.parentElement)
    if (/auto|scroll/.test(getComputedStyle(at).overflowY) && at.scrollHeight > at.clientHeight + 1)
      return at.clientHeight;
  return window.innerHeight;
}

/** Scrolls until all of the element is seen, or its beginning where it is higher than what scrolls. */
export function bringIntoSight(element: Element): void {
  const isHigh = element.getBoundingClientRect().height > heightInSight(element);
  element.scrollIntoView({ block: isHigh ? "start" : "nearest" });
}
