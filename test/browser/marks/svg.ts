import { expect } from "chai";
import type { Locator } from "playwright-core";
import { decodePng } from "../../display/support";
import { readPng } from "../../support/png";

const unescape = (text: string): string =>
  text
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&");

/** The texts of an SVG, in order. */
export const svgTexts = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => unescape(text));

/** The files of the images in an SVG, in order. */
const svgImages = (svg: string): string[] => [...svg.matchAll(/<image [^>]*href="([^"]+)"/g)].map(([, href]) => href);

/** Compares the pixels of each image in a page with those in the SVG. */
export async function expectSameImages(drawn: Locator, svg: string): Promise<void> {
  const files = (href: string): Buffer => Buffer.from(href.split(",")[1], "base64");
  const live = await drawn
    .locator("image")
    .evaluateAll((images: { getAttribute(name: string): string }[]) => images.map((each) => each.getAttribute("href")));
  const kept = svgImages(svg);
  expect(live.length).to.equal(kept.length);
  live.forEach((href, i) => {
    const [seen, picture] = [readPng(files(href)), decodePng(files(kept[i]))];
    expect([seen.width, seen.height]).to.deep.equal([picture.width, picture.height]);
    for (let y = 0; y < seen.height; y++)
      for (let x = 0; x < seen.width; x++)
        expect(seen.at(x, y), `image ${i}, ${x}, ${y}`).to.deep.equal(picture.at(x, y).slice(0, 3));
  });
}
