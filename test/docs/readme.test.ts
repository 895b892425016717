import { expect } from "chai";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Message } from "../../kernel/message";
import { PLOTLY_MIME } from "../../src/protocol";
import { realData } from "../datasets/support";
import { errorOf, type Answer } from "../kernel/support/kernelClient";
import { withKernel } from "../kernel/support/withKernel";

const text = readFileSync(join(__dirname, "../../../README.md"), "utf8");
const blocks = [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);

/** The numbers of a chart that a message shows, from its plotly figure. */
function lossesOf({ content }: Message): number[] {
  const data = content.data as Record<string, unknown> | undefined;
  const figure = data?.[PLOTLY_MIME] as { data: { y: number[] }[] } | undefined;
  return figure?.data[0]?.y ?? [];
}

/** README's blocks, pasted in order into one notebook. */
describe("README's blocks run in one notebook", function () {
  this.timeout(180_000);
  const folder = mkdtempSync(join(tmpdir(), "receptive-readme-"));
  after(() => rmSync(folder, { recursive: true }));
  const real = realData("mnist");

  for (const [which, data] of [
    ["drawn digits", null],
    ["real digits", real],
  ] as const)
    describe(`with ${which}${which === "real digits" && !real ? " (not on this machine: drawn ones again)" : ""}`, () => {
      const kernel = withKernel(() => ({ cwd: folder, env: { RECEPTIVE_DATA: data ?? "" } }));
      const answers: Answer[] = [];
      blocks.forEach((code, i) =>
        it(`block ${i + 1}: ${code.trim().split("\n")[0].slice(0, 60)}`, async () => {
          const answer = await kernel().execute(code);
          answers.push(answer);
          if (answer.reply.status !== "ok") throw new Error(errorOf(answer).plain);
          expect(answer.stderr).to.equal("");
        }),
      );
      it("and the first one learns", () => {
        const losses =
          answers[0].all
            .map(lossesOf)
            .filter((found) => found.length > 0)
            .at(-1) ?? [];
        const mean = (part: number[]): number => part.reduce((sum, loss) => sum + loss, 0) / part.length;
        expect(losses.length).to.equal(100);
        expect(losses[0]).to.be.within(2, 2.7);
        expect(mean(losses.slice(-10))).to.be.below(0.4);
        expect(Number(/right: ([\d.]+)/.exec(answers[1].stdout)?.[1])).to.be.above(0.85);
      });
    });
  it("are more than two", () => expect(blocks.length).to.be.above(4));
});
