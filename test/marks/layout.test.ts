import { expect } from "chai";
import { layoutGrid, moveProbe, probeAt, tileOrigin, type GridShape } from "../../src/marks/kit/layout";

const shape = (count: number, side: number, columns: number, labelWidth = 50): GridShape => ({
  count,
  height: side,
  width: side,
  columns,
  labelWidth,
});

describe("layoutGrid", () => {
  it("fits the page at every width, with whole device pixels a pixel", () => {
    for (const pixelRatio of [1, 1.25, 1.5, 2]) {
      for (const pageWidth of [180, 320, 600, 830, 1100, 1800]) {
        for (const grid of [
          shape(6, 28, 6),
          shape(64, 14, 16, 15),
          shape(16, 5, 8),
          shape(8, 32, 8),
          shape(1, 120, 1, 0),
        ]) {
          const layout = layoutGrid(grid, pageWidth, pixelRatio);
          const name = `${grid.count} tiles of ${grid.width} on ${pageWidth} at ${pixelRatio}`;
          expect(layout.width, name).to.be.at.most(pageWidth * pixelRatio);
          expect(layout.columns, name).to.be.at.most(grid.columns);
          expect(Number.isInteger(layout.scale) && layout.scale >= 1, name).to.equal(true);
          expect(Math.ceil(grid.count / layout.columns) * layout.columns, name).to.be.at.least(grid.count);
        }
      }
    }
  });

  it("keeps the columns asked for where tiles are easy to see", () => {
    expect(layoutGrid(shape(16, 5, 8), 830, 1).columns).to.equal(8);
    expect(layoutGrid(shape(6, 28, 6), 830, 1)).to.include({ columns: 6, scale: 4 });
  });

  it("makes full rows of larger tiles rather than one row of small ones", () => {
    expect(layoutGrid(shape(16, 28, 16), 830, 1)).to.include({ columns: 8, scale: 3 });
    expect(layoutGrid(shape(10, 28, 10, 10), 830, 1)).to.include({ columns: 5, scale: 5 });
  });

  it("never stacks a prime number of tiles into one column", () => {
    expect(layoutGrid(shape(7, 32, 7), 600, 1).columns).to.be.greaterThan(3);
  });

  it("keeps patterns of few pixels small", () => {
    expect(layoutGrid(shape(2, 2, 2), 1500, 1).scale).to.equal(44);
    expect(layoutGrid(shape(2, 5, 2), 1500, 2).scale).to.equal(88);
  });

  it("shrinks tiles so that a large grid fits a projector", () => {
    const layout = layoutGrid(shape(64, 14, 8, 15), 1400, 1);
    expect(layout.columns).to.equal(8);
    expect(layout.height).to.be.at.most(800);
  });

  it("lets a tile wider than the page keep its pixels; the page scrolls", () => {
    expect(layoutGrid({ ...shape(2, 1, 2), width: 1000 }, 400, 1)).to.include({
      columns: 1,
      scale: 1,
      tileWidth: 1000,
    });
  });

  it("finds every pixel of every tile under its own middle, and nothing between tiles", () => {
    const layout = layoutGrid(shape(7, 5, 4), 600, 1.5);
    for (let tile = 0; tile < 7; tile++) {
      const { x, y } = tileOrigin(layout, tile);
      for (let row = 0; row < 5; row++) {
        for (let column = 0; column < 5; column++) {
          const at = [x + (column + 0.5) * layout.scale, y + (row + 0.5) * layout.scale] as const;
          expect(probeAt(layout, ...at)).to.deep.equal({ tile, row, column });
        }
      }
      expect(probeAt(layout, x - 1, y)).to.equal(undefined);
      expect(probeAt(layout, x + layout.tileWidth, y)).to.equal(undefined);
      expect(probeAt(layout, x, y + layout.tileHeight)).to.equal(undefined);
    }
    const missing = tileOrigin(layout, 7);
    expect(probeAt(layout, missing.x + 3, missing.y + 3)).to.equal(undefined);
    expect(probeAt(layout, -5, -5)).to.equal(undefined);
  });

  it("walks with the arrow keys from tile to tile and stops at the edges", () => {
    const layout = layoutGrid(shape(5, 4, 3), 400, 1);
    expect(layout.columns).to.equal(3);
    const walk = (tile: number, row: number, column: number, key: string) => {
      const next = moveProbe(layout, { tile, row, column }, key);
      return next && [next.tile, next.row, next.column];
    };
    expect(walk(0, 1, 1, "ArrowRight")).to.deep.equal([0, 1, 2]);
    expect(walk(0, 1, 3, "ArrowRight")).to.deep.equal([1, 1, 0]);
    expect(walk(2, 1, 3, "ArrowRight")).to.deep.equal([2, 1, 3]);
    expect(walk(1, 2, 0, "ArrowLeft")).to.deep.equal([0, 2, 3]);
    expect(walk(3, 2, 0, "ArrowLeft")).to.deep.equal([3, 2, 0]);
    expect(walk(1, 3, 2, "ArrowDown")).to.deep.equal([4, 0, 2]);
    expect(walk(2, 3, 2, "ArrowDown")).to.deep.equal([2, 3, 2]);
    expect(walk(4, 0, 2, "ArrowUp")).to.deep.equal([1, 3, 2]);
    expect(walk(1, 2, 2, "Home")).to.deep.equal([1, 2, 0]);
    expect(walk(1, 2, 2, "End")).to.deep.equal([1, 2, 3]);
    expect(walk(1, 2, 2, "PageDown")).to.deep.equal([2, 2, 2]);
    expect(walk(4, 2, 2, "PageDown")).to.deep.equal([4, 2, 2]);
    expect(walk(1, 2, 2, "PageUp")).to.deep.equal([0, 2, 2]);
    expect(walk(1, 2, 2, "Enter")).to.equal(undefined);
  });
});
