/** The words of scenes on a page: each with its colour, and with the pixels that really lie behind it. */
import type { Page } from "playwright-core";
import { readPng, type Picture, type Pixel } from "../../support/png";

export interface SceneWord {
  words: string;
  /** As it is drawn, with its share of light. */
  colour: [red: number, green: number, blue: number, alpha: number];
  /** Of the line around the letters, where they have one: then that lies behind them. */
  outline?: Pixel;
  /** In pixels of the page. */
  box: { left: number; top: number; right: number; bottom: number };
}

/** Every text of an SVG that is seen, with its computed colour and the box of its letters. */
const WORDS = `(() => {
  const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const parse = (colour) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const clip = (element, box) => {
    for (let around = element.parentElement; around; around = around.parentElement) {
      if (around instanceof SVGElement && !(around instanceof SVGSVGElement)) continue;
      if (getComputedStyle(around).overflow === "visible") continue;
      const { left, top, right, bottom } = around.getBoundingClientRect();
      box = { left: Math.max(box.left, left), top: Math.max(box.top, top), right: Math.min(box.right, right), bottom: Math.min(box.bottom, bottom) };
    }
    return box;
  };
  return [...document.querySelectorAll(".rcp-View svg text")].flatMap((element) => {
    if (!element.textContent.trim() || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return [];
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const box = clip(element, { left: left + scrollX, top: top + scrollY, right: right + scrollX, bottom: bottom + scrollY });
    if (box.right - box.left < 1 || box.bottom - box.top < 1) return [];
    const style = getComputedStyle(element);
    const colour = parse(style.fill);
    colour[3] *= Number(style.fillOpacity);
    for (let each = element; each && each !== document.body; each = each.parentElement) colour[3] *= Number(getComputedStyle(each).opacity);
    const hasOutline = style.stroke !== "none" && style.paintOrder.startsWith("stroke") && parseFloat(style.strokeWidth) >= 3;
    return [{ words: element.textContent, colour, box, ...(hasOutline ? { outline: parse(style.stroke).slice(0, 3) } : {}) }];
  });
})()`;

/** The words of the page's scenes, and the page without them. */
export async function sceneWords(page: Page): Promise<{ words: SceneWord[]; behind: Picture }> {
  const words = await page.evaluate<SceneWord[]>(WORDS);
  const hiding = await page.addStyleTag({ content: "svg text { visibility: hidden !important }" });
  const behind = readPng(await page.screenshot({ fullPage: true, scale: "css" }));
  await hiding.evaluate((element: { remove(): void }) => element.remove());
  return { words, behind };
}

const light = ([r, g, b]: readonly number[]): number =>
  [r, g, b]
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);

/** WCAG 2: of a colour over a ground. */
export function contrastOver([r, g, b, a]: SceneWord["colour"], ground: Pixel): number {
  const [x, y] = [[r, g, b].map((value, i) => value * a + ground[i] * (1 - a)), ground].map(light);
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** The contrast that nine of ten pixels behind the words have at least: a thin line that crosses them takes no letter away. */
export function contrastOf({ colour, outline, box }: SceneWord, behind: Picture): number {
  if (outline) return contrastOver(colour, outline);
  const found: number[] = [];
  for (let y = Math.ceil(box.top); y < Math.min(box.bottom, behind.height); y++)
    for (let x = Math.ceil(box.left); x < Math.min(box.right, behind.width); x++)
      found.push(contrastOver(colour, behind.at(x, y)));
  found.sort((a, b) => a - b);
  return found.length === 0 ? NaN : found[Math.floor(found.length / 10)];
}
