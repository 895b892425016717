import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import { paintView, pictureBundle } from "../../../src/marks";
import { SCENE_WIDTH } from "../../../src/marks/kit/scenePicture";
import { wordsOf, type SceneElement } from "../../../src/marks/kit/scene";
import { paper } from "../../../src/marks/kit/theme";
import { beginning, framesOf } from "../../../src/marks/steps/frames";
import type { StepsMark } from "../../../src/marks/steps/payload";
import { describeSteps } from "../../../src/marks/steps/words";
import { escaped } from "../../../src/text/html";
import { look } from "../../support/browser";
import { distance } from "../../support/png";

const all = (elements: readonly SceneElement[]): SceneElement[] =>
  elements.flatMap((each) => [each, ...all(each.children.filter((child) => typeof child !== "string"))]);

/** Compares all words with the picture's, and the colour of each cell on the glass. */
export async function expectLikeSteps(_page: Page, drawn: Locator, mark: StepsMark): Promise<void> {
  const frames = framesOf(mark);
  const reading = beginning(mark, frames);
  const scene = frames.draw(reading, paper, SCENE_WIDTH);
  const svg = drawn.locator("svg");
  await svg.locator("text").first().waitFor();
  const words = wordsOf(scene.elements);
  expect(await svg.locator("text").allTextContents()).to.deep.equal(words);
  const picture = pictureBundle(paintView({ version: 2, title: "", marks: [mark] }))["image/svg+xml"];
  for (const each of words) expect(picture).to.contain(`>${escaped(each)}</text>`);
  expect(await drawn.locator(".rcp-Steps-line").allTextContents()).to.deep.equal(frames.say(reading));
  expect(await drawn.locator(".rcp-Mark-subtitle").textContent()).to.equal(describeSteps(mark));
  const seen = await look(svg);
  expect([seen.width, seen.height]).to.deep.equal([scene.width, scene.height]);
  let cells = 0;
  for (const { tag, attributes, children } of all(scene.elements)) {
    if (tag !== "g" || attributes["data-part"] === undefined) continue;
    for (const child of children) {
      if (typeof child === "string" || child.tag !== "rect") continue;
      const { x, y, width, height, fill } = child.attributes as Record<string, number | string>;
      if (fill === paper.surface || Number(width) < 14) continue;
      const rgb = [1, 3, 5].map((at) => parseInt(String(fill).slice(at, at + 2), 16));
      // In a corner, clear of the number and of the outline of a window.
      const place = [Math.round(+x + +width - 5), Math.round(+y + +height - 5)] as const;
      if (place[0] >= seen.width || place[1] >= 900) continue;
      expect(distance(seen.at(...place), rgb), `cell at ${x}, ${y}`).to.be.at.most(4);
      cells++;
    }
  }
  const isPicture = all(scene.elements).some(({ tag }) => tag === "image");
  if (mark.steps !== "softmax" && !isPicture) expect(cells, "cells that were compared").to.be.above(8);
}
