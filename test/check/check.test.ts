import { expect as plain } from "chai";
import { check, DataLoader, expect, getRngState, models, nn, optim, randn, TensorDataset, tensor, zeros, type CheckBody, type CheckOptions } from "../../src"; // prettier-ignore
import { checkView } from "../../src/marks/check";
import { NOTEBOOK, RECEPTIVE_MIME, type MimeBundle, type NotebookHost } from "../../src/protocol";
import { fakeHost } from "../support/fakeHost";

interface Ran {
  value: unknown;
  error: Error | null;
  /** The block, without its time. */
  report: string;
  shown: MimeBundle[];
}

async function run(options: CheckOptions, body: CheckBody, id = "q1"): Promise<Ran> {
  const { host, shown } = fakeHost();
  const global = globalThis as { [NOTEBOOK]?: NotebookHost };
  global[NOTEBOOK] = host;
  let [value, error]: [unknown, Error | null] = [undefined, null];
  try {
    value = await check(id, options, body);
  } catch (caught) {
    error = caught as Error;
  } finally {
    delete global[NOTEBOOK];
  }
  const report = String(shown[0]?.["text/plain"]).replace(/\d+ ms/, "T");
  return { value, error, report, shown };
}

describe("check", () => {
  it("that passes says so, with time, seed, relative error and tolerance, and gives nothing", async () => {
    const { value, error, report, shown } = await run({ points: 2, title: "twice" }, async () => {
      await expect(tensor([1, 2]).mul(2)).to.be.closeToTensor([2, 4]);
      await expect([1.001]).to.be.closeToTensor([1], 0.01);
    });
    plain([value, error]).to.deep.equal([undefined, null]);
    plain(report).to.equal(
      "✓ q1 (twice): passed, 2 of 2 points\n" +
        "  T; seed 0; relative error 5.00e-4; tolerance rtol 1e-5, atol 1e-8 or rtol 0.01, atol 0.01",
    );
    plain(shown).to.have.length(1);
    plain(shown[0]["text/html"]).to.contain("<b>✓ q1 (twice): passed, 2 of 2 points</b>");
    plain((await run({}, () => 1)).report).to.equal("✓ q1: passed\n  T; seed 0");
  });

  it("that fails says what differs and why, shows it, and throws shortly", async () => {
    const x = tensor([[1, 2, 3], [4, 5, 6]]); // prettier-ignore
    const { error, report, shown } = await run({ points: 2 }, () => expect(x.neg()).to.be.closeToTensor(x));
    plain(report).to.equal(
      "✗ q1: failed, 0 of 2 points\n" +
        "  expect(...).closeToTensor: [2,3] differs from what is expected\n" +
        "    6 of 6 numbers differ\n" +
        "    first at [0, 0]: got -1, expected 1\n" +
        "    worst at [1, 2]: got -6, expected 6\n" +
        "    relative error 1.00e+0, largest difference 12; tolerance rtol 1e-5, atol 1e-8\n" +
        "    likely cause: the sign is wrong: every number is the negative of what is expected.\n" +
        "  T; seed 0",
    );
    plain(shown).to.have.length(2);
    const view = shown[1][RECEPTIVE_MIME] as { title: string; marks: { labels: string[] }[] };
    plain(checkView(view)).to.equal(view);
    plain(view.title).to.equal("Where they differ");
    plain(view.marks.map(({ labels }) => labels)).to.deep.equal([["got", "expected"], ["|got - expected|"]]);
    plain(error).to.include({ name: "CheckFailed", message: "q1: failed, 0 of 2 points." });
    plain(error?.cause).to.equal(undefined);
    // The report stands below the cell; a program has the place of the call.
    plain(error?.stack).to.equal("CheckFailed: q1: failed, 0 of 2 points.\n");
    const outside = await check("q1", () => expect(1).to.equal(2)).catch((reason: unknown) => reason as Error);
    plain((outside as Error).stack).to.match(/^CheckFailed: q1[^\n]*\n\s+at [^\n]*check\.test/);
  });

  it("shows the plane where tensors differ the most", async () => {
    const right = randn([2, 3, 4, 4]);
    const values = await right.data();
    const wrong = values.slice();
    wrong[5] += 1;
    wrong[4 * 16 + 7] += 9;
    const { shown } = await run({}, () => expect(tensor(wrong).reshape(2, 3, 4, 4)).to.be.closeToTensor(right));
    plain((shown[1][RECEPTIVE_MIME] as { title: string }).title).to.equal("Where they differ the most: [1, 1, :, :]");
  });

  it("shows what differs by NaN, and nothing where there is no plane", async () => {
    const { shown } = await run({}, () => expect([[1, NaN], [3, 4]]).to.be.closeToTensor(1)); // prettier-ignore
    const sent: unknown = JSON.parse(JSON.stringify(shown[1][RECEPTIVE_MIME]));
    plain(checkView(sent)).to.equal(sent);
    plain(shown[1]["text/plain"]).to.contain("worst at [0, 1]: a difference of NaN");
    plain((await run({}, () => expect([1, 2, 3]).to.be.closeToTensor(1))).shown).to.have.length(1);
  });

  it("that fails in chai's words shows both values", async () => {
    const { report } = await run({}, () => expect([1, 2]).to.deep.equal([1, 3]));
    plain(report).to.contain("expected [1,3]\n    got [1,2]");
  });

  it("keeps what the tested code has thrown", async () => {
    const { error, report } = await run({ points: 1 }, () => {
      throw new RangeError("too far");
    });
    plain(report).to.contain("✗ q1: failed, 0 of 1 point\n  RangeError: too far\n");
    plain((error?.cause as Error).message).to.equal("too far");
  });

  it("keeps no cause where nothing has been answered, and says both values once", async () => {
    const { error, report } = await run({}, () => {
      throw new Error("No answer given.");
    });
    plain(report).to.contain("Error: No answer given.");
    plain(error?.cause).to.equal(undefined);
    plain((await run({}, () => expect(6).to.equal(7))).report).to.match(
      /^✗ q1: failed\n {2}expected 6 to equal 7\n {2}T; seed 0$/,
    );
  });

  it("fails if an assertion in it has no await, whatever the numbers are", async () => {
    for (const expected of [1, 2]) {
      const { error, report } = await run({ points: 1 }, () => void expect(tensor([1])).to.be.closeToTensor(expected));
      plain(error?.name).to.equal("CheckFailed");
      plain(report).to.contain(
        expected === 1 ? "nobody has waited for it. Write await before it." : "got 1, expected 2",
      );
    }
  });

  it("fails if a given input has changed, and says which", async () => {
    const inPlace = (x: number[]): number[] => {
      x.forEach((value, i) => (x[i] = Math.max(0, value)));
      return x;
    };
    const { report } = await run({}, async ({ given }) => {
      const { x } = given({ x: [-1, 2, -3] });
      await expect(inPlace(x)).to.be.closeToTensor([0, 2, 0]);
    });
    plain(report).to.contain("Error: x was changed in place");
    const wrong = await run({}, async ({ given }) => {
      const { x } = given({ x: [-1, 2, -3], y: tensor([1]) });
      await expect(inPlace(x)).to.be.closeToTensor([5, 2, 0]);
    });
    plain(wrong.report).to.contain("likely cause: x was changed in place");
    const tensors = await run({}, async ({ given }) => {
      const { w } = given({ w: new nn.Parameter(tensor([1, 2])), none: null });
      w.sum().backward();
      new optim.SGD([w], { lr: 0.1 }).step();
      await expect(w).to.haveGradient([1, 1]);
    });
    plain(tensors.report).to.contain("w was changed in place");
  });

  it("gives the words of a mistake whose numbers came", async () => {
    const answered = async (value: number): Promise<string> =>
      (
        await run({}, async ({ mistake, part }) => {
          mistake("The padding is counted once.", 7);
          await part("size", async () => {
            mistake("The border is left out.", [5]);
            mistake("Nothing is padded.", 0);
            await expect(value).to.be.closeToTensor(9);
          });
        })
      ).report;
    plain(await answered(7)).to.contain("likely cause: The padding is counted once.");
    plain(await answered(0)).to.contain("likely cause: Nothing is padded.");
    plain(await answered(5)).not.to.contain("likely cause");
    plain(await answered(9)).to.contain("passed");
  });

  it("takes mistakes as words and numbers, which may change afterwards", async () => {
    const { report } = await run({}, async ({ mistake }) => {
      const wrong = [1, 2];
      mistake("One is added.", wrong);
      wrong[0] = 9;
      await expect([1, 2]).to.be.closeToTensor([0, 1]);
    });
    plain(report).to.contain("likely cause: One is added.");
    const bad = await run({}, ({ mistake }) => mistake("words", "7" as never));
    plain(bad.report).to.contain('mistake: numbers must be a tensor or numbers, got "7"');
    const mute = await run({}, ({ mistake }) => mistake(7 as never, 7));
    plain(mute.report).to.contain("mistake: words must be a string, got 7");
  });

  it("has random numbers of its own, which are the same in every run", async () => {
    const seen: number[][] = [];
    const draw = async (): Promise<void> => void seen.push([...(await randn([3]).data())]);
    const before = getRngState();
    await run({}, draw);
    await run({}, draw);
    await run({ seed: 1 }, draw);
    plain(getRngState()).to.deep.equal(before);
    plain(seen[0]).to.deep.equal(seen[1]);
    plain(seen[0]).to.not.deep.equal(seen[2]);
  });

  describe("with parts", () => {
    const parts =
      (...passed: boolean[]): CheckBody =>
      async ({ part }) => {
        for (const [i, holds] of passed.entries()) await part(`part ${i}`, () => expect(holds).to.equal(true));
      };

    it("gives the points of those that pass", async () => {
      plain((await run({ points: 4, partial: true }, parts(true, false))).value).to.equal(2);
      plain((await run({ points: 3, partial: true }, parts(true, true))).value).to.equal(3);
      plain((await run({ points: 3, partial: true }, parts(false, false))).value).to.equal(0);
      plain((await run({ points: 1, partial: true }, parts(true, false, true))).value).to.equal(0.67);
      const { report, value } = await run({ points: 4, partial: true }, async ({ part }) => {
        await part("shape", { points: 1 }, () => expect(zeros([2])).to.haveShape([2]));
        await part("numbers", { points: 3 }, () => expect(zeros([2])).to.be.closeToTensor(1));
      });
      plain(value).to.equal(1);
      plain(report).to.match(
        /^◐ q1: passed in part, 1 of 4 points\n {2}✓ shape: 1 of 1 point\n {2}✗ numbers: 0 of 3 points\n {4}expect/,
      );
    });

    it("fails as a whole without partial", async () => {
      const { error, report } = await run({ points: 4 }, parts(true, false));
      plain(error?.message).to.equal("q1: failed, 0 of 4 points.");
      plain(report).to.contain("✓ part 0").and.contain("✗ part 1");
    });

    it("fails if it throws outside of them, if they are worth something else, or if there are none", async () => {
      const thrown = await run({ points: 4, partial: true }, async ({ part }) => {
        await part("a", () => 1);
        throw new Error("outside");
      });
      plain(thrown.error?.name).to.equal("CheckFailed");
      plain(thrown.report).to.contain("✗ q1: failed, 0 of 4 points").and.contain("Error: outside");
      const worth = await run({ points: 4, partial: true }, ({ part }) => part("a", { points: 5 }, () => 1));
      plain(worth.report).to.contain("its parts are worth 5 points, the check 4");
      const none = await run({ points: 4, partial: true }, () => 1);
      plain(none.report).to.contain("partial credit needs parts");
      const forgotten = await run({ points: 4, partial: true }, ({ part }) => void part("a", () => 1));
      plain(forgotten.report).to.contain("part a: nobody has waited for it");
    });
  });

  it("refuses what is no check", () => {
    const wrong =
      (...given: unknown[]) =>
      (): unknown =>
        (check as (...given: unknown[]) => unknown)(...given);
    plain(wrong(1, () => 1)).to.throw("check: id must be a string, got 1");
    plain(wrong("q1")).to.throw("check: its options are missing");
    plain(wrong("q1", {})).to.throw("check: the function must be a function, got undefined");
    plain(wrong("q1", { points: -1 }, () => 1)).to.throw("check: points must be a number >= 0, got -1");
    plain(wrong("q1", { point: 1 }, () => 1)).to.throw('check: there is no option "point"');
    plain(wrong("q1", { partial: true }, () => 1)).to.throw("partial credit is a part of the points");
  });

  it("summary lists each check once, by its id, with the total", async () => {
    await run({ points: 2 }, () => 1, "s10");
    await run({ points: 3 }, () => plain.fail(), "s2");
    await run({ points: 3 }, () => 1, "s2");
    await run({ points: 4, partial: true }, ({ part }) => part("a", () => 1), "s1");
    const { rows, points, of, notes } = check.summary();
    const own = rows.filter(([id]) => id.startsWith("s"));
    plain(own).to.deep.equal([
      ["s1", "", "✓ passed", "4", "4"],
      ["s2", "", "✓ passed", "3", "3"],
      ["s10", "", "✓ passed", "2", "2"],
    ]);
    plain(points).to.be.at.least(9).and.at.most(of);
    plain(notes[0]).to.match(/^\d+ of \d+ checks passed: [\d.]+ of \d+ points\.$/);
  });

  describe("network", () => {
    const net = new models.LeNet5();
    const data = new DataLoader(new TensorDataset(zeros([4, 1, 32, 32]), tensor([0, 0, 0, 0], { dtype: "int32" })), { batchSize: 2 }); // prettier-ignore

    it("says in the report what a network is", async () => {
      const { report } = await run({ points: 1 }, () =>
        check.network(net, { input: [1, 1, 32, 32], output: [1, 10], maxParameters: 62000, minAccuracy: 0, data }),
      );
      plain(report).to.match(
        /^✓ q1: passed, 1 of 1 point\n {2}✓ output \[1,10\] for an input \[1,1,32,32\]\n {2}✓ 61,706 parameters, at most 62,000\n {2}✓ accuracy \d+\.0 % \(\d of 4\), at least 0\.0 %\n/,
      );
    });

    it("fails with all its lines", async () => {
      const big = await run({}, () =>
        check.network(net, { input: [1, 1, 32, 32], output: [1, 9], maxParameters: 100 }),
      );
      plain(big.report).to.contain(
        "check.network: LeNet5\n    ✗ output [1,10] for an input [1,1,32,32], expected [1,9]\n    ✗ 61,706 parameters, at most 100",
      );
      const small = await run({}, () => check.network(net, { input: [1, 1, 28, 28] }));
      plain(small.report).to.contain("✗ an input [1,1,28,28] does not go through");
      const poor = await run(
        {},
        () =>
        check.network(new nn.Sequential(new nn.Flatten(), new nn.Linear(1024, 2)), { input: [1, 1, 32, 32], minAccuracy: 1, data: [[zeros([2, 1, 32, 32]), tensor([0, 1], { dtype: "int32" })]] }), // prettier-ignore
      );
      plain(poor.report).to.contain("✗ accuracy 50.0 % (1 of 2), at least 100.0 %");
    });
  });
});
