/** Choices between graphs. */
import { need, numbersOf } from "./host";
import type { Operator, OperatorTable } from "./operator";

/** One of two graphs, by a number that is known when the node runs; the other computes nothing. */
const choice: Operator = {
  settings: [0],
  results: Infinity,
  run(inputs, context) {
    const [first] = numbersOf(need(inputs, 0, context), context);
    return context.runBranch(first ? "then_branch" : "else_branch");
  },
};

export const controls: OperatorTable = { If: choice };
