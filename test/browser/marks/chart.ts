import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import { paintView, pictureBundle, type ChartMark } from "../../../src/marks";
import { drawnLines } from "../../../src/marks/chart/smooth";
import { formerColours, lineColours } from "../../../src/marks/kit/colours";
import { escaped } from "../../../src/text/html";
import { look } from "../../support/browser";
import { countColour } from "../../support/png";

/** Compares names, numbers of the axes and colours of the lines with the SVG. */
export async function expectLikeChart(_page: Page, drawn: Locator, mark: ChartMark): Promise<void> {
  const svg = pictureBundle(paintView({ version: 2, title: "", marks: [mark] }))["image/svg+xml"];
  const plot = drawn;
  await plot.locator(".ytick").first().waitFor({ state: "attached" });
  const written = (texts: string[]): string[] => texts.map((text) => text.replace(/[<>&"]/g, ""));
  const alongX = await plot.locator(".xtick text").allTextContents();
  // Words of categories are to be seen as they are written; the page may leave some out.
  if (mark.categories) for (const word of alongX) expect(mark.categories).to.include(word);
  const ticks = written([
    ...(mark.categories ? [] : alongX),
    ...(await plot.locator(".ytick text, .y2tick text").allTextContents()),
  ]);
  for (const tick of ticks)
    expect(tick, "as everywhere: 250,000 and not 250k").to.match(/^−?[\d,]+(\.\d+)?(e[−+]?\d+)?$/);
  const bright = mark.lines.filter(({ pale, grey }) => !pale && !grey).map(({ name }) => name);
  const former = mark.lines.filter(({ grey }) => grey).map(({ name }) => name);
  const names = [...bright, ...former];
  // One line behind its average has its name in the legend; several are told below the chart.
  const pale = drawnLines(mark, mark.smoothing).filter((line) => line.pale).length;
  const legend = [...bright, ...(pale === 1 ? [`each ${mark.x || "point"}`] : []), ...former];
  if (names.length > 0) expect(await plot.locator(".legendtext").allTextContents()).to.deep.equal(legend);
  for (const words of [...names, mark.x, mark.y].filter(Boolean)) expect(svg).to.contain(`>${escaped(words)}</text>`);
  const axes = await plot.locator(".xtitle, .ytitle").allTextContents();
  expect(axes).to.deep.equal([mark.x, mark.y].filter(Boolean));
  const seen = await look(plot);
  const overlaid = mark.lines.length > 1 && mark.lines.some(({ kind }) => kind === "histogram");
  // Changes are a line and a triangle each, with their words in the picture.
  const { events = [] } = mark;
  expect(await plot.locator(".shapelayer path").count()).to.equal(events.length);
  for (const { text } of events) expect(svg).to.contain(`<title>${escaped(text)}</title>`);
  for (const { kind = "line", colour, pale, grey } of mark.lines) {
    const hex = grey ? formerColours.light : lineColours.light[colour % lineColours.light.length];
    expect(svg).to.contain(`${kind === "line" ? "stroke" : "fill"}="${hex}"`);
    const rgb = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
    // Through each other, bars have other colours.
    if (!pale && !overlaid) expect(countColour(seen, rgb, 30), hex).to.be.above(20);
  }
}

/** Compares the words of a figure that is drawn alone with its SVG, if it has one. */
export async function expectLikeFigure(page: Page, svg: string | undefined): Promise<void> {
  const plot = page.locator(".js-plotly-plot");
  await plot.locator(".xtick, .ytick").first().waitFor({ state: "attached" });
  const words = await plot.locator(".legendtext, .xtitle, .ytitle").allTextContents();
  for (const each of words.filter(Boolean)) if (svg !== undefined) expect(svg).to.contain(`>${escaped(each)}</text>`);
}
