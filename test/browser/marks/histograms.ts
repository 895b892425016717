import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import { paintView, pictureBundle, type HistogramsMark } from "../../../src/marks";

/** Compares the words, and how many bins are drawn, with the SVG; the page is wider, so that places differ. */
export async function expectLikeHistograms(page: Page, drawn: Locator, mark: HistogramsMark): Promise<void> {
  const { title, subtitle, ...own } = mark;
  const last = mark.steps[mark.steps.length - 1];
  const svg = pictureBundle(paintView({ version: 2, title: "", marks: [own] }))["image/svg+xml"];
  const read = `({
    texts: [...svg.querySelectorAll("text")].map((text) => text.textContent),
    bins: [...svg.querySelectorAll("path")].map((path) => path.getAttribute("d").split("H").length - 1),
  })`;
  await drawn.locator(".rcp-Histograms-plot svg text").first().waitFor();
  const found = await page.evaluate(
    `(() => { const svg = document.querySelector(".rcp-Histograms-plot svg"); return ${read}; })()`,
  );
  const painted = await page.evaluate<{ texts: string[] }>(
    `(() => { const svg = new DOMParser().parseFromString(${JSON.stringify(svg)}, "image/svg+xml").documentElement; return ${read}; })()`,
  );
  // The picture says of which step it is, where there are several.
  if (mark.steps.length > 1) expect(painted.texts.shift()).to.equal(last.name);
  expect(found).to.deep.equal(painted);
  expect(await drawn.locator(".rcp-Mark-title").textContent()).to.equal(title ?? "");
  expect(await drawn.locator(".rcp-Mark-subtitle").textContent()).to.equal(subtitle ?? "");
}
