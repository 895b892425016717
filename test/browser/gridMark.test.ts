import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import type { GridMark, View } from "../../src/marks";
import { paletteColour } from "../../src/marks/kit/colours";
import { layoutEnlarged, layoutGrid, tileOrigin, type GridLayout } from "../../src/marks/kit/layout";
import { floatsToBase64 } from "../../src/marks/kit/base64";
import { numbersAsText } from "../../src/marks/grid/copy";
import { samples } from "../../src/marks/grid/samples";
import { frameOf, tileOf, unpackGrid } from "../../src/marks/grid/shown";
import { describeStatistics } from "../../src/marks/grid/words";
import { distance, readPng, type Picture } from "../support/png";
import { openStage, type Stage } from "./support/stage";

/** Of the page that a view is drawn on, and of its grid within the paddings of output and figure. */
const [PAGE, WIDTH] = [1000, 1000 - 16 - 6];

describe("the grid in a page", function () {
  this.timeout(60_000);
  let watched: Stage;
  let page: Page;

  before(async () => {
    watched = await openStage({ width: 1100, height: 900 });
    page = watched.page;
    // The clipboard of a page that is not in front is closed.
    await page.evaluate(
      "Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => void (window.copied = text) } })",
    );
  });
  after(() => watched?.close());
  afterEach(() => expect(watched.errors).to.deep.equal([]));

  async function draw(marks: GridMark | GridMark[], more: Partial<View> = {}, width = PAGE): Promise<void> {
    const view: View = { version: 2, title: "A grid", marks: [marks].flat(), ...more };
    await page.evaluate(`draw("view", ${JSON.stringify(view)}, ${width})`);
    await page.locator(".rcp-Grid-readout", { hasText: /./ }).first().waitFor();
  }
  const grid = (place = 0): Locator => page.locator(".rcp-Grid").nth(place);
  const canvas = (place = 0): Locator => grid(place).locator(".rcp-Grid-canvas");
  const readout = (place = 0): Promise<string | null> => grid(place).locator(".rcp-Grid-readout").textContent();
  const texts = (of: Locator): Promise<string[]> => of.allTextContents();

  async function look(place = 0): Promise<Picture> {
    const url = await canvas(place).evaluate((node: { toDataURL(): string }) => node.toDataURL());
    return readPng(Buffer.from(url.split(",")[1], "base64"));
  }

  async function layoutOf(
    mark: GridMark,
    how: "grid" | number = "grid",
    width = WIDTH,
    fill = false,
  ): Promise<GridLayout> {
    const { tiles, labels } = frameOf(unpackGrid(mark));
    const used = how === "grid" ? labels : [labels[how]];
    const labelWidth = await page.evaluate<number>(`(() => {
      const context = document.createElement("canvas").getContext("2d");
      context.font = "12px sans-serif";
      return Math.max(0, ...${JSON.stringify(used)}.map((label) => Math.ceil(context.measureText(label).width)));
    })()`);
    const { count, height, width: columns } = tiles;
    const shape = { count, height, width: columns, columns: mark.columns, labelWidth, fill };
    return how === "grid" ? layoutGrid(shape, width, 1) : layoutEnlarged({ ...shape, count: 1 }, width, 1);
  }

  /** The middle of a pixel on the canvas. */
  function middle(layout: GridLayout, tile: number, row: number, column: number): { x: number; y: number } {
    const { x, y } = tileOrigin(layout, tile);
    return { x: x + (column + 0.5) * layout.scale, y: y + (row + 0.5) * layout.scale };
  }
  /** In a corner, because a number may be written into the middle. */
  function colour(picture: Picture, layout: GridLayout, tile: number, row: number, column: number) {
    const { x, y } = tileOrigin(layout, tile);
    return picture.at(x + column * layout.scale + 2, y + row * layout.scale + 2);
  }

  it("says at the pointer what the line below says, inside the window, and takes it away with the pointer", async () => {
    const mark = samples.maps();
    await draw(mark);
    const layout = await layoutOf(mark);
    for (const tile of [0, 5]) {
      await canvas().hover({ position: middle(layout, tile, 23, 23) });
      const tip = page.locator(".rcp-Tip");
      expect((await texts(tip.locator("div"))).join(" · ")).to.equal(await readout());
      expect(await readout()).to.match(new RegExp(`^channel ${tile} · row 23, column 23 · value `));
      const box = await tip.boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= 1100 && box.y >= 0 && box.y + box.height <= 900).to.equal(true);
    }
    await page.mouse.move(5, 890);
    expect(await page.locator(".rcp-Tip").count()).to.equal(0);
    expect(await readout()).to.equal(describeStatistics(mark));
  });

  it("enlarges the tile that is clicked, in the grid's colours, with its own numbers beside it; Escape and a button go back", async () => {
    const mark = samples.maps();
    await draw(mark);
    const small = await layoutOf(mark);
    await canvas().click({ position: middle(small, 4, 3, 3) });
    const large = await layoutOf(mark, 4);
    expect(large.scale).to.be.at.least(3 * small.scale);
    const picture = await look();
    expect([picture.width, picture.height]).to.deep.equal([large.width, large.height]);
    const shown = frameOf(unpackGrid(mark));
    const bytes = Buffer.from(mark.pixels.bytes, "base64").subarray(4 * 576, 5 * 576);
    for (const [row, column] of [
      [0, 0],
      [11, 7],
      [23, 23],
    ]) {
      const byte = bytes[row * 24 + column];
      expect(distance(colour(picture, large, 0, row, column), paletteColour("viridis", byte / 255))).to.be.at.most(3);
    }
    const [, highest] = mark.pixels.ranges[0];
    const step = highest / 255;
    const lines = await texts(page.locator(".rcp-Grid-aside div"));
    expect(lines.slice(0, 2)).to.deep.equal(["channel 4", "24×24 pixels"]);
    const said = (word: string): number =>
      Number(
        lines
          .find((line) => line.startsWith(word))
          ?.replace(word, "")
          .replace("−", "-"),
      );
    expect(said("max ")).to.be.closeTo(Math.max(...bytes) * step, step);
    expect(said("mean ")).to.be.closeTo((bytes.reduce((sum, byte) => sum + byte, 0) / 576) * step, step);
    expect(shown.tiles.count).to.equal(6);
    await canvas().press("Escape");
    expect((await look()).width).to.equal(small.width);
    expect(await page.locator(".rcp-Grid-aside").isVisible()).to.equal(false);
    await canvas().click({ position: middle(small, 0, 3, 3) });
    await page.getByRole("button", { name: "Back to all channels" }).click();
    expect((await look()).width).to.equal(small.width);
    expect(await page.evaluate("document.activeElement.className"), "the focus is kept").to.equal("rcp-Grid-canvas");
  });

  it("does all of it by keys: arrows walk, Enter enlarges, Page Down turns, Escape goes back to the same pixel", async () => {
    const mark = samples.filters();
    await draw(mark);
    await canvas().focus();
    for (const key of ["ArrowRight", "PageDown", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "Enter"])
      await page.keyboard.press(key);
    expect(await readout()).to.equal("filter 1, enlarged · row 2, column 2 · value 1");
    expect((await look()).width).to.equal((await layoutOf(mark, 1)).width);
    await page.keyboard.press("PageDown");
    expect(await readout()).to.match(/^filter 2, enlarged · row 2, column 2 · /);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    for (let i = 0; i < 9; i++) await page.keyboard.press("ArrowLeft");
    expect(await readout(), "it stops at the edge of the tile").to.equal("filter 2 · row 0, column 0 · value −1");
    expect(await texts(page.locator(".rcp-Tip div"))).to.deep.equal(["filter 2", "row 0, column 0", "value −1"]);
    await page.keyboard.press("Escape");
    expect(await readout()).to.equal("all filters · filter 2 · row 0, column 0 · value −1");
    expect((await look()).width).to.equal((await layoutOf(mark)).width);
    await page.keyboard.press("Escape");
    expect(await readout()).to.equal(describeStatistics(mark));
  });

  it("writes exact numbers into the pixels of an enlarged tile that has room for them, and none that it does not know", async () => {
    const rounded = samples.filters();
    const [[min, max]] = rounded.pixels.ranges;
    const numbers = Float32Array.from(
      Buffer.from(rounded.pixels.bytes, "base64"),
      (byte) => Math.round(10 * (min + (byte * (max - min)) / 255)) / 10,
    );
    const mark = { ...rounded, pixels: { ...rounded.pixels, values: floatsToBase64(numbers) } };
    const count = (picture: Picture, layout: GridLayout, tile: number): number => {
      const { x, y } = tileOrigin(layout, tile);
      let dark = 0;
      for (let dy = 0; dy < layout.scale; dy++)
        for (let dx = 0; dx < layout.scale; dx++) if (Math.max(...picture.at(x + dx, y + dy)) < 60) dark++;
      return dark;
    };
    for (const each of [rounded, mark]) {
      await draw(each);
      const small = await layoutOf(each);
      expect(count(await look(), small, 0), "zeros are white").to.equal(0);
      await canvas().click({ position: middle(small, 0, 0, 0) });
      await page.mouse.move(5, 890);
      const ink = count(await look(), await layoutOf(each, 0), 0);
      if (each === mark) expect(ink, "ink of a 0").to.be.above(10);
      else expect(ink, "nobody knows more than bytes").to.equal(0);
    }
  });

  it("mixes the layer into the tiles as much as the slider says, and tells both values", async () => {
    const mark = samples.signedHeat();
    if (!mark.over) throw new Error("there is no layer");
    await draw(mark);
    const layout = await layoutOf(mark);
    const [base, heat] = [mark.pixels, mark.over.pixels].map(({ bytes }) => Buffer.from(bytes, "base64"));
    const [[min, max]] = mark.over.pixels.ranges;
    const limit = Math.max(-min, max);
    const slider = page.getByRole("slider", { name: "Heat map" });
    expect(await slider.inputValue()).to.equal("60");
    const places = [
      [0, 0, 0],
      [1, 20, 5],
      [3, 27, 27],
    ] as const;
    for (const percent of [60, 0, 35, 100]) {
      await slider.fill(String(percent));
      const picture = await look();
      for (const [tile, row, column] of places) {
        const at = tile * 784 + row * 28 + column;
        const grey = paletteColour("grey", base[at] / 255);
        const value = min + (heat[at] * (max - min)) / 255;
        const above = paletteColour("diverging", 0.5 + value / (2 * limit));
        const mixed = grey.map((each, i) => each * (1 - percent / 100) + above[i] * (percent / 100));
        expect(distance(colour(picture, layout, tile, row, column), mixed), `${percent} % at ${at}`).to.be.at.most(3);
      }
    }
    expect(await texts(page.locator(".rcp-Slider-value"))).to.deep.equal(["100 %"]);
    await canvas().hover({ position: middle(layout, 1, 20, 5) });
    const [, value, heatValue] = /value (\S+) · attribution (\S+)$/.exec((await readout()) ?? "") ?? [];
    const [from, to] = base.length > 0 ? mark.pixels.ranges[0] : [0, 0];
    const number = (text: string): number => Number(text.replace("−", "-"));
    expect(number(value)).to.be.closeTo(from + (base[784 + 565] * (to - from)) / 255, (to - from) / 255);
    expect(number(heatValue)).to.be.closeTo(min + (heat[784 + 565] * (max - min)) / 255, (max - min) / 255);
  });

  it("leads through the frames by a slider, with the statistics of each", async () => {
    const mark = samples.frames();
    await draw(mark);
    const layout = await layoutOf(mark);
    const slider = page.getByRole("slider", { name: "Image" });
    const [, highest] = mark.pixels.ranges[0];
    const bytes = Buffer.from(mark.pixels.bytes, "base64");
    const [[min, max]] = [[mark.pixels.ranges[0][0], highest]];
    expect(await slider.inputValue()).to.equal("1");
    for (const frame of [1, 0, 2]) {
      if (frame !== 1) await slider.fill(String(frame));
      const picture = await look();
      for (const [tile, row, column] of [
        [0, 5, 5],
        [3, 2, 9],
        [2, 1, 4],
      ]) {
        const byte = bytes[(frame * 4 + tile) * 144 + row * 12 + column];
        const expected = paletteColour("viridis", byte / 255);
        expect(distance(colour(picture, layout, tile, row, column), expected)).to.be.at.most(3);
        await canvas().hover({ position: middle(layout, tile, row, column) });
        expect(Number(/value (\S+)$/.exec((await readout()) ?? "")?.[1])).to.be.closeTo(
          min + (byte * (max - min)) / 255,
          max / 255,
        );
      }
      await page.mouse.move(5, 890);
      expect(await readout()).to.equal(describeStatistics(mark, frame));
      expect(await page.locator(".rcp-Mark-subtitle").textContent()).to.contain(`image ${frame} (0 to 2)`);
    }
    await slider.focus();
    await page.keyboard.press("ArrowDown");
    expect(await page.locator(".rcp-Slider-value").textContent()).to.equal("1, cat");
  });

  it("draws NaN and infinities in colours of their own, counts them, and says them", async () => {
    const mark = samples.notNumbers();
    await draw(mark);
    const layout = await layoutOf(mark);
    const picture = await look();
    const colours = { NaN: [226, 0, 122], "∞": [255, 158, 214], "−∞": [130, 0, 84] };
    for (const [word, tile, row, column] of [
      ["NaN", 1, 3, 0],
      ["NaN", 1, 3, 4],
      ["∞", 2, 0, 0],
      ["−∞", 2, 0, 1],
    ] as const) {
      expect(distance(colour(picture, layout, tile, row, column), colours[word]), word).to.be.at.most(3);
      await canvas().hover({ position: middle(layout, tile, row, column) });
      expect(await readout()).to.equal(`filter ${tile} · row ${row}, column ${column} · value ${word}`);
    }
    expect(await texts(page.locator(".rcp-Legend-unusual"))).to.deep.equal(["NaN (5)", "∞ (1)", "−∞ (1)"]);
  });

  it("copies the numbers of a tile, and of all", async () => {
    const mark = samples.detectors();
    await draw(mark);
    const copy = page.getByRole("button", { name: /^Copy the numbers/ });
    await copy.click();
    await page.getByText("Copied 18 numbers", { exact: true }).waitFor();
    const third = "-0.33333334";
    const row = [third, "0.1", third].join("\t");
    expect(await page.evaluate("window.copied")).to.equal(
      `diagonal\n2\t-1\t-1\n-1\t2\t-1\n-1\t-1\t2\n\nvertical\n${row}\n${row}\n${row}`,
    );
    await canvas().focus();
    await page.keyboard.press("Enter");
    await copy.click();
    await page.getByText("Copied 9 numbers", { exact: true }).waitFor();
    expect(await page.evaluate("window.copied")).to.equal("2\t-1\t-1\n-1\t2\t-1\n-1\t-1\t2");
    const rounded = samples.images();
    await draw(rounded);
    await copy.click();
    await page.getByText("Copied 24,576 numbers, rounded: no kernel has them").waitFor();
    expect(await page.evaluate("window.copied")).to.equal(
      numbersAsText(rounded, frameOf(unpackGrid(rounded)), () => undefined),
    );
  });

  it("shows the same pixel and the same tile in grids that are linked, and in no other", async () => {
    const [a, b, c] = [samples.filters(), samples.filters(), samples.filters()];
    a.link = b.link = "conv1";
    c.link = "conv2";
    await draw([a, b, c]);
    const layout = await layoutOf(a);
    await canvas(1).hover({ position: middle(layout, 2, 0, 0) });
    expect(await readout(0)).to.equal("filter 2 · row 0, column 0 · value −1");
    expect(await readout(2)).to.equal(describeStatistics(c));
    const white = (await look(0)).at(middle(layout, 2, 0, 0).x, tileOrigin(layout, 2).y);
    expect(white, "the frame around the pixel lies inside the tile").to.not.deep.equal(undefined);
    await canvas(0).click({ position: middle(layout, 1, 2, 2) });
    const large = await layoutOf(a, 1);
    for (const place of [0, 1]) expect((await look(place)).width).to.equal(large.width);
    expect((await look(2)).width).to.equal(layout.width);
    await canvas(0).press("Escape");
    for (const place of [0, 1]) expect((await look(place)).width).to.equal(layout.width);
  });

  it("changes the frames of all grids of a view together", async () => {
    await draw([samples.frames(), samples.filters(), samples.frames()]);
    await page.getByRole("slider", { name: "Image" }).first().fill("2");
    expect(await texts(page.locator(".rcp-Slider-value"))).to.deep.equal(["2", "2"]);
    expect(await readout(2)).to.equal(describeStatistics(samples.frames(), 2));
  });

  it("grows to the width that a view asks for, and stays within a narrow page", async () => {
    const mark = samples.maps();
    await draw(mark, { size: 980 });
    const filled = await layoutOf(mark, "grid", 980 - 6, true);
    expect((await look()).width).to.equal(filled.width);
    expect(filled.width).to.be.within(900, 980);
    for (const make of [samples.maps, samples.signedHeat, samples.frames, samples.heatOverImages, samples.notNumbers]) {
      await draw(make(), {}, 600);
      await canvas().focus();
      await page.keyboard.press("Enter");
      const wide = await page.evaluate<number>("document.querySelector('.rcp-View').scrollWidth");
      expect(wide).to.be.at.most(600);
      const over = await grid().evaluate(
        (node: { scrollWidth: number; clientWidth: number }) => node.scrollWidth - node.clientWidth,
      );
      expect(over).to.equal(0);
    }
  });

  it("keeps what the reader has chosen while the output is updated", async () => {
    const mark = samples.frames();
    await draw(mark);
    await page.getByRole("slider", { name: "Image" }).fill("2");
    await canvas().focus();
    await page.keyboard.press("PageDown");
    await page.keyboard.press("Enter");
    const view: View = { version: 2, title: "A step later", marks: [samples.frames()] };
    await page.evaluate(`update(${JSON.stringify(view)})`);
    await page.locator(".rcp-View-title", { hasText: "A step later" }).waitFor();
    expect(await page.locator(".rcp-Slider-value").textContent()).to.equal("2");
    expect((await look()).width).to.equal((await layoutOf(mark, 0)).width);
    expect(tileOf(frameOf(unpackGrid(mark), 2), 0).place).to.equal(8);
  });
});
