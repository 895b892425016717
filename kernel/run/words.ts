/** The words through which Stop reaches a thread that is busy: Int32, in memory that it shares with whoever hears Stop. */

/** How many bytes they take. */
export const WORDS_SIZE = 64;

/** Indices into an Int32Array over them. */
export const Word = {
  /** Not zero while loop guards must look closer. */
  raised: 0,
  /** How many interrupts were asked for. */
  requested: 1,
  /** How many of them the main thread has acted on. */
  delivered: 2,
  /** How many SIGINT the I/O thread has sent to its own process. */
  signals: 3,
  /** Counts the engine's ops. */
  ops: 4,
  /** The weight of what was printed and the I/O thread has not taken yet, see `weightOfPiece` in io/messages.ts. */
  printed: 5,
  /** How many messages of the kind "child" the I/O thread has handled. */
  children: 6,
} as const;
