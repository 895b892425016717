import { expect } from "chai";
import { checkView } from "../../extension/src/renderers/checkView";
import { views } from "../../extension/src/views";
import { colourFilters, featureMaps, filters, greyImages, images, manyFeatureMaps } from "../support/payloads";

describe("extension checkView", () => {
  it("accepts every view in the list", () => {
    const all = [featureMaps(), manyFeatureMaps(), filters(), colourFilters(), images(), greyImages()];
    for (const view of all) expect(checkView(view)).to.equal(view);
    expect(new Set(all.map(({ view }) => view))).to.deep.equal(new Set(Object.keys(views)));
  });

  it("accepts the null statistics of a tensor with NaN", () => {
    const view = { ...filters(), statistics: { min: null, max: null, mean: null } };
    expect(checkView(view)).to.equal(view);
  });

  it("says in one line what it cannot draw, and what to do", () => {
    const rows: [unknown, string][] = [
      [
        { ...images(), view: "gradCam" },
        'this output has view "gradCam", known are featureMaps, filters, images. Update @receptive/jupyterlab.',
      ],
      [{ ...images(), view: "toString" }, 'this output has view "toString"'],
      [
        { ...images(), version: 2 },
        'this output has view "images" in version 2, known is version 1. Update @receptive/jupyterlab.',
      ],
      [{ ...images(), scale: "jet" }, 'colour scale "jet", known are sequential, diverging, rgb.'],
      [{ ...images(), labels: [1] }, 'view "images" with unreadable labels. Run the cell again.'],
      [{ ...images(), columns: 0 }, "unreadable columns"],
      [{ ...images(), pixels: undefined }, "unreadable pixels"],
      [{ ...images(), pixels: { ...images().pixels, planes: 23 } }, "unreadable pixel sizes"],
      [{ ...images(), pixels: { ...images().pixels, ranges: [[0, null]] } }, "unreadable pixel ranges"],
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
