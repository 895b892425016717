/** The answer to a question on a page: from the source of its cell, and into it. */
import { expect } from "chai";
import { Answering } from "../../extension/src/question/answering";
import { cellOf, type QuestionCell } from "../../extension/src/question/cell";
import { samples as grids } from "../../src/marks/grid/samples";
import type { Answer, QuestionMark } from "../../src/marks/question/payload";
import type { Mark } from "../../src/marks/view";

/** A cell as JupyterLab has it, in a notebook. */
function notebookCell(source: string, { metadata = {}, writable = true, readOnly = false } = {}) {
  const slots = new Set<() => void>();
  const steps: string[] = [];
  const shared = {
    getSource: () => source,
    updateSource(from: number, to: number, text: string) {
      source = source.slice(0, from) + text + source.slice(to);
      steps.push(source);
      slots.forEach((slot) => slot());
    },
    getMetadata: () => metadata,
    changed: { connect: (slot: () => void) => slots.add(slot), disconnect: (slot: () => void) => slots.delete(slot) },
  };
  const outputs = {};
  const panel = { parent: null, context: { contentsModel: { writable } } };
  const cell = { parent: panel, model: { sharedModel: shared, outputs }, readOnly };
  const area = { parent: cell, model: outputs };
  const widget = { parent: area };
  const clone = { parent: { parent: null, model: outputs } };
  const documents = () => [{ ...panel, content: { model: { cells: [cell.model] } } }];
  return { shared, steps, slots, inCell: cellOf(widget, () => []), inClone: cellOf(clone, documents) };
}

const layer = { name: "conv1", units: 6 };
const view = (answer: Answer, count = 1): Mark[] => {
  const question: QuestionMark = { mark: "question", id: "q1", asks: { kind: "pick", pick: "unit", count }, answer };
  return [question, { ...grids.maps(), layer }];
};
const source = (answer: string): string => `show.ask("q1", "Which?", v, { pick: "unit", answer: ${answer} })`;
const unit = (of: number) => ({ layer: "conv1", unit: of });

/** What is asked of a cell, and how often the page was told of a change. */
function asked(marks: Mark[], cell: QuestionCell | undefined) {
  const told: Answer[] = [];
  const answering: Answering = new Answering(
    () => cell,
    () => told.push(answering.answer),
  );
  answering.update(marks);
  return { answering, told };
}

describe("the answer to a question on a page", () => {
  it("is written into the cell, in one step, and told", () => {
    const { inCell, steps } = notebookCell(source("null"));
    const { answering, told } = asked(view(null), inCell);
    expect([answering.isAsked, answering.pick, answering.answer]).to.deep.equal([true, "unit", null]);
    answering.choose(unit(3));
    expect(steps).to.deep.equal([source('{ layer: "conv1", unit: 3 }')]);
    expect(answering.answer).to.deep.equal(unit(3));
    expect(told[told.length - 1]).to.deep.equal(unit(3));
    expect(answering.note).to.equal("It stands in the cell now. Run the cell to use it.");
    answering.set(null);
    expect(steps[1]).to.equal(source("null"));
  });

  it("of several takes one more, or one back, and no more than are asked for", () => {
    const { inCell, shared } = notebookCell(source("null"));
    const { answering } = asked(view(null, 2), inCell);
    answering.choose(unit(3));
    answering.choose(unit(1));
    expect(shared.getSource()).to.equal(source('[{ layer: "conv1", unit: 3 }, { layer: "conv1", unit: 1 }]'));
    answering.choose(unit(0));
    expect(answering.note).to.equal("2 are picked already. Click one of them to take it back.");
    expect(answering.picked).to.deep.equal([unit(3), unit(1)]);
    answering.choose(unit(3));
    expect(answering.picked).to.deep.equal([unit(1)]);
    answering.choose(unit(1));
    expect(shared.getSource()).to.equal(source("null"));
  });

  it("is the source's, where that is later than the output, and follows it", () => {
    const { inCell, shared } = notebookCell(source('{ layer: "conv1", unit: 4 }'));
    const { answering, told } = asked(view(unit(1)), inCell);
    expect(answering.answer).to.deep.equal(unit(4));
    shared.updateSource(0, shared.getSource().length, source('{ layer: "conv1", unit: 5 }'));
    expect(told).to.deep.equal([unit(5)]);
    shared.updateSource(0, shared.getSource().length, source('{ layer: "conv1", unit: 6 }'));
    expect(answering.note).to.equal('In the cell layer "conv1" has no unit 6. Count from 0 to 5.');
    shared.updateSource(0, shared.getSource().length, source('"unit 6"'));
    expect([answering.answer, answering.note]).to.deep.equal([
      null,
      "What the cell has behind answer: is no answer to this question.",
    ]);
  });

  it("is the output's, where the source does not say it", () => {
    for (const text of ["() => ({ layer })", "mine", "f(1)"]) {
      const { inCell } = notebookCell(source(text));
      expect(asked(view(unit(1)), inCell).answering.answer, text).to.deep.equal(unit(1));
    }
  });

  it("is found from an output in a view of its own", () => {
    const { inClone, shared } = notebookCell(source("null"));
    asked(view(null), inClone).answering.choose(unit(2));
    expect(shared.getSource()).to.contain("unit: 2");
  });

  it("is not kept in a cell that is locked, and says so", () => {
    const locks: [options: object, words: string][] = [
      [{ metadata: { nbgrader: { locked: true } } }, "This cell is locked by nbgrader: the answer is not kept."],
      [{ metadata: { editable: false } }, "This cell cannot be edited: the answer is not kept."],
      [{ writable: false }, "This notebook is read only: the answer cannot be saved."],
      [{ readOnly: true }, "This cell cannot be edited any more: the answer is not kept."],
    ];
    for (const [options, words] of locks) {
      const { inCell, steps } = notebookCell(source("null"), options);
      const { answering } = asked(view(null), inCell);
      answering.choose(unit(2));
      expect([answering.answer, answering.note, steps.length]).to.deep.equal([null, words, 0]);
    }
  });

  it("says what to write where the cell does not ask it any more, or there is no cell", () => {
    const { inCell, steps } = notebookCell('// show.ask("q1", ...)');
    const { answering } = asked(view(null), inCell);
    answering.choose(unit(2));
    expect(answering.note).to.equal('The cell does not ask "q1" any more. Write answer: { layer: "conv1", unit: 2 }');
    expect(steps).to.deep.equal([]);
    const alone = asked(view(null), undefined).answering;
    alone.choose(unit(2));
    expect(alone.answer).to.deep.equal(unit(2));
    expect(alone.note).to.equal('There is no cell here that could keep it: write answer: { layer: "conv1", unit: 2 }');
  });

  it("lets the cell go", () => {
    const { inCell, slots } = notebookCell(source("null"));
    const { answering } = asked(view(null), inCell);
    expect(slots.size).to.equal(1);
    answering.update([grids.maps()]);
    expect([answering.isAsked, slots.size]).to.deep.equal([false, 0]);
    answering.update(view(null));
    answering.dispose();
    expect(slots.size).to.equal(0);
  });
});
