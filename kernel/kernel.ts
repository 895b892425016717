/** The kernel without the place where it runs: what a process (main.ts) and a Web Worker (worker.ts) have in common. */
import { installCellNames } from "./cell/install";
import { Comms } from "./comms/comms";
import { Host } from "./comms/host";
import { listVariables, VariablesService } from "./comms/variables";
import { History, type HistoryStore } from "./history";
import type { TslabDisplay } from "./language/tslab";
import { copyBytes, type Channel, type Header, type Message } from "./message";
import { Outbox } from "./outbox";
import { outputMetadata, type PlainBundle } from "./output/mime";
import { makeStreams, type Streams } from "./output/streams";
import { native, unref } from "./platform";
import { currentContext, type Context } from "./run/context";
import { Executor, type CellLanguage, type CellModules } from "./run/executor";
import { Interrupts } from "./run/interrupt";
import { installStackMapping } from "./run/stack";
import { installTimers } from "./run/timers";
import { Session, type Questions } from "./session";
import { Stdin } from "./stdin";
import type { Transport } from "./transport";

/** If no front end says hello, the compiler is loaded after this many milliseconds. */
const WARM_UP_AFTER = 3000;

/** The language of cells: what compiles them, what loads their imports, what answers questions about them. */
export interface Cells {
  language: CellLanguage;
  modules: CellModules;
  questions: Questions & {
    /** What is known about a name in a cell; null if nothing is. */
    explain(name: string, cell: string): PlainBundle | null;
  };
  /** Loads what the first cell needs, before anybody waits for it. */
  warmUp(): void;
  /** Changes what JavaScript has built in. */
  install(): void;
}

/** What the language of cells needs of the kernel. */
export interface CellServices {
  streams: Streams;
  showTslab(display: TslabDisplay, update: boolean): void;
}

export interface KernelParts {
  makeCells(services: CellServices): Cells;
  /** The words of Stop, see run/words.ts. */
  words: ArrayBufferLike;
  /** Null keeps no inputs beyond the session. */
  history: HistoryStore | null;
  /** Writes what the cell prints into the file at `path` as well. @throws Error where there are no files */
  record(path: string, parent: Header): void;
  /** A line for the first cell; null for none. */
  firstNote?: string | null;
}

export class Kernel {
  private readonly outbox = new Outbox();
  readonly streams = makeStreams((name, text, parent) => this.outbox.stream(name, text, parent));
  readonly interrupts: Interrupts;
  private readonly cells: Cells;
  private readonly host: Host;
  private readonly comms: Comms;
  private readonly executor: Executor;
  private readonly stdin = new Stdin((request, content) => this.outbox.ask(request, content));
  private readonly session: Session;

  constructor(private readonly parts: KernelParts) {
    this.interrupts = new Interrupts(parts.words);
    this.host = this.makeHost();
    this.cells = parts.makeCells({
      streams: this.streams,
      showTslab: (shown, update) => this.host.showTslab(shown, update),
    });
    this.comms = this.makeComms();
    this.executor = new Executor(this.cells.language, this.interrupts, this.cells.modules, this.print);
    this.host.variable = (name) => this.executor.variable(name);
    this.host.outdatedVariables = () => this.executor.outdated;
    this.host.listen(this.comms);
    const variables = new VariablesService(this.comms, () => this.executor.variables());
    this.session = new Session({
      outbox: this.outbox,
      questions: this.cells.questions,
      executor: this.executor,
      comms: this.comms,
      streams: this.streams,
      history: new History(parts.history),
      displaysEnd: (context, failed) => this.host.cellEnded(context, failed, (line) => this.print(line, context)),
      cellBegins: (context) => this.host.cellBegins(context),
      cellEnded: () => variables.changed(),
      cellWaits: (request) => this.host.cellWaits(request),
    });
    this.session.firstNote = parts.firstNote ?? null;
  }

  /** Stands in the header of every message. */
  get id(): string {
    return this.outbox.session;
  }

  /** From now on messages can be sent. */
  connect(transport: Transport): void {
    this.outbox.attach(transport);
    this.outbox.status("starting", null);
  }

  /** Gives cells their names, and changes what JavaScript has built in: timers, stack traces, texts of functions. */
  install(): void {
    installStackMapping();
    this.cells.install();
    installTimers();
    this.installNames();
  }

  installNames(): void {
    const { host, stdin, executor } = this;
    const inCell = (body: (context: Context) => void): void => {
      const context = currentContext();
      if (context) body(context);
    };
    installCellNames(
      {
        comms: this.comms,
        showAt: (value, id, update) => host.showAt(value, id, update),
        clearOutput: (wait) => inCell(({ parent }) => this.outbox.clearOutput(wait, parent)),
        record: (path) => inCell(({ parent }) => this.parts.record(path, parent)),
        ask: (prompt, password) => stdin.ask(prompt, password, currentContext()),
        checkInterrupt: () => host.checkInterrupt(),
        variables: () => listVariables(executor.variables()),
        reset: () => executor.reset(),
        explain: (name) => this.cells.questions.explain(name, String(currentContext()?.request.content.code ?? "")),
        page: (data) => inCell(({ payload }) => void payload.push({ source: "page", data, start: 0 })),
      },
      host,
    );
  }

  /** Loads the compiler when the first front end has got its first answer, or soon. */
  warmUpSoon(): void {
    const warmUp = (): void => void native.setImmediate(() => this.cells.warmUp());
    this.session.onFirstReply = warmUp;
    unref(native.setTimeout(warmUp, WARM_UP_AFTER));
  }

  /** Loads the compiler now. */
  warmUp(): void {
    this.cells.warmUp();
  }

  receive(channel: Channel, message: Message): void {
    if (channel === "shell") this.session.receive(message);
    else if (channel === "stdin") this.stdin.receive(message);
  }

  /** What no one has caught: a timer's exception, a promise without a handler. */
  reportUncaught(error: unknown): void {
    this.session.reportUncaught(error, currentContext());
  }

  /** Prints a line below a cell. */
  private readonly print = (line: string, context: Context): void =>
    this.streams.write("stdout", `${line}\n`, context.parent);

  private readonly complain = (line: string): void => this.session.complain(line, currentContext());

  private makeHost(): Host {
    return new Host(
      (context, data, { id, update, metadata = {} }) => {
        const type = update ? "update_display_data" : "display_data";
        const transient = id === undefined ? {} : { display_id: id };
        this.outbox.publish(
          type,
          { data, metadata: outputMetadata(data, metadata), transient },
          context?.parent ?? null,
        );
      },
      this.complain,
      this.interrupts,
    );
  }

  private makeComms(): Comms {
    return new Comms((type, content, { metadata, buffers = [] }) => {
      const extra = { buffers: buffers.map(copyBytes), ...(metadata ? { metadata } : {}) };
      this.outbox.publish(type, content, currentContext()?.parent ?? null, extra);
    }, this.complain);
  }
}
