/** What is too faint to be read, by the rules of WCAG 2. */
import type { Page } from "playwright-core";

/** The contrast that words need, and borders of controls. */
export const TEXT = 4.5;
const CONTROL = 3;

const FAINT = `(() => {
  const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const parse = (colour) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], ground) => [r, g, b].map((v, i) => v * a + ground[i] * (1 - a));
  const groundOf = (element) => {
    if (!element) return parse(getComputedStyle(document.documentElement).getPropertyValue("--jp-layout-color0") || "#fff").slice(0, 3);
    const own = parse(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own.slice(0, 3) : over(own, groundOf(element.parentElement));
  };
  const light = (rgb) => rgb.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
  const faint = new Set();
  const check = (what, element, colour, ground, needs) => {
    const found = ratio(over(parse(colour), ground), ground);
    if (found < needs) faint.add(what + " of " + element.tagName.toLowerCase() + "." + (element.className || element.parentElement.className) + " " + found.toFixed(2));
  };
  for (const element of document.querySelectorAll(".rcp-View *")) {
    if (!element.checkVisibility() || element instanceof SVGElement || element.closest(":disabled, [aria-disabled=true], .js-plotly-plot")) continue;
    const style = getComputedStyle(element);
    // A background of data's colours carries words that fit it.
    const isData = element.closest("[style*='background']");
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (hasText && !isData) check("text", element, style.color, groundOf(element), ${TEXT});
    if (element.matches("button, select, input:not([type=range], [type=checkbox], [type=radio])"))
      check("border", element, style.borderTopColor, groundOf(element.parentElement), ${CONTROL});
  }
  const outline = document.querySelector(".rcp-Toolbar button:not(:disabled), .rcp-Toolbar select");
  if (outline) {
    outline.focus({ focusVisible: true });
    check("focus", outline, getComputedStyle(outline).outlineColor, groundOf(outline.parentElement), ${CONTROL});
  }
  return [...faint];
})()`;

/** What of the views on the page is too faint, a line each: computed colours, one over the other up to the first ground that lets nothing through. */
export const faintParts = (page: Page): Promise<string[]> => page.evaluate<string[]>(FAINT);
