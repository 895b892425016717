/** Plausible wrong answers to each homework get a hint that names the mistake, whatever their shapes and their words are. */
import { expect } from "chai";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { cellsOf, homeworkNames, isTest, withoutHiddenTests, type HomeworkCell } from "./support/homework";
import { renamed } from "./support/renamed";
import { runCells } from "./support/runCells";
import type { WrongAnswer } from "./support/wrongAnswer";

const leastAnswers = 10;

for (const name of homeworkNames()) {
  const number = name.slice(0, 2);
  const file = join(__dirname, "wrong", `${number}.js`);

  describe(`homework ${number}: a wrong answer`, function () {
    this.timeout(60_000);
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- tests are declared before anything can be awaited
    const answers = existsSync(file) ? (require(file) as { answers: readonly WrongAnswer[] }).answers : [];
    const cells = new Map(cellsOf("source", name).map((cell) => [cell.id, cell]));
    const cell = (id: string): HomeworkCell => cells.get(id) ?? expect.fail(`There is no cell ${id}.`);

    it(`is tried ${leastAnswers} times at least, with two more settings each`, () => {
      expect(answers.length).to.be.at.least(leastAnswers);
      for (const { mistake, shapes, test } of answers) {
        expect(shapes.length, mistake).to.be.at.least(2);
        expect(isTest(cell(test)), test).to.equal(true);
      }
    });

    /** The program of a student who has seen no hidden test. */
    const programOf = ({ answer, test, needs = [] }: WrongAnswer, code: string, setting: WrongAnswer["shapes"][0]) => {
      let source = withoutHiddenTests(cell(test).source);
      for (const [from, to] of setting) {
        expect(source, `${test} has no ${from}`).to.contain(from);
        source = source.replaceAll(from, to);
      }
      const before = [...cells.keys()].filter((id) => id === "setup" || needs.includes(id) || id === answer);
      return [...before.map((id) => (id === answer ? code : cell(id).source)), source];
    };

    for (const wrong of answers) {
      const { mistake, hint, code } = wrong;
      const says = async (answer: string, setting: WrongAnswer["shapes"][0]): Promise<void> => {
        const { report, error } = await runCells(programOf(wrong, answer, setting));
        expect(report, error instanceof Error ? String(error.stack) : undefined).to.match(hint);
        expect(report).to.match(/[✗◐] /);
      };
      it(`gets its hint: ${mistake}`, () => says(code, []));
      wrong.shapes.forEach((setting, i) =>
        it(`gets its hint in another setting (${i + 1}): ${mistake}`, () => says(code, setting)),
      );
      it(`gets its hint with other names: ${mistake}`, () => {
        const other = renamed(code);
        expect(other).not.to.equal(code);
        return says(other, wrong.shapes[0]);
      });
    }

    it("is none where the solution stands: its checks pass, in every setting", async () => {
      // Several wrong answers to a question have the same settings.
      const tried = new Set<string>();
      for (const wrong of answers)
        for (const setting of [[], ...wrong.shapes]) {
          const program = programOf(wrong, cell(wrong.answer).source, setting);
          const text = program.join("\n");
          if (tried.has(text)) continue;
          tried.add(text);
          const { report, error } = await runCells(program);
          expect(error, `${wrong.test}: ${report}`).to.equal(undefined);
          expect(report, wrong.mistake).to.match(/✓ /).and.not.match(/[✗◐] /);
        }
    });
  });
}
