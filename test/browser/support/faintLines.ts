/** Which lines of scenes on a page are too faint, by the rules of WCAG 2. */
import type { Page } from "playwright-core";
import { contrastOver, type SceneWord } from "./sceneWords";
import type { Pixel } from "../../support/png";

/** The contrast that lines need which tell something. */
const LINE = 3;

interface SceneLine {
  what: string;
  colour: SceneWord["colour"];
  ground: Pixel;
}

/** Every line of an SVG that is seen, but for the grid of a chart and for what sets a shape off from the data's colours behind it. */
const LINES = `(() => {
  const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const parse = (colour) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const root = getComputedStyle(document.documentElement);
  const ground = parse(root.getPropertyValue("--jp-layout-color0") || "#fff").slice(0, 3);
  const apart = ["--jp-border-color2", "--jp-layout-color0", "--jp-layout-color1"].map((name) => root.getPropertyValue(name)).concat("#fff", "#000");
  const exempt = new Set(apart.map((colour) => parse(colour).join()));
  return [...document.querySelectorAll(".rcp-View svg :is(path, line, rect, polygon, circle)")].flatMap((element) => {
    if (element.closest(".js-plotly-plot, button, defs, pattern") || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return [];
    const style = getComputedStyle(element);
    if (style.stroke === "none" || parseFloat(style.strokeWidth) === 0) return [];
    const colour = parse(style.stroke);
    if (exempt.has(colour.join())) return [];
    colour[3] *= Number(style.strokeOpacity);
    for (let each = element; each && each !== document.body; each = each.parentElement) colour[3] *= Number(getComputedStyle(each).opacity);
    return [{ what: element.tagName + " " + Object.keys(element.dataset).join(), colour, ground }];
  });
})()`;

/** @returns how many lines there are, and those that are too faint */
export async function faintLines(page: Page): Promise<{ count: number; faint: string[] }> {
  const lines = await page.evaluate<SceneLine[]>(LINES);
  const faint = lines.flatMap(({ what, colour, ground }) => {
    const found = contrastOver(colour, ground);
    return found < LINE ? [`${what} (${colour.join()}) ${found.toFixed(2)}`] : [];
  });
  return { count: lines.length, faint: [...new Set(faint)] };
}
