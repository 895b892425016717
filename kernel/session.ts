/** Answers requests: execute_request one after another, everything else at once, also while a cell awaits. */
import { Context, runInContext } from "./run/context";
import type { Outcome } from "./run/executor";
import type { History } from "./history";
import { kernelInfo, refuseDebug } from "./info";
import { Interrupted } from "./run/interrupted";
import { bundleOf, isQuiet, outputMetadata, type PlainBundle } from "./output/mime";
import type { Outbox } from "./outbox";
import { settle } from "./run/settle";
import type { Streams } from "./output/streams";
import { describeError, type ErrorReport } from "./output/traceback";
import { log } from "./log";
import { isObject, type JsonObject } from "./json";
import type { Message } from "./message";

/** Answers the requests of its name: from the content of each the content of the reply. */
export interface Questions {
  complete(content: JsonObject): JsonObject;
  inspect(content: JsonObject): JsonObject;
  isComplete(content: JsonObject): JsonObject;
}

export interface SessionParts {
  outbox: Pick<Outbox, "reply" | "publish" | "status" | "running" | "barrier">;
  questions: Questions;
  executor: {
    /** Runs a cell. Never rejects. @param name what a traceback calls it: `cell[3].ts` */
    execute(code: string, name: string, context: Context): Promise<Outcome>;
    /** Runs what comes after a cell, so that an interrupt ends it, too. */
    wait<T>(context: Context, body: () => Promise<T>): Promise<T>;
  };
  comms: {
    /** Takes comm_open, comm_msg and comm_close. Never rejects. */
    receive(message: Message): Promise<void>;
    /** The content of comm_info_reply. */
    info(target: unknown): JsonObject;
  };
  streams: Pick<Streams, "write">;
  history: Pick<History, "add" | "addOutput" | "reply">;
  /** Called when a cell has ended, before its result; `failed` by an error or Stop. */
  displaysEnd: (context: Context, failed: boolean) => void;
  /** Called before a cell runs. */
  cellBegins: (context: Context) => void;
  /** Called when a cell has ended, before its reply. */
  cellEnded: () => void;
  /** Called when a request to run a cell comes while another runs. */
  cellWaits: (request: Message) => void;
}

type Finished = { ok: true; bundle: PlainBundle | null } | { ok: false; error: ErrorReport };

/**
 * Does what the cell waits for, and what comes to it meanwhile.
 * @param fails  whether a failure is the cell's, which has not failed yet
 * @throws what the first of them that failed has thrown
 */
async function endWork(context: Context, waiting: (() => Promise<void>)[], fails: boolean): Promise<void> {
  const errors: unknown[] = [];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    // A page has lost the context after an await.
    await runInContext(context, next).catch((error: unknown) => errors.push(error));
  }
  if (fails && errors.length > 0) throw errors[0];
}

export class Session {
  private readonly queue: Message[] = [];
  private busy = false;
  private count = 0;
  /** Called after the first reply of any kind: the front end is there, now the compiler can be loaded. */
  onFirstReply: (() => void) | null = null;
  /** A line for the first cell that somebody looks at; null for none. */
  firstNote: string | null = null;

  constructor(private readonly parts: SessionParts) {}

  /** Takes a message of the shell channel. */
  receive(message: Message): void {
    if (message.header.msg_type === "execute_request") {
      this.queue.push(message);
      if (this.busy) this.parts.cellWaits(message);
      void this.work();
    } else {
      void this.answer(message);
    }
  }

  private async work(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    for (let next = this.queue.shift(); next; next = this.queue.shift()) await this.answer(next);
    this.busy = false;
  }

  /** Between busy and idle; a mistake of the kernel's own becomes an error reply. */
  private async answer(request: Message): Promise<void> {
    const { outbox } = this.parts;
    const type = request.header.msg_type;
    const context = new Context(request, type === "execute_request" ? "cell" : "request");
    outbox.status("busy", request.header);
    try {
      await runInContext(context, () => this.dispatch(request, context));
    } catch (error) {
      log(`${type}: ${String(error instanceof Error ? error.stack : error)}`);
      if (type.endsWith("_request")) outbox.reply(request, { status: "error", ...describeError(error) });
    } finally {
      outbox.status("idle", request.header);
    }
    this.onFirstReply?.();
    this.onFirstReply = null;
  }

  private dispatch(request: Message, context: Context): void | Promise<void> {
    const { outbox, questions, comms } = this.parts;
    const { content } = request;
    switch (request.header.msg_type) {
      case "execute_request":
        return this.execute(request, context);
      case "kernel_info_request":
        return outbox.reply(request, kernelInfo);
      case "complete_request":
        return outbox.reply(request, questions.complete(content));
      case "inspect_request":
        return outbox.reply(request, questions.inspect(content));
      case "is_complete_request":
        return outbox.reply(request, questions.isComplete(content));
      case "history_request":
        return outbox.reply(request, this.parts.history.reply(content));
      case "comm_info_request":
        return outbox.reply(request, comms.info(content.target_name));
      case "debug_request":
        return outbox.reply(request, refuseDebug(content));
      case "comm_open":
      case "comm_msg":
      case "comm_close":
        return comms.receive(request);
      default:
        log(`${request.header.msg_type} is not known`);
    }
  }

