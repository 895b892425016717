/** Why a question has no answer. */
export type Reason =
  /** There is no kernel, or one that is not Receptive's. */
  | "noKernel"
  /** The kernel was restarted, or its connection lost, while the question was under way. */
  | "restarted"
  /** The kernel has no such object: it was restarted since, or the object was garbage. */
  | "gone"
  /** The kernel cannot answer; the message is its own. */
  | "failed"
  /** A cell computed for so long. */
  | "timeout"
  /** Whoever asked does not want to know any more. */
  | "aborted"
  /** Engine and extension are of versions that do not fit. */
  | "unreadable";

/** A question without an answer. The message is one line: what is wrong and the next step. */
export class AskError extends Error {
  override readonly name = "AskError";

  constructor(
    readonly reason: Reason,
    message: string,
  ) {
    super(message);
  }
}
