/** What JupyterLab's shortcuts look for; Notebook 7 takes keys before the element that has the focus hears of them. */
const SUPPRESS = "data-lm-suppress-shortcuts";

/**
 * Keeps keys without Ctrl, Alt, Cmd and Shift in the element in which they are pressed: arrows walk pixels there, and do not
 * select other cells; with Shift they would extend the selection. All others, such as Shift+Enter, run JupyterLab's commands. The
 * returned function ends it.
 */
export function keepKeys(element: HTMLElement): () => void {
  const listen = (event: KeyboardEvent): void => {
    const { target, key, ctrlKey, altKey, metaKey, shiftKey } = event;
    const isOurs = !(ctrlKey || altKey || metaKey) && (!shiftKey || /^(Arrow|Page|Home$|End$)/.test(key));
    // On the very element: a shortcut for whatever has the focus matches it before those around it are looked at.
    if (target instanceof Element && element.contains(target)) target.toggleAttribute(SUPPRESS, isOurs);
  };
  // The window hears of a key before the document, on which Notebook 7 listens.
  addEventListener("keydown", listen, true);
  return () => removeEventListener("keydown", listen, true);
}
