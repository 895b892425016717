/** The names that every cell has without an import. The compiled declarations give cells their types. */

/** An output that can be replaced in place. */
export interface DisplayHandle {
  readonly id: string;
  /** Shows another value where this one was shown; of `display.html` another HTML text, and so on. */
  update(value: unknown): void;
}

export interface DisplayOptions {
  /** Outputs of one id change together. Default: an id of its own. */
  id?: string;
}

export interface Display {
  /** Shows a value below the cell, as its last expression would be shown. */
  (value: unknown, options?: DisplayOptions): DisplayHandle;
  html(html: string, options?: DisplayOptions): DisplayHandle;
  markdown(text: string, options?: DisplayOptions): DisplayHandle;
  /** A formula with its delimiters: `$\alpha$`. */
  latex(text: string, options?: DisplayOptions): DisplayHandle;
  svg(svg: string, options?: DisplayOptions): DisplayHandle;
  /** The bytes of a PNG file, or their base64. */
  png(image: Uint8Array | string, options?: DisplayOptions): DisplayHandle;
  jpeg(image: Uint8Array | string, options?: DisplayOptions): DisplayHandle;
  /** A value that JupyterLab shows as a tree. */
  json(value: unknown, options?: DisplayOptions): DisplayHandle;
}

/** What {@link timeit} measured, in milliseconds a call. */
export interface Timing {
  readonly mean: number;
  /** Standard deviation over the rounds. */
  readonly deviation: number;
  readonly best: number;
  readonly rounds: number;
  /** Calls a round. */
  readonly calls: number;
}

/** One variable of the notebook. */
export interface Variable {
  readonly name: string;
  /** `number`, `Tensor`, `Array`, `function`, ... */
  readonly type: string;
  /** How large it is, where that says something: `3 x 32 x 32`, `10 items`. */
  readonly size: string;
  /** The value in one short line. */
  readonly preview: string;
}

export interface CommMessage {
  data: unknown;
  metadata: Record<string, unknown>;
  buffers: Uint8Array[];
}

/** One end of a channel between a cell and the front end. */
export interface Comm {
  readonly id: string;
  readonly target: string;
  send(data: unknown, options?: CommSendOptions): void;
  onMessage(handler: (message: CommMessage) => void | Promise<void>): void;
  onClose(handler: (message: CommMessage) => void | Promise<void>): void;
  close(data?: unknown): void;
}

export interface CommSendOptions {
  metadata?: Record<string, unknown>;
  /** Sent as raw bytes, not as JSON. */
  buffers?: ArrayBufferView[];
}

export type CommTarget = (comm: Comm, message: CommMessage) => void | Promise<void>;

export interface CommRegistry {
  /** Answers channels that the front end opens; a second target of the same name replaces the first. */
  registerTarget(name: string, onOpen: CommTarget): void;
  unregisterTarget(name: string): void;
  /** Opens a channel to a target of the front end. */
  open(target: string, data?: unknown, options?: CommSendOptions): Comm;
}

declare global {
  /** Shows values below the cell: `display(x)`, `display.html("<b>x</b>")`, `display.markdown(...)`. */
  const display: Display;
  /** Removes what the cell has shown so far; with `wait`, when the next output comes, which does not flicker. */
  function clearOutput(options?: { wait?: boolean }): void;
  /**
   * Writes what the cell prints from now on into a file as well, also what is too much for the notebook.
   * @example saveOutput("output.txt")
   */
  function saveOutput(path: string): void;
  /**
   * Asks the person at the notebook and resolves to the answer.
   * @throws Error if nobody can answer, as when a notebook is executed by nbconvert or nbgrader
   */
  function input(prompt?: string, options?: { password?: boolean }): Promise<string>;
  /** How long a function takes: several rounds within about `seconds` (default 1); a promise is awaited. */
  function timeit(body: () => unknown, options?: { seconds?: number }): Promise<Timing>;
  /** The variables of the notebook; as the last line of a cell it is a table. */
  function variables(): Variable[];
  /** Forgets every variable of the notebook. The imports of packages stay loaded. */
  function reset(): void;
  /** Shows the type and the description of a name in the pager: `help("Math.max")`. */
  function help(name: string): void;
  /** Channels to the front end. */
  const comms: CommRegistry;
}
