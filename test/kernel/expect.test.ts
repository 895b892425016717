/** `expect` in cells: with its types, and failing the cell although nobody waits for it. */
import { expect } from "chai";
import { withKernel } from "./support/withKernel";

describe("kernel: expect", () => {
  const kernel = withKernel();
  before(() => kernel().execute(`import { expect, tensor } from "receptive"; const y = tensor([1, 2]);`));

  const plain = (traceback: unknown): string => (traceback as string[]).join("\n").replace(/\x1b\[\d+m/g, "");

  it("has types, chai's and its own", async () => {
    const { reply, outputs } = await kernel().execute(
      `expect(1 + 1).to.equal(2); expect(y).to.haveShape([2]); await expect(y).to.be.closeToTensor([1, 2], { rtol: 1e-5 });`,
    );
    expect(plain(reply.traceback ?? [])).to.equal("");
    expect(outputs).to.deep.equal([]);
    const wrong = await kernel().execute(`await expect(y).to.be.closeToTensor("a");`);
    expect(wrong.reply.ename).to.equal("TypeScriptError");
    expect(wrong.reply.evalue).to.contain(`"a"' is not assignable to parameter of type 'Numbers'`);
    expect((await kernel().execute(`expect(y).to.haveShpe([2])`)).reply.evalue).to.contain("Did you mean 'haveShape'?");
  });

  it("says that an assertion holds, where a cell ends with it", async () => {
    expect((await kernel().execute(`expect(3).to.equal(3)`)).result).to.equal("It holds.");
  });

  it("fails with the lines of the cell, and nothing on stderr", async () => {
    const { reply, stderr } = await kernel().execute(`\nawait expect(y).to.be.closeToTensor([1, 3]);`);
    expect(reply.ename).to.equal("AssertionError");
    expect(plain(reply.traceback)).to.match(/worst at \[1\]: got 2, expected 3\n[^]*at cell\[\d+\]\.ts:2:\d+\n/);
    expect(stderr).to.equal("");
  });

  it("fails the cell without await: with its error, or with one that says so", async () => {
    const failed = await kernel().execute(`expect(y).to.be.closeToTensor([1, 3]); "the value"`);
    expect(failed.reply.evalue).to.contain("worst at [1]: got 2, expected 3");
    expect(failed.outputs.map(({ header }) => header.msg_type)).to.deep.equal(["error"]);
    const held = await kernel().execute(`void expect(y).to.be.closeToTensor([1, 2]); "the value"`);
    expect(held.reply.evalue).to.equal("expect(...).closeToTensor: nobody has waited for it. Write await before it.");
    expect([failed.stderr, held.stderr]).to.deep.equal(["", ""]);
    expect((await kernel().execute("1")).result).to.equal("1");
  });

  it("that is awaited late, or whose failure is caught, does not fail the cell", async () => {
    const late = `const both = [expect(y).to.be.closeToTensor([1, 2]), expect(y).to.not.be.closeToTensor(0)];
      await new Promise((r) => setTimeout(r, 20)); await Promise.all(both); "late"`;
    expect((await kernel().execute(late)).result).to.equal("'late'");
    const caught = `try { await expect(y).to.be.closeToTensor(0) } catch { } "caught"`;
    expect((await kernel().execute(caught)).result).to.equal("'caught'");
  });
});
