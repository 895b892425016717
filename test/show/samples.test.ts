import { expect } from "chai";
import * as receptive from "../../src";
import type { GridMark, View } from "../../src/marks";
import { checkView } from "../../src/marks/check";
import { checkFigure } from "../../src/marks/chart/checkFigure";
import { PLOTLY_MIME, RECEPTIVE_MIME } from "../../src/protocol";
import { bundleOf, pngOf, unpack } from "../display/support";
import { viewFiles, viewSamples } from "../support/walk";

const LARGEST_BUNDLE = 300 * 1024;

describe("every sample of every view", () => {
  it("is found: each view has a file, a name in show, and samples", () => {
    expect(viewFiles.map((file) => file.replace(".js", "")).sort()).to.deep.equal(Object.keys(receptive.show).sort());
    for (const name of Object.keys(receptive.show))
      expect(viewSamples.filter(({ view }) => view === name).length, name).to.be.above(1);
  });

  for (const { view, name, make } of viewSamples) {
    it(`show.${view}, ${name}: passes the extension's check`, async () => {
      const bundle = await bundleOf(make());
      if (PLOTLY_MIME in bundle) expect(checkFigure(bundle[PLOTLY_MIME])).to.deep.equal(bundle[PLOTLY_MIME]);
      else expect(checkView(bundle[RECEPTIVE_MIME])).to.equal(bundle[RECEPTIVE_MIME]);
    });

    it(`show.${view}, ${name}: has a picture and text for other programs, and stays small`, async () => {
      const bundle = await bundleOf(make());
      expect(JSON.stringify(bundle).length).to.be.below(LARGEST_BUNDLE);
      expect(bundle["text/plain"])
        .to.be.a("string")
        .and.not.match(/undefined|\[object/);
      // Another program's figure has no picture where ours would look otherwise.
      if (view === "plotly" && !("image/svg+xml" in bundle))
        expect(bundle["text/plain"]).to.match(/^Chart: .+\n(heatmap)/);
      else if ("image/png" in bundle) expect(pngOf(bundle).width).to.be.within(50, 760);
      else expect(bundle["image/svg+xml"]).to.match(/^<svg [^>]*aria-label="[^"]+"/);
    });

    it(`show.${view}, ${name}: carries numbers that are those of its bytes, where it carries numbers`, async () => {
      const sent = (await bundleOf(make()))[RECEPTIVE_MIME] as View | undefined;
      for (const mark of sent?.marks ?? [])
        if (mark.mark === "grid" && mark.pixels.values !== undefined) expectAlike(mark, mark.pixels.values);
    });
  }
});

function expectAlike(mark: GridMark, values: string): void {
  const floats = Buffer.from(values, "base64");
  const { height, width, ranges } = mark.pixels;
  unpack(mark).forEach((plane, p) => {
    const [min, max] = ranges[ranges.length === 1 ? 0 : p];
    plane.forEach((value, i) => {
      const exact = floats.readFloatLE(4 * (p * height * width + i));
      if (Number.isFinite(exact)) expect(value).to.be.closeTo(exact, (max - min) / 255 / 2 + 1e-6);
    });
  });
}
