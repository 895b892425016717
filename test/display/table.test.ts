import { expect } from "chai";
import "../../src/devices";
import * as show from "../../src/display/show";
import { attachDisplays } from "../../src/display/attach";
import { DataError } from "../../src/errors";
import type { TableMark } from "../../src/marks";
import { plainCell, sortedRows } from "../../src/marks/table/cells";
import * as models from "../../src/models";
import * as nn from "../../src/nn";
import { RECEPTIVE_MIME } from "../../src/protocol";
import { summary } from "../../src/summary";
import { tensor, zeros } from "../../src/tensor/create";
import { bundleOf, viewOf } from "./support";

const tableOf = async (value: object): Promise<TableMark> => {
  const [mark] = (await viewOf(value)).marks;
  if (mark.mark !== "table") throw new Error(`tableOf: a ${mark.mark}`);
  return mark;
};

describe("show.table", () => {
  it("has a column for each key, in the order in which the keys come, and blanks where a row lacks one", async () => {
    const mark = await tableOf(
      show.table([
        { a: 1, b: "x" },
        { b: "y", c: 0.5 },
      ]),
    );
    expect(mark.columns).to.deep.equal([
      { name: "a", numeric: true },
      { name: "b", numeric: false },
      { name: "c", numeric: true },
    ]);
    expect(mark.rows).to.deep.equal([
      [1, "x", ""],
      ["", "y", 0.5],
    ]);
  });

  it("shows the keys that are asked for, and those alone", async () => {
    const mark = await tableOf(show.table([{ a: 1, b: 2, c: 3 }], { columns: ["c", "a"] }));
    expect(mark.columns.map(({ name }) => name)).to.deep.equal(["c", "a"]);
    expect(mark.rows).to.deep.equal([[3, 1]]);
  });

  it("reads a tensor's rows, NaN and infinities too, when it is drawn", async () => {
    const t = tensor([
      [1, NaN],
      [-Infinity, 0.25],
    ]);
    const bundle = await bundleOf(show.table(t, { columns: ["left", "right"] }));
    expect((await tableOf(show.table(t))).rows).to.deep.equal([
      [1, null],
      ["-Infinity", 0.25],
    ]);
    expect(bundle["text/plain"]).to.equal("[2,2] float32 on cpu\n     left  right\n        1    NaN\n-Infinity   0.25");
    expect(bundle["text/html"]).to.contain(">NaN</td>").and.to.contain(">left</th>");
    expect(bundle["image/svg+xml"]).to.match(/^<svg/);
  });

  it("shows the first rows and says how many there are", async () => {
    const rows = Array.from({ length: 1234 }, (_, i) => [i]);
    const mark = await tableOf(show.table(rows, { count: 5 }));
    expect(mark.rows).to.deep.equal([[0], [1], [2], [3], [4]]);
    expect(mark.left).to.equal(1229);
    const bundle = await bundleOf(show.table(rows, { count: 5 }));
    expect(bundle["text/plain"]).to.match(/5 of 1,234 rows are shown\.$/);
    expect(bundle["text/html"]).to.contain("5 of 1,234 rows are shown.");
  });

  it("stays below 2 MB whatever it is given", async () => {
    const bundle = await bundleOf(show.table(zeros([3000, 784]), { count: 2000 }));
    expect(JSON.stringify(bundle).length).to.be.below(2_000_000);
    expect((await tableOf(show.table(zeros([3000, 784])))).notes).to.deep.equal(["60 of 784 columns are shown."]);
  });

  it("writes counts in full and other numbers in the digits asked for", () => {
    expect(plainCell(61100840, 3)).to.equal("61100840");
    expect(plainCell(0.123456, 3)).to.equal("0.123");
    expect(plainCell(0.123456, 5)).to.equal("0.12346");
    expect(plainCell(null, 3)).to.equal("NaN");
  });

  it("sorts numbers by size and names as people count, keeps equal rows in order and puts blanks last", async () => {
    const mark = await tableOf(
      show.table([
        { layer: "features.10", loss: 2 },
        { layer: "features.2", loss: NaN },
        { layer: "features.1", loss: -Infinity },
        { layer: "", loss: undefined },
        { layer: "head", loss: 2 },
      ]),
    );
    const names = (column: number, direction: "ascending" | "descending"): unknown[] =>
      sortedRows(mark, column, direction).map(([layer]) => layer);
    expect(names(0, "ascending")).to.deep.equal(["features.1", "features.2", "features.10", "head", ""]);
    expect(names(1, "descending").slice(0, 3)).to.deep.equal(["features.10", "head", "features.1"]);
    expect(names(1, "ascending").slice(0, 3)).to.deep.equal(["features.1", "features.10", "head"]);
  });

  it("refuses what is no table at the call", () => {
    const call = (rows: unknown, options?: object) => () => show.table(rows as object[], options);
    expect(call([])).to.throw(DataError, "show.table: there are no rows. Give rows: ");
    expect(call([1, 2])).to.throw("show.table: row 0 must be an object or an array, got 1.");
    expect(call(Promise.resolve([]))).to.throw("got a Promise. Write await before it.");
    expect(call([{ a: 1 }], { columns: ["b"] })).to.throw('show.table: no row has "b". The rows have a.');
    expect(call([[1, 2]], { columns: ["b"] })).to.throw("show.table: 1 columns for rows of 2 values.");
    expect(call(zeros([2, 2, 2]))).to.throw("expected a tensor [N,M] or [N], got [2,2,2]");
    expect(call([{ a: 1 }], { digits: 0 })).to.throw(RangeError, "digits must be a whole number from 1 to 17, got 0.");
    expect(call([{ a: 1 }], { count: 1e9 })).to.throw("count must be a whole number from 1 to 2000, got 1000000000.");
  });
});

