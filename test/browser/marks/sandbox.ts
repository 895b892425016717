import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import { SCENE_WIDTH } from "../../../src/marks/kit/scenePicture";
import { wordsOf } from "../../../src/marks/kit/scene";
import { paper } from "../../../src/marks/kit/theme";
import { paintView, pictureBundle } from "../../../src/marks";
import { fitOf, formula, suggestions, verdict } from "../../../src/marks/sandbox/fit";
import type { SandboxMark } from "../../../src/marks/sandbox/payload";
import { sandboxScene } from "../../../src/marks/sandbox/scene";

/** Compares words, settings, and how many cells and windows there are. */
export async function expectLikeSandbox(_page: Page, drawn: Locator, mark: SandboxMark): Promise<void> {
  const picture = pictureBundle(paintView({ version: 2, title: "", marks: [mark] }))["image/svg+xml"];
  const svg = drawn.locator("svg");
  await svg.locator("text").first().waitFor();
  expect(await svg.locator("text").allTextContents()).to.deep.equal(
    wordsOf(sandboxScene(mark, 0, paper, SCENE_WIDTH).elements),
  );
  expect(picture).to.contain(`>${formula(mark)}</text>`);
  expect(await drawn.locator(".rcp-Sandbox-formula").textContent()).to.equal(formula(mark));
  expect(await drawn.locator(".rcp-Sandbox-verdict").textContent()).to.equal(verdict(mark));
  expect(await drawn.locator(".rcp-Sandbox-fitting button").allTextContents()).to.deep.equal(
    suggestions(mark).map(({ words }) => words),
  );
  const { inputSize, kernelSize, stride, padding, dilation } = mark;
  const values = await drawn.locator(".rcp-Slider-value").allTextContents();
  expect(values.map(Number)).to.deep.equal([inputSize, kernelSize, stride, padding, dilation]);
  const { count, leftOver } = fitOf(mark);
  for (const [part, expected] of [
    ["output", Math.max(0, count)],
    ["left", leftOver],
  ] as const) {
    expect(await svg.locator(`[data-part="${part}"]`).count(), part).to.equal(expected);
    expect(picture.split(`data-part="${part}"`).length - 1, part).to.equal(expected);
  }
}
