import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import { paintView, pictureBundle, type FieldMark } from "../../../src/marks";
import { drawnStep } from "../../../src/marks/field/words";

const paths = (svg: string): string[] => Array.from(svg.matchAll(/\sd="([^"]*)"/g), ([, path]) => path);

/** The box of the first step in the last panel, where it is drawn below the others. */
const firstBox = (all: readonly string[], { panels }: FieldMark): string =>
  all[all.length - all.length / panels.length];

/** Compares the boxes with the static picture, and walks through the layers by keys. */
export async function expectLikeField(page: Page, drawn: Locator, mark: FieldMark): Promise<void> {
  const picture = pictureBundle(paintView({ version: 2, title: "", marks: [mark] }))["image/svg+xml"];
  const svg = drawn.locator("svg");
  await svg.locator("path").first().waitFor({ state: "attached" });
  const inside = (): Promise<string> => svg.evaluate((node: { innerHTML: string }) => node.innerHTML);
  const live = paths(await inside());
  // The page is wider than the picture by its margins; what is drawn has the same number of boxes, in the same shapes.
  expect(live.length).to.equal(paths(picture).length);
  const words = (text: string): string[] => Array.from(text.matchAll(/>([^<]+)<\/text>/g), ([, each]) => each);
  const names = words(await inside());
  for (const name of names) expect(words(picture)).to.include(name);
  const readout = drawn.locator(".rcp-Field-readout");
  const { steps } = mark;
  expect(await readout.textContent()).to.equal(drawnStep(steps[steps.length - 1]));
  if (steps.length < 2) return;
  await drawn.locator("input").focus();
  await page.keyboard.press("Home");
  expect(await readout.textContent()).to.equal(drawnStep(steps[0]));
  expect(await drawn.locator(".rcp-Slider-value").textContent()).to.equal(steps[0].layer);
  const chosen = paths(await inside());
  expect(chosen.length).to.equal(live.length);
  expect(chosen[chosen.length - 1], "the first layer's box lies above the others now").to.equal(firstBox(chosen, mark));
}