describe("a network as the value of a cell", () => {
  before(attachDisplays);

  it("is a table of its layers, with the text as it was", async () => {
    const net = nn.skipInit(() => new models.ResNet18());
    net.parameters()[0].requiresGrad = false;
    const bundle = await bundleOf(net);
    expect(bundle["text/plain"]).to.equal(String(net));
    const { rows, columns, left } = await tableOf(net);
    expect(columns.map(({ name }) => name)).to.deep.equal([
      "layer",
      "kind",
      "settings",
      "weights",
      "parameters",
      "trained",
    ]);
    const leaves = net.namedModules().filter(([, module]) => module.children().length === 0);
    expect(rows.length + left).to.equal(leaves.length);
    expect(rows.map(([path]) => path)).to.deep.equal(leaves.map(([path]) => path));
    expect(rows[0].slice(3)).to.deep.equal(["weight [64,3,7,7]", 9408, 0]);
    const total = rows.reduce((sum, row) => sum + Number(row[4] || 0), 0);
    expect(total).to.equal(net.parameters().reduce((sum, each) => sum + each.numel(), 0));
  });

  it("stays a line where it is one layer", async () => {
    expect(await bundleOf(new nn.ReLU())).to.deep.equal({ "text/plain": "ReLU()" });
  });
});

describe("a summary as the value of a cell", () => {
  before(attachDisplays);

  it("has a table with the same numbers, and its text and HTML as before", async () => {
    const net = nn.skipInit(() => new models.ResNet18());
    const table = summary(net, [1, 3, 64, 64]);
    const bundle = await bundleOf(table);
    expect(bundle["text/plain"]).to.equal(String(table));
    expect(bundle["text/html"]).to.match(/^<table/);
    expect(bundle).to.have.property(RECEPTIVE_MIME);
    const { rows, columns } = await tableOf(table);
    const at = (name: string): number => columns.findIndex((column) => column.name === name);
    expect(rows.map((row) => row[at("multiply-adds")] || 0)).to.deep.equal(
      table.layers.map((layer) => layer.multiplyAdds),
    );
    expect(rows.map((row) => row[at("parameters")] || 0)).to.deep.equal(table.layers.map((layer) => layer.parameters));
  });
});