  private async execute(request: Message, context: Context): Promise<void> {
    const { outbox, executor } = this.parts;
    const code = String(request.content.code ?? "");
    const silent = request.content.silent === true;
    const store = !silent && request.content.store_history !== false;
    if (store) {
      this.count++;
      // Only a front end with a person in front of it says so.
      this.parts.history.add(this.count, code, request.content.allow_stdin === true);
    }
    const count = this.count;
    if (!silent) outbox.publish("execute_input", { code, execution_count: count }, request.header);

    outbox.running(request.header);
    this.parts.cellBegins(context);
    if (!silent && this.firstNote !== null) {
      this.parts.streams.write("stderr", this.firstNote, context.parent);
      this.firstNote = null;
    }
    const name = `cell[${store ? count : `${count}*`}].ts`;
    const outcome: Outcome =
      code.trim() === "" ? { ok: true, value: undefined } : await executor.execute(code, name, context);
    const end = await this.finish(outcome, context);
    context.work = null;
    this.parts.displaysEnd(context, !end.ok);
    outbox.running(null);
    this.parts.cellEnded();

    if (end.ok) {
      if (!silent && end.bundle) this.publishResult(end.bundle, count, context);
      const expressions = await this.evaluate(request.content.user_expressions, context);
      const reply = {
        status: "ok",
        execution_count: count,
        user_expressions: expressions,
        payload: context.payload,
      };
      outbox.reply(request, reply);
      return;
    }
    const outcomeError = end.error;
    if (!silent) outbox.publish("error", { ...outcomeError }, request.header);
    const stops = request.content.stop_on_error !== false;
    if (stops) await this.abortQueue();
    outbox.reply(request, { status: "error", execution_count: count, ...outcomeError });
  }

  /** Waits for what the cell has begun and makes the bundle of its value; an interrupt ends this as well. */
  private async finish(outcome: Outcome, context: Context): Promise<Finished> {
    try {
      const bundle = await this.parts.executor.wait(context, async () => {
        await settle();
        if (context.work?.length) await endWork(context, context.work, outcome.ok);
        await Promise.allSettled(context.pending);
        if (!outcome.ok || outcome.value === undefined || outcome.value === null) return null;
        if (isQuiet(outcome.value)) return null;
        return bundleOf(outcome.value, (line) => this.complain(line, context), { isResult: true });
      });
      return outcome.ok ? { ok: true, bundle } : outcome;
    } catch (error) {
      return outcome.ok ? { ok: false, error: describeError(error) } : outcome;
    }
  }

  private publishResult(data: PlainBundle, count: number, context: Context): void {
    const content = { data, metadata: outputMetadata(data), execution_count: count };
    this.parts.outbox.publish("execute_result", content, context.parent);
    if (typeof data["text/plain"] === "string") this.parts.history.addOutput(count, data["text/plain"]);
  }

  complain(line: string, context: Context | null): void {
    this.parts.streams.write("stderr", `${line}\n`, context?.parent);
  }

  /** Requests that had arrived before this cell's failure could be known are not run; no others are skipped. */
  private async abortQueue(): Promise<void> {
    await this.parts.outbox.barrier();
    for (const waiting of this.queue.splice(0)) {
      const { outbox } = this.parts;
      outbox.status("busy", waiting.header);
      // Without a number, as from IPython: JupyterLab then shows none beside a cell that never ran.
      outbox.reply(waiting, { status: "aborted" }, { status: "aborted" });
      outbox.status("idle", waiting.header);
    }
  }

  private async evaluate(expressions: unknown, context: Context): Promise<JsonObject> {
    const results: JsonObject = {};
    if (!isObject(expressions)) return results;
    for (const [key, expression] of Object.entries(expressions)) {
      const name = `user_expression[${key}].ts`;
      const outcome = await this.parts.executor.execute(String(expression), name, context);
      const end = await this.finish(outcome, context);
      if (end.ok) {
        const data = end.bundle ?? { "text/plain": "undefined" };
        results[key] = { status: "ok", data, metadata: {} };
      } else results[key] = { status: "error", ...end.error };
    }
    return results;
  }

  /** What no one has caught: a timer's exception, a promise without a handler. The kernel lives on. */
  reportUncaught(error: unknown, context: Context | null): void {
    if (error instanceof Interrupted) return;
    const { traceback } = describeError(error);
    this.complain(`Uncaught, in the background: ${traceback.join("\n")}`, context);
  }
}
