import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { View } from "../../src/marks";
import { checkView } from "../../src/marks/check";
import { ROOT } from "../support/jupyterServer";
import { colourFilters, featureMaps, filters, greyImages, images, manyFeatureMaps, several } from "../support/payloads";

const V1 = join(ROOT, "test/golden/marks/v1");

describe("checkView", () => {
  it("accepts views of one mark and of several", () => {
    const all = [featureMaps(), manyFeatureMaps(), filters(), colourFilters(), images(), greyImages(), several()];
    for (const view of all) expect(checkView(view)).to.equal(view);
  });

  for (const file of readdirSync(V1))
    it(`reads version 1 of ${file}, as notebooks have saved it`, () => {
      const saved = JSON.parse(readFileSync(join(V1, file), "utf8")) as Record<string, unknown>;
      expect(saved.version).to.equal(1);
      const view = checkView(saved) as View;
      expect(view).to.deep.include({ version: 2, title: saved.title, subtitle: saved.subtitle });
      const [mark] = view.marks;
      const { scale, columns, labels, pixels, statistics } = saved;
      expect(mark).to.deep.include({ mark: "grid", scale, columns, labels, pixels, statistics });
      const kinds: Record<string, object> = {
        featureMaps: { tile: "channel" },
        filters: { tile: "filter" },
        images: { tile: "image", palette: "grey", repeats: true },
      };
      expect(mark).to.include(kinds[saved.view as string]);
    });

  it("accepts the null statistics of a tensor with NaN", () => {
    const view = filters();
    view.marks[0].statistics = { min: null, max: null, mean: null };
    expect(checkView(view)).to.equal(view);
  });

  it("refuses ranges in which a sum would be infinite, and cuts a long word short", () => {
    const view = filters();
    const [mark] = view.marks;
    const given = (change: object): unknown => checkView({ ...view, marks: [{ ...mark, ...change }] });
    const hot = { ...mark.pixels, ranges: [[0, 1e308]] };
    const over = { name: "heat", scale: "sequential", opacity: 0.5, statistics: mark.statistics, pixels: hot };
    expect(given({ pixels: hot })).to.contain("pixel ranges");
    expect(given({ over })).to.contain("pixel ranges of the overlay");
    const long = given({ scale: "a".repeat(20_000) });
    expect(long)
      .to.contain(`colour scale "${"a".repeat(40)}…"`)
      .and.have.length.below(200);
  });

  it("says in one line what it cannot draw, and what to do", () => {
    const rows: [unknown, string][] = [
      [{ ...images(), version: 3 }, "this output is of version 3, known are 1 and 2. Update @receptive/jupyterlab."],
      [{ ...images(), version: undefined }, "this output is of version none"],
      [{ ...images(), marks: [] }, "this output has no marks. Run the cell again."],
      [{ ...images(), marks: [null] }, "has a mark that is no object"],
      [
        { ...images(), marks: [{ mark: "toString" }] },
        `has mark "toString", which this version does not know. Update @receptive/jupyterlab.`,
      ],
      [{ ...images(), marks: [{ mark: "<script>alert(1)</script>" }] }, "which this version does not know."],
      [{ version: 1, view: "gradCam", title: "t" }, "this output has a grid with unreadable colour scale"],
      [null, "this output holds no object. Run the cell again."],
      [[], "this output holds no object"],
      ["<script>", "this output holds no object"],
    ];
    for (const [data, message] of rows) {
      const answer = checkView(data);
      expect(answer).to.be.a("string");
      expect(answer).to.contain(message);
      expect(answer).not.to.contain("\n");
      expect(answer).to.match(/^application\/vnd\.receptive\.v1\+json: /);
    }
  });
});
