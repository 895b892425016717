/** Questions of each kind, with an answer and without one. */
import type { Answer, QuestionMark } from "./payload";

const question = (id: string, asks: QuestionMark["asks"], answer: Answer = null): QuestionMark => ({
  ...{ mark: "question", id, asks, answer },
});

export const samples = {
  unit: () => question("q1", { kind: "pick", pick: "unit", count: 1 }),
  units: () =>
    question("q2", { kind: "pick", pick: "unit", count: 3 }, [
      { layer: "conv1", unit: 3 },
      { layer: "conv1", unit: 0 },
    ]),
  pixel: () =>
    question("q3", { kind: "pick", pick: "pixel", count: 1 }, { layer: "conv2", unit: 3, row: 4, column: 10 }),
  box: () => question("q4", { kind: "pick", pick: "box", count: 1 }, { row: 2, column: 3, height: 5, width: 7 }),
  image: () => question("q5", { kind: "pick", pick: "image", count: 1 }, { index: 17 }),
  layer: () => ({ ...question("q6", { kind: "pick", pick: "layer", count: 1 }), missing: "No answer given." }),
  choice: () => question("q7", { kind: "choice", choices: ["a kernel of 3", "a kernel of 5", "both alike"] }),
  right: () =>
    question(
      "q8",
      {
        ...{ kind: "choice", choices: ["It shrinks", "It stays", "It grows"], correct: "It stays" },
        why: "A padding of 1 on each side makes up for the two pixels that a kernel of 3 takes.",
      },
      "It stays",
    ),
  wrong: () =>
    question("q9", { kind: "number", unit: "weights", correct: 456, why: "6 filters of 3×5×5, and a bias each." }, 450),
  number: () => question("q10", { kind: "number" }, 0.25),
} satisfies Record<string, () => QuestionMark>;
