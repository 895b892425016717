import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import { paintView, pictureBundle, type TableMark } from "../../../src/marks";
import { drawnCell } from "../../../src/marks/table/cells";
import { FEW_ROWS } from "../../../src/marks/table/words";

/** The texts of the page's rows, which a reader sees one below the other. */
const rowsOf = (drawn: Locator): Promise<string[][]> =>
  drawn
    .locator("tbody tr")
    .evaluateAll((rows) =>
      (rows as { querySelectorAll(name: string): Iterable<{ textContent: string }> }[]).map((row) =>
        Array.from(row.querySelectorAll("td"), (cell) => cell.textContent),
      ),
    );

/** Compares every cell with the payload and with the static picture, sorts by each column, and brings the order back. */
export async function expectLikeTable(page: Page, drawn: Locator, mark: TableMark): Promise<void> {
  const texts = mark.rows.map((row) => row.map((cell) => drawnCell(cell, mark.digits)));
  expect(await rowsOf(drawn)).to.deep.equal(texts);
  const names = mark.columns.map(({ name }) => name);
  expect(
    await drawn
      .locator("th button")
      .evaluateAll((all) => all.map((each) => (each as { dataset: { name: string } }).dataset.name)),
  ).to.deep.equal(names);
  const svg = pictureBundle(paintView({ version: 2, title: "", marks: [mark] }))["image/svg+xml"];
  const written = new Set(Array.from(svg.matchAll(/>([^<]+)<\/text>/g), ([, words]) => words));
  for (const row of texts.slice(0, FEW_ROWS))
    if (row[0].length < 30 && row[0] !== "") expect(written, "in the picture").to.include(row[0]);
  for (const [at, { numeric }] of mark.columns.entries()) {
    const head = drawn.locator("th").nth(at);
    await head.locator("button").click();
    expect(await head.getAttribute("aria-sort")).to.equal(numeric ? "descending" : "ascending");
    const sorted = (await rowsOf(drawn)).map((row) => row[at]);
    if (numeric) {
      const numbers = sorted.map((text) => Number(text.replace(/,/g, "").replace(/−/g, "-") || NaN));
      const known = numbers.filter((number) => !Number.isNaN(number));
      expect(known).to.deep.equal([...known].sort((a, b) => b - a));
      expect(numbers.slice(known.length).every(Number.isNaN), "what is no number comes last").to.equal(true);
    } else expect(sorted).to.have.members(texts.map((row) => row[at]));
    await page.keyboard.press("Enter");
    expect(await head.getAttribute("aria-sort")).to.equal(numeric ? "ascending" : "descending");
    await page.keyboard.press("Enter");
    expect(await head.getAttribute("aria-sort")).to.equal("none");
  }
  expect(await rowsOf(drawn), "the third press gives the rows' own order back").to.deep.equal(texts);
}
