/** How a run is steered: pause, single steps, stop, reset, and what can be set. */
import { expect } from "chai";
import { F, manualSeed, nn, optim, rand, show, tensor, type Tensor } from "../../../src";
import type { ChartMark, View } from "../../../src/marks";
import { RECEPTIVE_MIME } from "../../../src/protocol";
import { inNotebook, viewOf } from "../support";
import { askAbout, begin, panelOf, wait, type Ask, reached } from "./loop";

describe("show.training, steered", () => {
  beforeEach(() => manualSeed(3));

  it("pauses between two steps, goes on, and does one step", () =>
    inNotebook(async (_, handlers) => {
      const loop = begin(handlers);
      const { control, look, sizes, over, run } = loop;
      await reached(loop, 3);
      const paused = await control({ command: "pause" });
      expect(paused.state).to.equal("paused");
      expect(paused.commands).to.include.members(["resume", "step", "epoch", "stop", "reset"]);
      const done = sizes.length;
      expect(done).to.be.above(0);
      expect(paused.step).to.equal(done);
      const seconds = panelOf(await look()).seconds;
      await wait(50);
      expect(panelOf(await look())).to.deep.include({ step: done, state: "paused", seconds });
      await control({ command: "step" });
      await reached(loop, done + 1);
      await wait(20);
      expect(panelOf(await look())).to.deep.include({ step: done + 1, state: "paused" });
      expect(sizes).to.have.length(done + 1);
      // Two orders at once are two steps.
      await Promise.all([control({ command: "step" }), control({ command: "step" })]);
      await reached(loop, done + 3);
      await wait(20);
      expect(sizes).to.have.length(done + 3);
      expect((await control({ command: "resume" })).state).to.equal("running");
      await reached(loop, done + 5);
      await control({ command: "stop" });
      await over;
      expect(run.events.map(({ text }) => text)).to.deep.equal([
        "paused",
        "one step",
        "one step",
        "one step",
        "resumed",
        "stopped",
      ]);
      expect(run.events.map(({ step }) => step).slice(0, 2)).to.deep.equal([done, done]);
    }));

  it("goes to the end of the epoch, and pauses before the next", () =>
    inNotebook(async (_, handlers) => {
      const loop = begin(handlers, { count: 12, epochs: 3 });
      const { control, look, sizes, over } = loop;
      await control({ command: "pause" });
      await control({ command: "epoch" });
      await reached(loop, 6);
      await wait(20);
      expect(sizes).to.have.length(6);
      expect(panelOf(await look())).to.deep.include({
        state: "paused",
        epoch: 0,
        epochs: 3,
        batch: 6,
        step: 6,
        steps: 18,
      });
      await control({ command: "epoch" });
      await reached(loop, 12);
      await wait(20);
      expect(sizes).to.have.length(12);
      await control({ command: "epoch" });
      await over;
      expect(sizes).to.have.length(18);
    }));

  it("stops: the loop ends normally, and the output says so", () =>
    inNotebook(async (shown, handlers, cells) => {
      const { control, over, run, ask } = begin(handlers, { epochs: 50 });
      await wait(10);
      const stopped = await control({ command: "stop" });
      expect(stopped).to.deep.include({ state: "stopped", controls: [], commands: [] });
      await over;
      // An epoch more in the same cell has no batches; in the next cell the run goes on.
      let more = 0;
      for await (const [x] of run.batches([[tensor([1])]])) more += x.numel();
      expect(more).to.equal(0);
      const last = shown.at(-1)?.bundle[RECEPTIVE_MIME] as View;
      expect(last).to.not.have.any.keys("live", "inspect");
      expect(panelOf(last).state).to.equal("stopped");
      const answer = await ask({ ask: "view" });
      expect(answer.bundle).to.deep.equal(JSON.parse(JSON.stringify(shown.at(-1)?.bundle)));
      expect(answer.view).to.not.have.property("live");
      cells.end();
      for await (const [x] of run.batches([[tensor([1])]])) more += x.numel();
      expect(more).to.equal(1);
    }));

  it("sets the learning rate of all groups by the next step, marks it on the curve and lists it", () =>
    inNotebook(async (_, handlers) => {
      const loop = begin(handlers);
      await reached(loop, 3);
      const { step } = await loop.control({ set: "lr", value: 0.01 });
      await reached(loop, step + 3);
      expect(loop.optimizer.paramGroups[0].lr).to.equal(0.01);
      expect(loop.rates.slice(0, step).every((rate) => rate === 0.1)).to.equal(true);
      expect(loop.rates.slice(step).every((rate) => rate === 0.01)).to.equal(true);
      expect(loop.run.events).to.deep.equal([{ step, text: "learning rate 0.1 → 0.01" }]);
      const view = await loop.look();
      const charts = view.marks.filter((mark): mark is ChartMark => mark.mark === "chart");
      expect(charts[0].events).to.deep.equal([{ x: step, text: "learning rate 0.1 → 0.01" }]);
      expect(charts.map(({ y }) => y)).to.deep.equal(["loss", "learning rate"]);
      await loop.control({ command: "stop" });
      await loop.over;
    }));

  it("obeys twenty changes that come at once, in their order", () =>
    inNotebook(async (_, handlers) => {
      const { control, run, optimizer, over } = begin(handlers);
      await wait(5);
      const values = Array.from({ length: 20 }, (_, i) => (i % 2 ? 0.001 : 0.5) * (i + 1));
      const answers = await Promise.all(
        values.map((value, i) => control(i % 3 === 2 ? { set: "momentum", value: i / 50 } : { set: "lr", value })),
      );
      expect(answers).to.have.length(20);
      expect(run.events).to.have.length(20);
      const lrs = values.filter((_, i) => i % 3 !== 2);
      expect(
        run.events.filter(({ text }) => text.startsWith("learning rate")).map(({ text }) => text.split(" → ")[1]),
      ).to.deep.equal(lrs.map((value) => String(Number(value.toPrecision(3)))));
      expect(optimizer.paramGroups[0]).to.deep.include({ lr: values[19], momentum: 17 / 50 });
      await control({ command: "stop" });
      await over;
    }));

  it("sets momentum, weight decay and the cadence; of Adam the first beta is the momentum", () =>
    inNotebook(async (_, handlers, cells) => {
      const net = new nn.Linear(3, 2);
      const optimizer = new optim.Adam(net.parameters(), { lr: 0.01 });
      const run = show.training(net, { optimizer, title: "Adam" });
      run.step({ loss: 1 });
      const ask = askAbout(handlers, [...handlers.keys()].at(-1) as string);
      const control = (order: object) => ask({ ask: "control", ...order });
      const waiting = Promise.all([
        control({ set: "momentum", value: 0.5 }),
        control({ set: "weightDecay", value: 0.25 }),
        control({ set: "every", value: 1000 }),
      ]);
      // Without batches a run obeys when it says that a step is done.
      expect(optimizer.paramGroups[0].betas).to.deep.equal([0.9, 0.999]);
      run.step({ loss: 1 });
      await waiting;
      expect(optimizer.paramGroups[0]).to.deep.include({ betas: [0.5, 0.999], weightDecay: 0.25 });
      const { controls } = panelOf((await ask({ ask: "view" })).view as View);
      expect(controls.map(({ name, value }) => [name, value])).to.deep.equal([
        ["lr", 0.01],
        ["momentum", 0.5],
        ["weightDecay", 0.25],
        ["every", 1000],
      ]);
      cells.end();
    }));

  it("sets the batch size from the next batch on, without losing or repeating an item", () =>
    inNotebook(async (_, handlers) => {
      const loop = begin(handlers, { count: 100, batchSize: 4 });
      const { control, sizes, over, look } = loop;
      await control({ command: "pause" });
      const { step } = await control({ set: "batchSize", value: 16 });
      await control({ command: "step" });
      await reached(loop, step + 1);
      expect(sizes.slice(0, step).every((size) => size === 4)).to.equal(true);
      expect(sizes[step]).to.equal(16);
      const panel = panelOf(await look());
      expect(panel.batches).to.equal(step + 1 + Math.ceil((100 - 4 * step - 16) / 16));
      await control({ command: "resume" });
      await over;
      expect(sizes.reduce((a, b) => a + b)).to.equal(100);
    }));

  it("refuses what cannot be set, in a sentence", () =>
    inNotebook(async (_, handlers) => {
      const { control, over } = begin(handlers);
      const reason = (order: Record<string, unknown>) => control(order).catch((error: Error) => error.message);
      expect(await reason({ set: "lr", value: -1 })).to.equal(
        "control: learning rate must be a number from 0 to 10, got -1. Set another value.",
      );
      expect(await reason({ set: "batchSize", value: 1.5 })).to.contain(
        "batch size must be a whole number from 1 to 1000",
      );
      expect(await reason({ set: "colour", value: 1 })).to.contain(
        'this run has no control "colour" (it has lr, momentum,',
      );
      expect(await reason({ command: "fly" })).to.contain('there is no command "fly"');
      expect(await reason({})).to.contain("there is no command and nothing to set");
      await control({ command: "stop" });
      await over;
    }));

  it("resets: first weights are drawn again, the optimizer forgets, given weights come back", () =>
    inNotebook(async (_, handlers, cells) => {
      class Net extends nn.Module {
        fc = new nn.Linear(3, 4);
        norm = new nn.BatchNorm1d(4);
        given = new nn.Parameter(tensor([2, 2]));
        loaded = new nn.Linear(4, 2);
        forward(x: Tensor): Tensor {
          return this.loaded(this.norm(this.fc(x))).mul(this.given);
        }
      }
      const net = new Net();
      net.loaded.loadStateDict({
        weight: tensor([
          [1, 2, 3, 4],
          [5, 6, 7, 8],
        ]),
        bias: tensor([0, 1]),
      });
      const optimizer = new optim.SGD(net.parameters(), { lr: 0.1, momentum: 0.9 });
      const run = show.training(net, { optimizer, title: "reset" });
      const step = (): void => {
        optimizer.zeroGrad();
        const loss = F.crossEntropy(net(rand([8, 3])), tensor([0, 1, 0, 1, 0, 1, 0, 1], { dtype: "int32" }));
        loss.backward();
        optimizer.step();
        run.step({ loss });
      };
      for (let i = 0; i < 5; i++) step();
      const trained = await net.fc.weight.data();
      expect(Object.keys(optimizer.stateDict().state)).to.have.length(net.parameters().length);
      const ask = askAbout(handlers, [...handlers.keys()].at(-1) as string);
      const reset = ask({ ask: "control", command: "reset" });
      optimizer.zeroGrad();
      run.step({ loss: 1 });
      await reset;
      expect(optimizer.stateDict().state).to.deep.equal({});
      expect(optimizer.paramGroups[0].lr).to.equal(0.1);
      expect(await net.given.tolist()).to.deep.equal([2, 2]);
      expect(await net.loaded.weight.tolist()).to.deep.equal([
        [1, 2, 3, 4],
        [5, 6, 7, 8],
      ]);
      expect(await net.norm.running_mean?.tolist()).to.deep.equal([0, 0, 0, 0]);
      expect(await net.norm.num_batches_tracked?.item()).to.equal(0);
      const drawn = await net.fc.weight.data();
      expect(drawn).to.not.deep.equal(trained);
      // PyTorch's bound for 3 inputs.
      expect(Math.max(...Array.from(drawn, Math.abs))).to.be.within(0.1, 1 / Math.sqrt(3));
      expect(run.events).to.deep.equal([{ step: 6, text: "weights reset" }]);
      cells.end();
    }));

  it("two runs in one loop, as of a GAN: each steers its own optimizer", () =>
    inNotebook(async (_, handlers, cells) => {
      const [d, g] = [new nn.Linear(2, 1), new nn.Linear(2, 2)];
      const optimizers = {
        d: new optim.SGD(d.parameters(), { lr: 0.1 }),
        g: new optim.Adam(g.parameters(), { lr: 0.01 }),
      };
      const runD = show.training(d, { optimizer: optimizers.d, title: "D" });
      const runG = show.training(g, { optimizer: optimizers.g, title: "G" });
      const asks: Ask[] = [];
      let steps = 0;
      const batches = Array.from({ length: 30 }, () => [rand([4, 2])]);
      for await (const [x] of runD.batches(batches)) {
        optimizers.d.zeroGrad();
        const lossD = d(x)
          .mean()
          .sub(d(g(x).detach()).mean());
        lossD.backward();
        optimizers.d.step();
        runD.step({ loss: lossD });
        optimizers.g.zeroGrad();
        const lossG = d(g(x)).mean();
        lossG.backward();
        optimizers.g.step();
        runG.step({ loss: lossG });
        if (asks.length === 0) asks.push(...[...handlers.keys()].slice(-2).map((id) => askAbout(handlers, id)));
        if (steps++ === 10) {
          void asks[0]({ ask: "control", set: "lr", value: 0.5 });
          void asks[1]({ ask: "control", set: "lr", value: 0.002 });
        }
      }
      expect([optimizers.d.paramGroups[0].lr, optimizers.g.paramGroups[0].lr]).to.deep.equal([0.5, 0.002]);
      const views = await Promise.all(asks.map(async (ask) => (await ask({ ask: "view" })).view as View));
      expect(views.map(({ title }) => title)).to.deep.equal(["D", "G"]);
      expect(views.map((view) => panelOf(view).step)).to.deep.equal([30, 30]);
      cells.end();
      expect(panelOf(await viewOf(runG)).state).to.equal("done");
      // One panel for both: what is set is set in each.
      const both = show.training(g, { optimizer: optimizers, title: "both" });
      both.step({ loss: 1 });
      const ask = askAbout(handlers, [...handlers.keys()].at(-1) as string);
      const set = ask({ ask: "control", set: "lr", value: 0.25 });
      both.step({ loss: 1 });
      await set;
      expect([optimizers.d.paramGroups[0].lr, optimizers.g.paramGroups[0].lr]).to.deep.equal([0.25, 0.25]);
      cells.end();
    }));
});
