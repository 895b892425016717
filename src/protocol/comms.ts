/** What the extension and the kernel say to each other. */
/** Comm target on which the extension asks the kernel about an object that is registered for inspection. */
export const INSPECT_TARGET = "receptive.inspect.v1";
/** Comm target that lists the notebook's variables: on opening, on request and after each cell. */
export const VARIABLES_TARGET = "receptive.variables.v1";

/** Answers one question about a registered object. Large numbers travel as Float32 in `buffers`, never as JSON. */
export type InspectHandler = (question: InspectQuestion) => InspectAnswer | Promise<InspectAnswer>;

/** What the extension asks; `ask` names the question, the other fields are its arguments. */
export interface InspectQuestion {
  ask: string;
  [argument: string]: unknown;
}
export interface InspectAnswer {
  content: Record<string, unknown>;
  buffers?: ArrayBufferView[];
}

/** Comm message, extension to kernel. `request` is chosen by the extension and comes back in the one reply. */
export interface InspectRequestMessage {
  request: number;
  id: string;
  question: InspectQuestion;
}
/** Comm message, kernel to extension. Exactly one of `content` and `error` is there. */
export interface InspectReplyMessage {
  request: number;
  content?: Record<string, unknown>;
  /** One line: what is wrong and the next step. */
  error?: string;
}

/** Comm message, kernel to extension, on {@link VARIABLES_TARGET}; with the number of the request it answers, if any. */
export interface VariablesMessage {
  request?: number;
  variables: { name: string; type: string; size: string; preview: string }[];
}
