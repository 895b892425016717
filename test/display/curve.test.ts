import { expect } from "chai";
import "../../src/devices";
import * as show from "../../src/display/show";
import { DataError } from "../../src/errors";
import { PLOTLY_MIME, type MimeBundle, type PlotlyFigure } from "../../src/protocol";
import { tensor } from "../../src/tensor/create";
import { bundleOf, inNotebook } from "./support";

const figureOf = (bundle: MimeBundle) => bundle[PLOTLY_MIME] as PlotlyFigure;
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe("show.curve", () => {
  it("has a line for each name, with its own count of points", async () => {
    const curve = show.curve({ title: "Training", x: "epoch", y: "share" });
    curve.add({ loss: 2, accuracy: 0.1 }).add({ loss: 1 }).add({ accuracy: 0.5 }, 10);
    const bundle = await bundleOf(curve);
    const { data, layout } = figureOf(bundle);
    expect(data.map(({ name, x, y }) => ({ name, x, y }))).to.deep.equal([
      { name: "loss", x: [0, 1], y: [2, 1] },
      { name: "accuracy", x: [0, 10], y: [0.1, 0.5] },
    ]);
    expect(layout).to.deep.include({
      title: { text: "Training" },
      xaxis: { title: { text: "epoch" }, tick0: 0, dtick: 1 },
      yaxis: { title: { text: "share" } },
    });
    expect(bundle["text/plain"]).to.equal(
      "Training\nloss: 2 points, first 2, last 1\naccuracy: 2 points, first 0.1, last 0.5",
    );
  });

  it("draws the same lines as SVG, with escaped words", async () => {
    const curve = show.curve({ title: "a < b & c", x: "step" }).add({ '"loss"': 2 }).add({ '"loss"': 1 });
    const svg = (await bundleOf(curve))["image/svg+xml"] as string;
    expect(svg).to.match(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="0 0 680 380"/);
    expect(svg).to.contain(">a &lt; b &amp; c</text>").and.to.contain(">&quot;loss&quot;</text>");
    expect(svg.match(/<path/g)).to.have.length(1);
    expect(svg.match(/<circle/g)).to.have.length(2);
    expect(svg).to.not.contain("NaN");
  });

  it("leaves a gap where a value is NaN", async () => {
    const curve = show.curve();
    for (const loss of [1, 2, NaN, 3, 4]) curve.add({ loss });
    const bundle = await bundleOf(curve);
    expect(figureOf(bundle).data[0].y).to.deep.equal([1, 2, null, 3, 4]);
    expect((bundle["image/svg+xml"] as string).match(/d="M[^"]*M[^"]*"/)).to.not.equal(null);
  });

  it("keeps bundles small and spikes visible, however many points there are", async () => {
    const curve = show.curve({ smooth: 0.9 });
    for (let i = 0; i < 20000; i++) curve.add({ loss: i === 12345 ? 50 : Math.sin(i) });
    const bundle = await bundleOf(curve);
    const [raw, smoothed] = figureOf(bundle).data as { x: number[]; y: number[] }[];
    expect(raw.x.length).to.be.within(400, 500);
    expect(smoothed.x.length).to.equal(500);
    expect([raw.x[0], raw.x[raw.x.length - 1]]).to.deep.equal([0, 19999]);
    expect(raw.x).to.deep.equal([...raw.x].sort((a, b) => a - b));
    expect(Math.max(...raw.y)).to.equal(50);
    expect(JSON.stringify(bundle).length).to.be.below(64 * 1024);
  });

  it("smooths by a moving average without a bias towards zero", async () => {
    const curve = show.curve({ smooth: 0.5 }).add({ a: 4 }).add({ a: 1 });
    const [, smoothed] = figureOf(await bundleOf(curve)).data;
    // (0.25 * 4 + 0.5 * 1) / 0.75
    expect(smoothed.y).to.deep.equal([4, 2]);
  });

  it("says how far it is of a known total", async () => {
    const curve = show.curve({ x: "batch", total: 4 }).add({ a: 1, b: 2 });
    expect((await bundleOf(curve))["text/plain"]).to.contain("batch 1 of 4");
    curve.add({ a: 1 }).add({ a: 1 });
    expect((await bundleOf(curve))["text/plain"]).to.match(/batch 3 of 4, \d+\.\d s left/);
    curve.add({ a: 1 });
    expect((await bundleOf(curve))["text/plain"]).to.match(/batch 4 of 4 in/);
    expect(() => show.curve({ total: 0 })).to.throw(DataError, "total must be a number above 0, got 0");
  });

  it("shows itself at the first point, then updates in place at most five times a second", () =>
    inNotebook(async (shown) => {
      const curve = show.curve();
      const start = performance.now();
      while (performance.now() - start < 1000) {
        curve.add({ loss: 1 });
        await wait(1);
      }
      const running = shown.length;
      const duration = performance.now() - start;
      curve.done();
      expect(running).to.be.within(3, 1 + duration / 220);
      expect(new Set(shown.map(({ displayId }) => displayId)).size).to.equal(1);
      expect(shown[0].displayId).to.match(/^receptive-curve-/);
      expect(shown.map(({ update }) => update)).to.deep.equal([false, ...shown.slice(1).map(() => true)]);
      const last = shown[shown.length - 1].bundle;
      expect(JSON.parse(JSON.stringify(last))).to.deep.equal(await bundleOf(curve));
    })).timeout(5000);

  it("sends what came after the last update, even without done()", () =>
    inNotebook(async (shown) => {
      const curve = show.curve().add({ a: 1 }).add({ a: 2 });
      expect(shown).to.have.length(1);
      await wait(400);
      expect(shown).to.have.length(2);
      expect(figureOf(shown[1].bundle).data[0].y).to.deep.equal([1, 2]);
      curve.done();
      expect(shown).to.have.length(2);
    }));

  it("sends the final state at done() and begins a new display afterwards", () =>
    inNotebook(async (shown) => {
      const curve = show.curve().add({ a: 1 }).add({ a: 2 });
      curve.done();
      expect(shown).to.have.length(2);
      expect(figureOf(shown[1].bundle).data[0].y).to.deep.equal([1, 2]);
      curve.add({ a: 3 });
      expect(shown[2]).to.deep.include({ update: false });
      expect(shown[2].displayId).to.not.equal(shown[0].displayId);
      curve.done();
      await wait(300);
      expect(shown).to.have.length(3);
    }));

  it("updates where timers are numbers, as in a page and in a Worker", () =>
    inNotebook(async (shown) => {
      const { setTimeout: start, clearTimeout: stop } = globalThis;
      const timers: NodeJS.Timeout[] = [];
      const numbered = (run: () => void, ms: number): number => timers.push(start(run, ms)) - 1;
      const clear = (number: number): void => stop(timers[number]);
      Object.assign(globalThis, { setTimeout: numbered, clearTimeout: clear });
      try {
        show.curve().add({ a: 1 }).add({ a: 2 });
      } finally {
        Object.assign(globalThis, { setTimeout: start, clearTimeout: stop });
      }
      await wait(400);
      expect(timers).to.have.length(1);
      expect(figureOf(shown[1].bundle).data[0].y).to.deep.equal([1, 2]);
    }));

  it("works without a notebook and without points", async () => {
    show.curve().add({ a: 1 }).done();
    const bundle = await bundleOf(show.curve());
    expect(bundle["text/plain"]).to.equal("Curve\nno points yet");
    expect(bundle["image/svg+xml"]).to.contain("no points yet");
    expect(figureOf(bundle).data).to.deep.equal([]);
  });

  it("says how to read a tensor that is given as a value", () => {
    const loss = tensor(1) as unknown as number;
    expect(() => show.curve().add({ loss })).to.throw(
      DataError,
      "show.curve: loss must be a number, got Tensor. Read a tensor with await t.item().",
    );
    expect(() => show.curve({ smooth: 1 })).to.throw("show.curve: smooth must be 0 or more and below 1, got 1.");
  });
});
