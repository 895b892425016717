import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import type { FramesMark } from "../../../src/marks";
import { frameWords } from "../../../src/marks/frames/words";
import { expectLikeGallery } from "./gallery";
import { expectLikeGrid } from "./grid";

/** Compares each mark of the last frame with its picture, and the words of the slider with the step. */
export async function expectLikeFrames(page: Page, drawn: Locator, mark: FramesMark): Promise<void> {
  const last = mark.at.length - 1;
  for (const [i, each] of mark.marks.entries()) {
    const part = drawn.locator(".rcp-Frames-parts > *").nth(i);
    await (each.mark === "grid" ? expectLikeGrid(page, part, each) : expectLikeGallery(page, part, each));
  }
  const toolbar = drawn.locator(".rcp-Frames > .rcp-Toolbar, > .rcp-Toolbar").first();
  expect(await toolbar.isVisible()).to.equal(last > 0);
  expect(await toolbar.locator(".rcp-Slider-value").textContent()).to.equal(frameWords(mark, last));
}
