/** A network's parameters, which the panel keeps while one draws: the kernel then sends what the layers answer, and no weight twice. */
import { isRecord } from "../../../src/marks/kit/check";
import type { AnswerTo, Questions } from "../../../src/protocol";

type Question = Questions["view"]["ask"];
/** Of each node the fields of its operation that have numbers. */
type Held = Record<string, unknown>[];

export class HeldParameters {
  private held: { id: string; name: string; nodes: Held } | undefined;

  /** The question about the object of that id, with the name of its parameters, as far as they are here. */
  asked(id: string, question: Question): Question {
    return this.held?.id === id ? { ...question, have: this.held.name } : question;
  }

  /** Fills in what was left out of the answer, and keeps the parameters for the next. */
  take(id: string, { content }: AnswerTo<"view">): void {
    const { parameters: name, view } = content;
    if (name === undefined) return;
    const operations = operationsIn(view);
    if (this.held?.id === id && this.held.name === name)
      for (const [i, operation] of operations.entries()) Object.assign(operation, this.held.nodes[i]);
    else this.held = { id, name, nodes: operations.map(numbersOf) };
  }
}

/** The operations of a view that is one network. It is checked when it is drawn. */
function operationsIn(view: object): Record<string, unknown>[] {
  const { marks } = view as { marks?: unknown };
  const [mark] = Array.isArray(marks) ? (marks as unknown[]) : [];
  const nodes = isRecord(mark) && Array.isArray(mark.nodes) ? (mark.nodes as unknown[]) : [];
  return nodes.map((node) => (isRecord(node) && isRecord(node.operation) ? node.operation : {}));
}

const numbersOf = (operation: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(operation).filter(([, value]) => isRecord(value) && "values" in value));
