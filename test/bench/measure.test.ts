import { expect } from "chai";
import { Measurement } from "../../bench/child/measure";
import { hashed, images, labels, probeOf, weights } from "../../bench/child/numbers";
import { fillHashed, hashed as goldenHash } from "../models/hashed";
import { nn } from "../../src";

function wait(milliseconds: number): void {
  for (const end = performance.now() + milliseconds; performance.now() < end;);
}

describe("a measurement", () => {
  it("is the time of one iteration, without what goes before it", async () => {
    let runs = 0;
    const measurement = new Measurement(
      {
        before: () => wait(20),
        iterate: () => {
          runs++;
          wait(2);
        },
      },
      0,
    );
    const { latest } = await measurement.prepare(0);
    expect(latest).to.be.at.least(0.002);
    runs = 0;
    const { best, iterations } = await measurement.run(0.1);
    expect(iterations).to.equal(runs);
    // What goes before takes 20 ms.
    expect(best).to.be.within(0.002, 0.02);
  });

  it("times short iterations in blocks, whose end reads the result", async () => {
    let runs = 0;
    let reads = 0;
    const measurement = new Measurement({ iterate: () => runs++, finish: () => reads++ }, 0.002);
    await measurement.prepare(0.05);
    [runs, reads] = [0, 0];
    const { best, iterations } = await measurement.run(0.02);
    expect(iterations).to.equal(runs);
    expect(runs / reads).to.be.greaterThan(100);
    expect(best).to.be.within(1e-10, 1e-4);
  });

  it("waits for promises", async () => {
    const sleep = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
    const measurement = new Measurement({ iterate: sleep }, 0);
    await measurement.prepare(0);
    const { best } = await measurement.run(0);
    expect(best).to.be.at.least(0.004);
  });
});

describe("the numbers that all engines compute with", () => {
  it("are those of the goldens' script, which PyTorch draws them with", () => {
    expect([...hashed(1000, 12345)]).to.deep.equal([...Float32Array.from(goldenHash(1000, 12345))]);
    expect([...images([2, 3])]).to.deep.equal([...Float32Array.from(goldenHash(6, 12345))]);
  });

  it("give weights the goldens' bounds", async () => {
    const net = new nn.Sequential(new nn.Conv2d(3, 4, 5), new nn.Linear(7, 2));
    fillHashed(net);
    const state = Object.entries(net.stateDict());
    for (const [index, [key, tensor]] of state.entries()) {
      const own = weights(key, tensor.shape, index);
      const golden = await tensor.data();
      own.forEach((value, i) => expect(value).to.be.closeTo(golden[i], 1e-7));
    }
    expect(weights("layer1.0.bn1.weight", [100], 3).every((value) => value >= 0.5 && value <= 1.5)).to.equal(true);
  });

  it("have classes from 0 to 9, and probes spread over a result", () => {
    expect([...labels(5)]).to.deep.equal([0, 7, 4, 1, 8]);
    expect(probeOf([1, 2, 3])).to.deep.equal([1, 2, 3]);
    expect(
      probeOf(
        Float32Array.from({ length: 256 }, (_, i) => i),
        4,
      ),
    ).to.deep.equal([0, 64, 128, 192]);
  });
});
