/** Checks as cells run them, in every kernel that has the engine. */
import { expect } from "chai";

/** What a cell has given. */
export interface Outcome {
  status: unknown;
  evalue: unknown;
  traceback: string;
  result: string | undefined;
  stderr: string;
  /** `text/plain` of what it has displayed. */
  displayed: string[];
}

/** @param run runs a cell, after one that has imported what the tests use */
export function checkBody(run: (code: string) => Promise<Outcome>): void {
  it("say what they found, and the table of all counts each once", async () => {
    const passed = await run(`await check("a", { points: 2 }, () => expect(y).to.be.closeToTensor([1, 2]));`);
    expect(passed.displayed.join("")).to.match(/^✓ a: passed, 2 of 2 points\n {2}.*seed 0; relative error 0\.00e\+0/);
    expect([passed.status, passed.result]).to.deep.equal(["ok", undefined]);
    const failed = await run(`\nawait check("a", { points: 2 }, () => expect(y).to.be.closeToTensor([2, 4]));`);
    expect(failed.displayed.join("")).to.contain("✗ a: failed, 0 of 2 points").and.contain("1/2 of what is expected");
    expect(failed.evalue).to.equal("a: failed, 0 of 2 points.");

    expect(failed.traceback, "the report stands below the cell").to.equal("CheckFailed: a: failed, 0 of 2 points.");
    expect([passed.stderr, failed.stderr]).to.deep.equal(["", ""]);
    expect((await run(`check.summary()`)).result).to.contain("0 of 1 check passed: 0 of 2 points.");
  });

  it("say that they test an older version, where the cell of the answer did not compile", async () => {
    await run(`const answer = (x: number): number => x + 1;`);
    const cell = `await check("old", { points: 1 }, () => expect(answer(1)).to.equal(2));`;
    expect((await run(cell)).displayed.join("")).not.to.contain("⚠");
    expect((await run(`const answer = (x: number): number => x +;`)).status).to.equal("error");
    expect((await run(`function answer(x: number): number { return "x"; }`)).status).to.equal("error");
    expect((await run(cell)).displayed.join("")).to.match(
      /^✓ old: passed, 1 of 1 point\n {2}⚠ answer is here in the version before: the cell that declares it has an error\./,
    );
    expect((await run(`await check("other", () => expect(1).to.equal(1));`)).displayed.join("")).not.to.contain("⚠");
    await run(`const answer = (x: number): number => x + 2;`);
    expect((await run(cell)).displayed.join(""))
      .to.contain("✗ old: failed")
      .and.not.contain("⚠");
  });

  it("give a bare number for partial credit", async () => {
    const cell = `await check("b", { points: 4, partial: true }, async ({ part }) => {
      await part("shape", { points: 1 }, () => expect(y).to.haveShape([2]));
      await part("numbers", { points: 3 }, () => expect(y).to.be.closeToTensor(0));
    })`;
    const { result, displayed } = await run(cell);
    expect(result).to.equal("1");
    expect(displayed.join("")).to.contain("◐ b: passed in part, 1 of 4 points");
  });

  it("fail without await, after their report", async () => {
    const failed = await run(
      `check("c", { points: 2 }, async () => { await new Promise((r) => setTimeout(r, 30)); throw new Error("mine"); }); 7`,
    );
    expect([failed.status, failed.evalue, failed.result]).to.deep.equal([
      "error",
      "c: failed, 0 of 2 points.",
      undefined,
    ]);
    expect(failed.displayed.join("")).to.contain("Error: mine");
    const passed = await run(
      `void check("c", { points: 2 }, async () => { await new Promise((r) => setTimeout(r, 30)); });`,
    );
    expect(passed.evalue).to.equal("check c: nobody has waited for it. Write await before it.");
    expect([failed.stderr, passed.stderr]).to.deep.equal(["", ""]);
    expect((await run("1")).result).to.equal("1");
  });

  it("lead to the line of the tested code that has thrown", async () => {
    await run(`function mine(): number {\n  throw new RangeError("too far");\n}`);
    const { traceback, displayed } = await run(`await check("d", () => expect(mine()).to.equal(3));`);
    expect(displayed.join("")).to.match(/RangeError: too far\n {4}at mine \(cell\[\d+\]\.ts:2:9\)\n/);
    expect(traceback).to.match(/caused by\nRangeError: too far\n {4}at mine \(cell\[\d+\]\.ts:2:9\)/);
  });

  it("show where maps differ", async () => {
    const { displayed } = await run(`await check("e", () => expect(ones([1, 4, 4])).to.be.closeToTensor(0));`);
    expect(displayed).to.have.length(2);
    expect(displayed[1]).to.contain("Where they differ the most: [0, :, :]");
  });
}

export const CHECK_IMPORTS = `import { check, expect, ones, tensor } from "receptive"; const y = tensor([1, 2]);`;
