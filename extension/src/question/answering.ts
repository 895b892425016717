/** The answer to the question of an output: kept in the source of the cell, or in the page alone where there is no cell. No DOM here. */
import type { Picked } from "../../../src/marks/kit/asked";
import type { Asking } from "../../../src/marks/kit/asking.page";
import { answerSource, isAnswer, pickedIn, withPick } from "../../../src/marks/question/answers";
import { canPick, misfit, offersOf } from "../../../src/marks/question/offers";
import type { Answer, QuestionMark } from "../../../src/marks/question/payload";
import type { Mark } from "../../../src/marks/view";
import type { QuestionCell } from "./cell";
import { answerIn, editOf } from "./source";

export class Answering implements Asking {
  answer: Answer = null;
  /** Why an answer is not kept, or does not fit; empty if nothing is wrong. */
  private problem = "";
  private question: QuestionMark | undefined;
  private marks: readonly Mark[] = [];
  private cell: QuestionCell | undefined;
  private stopWatching: (() => void) | undefined;
  /** The source as it was read last. */
  private read: string | undefined;

  /**
   * @param find    the cell of the output, once it lies in one
   * @param changed the answer or the note is another
   */
  constructor(
    private readonly find: () => QuestionCell | undefined,
    private readonly changed: () => void,
  ) {}

  /** Whether the output asks a question. */
  get isAsked(): boolean {
    return this.question !== undefined;
  }

  get pick(): Asking["pick"] {
    const { question, marks } = this;
    if (question?.asks.kind !== "pick") return undefined;
    return canPick(question.asks.pick, offersOf(marks)) ? question.asks.pick : undefined;
  }

  get note(): string {
    const { answer, cell, problem, question } = this;
    if (problem !== "" || !question || !cell || answer === null) return problem;
    const isNew = JSON.stringify(answer) !== JSON.stringify(question.answer);
    return isNew ? "It stands in the cell now. Run the cell to use it." : "";
  }

  get picked(): readonly Picked[] {
    return this.question ? pickedIn(this.question.asks, this.answer) : [];
  }

  /** Takes the marks of a view, the first question of which is answered here. */
  update(marks: readonly Mark[]): void {
    this.marks = marks;
    this.question = marks.find((mark) => mark.mark === "question");
    this.answer = this.question?.answer ?? null;
    this.problem = "";
    this.read = undefined;
    this.attach();
  }

  /** Looks for the cell, which an output has once it lies in the page, and reads the answer in its source. */
  attach(): void {
    if (!this.question) return this.leave();
    const cell = this.find();
    if (cell?.model !== this.cell?.model) {
      this.leave();
      this.cell = cell;
      this.stopWatching = cell?.watch(() => this.readSource() && this.changed());
    }
    this.readSource();
  }

  choose(picked: Picked): void {
    const { question } = this;
    if (question?.asks.kind !== "pick") return;
    const { asks } = question;
    const answer = withPick(asks, this.answer, picked);
    if (answer === undefined) return this.say(`${asks.count} are picked already. Click one of them to take it back.`);
    this.set(answer);
  }

  set(answer: Answer): void {
    const { question, cell } = this;
    if (!question || !isAnswer(question.asks, answer)) return;
    const text = answerSource(answer);
    if (!cell) {
      this.answer = answer;
      return this.say(`There is no cell here that could keep it: write answer: ${text}`);
    }
    const edit = editOf(cell.source, question.id, text);
    const refused = typeof edit === "string" ? edit : cell.edit(edit);
    if (refused !== undefined) {
      const next = typeof edit === "string" ? ` Write answer: ${text}` : "";
      return this.say(`${refused}${next}`);
    }
    this.readSource();
    this.answer = answer;
    this.say("");
  }

  dispose(): void {
    this.leave();
  }

  private leave(): void {
    this.stopWatching?.();
    this.stopWatching = this.cell = this.read = undefined;
  }

  private say(problem: string): void {
    this.problem = problem;
    this.changed();
  }

  /** The answer in the source is later than that of the output. @returns whether it is another than before */
  private readSource(): boolean {
    const { question, cell } = this;
    if (!question || !cell || cell.source === this.read) return false;
    this.read = cell.source;
    // What only running the cell could tell is what the output says.
    const { value } = answerIn(this.read, question.id) ?? { value: question.answer };
    const before = JSON.stringify([this.answer, this.problem]);
    this.problem = "";
    if (isAnswer(question.asks, value)) {
      this.answer = value;
      const wrong = this.picked.map((picked) => misfit(picked, offersOf(this.marks))).find(Boolean);
      if (wrong) this.problem = `In the cell ${wrong[0]}. ${wrong[1]}`;
    } else {
      this.answer = null;
      this.problem = "What the cell has behind answer: is no answer to this question.";
    }
    return JSON.stringify([this.answer, this.problem]) !== before;
  }
}
