import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import { paintView, pictureBundle, type MatrixMark } from "../../../src/marks";

interface Drawn {
  texts: string[];
  fills: string[];
}

/** Compares the words and the colours of all cells with the SVG, in order. */
export async function expectLikeMatrix(page: Page, drawn: Locator, mark: MatrixMark): Promise<void> {
  const { title, subtitle, ...own } = mark;
  const svg = pictureBundle(paintView({ version: 2, title: "", marks: [own] }))["image/svg+xml"];
  await drawn.locator(".rcp-Matrix-cells svg rect").first().waitFor();
  const found = await page.evaluate<Drawn>(
    `(() => { const svg = document.querySelector(".rcp-Matrix-cells svg"); return ${read}; })()`,
  );
  const painted = await page.evaluate<Drawn>(`(() => {
    const svg = new DOMParser().parseFromString(${JSON.stringify(svg)}, "image/svg+xml").documentElement;
    // The white ground of the picture.
    svg.firstElementChild.remove();
    return ${read};
  })()`);
  expect(found.texts).to.deep.equal(painted.texts);
  expect(found.fills).to.deep.equal(painted.fills);
  expect(await drawn.locator("figcaption .rcp-Mark-title").first().textContent()).to.equal(title ?? "");
  expect(await drawn.locator("figcaption .rcp-Mark-subtitle").first().textContent()).to.equal(subtitle ?? "");
}

const read = `({
  texts: [...svg.querySelectorAll("text")].map((text) => text.textContent),
  fills: [...svg.querySelectorAll("rect, path")].map((box) => box.getAttribute("fill")),
})`;
