/** What the extension and the kernel say to each other. */
/** Comm target on which the extension asks the kernel about an object that is registered for inspection. */
export const INSPECT_TARGET = "receptive.inspect.v1";
/** Comm target that lists the notebook's variables: on opening, on request and after each cell. */
export const VARIABLES_TARGET = "receptive.variables.v1";

/**
 * Answers one question about a registered object; undefined if the object is no longer there. Large numbers travel as Float32
 * in `buffers`, never as JSON.
 */
export type InspectHandler = (
  question: InspectQuestion,
  request: InspectRequest,
) => InspectAnswer | undefined | Promise<InspectAnswer | undefined>;

/** What the extension asks; `ask` names the question, the other fields are its arguments. See `Questions`. */
export interface InspectQuestion {
  ask: string;
  [argument: string]: unknown;
}
/** A question under way. */
export interface InspectRequest {
  /** Nobody waits for the answer any more: whoever computes for long looks at it between two steps and ends early. */
  readonly cancelled: boolean;
  /** What came beside the question. */
  readonly buffers: readonly Uint8Array[];
}
export interface InspectAnswer {
  content: object;
  buffers?: ArrayBufferView[];
}

/** Comm message, extension to kernel. `request` is chosen by the extension and comes back in the one reply. */
export interface InspectRequestMessage {
  request: number;
  id: string;
  question: InspectQuestion;
}
/** Comm message, extension to kernel: nobody waits for the reply to that request, and none is sent. */
export interface InspectCancelMessage {
  cancel: number;
}
/** Comm message, kernel to extension. Exactly one of `content` and `error` is there. */
export interface InspectReplyMessage {
  request: number;
  content?: object;
  /** One line: what is wrong and the next step. */
  error?: string;
  /** With `error`: this kernel has no such object, and will not have it again under this id. */
  gone?: true;
}

/** Comm message, kernel to extension, on {@link VARIABLES_TARGET}; with the number of the request it answers, if any. */
export interface VariablesMessage {
  request?: number;
  /** `kind` and `id` are there if the object says them, see `INSPECTION`. */
  variables: { name: string; type: string; size: string; preview: string; kind?: string; id?: string }[];
}
