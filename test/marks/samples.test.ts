import { expect } from "chai";
import { paintView, pictureBundle, viewText, type GridMark, type View } from "../../src/marks";
import { checkView, markNames } from "../../src/marks/check";
import { pictureLayout } from "../../src/marks/grid/paint";
import { samples as grids } from "../../src/marks/grid/samples";
import { frameOf, shownColours, unpackGrid } from "../../src/marks/grid/shown";
import { tileOrigin } from "../../src/marks/kit/layout";
import { decodePng } from "../display/support";
import { compareWithGolden } from "../support/goldenPictures";
import { several, wordedAs } from "../support/payloads";
import { distance, type Pixel } from "../support/png";
import { markFolders, markSamples } from "../support/walk";

const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

describe("every sample of every mark", () => {
  it("is found: each mark has a folder and samples", () => {
    expect(markFolders.sort()).to.deep.equal([...markNames].sort());
    for (const name of markNames)
      expect(
        markSamples.some(({ mark }) => mark === name),
        name,
      ).to.equal(true);
  });

  for (const { mark, name, view } of markSamples) {
    it(`${mark}, ${name}: passes the check, through JSON`, () => {
      const sent = throughJson(view());
      expect(checkView(sent)).to.deep.equal(sent);
      expect(sent, "no number is lost in JSON").to.deep.equal(view());
    });

    it(`${mark}, ${name}: has the picture that is kept`, () => {
      compareWithGolden(`${mark}/${name}`, pictureBundle(paintView(view())));
    });

    it(`${mark}, ${name}: is told in words`, () => {
      const text = viewText(view());
      expect(text.split("\n").slice(0, 2)).to.deep.equal([`Sample ${name}`, "[2,3] float32 on cpu"]);
      expect(text).not.to.match(/undefined|null|\[object/);
    });
  }
});

describe("the picture of a grid", () => {
  /** The picture of a grid alone, and where a pixel of a tile is drawn in it. */
  function pictured(mark: GridMark) {
    const picture = decodePng(
      Buffer.from(pictureBundle(paintView({ version: 2, title: "", marks: [mark] }))["image/png"], "base64"),
    );
    const { top, layout } = pictureLayout(mark);
    const at = (tile: number, row: number, column: number): Pixel => {
      const { x, y } = tileOrigin(layout, tile);
      const middle = (index: number) => Math.floor((index + 0.5) * layout.scale);
      return picture.at(x + middle(column), top + y + middle(row)).slice(0, 3) as Pixel;
    };
    return { picture, at, top, layout };
  }

  it("shows equal numbers in equal colours, where each plane has its own range", () => {
    const { at } = pictured(grids.ownRanges());
    for (const [row, column] of [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ])
      expect(at(1, row, column)).to.deep.equal(at(0, row, column));
    expect(distance(at(0, 0, 0), [68, 1, 84]), "0 of 15 is the darkest").to.be.at.most(3);
    expect(distance(at(0, 1, 1), [65, 68, 135]), "3 of 15 is a fifth of the way").to.be.at.most(3);
  });

  for (const [name, make] of Object.entries(grids))
    it(`has the colours of the numbers: ${name}`, () => {
      const mark = make();
      const shown = frameOf(unpackGrid(mark));
      const { tiles } = shown;
      const { at } = pictured(mark);
      for (let tile = 0; tile < tiles.count; tile++)
        shownColours(shown, tile).forEach((colour, i) => {
          const [row, column] = [Math.floor(i / tiles.width), i % tiles.width];
          expect(distance(at(tile, row, column), colour), `tile ${tile}, ${row}, ${column}`).to.be.at.most(2);
        });
    });

  it("has ink below each tile that has a label, and none below others", () => {
    const mark = grids.images();
    mark.labels[3] = "";
    const { picture, top, layout } = pictured(mark);
    for (let tile = 0; tile < 8; tile++) {
      const { x, y } = tileOrigin(layout, tile);
      let ink = 0;
      for (let dy = 2; dy < layout.labelHeight; dy++)
        for (let dx = 0; dx < layout.tileWidth; dx++)
          if (picture.at(x + dx, top + y + layout.tileHeight + dy)[3] > 0) ink++;
      expect(ink > 0, `label of tile ${tile}`).to.equal(tile !== 3);
    }
  });
});

describe("a view of several marks", () => {
  it("is one picture: pixels while all are, else SVG with the pixels in it", () => {
    compareWithGolden("several", pictureBundle(paintView(several())));
    compareWithGolden("severalGrids", pictureBundle(paintView(several([grids.maps(), grids.greyImages()]))));
  });

  it("tells all of them", () => {
    const text = viewText(several([grids.maps(), grids.greyImages()]));
    expect(text).to.match(
      /^What conv1 learnt\nafter 12,000 steps\nmin 0, mean .*\nDigits\nmin 0, mean .*\nlabels: 0, 1/,
    );
  });
});

describe("hostile views", () => {
  const hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>";

  for (const { mark, name, view } of markSamples) {
    const keys = markSamples
      .filter((other) => other.mark === mark)
      .map((other) => Object.keys(other.view().marks[0]))
      .reduce((shared, some) => shared.filter((key) => some.includes(key)));

    it(`${mark}, ${name}: is refused without what all have`, () => {
      for (const key of keys) {
        const cut = throughJson(view());
        delete (cut.marks[0] as unknown as Record<string, unknown>)[key];
        const answer = checkView(cut);
        expect(answer, `without ${key}`).to.be.a("string");
        expect(answer).to.match(/^application\/vnd\.receptive\.v1\+json: this output has [^\n]+\. [A-Z][^\n]+\.$/);
      }
    });

    it(`${mark}, ${name}: whatever is put into it is refused or drawn, quickly`, function () {
      this.timeout(60_000);
      const poison = [null, NaN, Infinity, -1, 0.5, 1e9, 2 ** 53, "", hostile, [], {}, [[]], [null], true];
      for (const path of pathsOf(view())) {
        for (const value of poison) {
          const spoiled = throughJson(view());
          setAt(spoiled, path, value);
          const began = performance.now();
          const answer = checkView(spoiled);
          const what = `${path.join(".")} = ${String(JSON.stringify(value))}`;
          if (typeof answer === "string") expect(answer, what).to.match(/^[^\n]{20,200}$/);
          else
            try {
              const picture = paintView(answer);
              if ("svg" in picture) expect(picture.svg).not.to.contain("<script");
              viewText(answer);
            } catch (error) {
              throw new Error(`${what} passes the check, and cannot be painted`, { cause: error });
            }
          expect(performance.now() - began, what).to.be.below(5000);
        }
      }
    });
  }

  it("of NaN in a range, of sizes beyond all bytes, of bytes too few, are refused", () => {
    const refused = (change: (mark: GridMark) => void): string => {
      const mark = grids.maps();
      change(mark);
      const answer = checkView({ version: 2, title: "", marks: [mark] });
      expect(answer).to.be.a("string");
      return answer as string;
    };
    expect(refused(({ pixels }) => (pixels.ranges[0][1] = NaN))).to.contain("unreadable pixel ranges");
    expect(refused(({ pixels }) => (pixels.height = 1e9))).to.contain("(6 planes of 1000000000x24 are too many)");
    expect(refused(({ pixels }) => (pixels.planes = 5))).to.contain("(3456 do not fill 5 planes of 24x24)");
    expect(refused(({ pixels }) => (pixels.values = "AAAA"))).to.contain("(0.75 do not fill 6 planes of 24x24)");
    expect(refused(({ pixels }) => (pixels.bytes = "ä".repeat(4608)))).to.contain("unreadable pixel bytes.");
  });

  it("with scripts for words are only words", () => {
    const view = wordedAs(hostile);
    expect(checkView(view)).to.equal(view);
    const svg = pictureBundle(paintView(view))["image/svg+xml"];
    expect(svg)
      .to.contain("&lt;script&gt;")
      .and.not.to.match(/<script|<img/);
  });
});

/** The way to each value of a JSON value; of a list to its first and last, and of texts of base64 to the whole. */
function pathsOf(value: unknown): string[][] {
  if (typeof value !== "object" || value === null) return [[]];
  const entries = Object.entries(value as View);
  const some = Array.isArray(value) ? entries.filter((_, i) => i === 0 || i === entries.length - 1) : entries;
  return [[], ...some.flatMap(([key, inner]) => pathsOf(inner).map((path) => [key, ...path]))].filter(
    (path) => path.length > 0 || !Array.isArray(value),
  );
}

function setAt(target: object, path: readonly string[], value: unknown): void {
  const last = path[path.length - 1];
  if (last === undefined) return;
  const owner = path
    .slice(0, -1)
    .reduce((part, key) => part[key] as Record<string, unknown>, target as Record<string, unknown>);
  owner[last] = value;
}
