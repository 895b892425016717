/**
 * What the extension may ask the kernel about an object that is registered for inspection, a row a question. Both ends are
 * mapped types over {@link Questions}: a question without an answer in the engine, or without a check in the extension,
 * does not compile.
 */

/** What every row says. Numbers by the thousand are Float32 buffers beside the JSON, in the order of the tuple. */
export interface QuestionRow {
  ask: object;
  askFloats: Float32Array[];
  answer: object;
  answerFloats: Float32Array[];
}

export interface Questions {
  /**
   * The numbers of one tile of a view as they were when it was drawn, at the size at which it is drawn (a pixel of a reduced
   * view is the mean of those it stands for); of a tensor, one plane over its last two dimensions.
   */
  values: {
    /** Both counted from 0; `mark` is the place of a grid in its view, default 0. */
    ask: { tile: number; mark?: number };
    askFloats: [];
    /** 3 channels for a tile in colour, otherwise 1. */
    answer: { channels: number; height: number; width: number };
    /** [channels,height,width], row-major. */
    answerFloats: [values: Float32Array];
  };
}

export type QuestionName = keyof Questions;

/** What answers a question: its JSON and its buffers. */
export interface AnswerTo<Name extends QuestionName> {
  content: Questions[Name]["answer"];
  floats: Questions[Name]["answerFloats"];
}
