import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import { paintView, pictureBundle, type GalleryMark } from "../../../src/marks";
import { describeGallery } from "../../../src/marks/gallery/words";
import { expectSameImages, svgTexts } from "./svg";

/** Compares the words and the images of the first page's cards with the SVG. */
export async function expectLikeGallery(_page: Page, drawn: Locator, mark: GalleryMark): Promise<void> {
  const bare = { ...mark, title: undefined, subtitle: undefined };
  const svg = pictureBundle(paintView({ version: 2, title: "", marks: [bare] }))["image/svg+xml"];
  await drawn.locator(".rcp-Gallery-card").first().waitFor();
  const texts = (
    await drawn.locator(".rcp-Gallery-legend text, .rcp-Gallery-heading, .rcp-Gallery-card text").allTextContents()
  ).map(String);
  const written = svgTexts(svg).filter((text) => !/^the first \d+ of \d+ are drawn$/.test(text));
  const note = describeGallery(bare);
  expect(texts).to.deep.equal(note ? written.slice(1) : written);
  await expectSameImages(drawn, svg);
  expect(await drawn.locator(".rcp-Mark-title").textContent()).to.equal(mark.title ?? "");
  expect(await drawn.locator(".rcp-Mark-subtitle").textContent()).to.equal(describeGallery(mark));
}
