import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import { paintView, pictureBundle, type TrainingMark } from "../../../src/marks";
import { svgTexts } from "./svg";

/** Compares every word and number that the page says with the SVG, which has no buttons and fields. */
export async function expectLikeTraining(_page: Page, drawn: Locator, mark: TrainingMark): Promise<void> {
  const { title, subtitle, ...own } = mark;
  const svg = pictureBundle(paintView({ version: 2, title: "", marks: [own] }))["image/svg+xml"];
  const painted = svgTexts(svg).join(" ");
  const said = async (part: string): Promise<string[]> =>
    (await drawn.locator(part).allTextContents()).map((words) => words.replace(/\s+/g, " ").trim());
  const parts = [".rcp-Training-state", ".rcp-Training-place", ".rcp-Training-pace", ".rcp-Training-percent"];
  for (const part of parts) for (const words of await said(part)) expect(painted, part).to.contain(words);
  expect(await said(".rcp-Training-state")).to.have.length(1);
  const figures = await said(".rcp-Training-number");
  expect(figures).to.have.length(mark.figures.length);
  for (const words of figures) expect(painted).to.contain(words);
  expect(await said(".rcp-Training-name")).to.deep.equal(mark.figures.map(({ name }) => name));
  // Where lines are broken differs.
  const lines = [...(await said(".rcp-Training-warning")), ...(await said(".rcp-Training-event"))];
  expect(lines).to.have.length(mark.warnings.length + mark.events.length);
  for (const words of lines) expect(painted).to.contain(words);
  expect(await drawn.locator(".rcp-Mark-title").first().textContent()).to.equal(title ?? "");
  expect(await drawn.locator(".rcp-Mark-subtitle").first().textContent()).to.equal(subtitle ?? "");
}
