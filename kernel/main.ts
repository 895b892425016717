/** The kernel process: `node main.js <connection file>`. */
import { resolve } from "node:path";
import { getHeapStatistics } from "node:v8";
import { catchChildren } from "./io/children";
import { currentContext, type Context } from "./run/context";
import { Comms } from "./comms/comms";
import { readConnection } from "./io/connection";
import { installCellNames } from "./cell/names";
import type { Variable } from "./cell/globals";
import { Executor } from "./run/executor";
import { History } from "./history";
import { HistoryFile, historyPath } from "./io/historyFile";
import { help } from "./cell/help";
import { Host } from "./comms/host";
import { kernelInfo } from "./info";
import { Interrupts } from "./run/interrupt";
import { NotebookLanguage } from "./language/notebookLanguage";
import { reportLastEnd, takeLastEnd } from "./io/lastEnd";
import { noteOf } from "./io/memoryWords";
import { redirectNativeOutput } from "./io/nativeOutput";
import { preload } from "./packages";
import { Outbox } from "./outbox";
import { Session } from "./session";
import { installStackMapping } from "./run/sourceMaps";
import { log, warn } from "./log";
import { Stdin } from "./stdin";
import { captureStreams } from "./output/streams";
import { startTransport } from "./io/transport";
import { installTimers, native as nativeTimers } from "./run/timers";
import { listVariables, VariablesService } from "./comms/variables";
import { copyBytes } from "./io/wire";

/** If no front end says hello, the compiler is loaded after this many milliseconds. */
const WARM_UP_AFTER = 3000;

const exit = process.exit.bind(process);

async function main(file: string): Promise<void> {
  const connection = readConnection(file);
  // First of all, while no other thread opens files.
  const native = redirectNativeOutput();
  const lastEnd = takeLastEnd(file);
  if (lastEnd) warn(`the last kernel ended for want of memory (${JSON.stringify(lastEnd)})`);
  reportLastEnd(file);
  const outbox = new Outbox();
  const interrupts = new Interrupts();

  const streams = captureStreams((name, text, parent) => outbox.stream(name, text, parent));
  const language = new NotebookLanguage(process.cwd(), streams);
  const complain = (line: string): void => session.complain(line, currentContext());
  const host = new Host(
    (context, data, { id, update, metadata = {} }) => {
      const type = update ? "update_display_data" : "display_data";
      const transient = id === undefined ? {} : { display_id: id };
      outbox.publish(type, { data, metadata, transient }, context?.parent ?? null);
    },
    complain,
    interrupts,
  );
  const comms = new Comms((type, content, { metadata, buffers = [] }) => {
    const extra = { buffers: buffers.map(copyBytes), ...(metadata ? { metadata } : {}) };
    outbox.publish(type, content, currentContext()?.parent ?? null, extra);
  }, complain);
  const print = (line: string, context: Context): void => streams.write("stdout", `${line}\n`, context.parent);
  const executor = new Executor(
    language,
    interrupts,
    () => language.warmUp().publicModule((shown, update) => host.showTslab(shown, update)),
    print,
  );
  const listed = (): Variable[] => listVariables(executor.variables());
  const variables = new VariablesService(comms, () => executor.variables());
  const stdin = new Stdin((request, content) => outbox.ask(request, content));
  const history = new History(new HistoryFile(historyPath()));
  const cellEnded = (): void => variables.changed();
  const displaysEnd = (context: Context): void => host.cellEnded(context, (line) => print(line, context));
  host.variable = (name) => executor.variable(name);
  const session = new Session({
    outbox,
    language,
    executor,
    comms,
    streams,
    history,
    displaysEnd,
    cellEnded,
  });
  session.firstNote = lastEnd && noteOf(lastEnd);

  let closing = false;
  const transport = await startTransport(
    {
      connection,
      connectionFile: file,
      session: outbox.session,
      kernelInfo,
      words: interrupts.memory,
      heapLimit: getHeapStatistics().heap_size_limit,
      native,
    },
    {
      message: (channel, message) => {
        if (channel === "shell") session.receive(message);
        else if (channel === "stdin") stdin.receive(message);
      },
      interrupt: () => interrupts.deliver(),
      shutdown: () => {
        closing = true;
        void transport.close().then(() => exit(0));
      },
      lost(reason) {
        if (closing) return;
        warn(`the I/O thread has gone (${reason}); the kernel ends`);
        exit(1);
      },
    },
  );
  outbox.attach(transport);
  catchChildren({
    streams,
    native,
    waitsFor: (parent) => transport.waitsFor(parent),
    checkInterrupt: interrupts.guard,
  });
  outbox.status("starting", null);

  installStackMapping();
  language.functionTexts.install();
  Error.stackTraceLimit = 50;
  host.listen(comms);
  installTimers();
  installCellNames({
    host,
    comms,
    stdin,
    clearOutput(wait) {
      const parent = currentContext()?.parent;
      if (parent) outbox.clearOutput(wait, parent);
    },
    record(file) {
      const parent = currentContext()?.parent;
      if (parent) outbox.record(file, parent);
    },
    variables: listed,
    reset: () => executor.reset(),
    explain: (name) => help(language, name, String(currentContext()?.request.content.code ?? "")),
  });
  keepAlive((error, context) => session.reportUncaught(error, context));

  const warmUp = (): void =>
    void setImmediate(() => {
      language.warmUp();
      setImmediate(() => language.rehearse());
      setImmediate(() => setImmediate(preload));
    });
  session.onFirstReply = warmUp;
  nativeTimers.setTimeout(warmUp, WARM_UP_AFTER).unref();
}

/** Nothing a cell does may end the kernel. */
function keepAlive(report: (error: unknown, context: Context | null) => void): void {
  process.on("uncaughtException", (error) => report(error, currentContext()));
  process.on("unhandledRejection", (error) => report(error, currentContext()));
  // Node's own warnings are nothing that a cell has written.
  process.removeAllListeners("warning");
  process.on("warning", (warning) => log(`${warning.name}: ${warning.message}`));
  process.exit = (): never => {
    throw new Error("process.exit: this would end the kernel. Use the menu Kernel > Restart, or throw an error.");
  };
}

const file = process.argv[2];
if (file === undefined) {
  console.error("usage: node main.js <connection file>");
  process.exit(2);
}
main(resolve(file)).catch((error: unknown) => {
  warn(error instanceof Error ? error.message : String(error));
  exit(1);
});
