/** Lines that grow, the pace and the snapshots of a run. */
import { expect } from "chai";
import { DataLoader, rand, tensor } from "../../../src";
import { Curves } from "../../../src/display/training/curves";
import { GrowingLine } from "../../../src/display/training/line";
import { Pace } from "../../../src/display/training/pace";
import { Snapshots } from "../../../src/display/training/snapshots";
import type { FramesMark, GridMark } from "../../../src/marks";

/** A map of one pixel that tells its step. */
const grid = (step: number): GridMark => ({
  ...{ mark: "grid", scale: "sequential", tile: "map", columns: 1, labels: ["0"] },
  pixels: { planes: 1, height: 1, width: 1, bytes: "AA==", ranges: [[0, step]] },
  statistics: { min: 0, max: step, mean: 0 },
});

describe("parts of a run", () => {
  it("GrowingLine keeps spikes, gaps and ends, however long it grows", () => {
    const line = new GrowingLine(100);
    const values = Array.from({ length: 20_000 }, (_, i) => (i === 7777 ? 99 : i === 5000 ? NaN : Math.sin(i)));
    values.forEach((value, i) => line.add(i, value));
    const { x, y } = line.points();
    expect(x.length).to.be.within(90, 203);
    expect(x).to.deep.equal([...x].sort((a, b) => a - b));
    expect(y[x.indexOf(7777)]).to.equal(99);
    expect(x.includes(5000) && Number.isNaN(y[x.indexOf(5000)])).to.equal(true);
    expect(line.averages().x.at(-1)).to.equal(19_999);
    expect(line.count).to.equal(20_000);
    line.add(20_000, Infinity);
    expect(line.latest).to.equal(Infinity);
  });

  it("Pace tells steps, batches, throughput and the time left, without pauses", () => {
    let now = 0;
    const pace = new Pace(() => now);
    const batch = [rand([10, 2])];
    pace.epochs = 2;
    pace.run();
    pace.beginEpoch(
      new DataLoader(
        [[1], [2], [3]].map((x) => [tensor(x)]),
        { batchSize: 1 },
      ),
    );
    expect([pace.batches, pace.steps, pace.left]).to.deep.equal([3, 6, undefined]);
    const loader = {
      length: 5,
      *[Symbol.iterator]() {
        yield batch;
      },
    };
    pace.beginEpoch(loader);
    for (let i = 0; i < 4; i++) {
      pace.give(batch);
      now += 500;
      pace.step++;
    }
    expect([pace.batches, pace.steps, pace.seconds]).to.deep.equal([5, 10, 2]);
    // Of the first second, in which steps are compiled, the time left knows nothing: two steps in the second after it.
    expect(pace.left).to.equal((1 / 2) * 6);
    // Three batches of 10 between the first and the last reading, 1.5 s apart.
    expect(pace.rate).to.equal(20);
    pace.pause();
    now += 60_000;
    pace.run();
    expect(pace.seconds).to.equal(2);
  });

  it("Curves take a logarithmic axis where a loss explodes, and keep it, but not where it falls", () => {
    const isLog = (curves: Curves, ...losses: number[]): boolean | undefined => {
      losses.forEach((loss, step) => curves.step(step, { loss }));
      return curves.marks([])[0].logY;
    };
    expect(isLog(new Curves("falls"), 2.3, 0.5, 0.0001)).to.equal(false);
    const exploded = new Curves("explodes");
    expect(isLog(exploded, 2.3, 400, 1e6)).to.equal(true);
    exploded.restart();
    expect(isLog(exploded, 2)).to.equal(true);
  });

  it("Snapshots are thinned evenly, and their last one is the newest", () => {
    let now = 0;
    const snapshots = new Snapshots(() => now);
    for (let step = 0; step <= 1000; step++) {
      now += 100;
      if (snapshots.isDue(step, undefined)) snapshots.take(step, () => [grid(step)]);
    }
    const { at, before, marks } = snapshots.mark() as FramesMark;
    expect(at.length).to.be.within(20, 50);
    expect(at[0]).to.equal(0);
    const gaps = at.slice(1).map((step, i) => step - at[i]);
    expect(new Set(gaps.slice(0, -1))).to.have.length(1);
    expect(before[3][0]).to.deep.equal({
      pixels: grid(at[3]).pixels,
      statistics: grid(at[3]).statistics,
    });
    expect(marks[0]).to.deep.equal(grid(at.at(-1) as number));
    // Of a run whose length is known, every so many steps from the beginning on.
    const known = new Snapshots(() => now);
    const due = Array.from({ length: 961 }, (_, step) => step).filter((step) => {
      const isDue = known.isDue(step, 960);
      if (isDue) known.take(step, () => [grid(step)]);
      return isDue;
    });
    expect(due).to.deep.equal(Array.from({ length: 49 }, (_, i) => 20 * i));
  });

  it("Snapshots that could not be afforded are not made up for at the end", () => {
    let now = 0;
    const snapshots = new Snapshots(() => now);
    const take = (step: number, cost: number): void => {
      if (!snapshots.isDue(step, undefined)) return;
      snapshots.take(step, () => {
        now += cost;
        return [grid(step)];
      });
    };
    for (let step = 0; step <= 2000; step++, now += 10) take(step, 2000);
    for (let step = 2001; step <= 3000; step++, now += 1000) take(step, 1);
    const { at } = snapshots.mark() as FramesMark;
    const late = at.filter((step) => step > 2000);
    expect(late.length).to.be.within(10, 25);
  });

  it("Snapshots stay below 1.5 MB, and cost at most a part of the time", () => {
    let now = 0;
    const snapshots = new Snapshots(() => now);
    const large = (step: number): GridMark => ({
      ...{ mark: "grid", scale: "sequential", tile: "map", columns: 1, labels: ["0"] },
      pixels: {
        planes: 1,
        height: 1,
        width: 1,
        bytes: String(step).repeat(100_000).slice(0, 100_000),
        ranges: [[0, step]],
      },
      statistics: { min: 0, max: step, mean: 0 },
    });
    let taken = 0;
    for (let step = 0; step < 400; step++) {
      now += 10;
      if (!snapshots.isDue(step, undefined)) continue;
      snapshots.take(step, () => {
        taken++;
        now += 50;
        return [large(step)];
      });
    }
    expect(JSON.stringify(snapshots.mark()).length).to.be.below(1_500_000);
    // 80 ms in any case, and a fiftieth of 4 s and of what the snapshots themselves took: the one that goes beyond is the last.
    expect(taken).to.be.within(3, 5);
  });
});
