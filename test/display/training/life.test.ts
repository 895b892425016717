/** How a run begins, is sent and ends, and what it refuses. */
import { expect } from "chai";
import { fromArray, manualSeed, nn, optim, rand, show } from "../../../src";
import type { Control, View } from "../../../src/marks";
import { RECEPTIVE_MIME } from "../../../src/protocol";
import { inNotebook } from "../support";
import { askAbout, begin, panelOf, wait } from "./loop";

describe("show.training, from its begin to its end", () => {
  beforeEach(() => manualSeed(3));

  it("is done when its cell ends, and has failed when an error or Stop ends it", () =>
    inNotebook(async (shown, handlers, cells) => {
      const first = begin(handlers, { count: 4 });
      await first.over;
      expect(panelOf(await first.look()).state).to.equal("running");
      cells.end();
      expect(panelOf(shown.at(-1)?.bundle[RECEPTIVE_MIME] as View).state).to.equal("done");
      const second = begin(handlers);
      await second.control({ command: "pause" });
      const id = shown.at(-1)?.displayId;
      cells.end(true);
      expect(shown.at(-1)).to.deep.include({ displayId: id, update: true });
      expect(panelOf(shown.at(-1)?.bundle[RECEPTIVE_MIME] as View).state).to.equal("failed");
      // Who was paused does not wait for ever.
      await second.over;
      expect((await second.control({ command: "resume" })).state).to.equal("failed");
    }));

  it("is stopped when its cell is to run again, also while it is paused", () =>
    inNotebook(async (_, handlers, cells) => {
      for (const isPaused of [false, true]) {
        const { over, control, look } = begin(handlers);
        if (isPaused) await control({ command: "pause" });
        cells.again();
        await over;
        expect(panelOf(await look()).state).to.equal("stopped");
        cells.end();
      }
    }));

  it("pushes the whole output at its begin, and every 5 s at most", () =>
    inNotebook(async (shown, handlers, cells) => {
      const { over, control } = begin(handlers);
      await wait(400);
      await control({ command: "stop" });
      await over;
      cells.end();
      expect(shown.map(({ update }) => update)).to.deep.equal([false, true]);
      const view = shown[0].bundle[RECEPTIVE_MIME] as View;
      expect(view).to.deep.include({ live: true, title: "loop" });
      expect(handlers.has(view.inspect as string)).to.equal(true);
      expect(shown[0].bundle).to.have.any.keys("image/svg+xml", "image/png");
    }));

  it("waits for fixed batches of any kind, and has no batch size where the loader has none", () =>
    inNotebook(async (_, handlers, cells) => {
      const net = new nn.Linear(2, 2);
      const optimizer = new optim.SGD(net.parameters());
      const run = show.training(net, { optimizer });
      let seen = 0;
      async function* batches() {
        for (let i = 0; i < 5; i++) yield [fromArray(Float32Array.of(1, 2), [1, 2])];
      }
      let controls: Control[] = [];
      for await (const [x] of run.batches(batches())) {
        seen += x.shape[0];
        const ask = askAbout(handlers, [...handlers.keys()].at(-1) as string);
        controls = panelOf((await ask({ ask: "view" })).view as View).controls;
      }
      expect(seen).to.equal(5);
      expect(controls.map(({ name }) => name)).to.deep.equal(["lr", "momentum", "weightDecay", "every"]);
      cells.end();
    }));

  it("says what is wrong with its options", () => {
    const net = new nn.Linear(2, 2);
    const optimizer = new optim.SGD(net.parameters());
    const call = (options: unknown) => () => show.training(net, options as show.TrainingOptions);
    expect(call({})).to.throw(
      TypeError,
      "show.training: the optimizer is missing, without which nothing can be steered. Write { optimizer }",
    );
    expect(call({ optimizer: 3 })).to.throw(
      TypeError,
      "show.training: optimizer must be an optimizer, or several, got 3.",
    );
    expect(call({ optimizer: [] })).to.throw(
      TypeError,
      "show.training: optimizer must be an optimizer, or several, got [].",
    );
    expect(call({ optimizer, every: 100 })).to.throw(
      RangeError,
      "show.training: every must be a number from 220 (ms) on, got 100.",
    );
    expect(call({ optimizer, views: ["loss"] })).to.throw(TypeError, "show.training: views must be some of");
    expect(call({ optimizer, image: rand([2, 3, 4, 4]) })).to.throw(
      "show.training: image must be one image [C,H,W], got [2,3,4,4].",
    );
    expect(call({ optimizer, validation: 4 })).to.throw(
      TypeError,
      "show.training: validation must be a data set or batches, got 4.",
    );
    expect(() => show.training(net, { optimizer }).step({ loss: rand([2]) })).to.throw(
      "step: loss must be a number or a tensor with one",
    );
  });
});
