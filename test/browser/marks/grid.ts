import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import { pictureBundle, type GridMark } from "../../../src/marks";
import { barsOf } from "../../../src/marks/grid/legend";
import { paintGrid, pictureLayout } from "../../../src/marks/grid/paint";
import { frameOf, unpackGrid, unusualIn } from "../../../src/marks/grid/shown";
import { describeGrid, describeStatistics } from "../../../src/marks/grid/words";
import type { Asked } from "../../../src/marks/kit/asked";
import { layoutGrid, tileOrigin, type GridLayout } from "../../../src/marks/kit/layout";
import { PICTURE_WIDTH } from "../../../src/marks/kit/picture";
import { decodePng } from "../../display/support";
import { distance, readPng, type Pixel } from "../../support/png";

/** Compares every pixel of every tile, with frames around what was picked, and all words, with the static picture. */
export async function expectLikeGrid(page: Page, drawn: Locator, mark: GridMark, asked?: Asked): Promise<void> {
  const canvas = drawn.locator(".rcp-Grid-canvas");
  await drawn.locator(".rcp-Grid-readout", { hasText: /./ }).waitFor();
  const url = await canvas.evaluate((node: { toDataURL(): string }) => node.toDataURL());
  const live = readPng(Buffer.from(url.split(",")[1], "base64"));
  const picture = decodePng(Buffer.from(pictureBundle(paintGrid(mark, asked))["image/png"], "base64"));
  const { top, layout } = pictureLayout(mark);
  const shown = frameOf(unpackGrid(mark));
  const { tiles } = shown;
  const labelWidths = await page.evaluate<number[]>(`(() => {
    const context = document.createElement("canvas").getContext("2d");
    context.font = "12px sans-serif";
    return ${JSON.stringify(shown.labels)}.map((label) => Math.ceil(context.measureText(label).width));
  })()`);
  const { count, height, width } = tiles;
  const shape = { count, height, width, columns: mark.columns, labelWidth: Math.max(0, ...labelWidths) };
  const own = layoutGrid(shape, PICTURE_WIDTH, 1);
  expect([live.width, live.height]).to.deep.equal([own.width, own.height]);
  // In a corner of the pixel, because numbers are written into the middle of large ones.
  const place = (from: GridLayout, tile: number, row: number, column: number): [number, number] => {
    const { x, y } = tileOrigin(from, tile);
    const inset = Math.min(2, Math.floor(from.scale / 2));
    return [x + column * from.scale + inset, y + row * from.scale + inset];
  };
  for (let tile = 0; tile < count; tile++)
    for (let i = 0; i < height * width; i++) {
      const [row, column] = [Math.floor(i / width), i % width];
      const [x, y] = place(layout, tile, row, column);
      const expected = picture.at(x, top + y);
      const seen: Pixel = live.at(...place(own, tile, row, column));
      if (distance(seen, expected.slice(0, 3)) > 3)
        expect.fail(
          `tile ${tile}, row ${row}, column ${column}: ${seen.join()} in the page, ${expected.join()} in the picture`,
        );
    }
  const text = async (selector: string): Promise<string> => (await drawn.locator(selector).textContent()) ?? "";
  expect(await text(".rcp-Mark-title")).to.equal(mark.title ?? "");
  expect(await text(".rcp-Mark-subtitle")).to.equal(describeGrid(mark));
  expect(await text(".rcp-Grid-readout")).to.equal(describeStatistics(mark));
  const bars = barsOf(mark, shown);
  const legends = drawn.locator(".rcp-Legend:visible");
  expect(await legends.count()).to.equal(bars.length);
  for (const [i, { name, ticks }] of bars.entries()) {
    expect(await legends.nth(i).locator(".rcp-Legend-name").textContent()).to.equal(name);
    expect(await legends.nth(i).locator(".rcp-Legend-tick").allTextContents()).to.deep.equal(
      ticks().map((tick) => tick.text),
    );
  }
  expect(await drawn.locator(".rcp-Legend-unusual").allTextContents()).to.deep.equal(
    unusualIn(shown).map(({ words }) => words),
  );
}
