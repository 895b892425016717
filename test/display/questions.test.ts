/**
 * The rows of Questions, pinned: each line that must not compile is expected to fail, so that this file compiles only while both
 * ends are what the rows say.
 */
import { expect } from "chai";
import type { ask } from "../../extension/src/kernel/ask";
import type { Answer } from "../../src/display/inspect/answers";
import type {
  AnswerTo,
  ObjectFacts,
  QuestionName,
  QuestionRow,
  Questions,
  RunCommand,
  RunControl,
} from "../../src/protocol";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <Claim extends true>(claim?: Claim): void => void claim;

describe("questions", () => {
  it("are typed rows: what is asked, what is answered, and the numbers beside both", () => {
    holds<Questions extends Record<QuestionName, QuestionRow> ? true : false>();
    holds<
      Equal<
        QuestionName,
        "values" | "facts" | "view" | "activations" | "parameters" | "explanation" | "weightGradient" | "control"
      >
    >();
    holds<Equal<Questions["activations"]["ask"], { node: number; from: number; count: number; image?: number }>>();
    holds<Equal<Questions["activations"]["answerFloats"], [values: Float32Array]>>();
    holds<
      Equal<Questions["parameters"]["ask"], { node: number; name: string; from: number; count: number; image?: number }>
    >();
    holds<Equal<Questions["explanation"]["ask"], { node: number; at: number; image?: number }>>();
    holds<Equal<Questions["explanation"]["answerFloats"]["length"], 5>>();
    holds<Equal<Questions["weightGradient"]["ask"], { node: number; at: number; image?: number }>>();
    holds<Equal<Questions["weightGradient"]["answer"], { sum: number | null }>>();
    holds<Equal<Questions["control"]["ask"], { command: RunCommand } | { set: RunControl; value: number }>>();
    holds<Equal<Questions["control"]["answer"], { mark: object }>>();
    holds<Equal<Questions["values"]["ask"], { tile: number; mark?: number }>>();
    holds<Equal<Questions["values"]["askFloats"], []>>();
    holds<Equal<Questions["values"]["answer"], { channels: number; height: number; width: number }>>();
    holds<Equal<Questions["values"]["answerFloats"], [values: Float32Array]>>();
    holds<Equal<Questions["view"]["askFloats"], [] | [image: Float32Array]>>();
    holds<Equal<Questions["view"]["answerFloats"], [] | [shares: Float32Array]>>();
    holds<Equal<Questions["facts"]["answer"], ObjectFacts>>();
    // @ts-expect-error -- Equal tells types apart
    holds<Equal<Questions["values"]["ask"], { tile: number; row: number }>>();

    const answer = { channels: 1, height: 1, width: 1 };
    const right: AnswerTo<"values"> = { content: answer, floats: [Float32Array.of(1)] };
    // @ts-expect-error -- an answer lacks its numbers
    const poor: AnswerTo<"values"> = { content: answer, floats: [] };
    // @ts-expect-error -- numbers of another type
    const bytes: AnswerTo<"values"> = { content: answer, floats: [Uint8Array.of(1)] };
    // @ts-expect-error -- an answer lacks a field
    const small: AnswerTo<"values"> = { content: { channels: 1, height: 1 }, floats: [Float32Array.of(1)] };
    expect([right, poor, bytes, small]).to.have.length(4);
  });

  it("have both ends mapped over the rows", () => {
    const none = new Float32Array(0);
    const engine: { [Name in QuestionName]: Answer<Name> } = {
      values: () => ({ content: { channels: 1, height: 1, width: 1 }, floats: [Float32Array.of(1)] }),
      facts: () => ({ content: { kind: "tensor", type: "Tensor" }, floats: [] }),
      view: () => ({ content: { view: {} }, floats: [] }),
      activations: () => ({ content: { units: 1, height: 1, width: 1 }, floats: [Float32Array.of(1)] }),
      parameters: () => ({ content: {}, floats: [Float32Array.of(1)] }),
      explanation: () => ({ content: { result: 1 }, floats: [none, none, none, none, none] }),
      weightGradient: () => ({ content: { sum: 1 }, floats: [none, none, none, none] }),
      control: () => ({ content: { mark: {} }, floats: [] }),
    };
    // @ts-expect-error -- a question without an answer
    const without: { [Name in QuestionName]: Answer<Name> } = {};
    const extension = (given: typeof ask): void => {
      void given(undefined, "id", "values", { tile: 0 })
        .then(({ floats: [values] }) => values.length)
        .catch(() => 0);
      // @ts-expect-error -- no such question
      void given(undefined, "id", "colours", { tile: 0 }).catch(() => 0);
      // @ts-expect-error -- no such argument
      void given(undefined, "id", "values", { plane: 0 }).catch(() => 0);
      // @ts-expect-error -- this question takes no numbers
      void given(undefined, "id", "values", { tile: 0 }, { floats: [Float32Array.of(1)] }).catch(() => 0);
    };
    expect([engine.values, without, extension]).to.have.length(3);
  });
});
